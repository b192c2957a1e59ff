import { Command, CommanderError } from 'commander';
import { visibleText } from '../value/visible-text.js';
import { jsonText } from './answer.js';
import { addCan } from './can.js';
import { accountGreed } from './estate-flags.js';
import { Fault } from './fault.js';
import { addGraph } from './graph.js';
import type { ExitCode, Io } from './io.js';
import { readManifest } from './manifest.js';
import { addMutate } from './mutate.js';
import { addTest } from './test.js';
import { addValidate } from './validate.js';
import { addWhatCan } from './what-can.js';
import { addWhoCan } from './who-can.js';
import { addWhoCanAssume } from './who-can-assume.js';

const examples = `
Examples:
  $ iam-verdict can arn:aws:iam::111122223333:user/alice iam:ListUsers --identity alice.json --explain
  $ iam-verdict who-can s3:GetObject arn:aws:s3:::reports/2026.csv --account account.json
  $ iam-verdict what-can App/Handler --cdk cdk.out
  $ iam-verdict who-can-assume admin --account account.json --explain
  $ iam-verdict graph --terraform plan.json --svg graph.svg
  $ iam-verdict test 'cases/**/*.{json,yaml}'
  $ iam-verdict mutate -- npx vitest run
  $ iam-verdict validate 'policies/*.json' --kind identityPolicies

Exit code: 0 allowed, somebody can, passed, valid; 1 denied, nobody can, failed, issues found; 2 error; 3 it depends on what is unknown.
`;

/** Runs one command line, without the name of the program. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 2;
  try {
    const program = commands(io, (given) => {
      code = given;
    });
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has already said what is wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      const swallowed = error.code === 'commander.missingArgument' && argv.includes('--account');
      if (swallowed) io.stderr(`${accountGreed}\n`);
      if (wantsJson(argv)) io.stdout(jsonText({ errors: [error.message.replace(/^error: /, '')] }));
      return 2;
    }
    const unexpected = error instanceof Fault ? '' : 'unexpected: ';
    const message = error instanceof Error ? error.message : String(error);
    // Several things that are wrong are several errors.
    const errors = message.split('\n').map((line) => `${unexpected}${visibleText(line)}`);
    for (const one of errors) io.stderr(`error: ${one}\n`);
    if (error instanceof Fault && wantsJson(argv)) io.stdout(jsonText({ errors }));
    return 2;
  }
}

/** A program that asks for JSON reads JSON, whatever comes of it. What stands behind `--` is the command of the tests. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  return own.some(
    (one, i) => one === '--json' || one === '--format=json' || (one === 'json' && own[i - 1] === '--format'),
  );
}

function commands(io: Io, exit: (code: ExitCode) => void): Command {
  const { version, description } = readManifest(import.meta.url);
  const program = new Command('iam-verdict')
    .description(`${description}.`)
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout(text),
      writeErr: (text) => io.stderr(text),
      getOutHasColors: () => io.colour,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('(--help shows what may be written)')
    .addHelpText('after', examples);
  addCan(program, io, exit);
  addWhoCan(program, io, exit);
  addWhatCan(program, io, exit);
  addWhoCanAssume(program, io, exit);
  addGraph(program, io, exit);
  addTest(program, io, exit);
  addMutate(program, io, exit);
  addValidate(program, io, exit);
  return program;
}
