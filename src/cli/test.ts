import type { Command } from 'commander';
import { formatPartial } from '../partial/index.js';
import { visibleLines, visibleText } from '../value/visible-text.js';
import { explanation, jsonText, traceOf } from './answer.js';
import { actionNotes, resourceNotes } from './asked-action.js';
import type { Expectation } from './expectation.js';
import { findFiles } from './file-pattern.js';
import { notesOnKeys, notesOnValues } from './given-keys.js';
import type { ExitCode, Io } from './io.js';
import { printAssumptions, printNotes } from './notes.js';
import { issueLine } from './origin.js';
import { Progress } from './progress.js';
import { Sources } from './source.js';
import { type Asked, type Failure, runSuite, type SuiteResult } from './suite.js';

interface TestFlags {
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** Assumptions of the same kind come with every session: more than these are counted. */
const shown = 2;

const examples = `
A case file holds one case or a list of cases, as JSON or YAML:
  { "name": "…", "request": { … }, "policies": { … }, "expect": { "decision": "allowed" } }
The decision is allowed, explicitDeny, implicitDeny, error, or depends where parts of the request are "unknown";
"decidedBy" may name the kind of policy that decides, "dependsOn" the keys that it depends on.
Wherever a policy stands, { "file": "policy.json" } names a document relative to the case file.
Quote patterns. Hidden directories and node_modules are searched only where the pattern names them.

Exit code: 0 all passed, 1 some failed, 2 a file cannot be read or is malformed.

Examples:
  $ iam-verdict test 'cases/**/*.{json,yaml}'
  $ iam-verdict test cases.json --json
  $ generate-cases | iam-verdict test -
`;

export function addTest(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  program
    .command('test')
    .summary('run files of access questions with expected answers')
    .description('Runs files of access questions with expected answers.')
    .argument('<pattern...>', 'case files or patterns; - for standard input')
    .option('--verbose', 'explain failures with every statement of every policy; list every assumption')
    .option('--json', 'one JSON object: passed, failed, failures, errors, assumptions, notes')
    .addHelpText('after', examples)
    .action(async (patterns: string[], flags: TestFlags) => {
      exit(await test(patterns, flags, io));
    });
}

async function test(patterns: readonly string[], flags: TestFlags, io: Io): Promise<ExitCode> {
  const files = findFiles(patterns, io.cwd);
  const progress = new Progress(io, files.length, 'testing');
  let result: SuiteResult;
  try {
    result = runSuite(files, new Sources(io), (done) => progress.update(done));
  } finally {
    progress.stop();
  }
  const { passed, failures, faults, actions, resources, keys, values, odd } = result;
  const notes = [
    ...(await notesOn(actions, actionNotes)),
    ...(await resourcesNotes(resources)),
    ...(await notesOn(keys, (key) => notesOnKeys([key]))),
    ...(await valuesNotes(values)),
    ...placed(odd),
  ];
  const assumptions = placed(result.assumptions);
  printNotes(notes, flags.json === true, io);
  if (flags.json === true) {
    const failed = failures.length;
    io.stdout(
      jsonText({ passed, failed, failures: failures.map(failureData), errors: faults, assumptions, notes }),
    );
  } else {
    const style = { colour: io.colour, verbose: flags.verbose === true };
    for (const failure of failures) io.stdout(`${failureText(failure, style)}\n\n`);
    const told = style.verbose || assumptions.length <= shown ? assumptions : assumptions.slice(0, 1);
    printAssumptions(told, io);
    const more = assumptions.length - told.length;
    if (more > 0) io.stderr(`… and ${more} more assumptions; --verbose shows all\n`);
    io.stdout(`${passed} passed, ${failures.length} failed\n`);
    for (const fault of faults) io.stderr(`error: ${visibleLines(fault)}\n`);
  }
  if (faults.length > 0) return 2;
  return failures.length > 0 ? 1 : 0;
}

async function notesOn(
  asked: ReadonlyMap<string, string>,
  notesOf: (one: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const [one, place] of asked) for (const note of await notesOf(one)) notes.push(`${place} ${note}`);
  return notes;
}

async function resourcesNotes(asked: ReadonlyMap<string, Asked>): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const { action, resource, where } of asked.values())
    for (const note of (await resourceNotes(action))(resource)) notes.push(`${where} ${note}`);
  return notes;
}

async function valuesNotes(given: SuiteResult['values']): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const [where, value] of given.values())
    for (const note of await notesOnValues([value])) notes.push(`${where} ${note}`);
  return notes;
}

const placed = (found: ReadonlyMap<string, string>): readonly string[] =>
  [...found].map(([what, where]) => `${where} ${what}`);

function failureText(failure: Failure, style: { colour: boolean; verbose: boolean }): string {
  const { file, line, column, name, expected, got, evaluation, partial, issues = [] } = failure;
  // The kind that decided matters only where one was expected.
  const asked = expected.decidedBy !== undefined || expected.dependsOn !== undefined;
  const gotWords = asked ? words(got) : got.decision;
  const head = visibleText(`${file}:${line}:${column} ${name}: expected ${words(expected)}, got ${gotWords}`);
  const text = evaluation === undefined ? partial && formatPartial(partial) : explanation(evaluation, style);
  const why = text === undefined ? issues.map(issueLine) : text.split('\n');
  return [head, ...why.map((row) => (row === '' ? '' : `    ${row}`))].join('\n');
}

function words({ decision, decidedBy, dependsOn = [] }: Expectation): string {
  if (dependsOn.length > 0) return `${decision} on ${dependsOn.join(', ')}`;
  return decidedBy === undefined ? decision : `${decision} by ${decidedBy}`;
}

function failureData({ evaluation, ...failure }: Failure): unknown {
  return evaluation === undefined ? failure : { ...failure, trace: traceOf(evaluation) };
}
