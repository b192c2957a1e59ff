import type { Command } from 'commander';
import { textKey } from '../account/text.js';
import type { WhatCan, WhatCanEntry } from '../query/index.js';
import { whatCanAndNot } from '../query/what-can.js';
import { actionPatterns } from '../query/what-can-patterns.js';
import { visibleText } from '../value/visible-text.js';
import { matchPattern, parsePattern } from '../value/wildcard.js';
import { jsonText } from './answer.js';
import { type PlaceOf, statementData } from './answer-data.js';
import { decisionWord, reasonWords } from './answer-words.js';
import { addEstateFlags, type EstateFile, estateHelp } from './estate-flags.js';
import { askEstate, type EstateQuestionFlags } from './estate-question.js';
import { addFactsFlags } from './facts-flags.js';
import type { ExitCode, Io } from './io.js';
import { printNotes } from './notes.js';
import { whileAsking } from './progress.js';
import { refuseSessionName } from './session-name.js';
import { callerSessionNotes } from './session-policies.js';
import { originOf } from './statement-origin.js';
import { counted, inOrder, listWithin, table } from './table.js';
import { type Answered, exceptionsOf, patternWords, shortLines } from './what-can-lines.js';

interface WhatCanFlags extends EstateQuestionFlags {
  readonly all?: boolean;
  readonly expand?: boolean;
}

const examples = `${estateHelp}

Every action of AWS's catalog is asked for on *, on each resource that the caller's policies name, and on each resource
of the estate. Patterns stand for exactly the actions of the catalog that the answer holds for. What is allowed on * is
not said again of each resource; what is denied there all the same is. The last lines say what was left out.

Exit code: 0 something is allowed, 1 nothing is, 2 no answer (wrong usage, unreadable or malformed file, unknown name),
3 nothing certainly is, and some of it depends on what is unknown.

Examples:
  $ iam-verdict what-can app --account account.json --resource-policies buckets.json --org organization.json
  $ iam-verdict what-can App/Handler --cdk cdk.out --mfa=300 --json
  $ iam-verdict what-can aws_iam_role.worker --terraform plan.json --account-id 111122223333 --expand
`;

export function addWhatCan(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  const command = program
    .command('what-can')
    .summary('list what PRINCIPAL may do')
    .description('Lists what a caller may do in an estate: actions, resources, and why.')
    .argument(
      '<principal>',
      'name or ARN of a user, role, session or workload; a service; an account id; anonymous',
    );
  const files = addEstateFlags(command);
  addFactsFlags(command)
    .optionsGroup('Output:')
    .option('--all', 'a line for each action and resource, none left out')
    .option('--expand', 'the same with every action by its name, instead of patterns')
    .option('--verbose', 'list every diagnostic')
    .option('--json', 'one JSON object: principal, entries, notAsked, notes, diagnostics')
    .addHelpText('after', examples)
    .action(async (principal: string, flags: WhatCanFlags) => {
      exit(await ask(principal, files, flags, io));
    });
}

const ask = (
  principal: string,
  files: readonly EstateFile[],
  flags: WhatCanFlags,
  io: Io,
): Promise<ExitCode> =>
  askEstate(files, flags, io, ({ estate, facts, diagnostics, placeIn, ...question }) => {
    const handle = estate.principal(principal);
    refuseSessionName(flags.sessionName, handle);
    const notes = [...question.notes, ...callerSessionNotes(facts.sessionPolicies, handle.arn)];
    const expand = flags.expand === true ? { expand: true } : {};
    const denied: Answered[] = [];
    const { entries, notAsked } = whileAsking(io, (onProgress) =>
      whatCanAndNot(
        estate.linked,
        handle.caller,
        { ...facts, ...expand, onProgress },
        ({ resource }, actions, answer) => denied.push({ resource, actions, answer }),
      ),
    );
    const sorted = [...entries].sort(
      (a, b) => inOrder(a.verdict, b.verdict) || inOrder(a.resource, b.resource),
    );
    printNotes(notes, flags.json === true, io);
    if (flags.json === true) {
      const data = sorted.map((entry) => {
        const { resource, verdict, actions, dependsOn, reasons } = entry;
        const asked = { linked: estate.linked, caller: handle.caller, target: textKey(entry.target), facts };
        const statements = statementsOf(entry, (statement) => {
          const origin = originOf(statement, asked);
          return origin && placeIn(origin);
        });
        return { resource, verdict, actions, dependsOn, reasons, statements };
      });
      io.stdout(jsonText({ principal: handle.arn, entries: data, notAsked, notes, diagnostics }));
    } else {
      const all = flags.all === true || flags.expand === true;
      const list = all
        ? everyLine(sorted, denied, flags.expand === true, io.colour)
        : shortList(sorted, denied, io.colour);
      io.stdout(words(handle.arn, list, notAsked));
    }
    if (entries.some(({ verdict }) => verdict === 'allowed')) return 0;
    return entries.length > 0 ? 3 : 1;
  });

