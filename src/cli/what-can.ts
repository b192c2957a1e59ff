import type { Command } from 'commander';
import { textKey } from '../account/text.js';
import type { WhatCanEntry } from '../query/index.js';
import { jsonText } from './answer.js';
import { type PlaceOf, statementData } from './answer-data.js';
import { addEstateFlags, type EstateFile, estateHelp } from './estate-flags.js';
import { askEstate, type EstateQuestionFlags } from './estate-question.js';
import { addFactsFlags } from './facts-flags.js';
import type { ExitCode, Io } from './io.js';
import { printNotes } from './notes.js';
import { whileAsking } from './progress.js';
import { refuseEmpty } from './refused.js';
import { refuseSessionName } from './session-name.js';
import { callerSessionNotes } from './session-policies.js';
import { originOf } from './statement-origin.js';
import { inOrder } from './table.js';
import type { Answered } from './what-can-lines.js';

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
      refuseEmpty({ PRINCIPAL: principal });
      exit(await ask(principal, files, flags, io));
    });
}

async function ask(
  principal: string,
  files: readonly EstateFile[],
  flags: WhatCanFlags,
  io: Io,
): Promise<ExitCode> {
  // The catalog comes into memory only here.
  const [{ whatCanAndNot }, { whatCanText }] = await Promise.all([
    import('../query/what-can.js'),
    import('./what-can-text.js'),
  ]);
  return askEstate(files, flags, io, ({ estate, facts, diagnostics, placeIn, ...question }) => {
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
        // JSON has what is allowed alone.
        flags.json === true
          ? undefined
          : ({ resource }, actions, answer) => denied.push({ resource, actions, answer }),
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
      const style = { all: flags.all === true, expand: flags.expand === true, colour: io.colour };
      io.stdout(whatCanText(handle.arn, { entries: sorted, notAsked }, denied, style));
    }
    if (entries.some(({ verdict }) => verdict === 'allowed')) return 0;
    return entries.length > 0 ? 3 : 1;
  });
}

/** The statements that decide, each once, with the place where it is written. */
function statementsOf({ answers }: WhatCanEntry, placeOf: PlaceOf): readonly object[] {
  const found = answers.flatMap(({ answer }) => answer.decidedBy?.statements ?? []);
  const once = new Map(found.map((one) => [JSON.stringify(one), one]));
  return [...once.values()].map((one) => statementData(one, placeOf));
}
