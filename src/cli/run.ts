import { Command, CommanderError } from 'commander';
import { visibleText } from '../value/visible-text.js';
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
      const swallowed = error.code === 'commander.missingArgument' && argv.includes('--account');
      if (swallowed) io.stderr(`${accountGreed}\n`);
      return error.exitCode === 0 ? 0 : 2;
    }
    const unexpected = error instanceof Fault ? '' : 'unexpected: ';
    const message = error instanceof Error ? error.message : String(error);
    // Several things that are wrong are several errors.
    for (const line of message.split('\n')) io.stderr(`error: ${unexpected}${visibleText(line)}\n`);
    return 2;
  }
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
