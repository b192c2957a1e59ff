import type { Command } from 'commander';
import { seconds } from './flag-value.js';

/** Adds the two flags that say whether the caller has shown a second factor; of both, the last one would silently win. */
export function addMfaFlags(command: Command): Command {
  command
    .option('--mfa [age]', 'temporary credentials with MFA, so many seconds ago', seconds)
    .option('--no-mfa', 'temporary credentials without MFA');
  let before: string | undefined;
  for (const flag of ['--mfa', '--no-mfa']) {
    command.on(`option:${flag.slice(2)}`, () => {
      if (before !== undefined) command.error(`error: ${clash(before, flag)}; keep one of them`);
      before = flag;
    });
  }
  return command;
}

const clash = (first: string, second: string): string =>
  first === second ? `${first} stands twice` : `${first} and ${second} exclude each other`;
