import { type Command, Option } from 'commander';
import { isIamError, type PolicyKind, parsePolicy } from '../index.js';
import { grammars } from '../policy/grammar.js';
import { visibleLines } from '../value/visible-text.js';
import { jsonText } from './answer.js';
import { attempt, Fault } from './fault.js';
import { findFiles } from './file-pattern.js';
import type { ExitCode, Io } from './io.js';
import { issueLine, type PlacedIssue, place } from './origin.js';
import { type Source, Sources } from './source.js';

const kinds = Object.keys(grammars);

interface ValidateFlags {
  readonly kind?: PolicyKind;
  readonly json?: boolean;
}

const examples = `
Prints each issue as file:line:column code message (hint). Quote patterns. Hidden directories and node_modules are
searched only where the pattern names them.

Exit code: 0 all valid, 1 issues found, 2 wrong usage or an unreadable file.

Examples:
  $ iam-verdict validate 'policies/**/*.json' --kind identityPolicies
  $ iam-verdict validate trust.json --kind trustPolicy --json
  $ aws iam get-role-policy … --query PolicyDocument | iam-verdict validate - --kind identityPolicies
`;

export function addValidate(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  program
    .command('validate')
    .summary('check policy documents')
    .description('Checks policy documents as IAM does when they are saved.')
    .argument('<pattern...>', 'policy files or patterns; - for standard input')
    .addOption(
      new Option('--kind <kind>', 'decides which elements a document must and may not have').choices(kinds),
    )
    .option('--json', 'one JSON object: valid, files, issues, errors')
    .addHelpText('after', examples)
    .action((patterns: string[], flags: ValidateFlags) => {
      exit(validate(patterns, flags, io));
    });
}

function validate(patterns: readonly string[], { kind, json }: ValidateFlags, io: Io): ExitCode {
  if (kind === undefined) throw new Fault(`--kind is missing; write one of ${kinds.join(', ')}`);
  const files = findFiles(patterns, io.cwd);
  const sources = new Sources(io);
  const issues: PlacedIssue[] = [];
  const faults: string[] = [];
  let bad = 0;
  for (const file of files) {
    attempt(faults, () => {
      const found = issuesOf(sources.read(file), kind);
      if (found.length > 0) bad++;
      issues.push(...found);
    });
  }
  const valid = issues.length === 0 && faults.length === 0;
  if (json === true) io.stdout(jsonText({ valid, files: files.length, issues, errors: faults }));
  else {
    for (const issue of issues) io.stdout(`${issueLine(issue)}\n`);
    const read = files.length - faults.length;
    if (bad > 0) io.stdout(`${count(issues.length, 'issue')} in ${bad} of ${count(read, 'file')}\n`);
    else io.stdout(`${count(read, 'file')} valid\n`);
    for (const fault of faults) io.stderr(`error: ${visibleLines(fault)}\n`);
  }
  if (faults.length > 0) return 2;
  return valid ? 0 : 1;
}

function issuesOf({ name, text }: Source, kind: PolicyKind): PlacedIssue[] {
  try {
    parsePolicy(text, { kind });
    return [];
  } catch (error) {
    if (!isIamError(error)) throw error;
    return error.issues.map((issue) => place({ line: 1, column: 1, ...issue }, [{ path: '', name, text }]));
  }
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
