import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { jsonText } from './answer.js';
import { addEstateFlags, type EstateFile, estateHelp } from './estate-flags.js';
import { askEstate, type EstateQuestionFlags } from './estate-question.js';
import { addFactsFlags } from './facts-flags.js';
import { Fault } from './fault.js';
import { once } from './flag-value.js';
import type { ExitCode, Io } from './io.js';
import { printNotes } from './notes.js';
import { whileAsking } from './progress.js';
import { listSessionNotes } from './session-policies.js';
import { systemWords } from './source.js';

type Format = 'mermaid' | 'svg' | 'json';

interface GraphFlags extends EstateQuestionFlags {
  readonly format?: Format;
  readonly svg?: string;
}

const examples = `${estateHelp}

Exit code: 0 the graph is written, 2 it is not (wrong usage, unreadable or malformed file).

Examples:
  $ iam-verdict graph --account account.json --resource-policies buckets.json > graph.mmd
  $ iam-verdict graph --cdk cdk.out --svg graph.svg
  $ iam-verdict graph --terraform plan.json --format json
`;

export function addGraph(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  const command = program
    .command('graph')
    .summary('draw who can reach what')
    .description(
      'Draws who can reach what in an estate: callers, the steps to roles, and access to resources.',
    );
  const files = addEstateFlags(command);
  addFactsFlags(command)
    .optionsGroup('Output:')
    .addOption(
      new Option('--format <format>', 'what is written; absent: mermaid').choices(['mermaid', 'svg', 'json']),
    )
    .option('--svg <file>', 'write the drawing to a file, in place of standard output', once)
    .option('--verbose', 'list every diagnostic')
    .option('--json', 'the same as --format json: nodes, edges, notes, diagnostics')
    .addHelpText('after', examples)
    .action(async (flags: GraphFlags) => {
      exit(await draw(files, flags, io));
    });
}

async function draw(files: readonly EstateFile[], flags: GraphFlags, io: Io): Promise<ExitCode> {
  if (flags.svg === '-')
    throw new Fault('--svg: - is no file; write --format svg, which prints the drawing on standard output');
  const format = formatOf(flags);
  const { graph, mermaid, svg } = await import('../query/index.js');
  const json = format === 'json';
  return askEstate(files, { ...flags, json }, io, ({ estate, facts, diagnostics, ...question }) => {
    const notes = [...question.notes, ...listSessionNotes(facts.sessionPolicies, estate.principals)];
    const found = whileAsking(io, (onProgress) => graph(estate.linked, { ...facts, onProgress }));
    printNotes(notes, json, io);
    if (flags.svg !== undefined) write(flags.svg, svg(found), io);
    else if (json) io.stdout(jsonText({ ...found, notes, diagnostics }));
    else io.stdout(withEnd(format === 'svg' ? svg(found) : mermaid(found)));
    return 0;
  });
}

/** What is written; flags that name different formats are refused. */
function formatOf({ format, json, svg }: GraphFlags): Format {
  const named: [string, Format][] = [
    ...(format === undefined ? [] : [[`--format ${format}`, format] as [string, Format]]),
    ...(json === true ? [['--json', 'json'] as [string, Format]] : []),
    ...(svg === undefined ? [] : [['--svg', 'svg'] as [string, Format]]),
  ];
  const [first, ...others] = named;
  const other = others.find(([, one]) => one !== first?.[1]);
  if (first !== undefined && other !== undefined)
    throw new Fault(`${first[0]} and ${other[0]} exclude each other; keep one of them`);
  return first?.[1] ?? 'mermaid';
}

function write(file: string, text: string, io: Io): void {
  try {
    writeFileSync(resolve(io.cwd, file), withEnd(text));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const words = missing ? 'there is no such folder; make it, or write another name' : systemWords(error);
    throw new Fault(`--svg: cannot write ${file}: ${words}`);
  }
}

const withEnd = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
