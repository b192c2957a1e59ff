import type { Command } from 'commander';
import type { ExitCode, Io } from './io.js';
import type { MutateFlags } from './mutate-run.js';

const examples = `
The tests run once. They must import iam-verdict/testing/vitest (or /jest), or have it among their setup files: every assertion of
the matchers is recorded and asked again of each mutant. An assertion that ends differently has noticed it.

A mutant is the estate of the tests with one thing weakened: a statement or a condition line gone, an Allow with all actions of its
services, with all resources, or for everybody, or a permissions boundary gone.

Exit code: 0 every mutant is noticed, 1 some are not, 2 the tests fail or record nothing.

Examples:
  $ iam-verdict mutate
  $ iam-verdict mutate -- npx vitest run test/policies
  $ iam-verdict mutate --json -- npx jest
`;

export function addMutate(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  program
    .command('mutate')
    .summary('weaken policies one by one and report what no test notices')
    .description(
      'Weakens the policies that tests ask about, one thing at a time, and reports what no test notices.',
    )
    .argument('[command...]', 'how the tests are run; `npx vitest run` without it')
    .option('--recorded <folder>', 'replay what tests recorded there (with IAM_VERDICT_RECORD) and run none')
    .option('--json', 'one JSON object: mutants, noticed, survivors, notes')
    .addHelpText('after', examples)
    .action(async (command: string[], flags: MutateFlags) => {
      const { mutate } = await import('./mutate-run.js');
      exit(mutate(command, flags, io));
    });
}
