import type { Command } from 'commander';
import { textKey } from '../account/text.js';
import type { WhatCan, WhatCanEntry } from '../query/index.js';
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
import { counted, inOrder, table } from './table.js';

interface WhatCanFlags extends EstateQuestionFlags {
  readonly expand?: boolean;
}

const examples = `${estateHelp}

Every action of AWS's catalog is asked for on *, on each resource that the caller's policies name, and on each resource
of the estate. Patterns stand for exactly the actions of the catalog that the answer holds for.

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
    .option('--expand', 'every action by its name, instead of patterns')
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
    const { entries, notAsked } = whileAsking(io, (onProgress) =>
      estate.whatCan(handle, { ...facts, ...expand, onProgress }),
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
    } else io.stdout(words(handle.arn, sorted, notAsked, io.colour));
    if (entries.some(({ verdict }) => verdict === 'allowed')) return 0;
    return entries.length > 0 ? 3 : 1;
  });

function words(
  principal: string,
  entries: readonly WhatCanEntry[],
  notAsked: WhatCan['notAsked'],
  colour: boolean,
): string {
  const rows = entries.flatMap((entry) => {
    const by = reasonsOf(entry);
    return entry.actions.map((action) => [entry.verdict, action, entry.resource, by(action)]);
  });
  const found = table(['DECISION', 'ACTION', 'RESOURCE', 'BY'], rows, (column, text) =>
    column === 0 ? decisionWord(text, colour) : text,
  );
  const left = table(
    ['NOT ASKED', 'REASON'],
    notAsked.map(({ resource, reason }) => [resource, reason]),
  );
  const on = new Set(entries.map(({ resource }) => resource)).size;
  const what =
    rows.length === 0 ? 'nothing' : `${counted(rows.length, 'line')} on ${counted(on, 'resource')}`;
  return [found, left, `${visibleText(principal)}: ${what}\n`].filter((part) => part !== '').join('\n');
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
