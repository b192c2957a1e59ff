#!/usr/bin/env node
import picocolors from 'picocolors';
import { run } from './run.js';
import { readAll } from './stdin.js';

// A reader that stops early, such as `head`, is no error: the exit code stays the answer.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`error: cannot write the output: ${error.message}\n`);
    process.exit(2);
  });
}

process.exitCode = await run(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  readStdin: () => readAll(0),
  cwd: process.cwd(),
  isTTY: process.stderr.isTTY === true,
  colour: process.stdout.isTTY === true && picocolors.isColorSupported,
});