/** A table, and what the line below it says of it. */
interface List {
  readonly found: string;
  readonly summary: string;
  readonly leftOut?: string;
}

function words(principal: string, { found, summary, leftOut }: List, notAsked: WhatCan['notAsked']): string {
  const left = table(
    ['NOT ASKED', 'REASON'],
    notAsked.map(({ resource, reason }) => [resource, reason]),
  );
  const last = `${visibleText(principal)}: ${summary}\n${leftOut === undefined ? '' : `${leftOut}\n`}`;
  return [found, left, last].filter((part) => part !== '').join('\n');
}

const heads = ['DECISION', 'ACTION', 'RESOURCE', 'BY'];

const listed = (rows: readonly (readonly string[])[], colour: boolean): string =>
  table(heads, rows, (column, text) => (column === 0 ? decisionWord(text, colour) : text));

function everyLine(
  entries: readonly WhatCanEntry[],
  denied: readonly Answered[],
  expand: boolean,
  colour: boolean,
): List {
  const rows = entries.flatMap((entry) => {
    const by = reasonsOf(entry);
    return entry.actions.map((action) => [entry.verdict, action, entry.resource, by(action)]);
  });
  const not = exceptionsOf(entries, denied).flatMap(({ actions, resource, answer }) =>
    (expand ? [...actions].sort() : actionPatterns(actions)).map((action) => [
      answer.decision,
      action,
      resource,
      reasonWords(answer),
    ]),
  );
  const on = new Set(entries.map(({ resource }) => resource)).size;
  const what =
    rows.length === 0 ? 'nothing' : `${counted(rows.length, 'line')} on ${counted(on, 'resource')}`;
  return {
    found: listed([...rows, ...not], colour),
    summary: not.length === 0 ? what : `${what}, and ${counted(not.length, 'line')} of what is denied there`,
  };
}

function shortList(entries: readonly WhatCanEntry[], denied: readonly Answered[], colour: boolean): List {
  const { lines, likeEverything } = shortLines(entries, denied);
  let cut = 0;
  const some = (list: readonly string[], room: number): string => {
    const { text, more } = listWithin(list, room);
    cut += more > 0 ? 1 : 0;
    return text;
  };
  const rows = lines.map(({ decision, actions, resources, by }) => [
    decision,
    some(patternWords(actions), 60),
    some(resources, 0),
    by,
  ]);
  const left = [
    ...(likeEverything === 0
      ? []
      : [`${counted(likeEverything, 'resource')} on which the same holds as on *`]),
    ...(cut === 0 ? [] : ['what "and … more" stands for']),
  ];
  return {
    found: listed(rows, colour),
    summary: lines.length === 0 ? 'nothing' : counted(lines.length, 'line'),
    ...(left.length === 0 ? {} : { leftOut: `Left out: ${left.join(', and ')}; --all lists everything` }),
  };
}

/** The statements that decide, each once, with the place where it is written. */
function statementsOf({ answers }: WhatCanEntry, placeOf: PlaceOf): readonly object[] {
  const found = answers.flatMap(({ answer }) => answer.decidedBy?.statements ?? []);
  const once = new Map(found.map((one) => [JSON.stringify(one), one]));
  return [...once.values()].map((one) => statementData(one, placeOf));
}

/** What decides for the actions that each line of an entry stands for. */
function reasonsOf({ answers }: WhatCanEntry): (action: string) => string {
  const byAction = new Map(answers.flatMap((one) => one.actions.map((action) => [action, one] as const)));
  return (action) => {
    const exact = byAction.get(action);
    const pattern = parsePattern(action);
    const fitting =
      exact === undefined
        ? answers.filter(({ actions }) => actions.some((one) => matchPattern(pattern, one)))
        : [exact];
    return [...new Set(fitting.map(({ answer }) => reasonWords(answer)))].join('; ');
  };
}
