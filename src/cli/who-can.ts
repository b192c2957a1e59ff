import type { Command } from 'commander';
import { textKey, textWords } from '../account/text.js';
import type { Caller, Who, WhoCan } from '../query/index.js';
import { visibleText } from '../value/visible-text.js';
import { jsonText } from './answer.js';
import { answerData, type PlaceOf } from './answer-data.js';
import { decisionWord, explanationWords, reasonWords } from './answer-words.js';
import { actionNotes, refuseBlanks, resourceNotes } from './asked-action.js';
import { assumptionsOf } from './assumptions.js';
import { addEstateFlags, type EstateFile, estateHelp } from './estate-flags.js';
import { askEstate, type EstateQuestion, type EstateQuestionFlags } from './estate-question.js';
import { addFactsFlags } from './facts-flags.js';
import type { ExitCode, Io } from './io.js';
import { printAssumptions, printNotes } from './notes.js';
import { type OutsideCaller, outsideCallers, outsideNote } from './outside-callers.js';
import { whileAsking } from './progress.js';
import { asWritten, refuseEmpty } from './refused.js';
import { listSessionNotes } from './session-policies.js';
import { originOf, targetKey } from './statement-origin.js';
import { counted, inOrder, table } from './table.js';

interface WhoCanFlags extends EstateQuestionFlags {
  readonly roots?: boolean;
}

const examples = `${estateHelp}

Only users and roles of the estate are asked, with --roots also root users. Whom else the policy of the resource lets in (anybody,
another account, a service) is told in a note and counts for the exit code; ask for them with can.

Exit code: 0 somebody can, 1 nobody can, 2 no answer (wrong usage, unreadable or malformed file, unknown name), 3 nobody
certainly can, and for some it depends on what is unknown.

Examples:
  $ iam-verdict who-can s3:GetObject arn:aws:s3:::reports/2026.csv --account account.json --resource-policies buckets.json
  $ iam-verdict who-can iam:CreateUser --account page-1.json page-2.json --org organization.json --roots
  $ iam-verdict who-can s3:GetObject Reports/2026.csv --cfn template.yaml --parameter Stage=prod --json
  $ terraform show -json plan.out | iam-verdict who-can sqs:SendMessage aws_sqs_queue.jobs --terraform - --explain
`;

export function addWhoCan(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  const command = program
    .command('who-can')
    .summary('list who may do ACTION on RESOURCE')
    .description('Lists every user and role of an estate that may do ACTION on RESOURCE, and why.')
    .argument('<action>', 'one action, such as s3:GetObject')
    .argument('[resource]', "name, ARN, or '*' (also when absent) for an action that takes no resource");
  const files = addEstateFlags(command);
  addFactsFlags(command)
    .optionsGroup('Output:')
    .option('--roots', 'also ask for the root users of the accounts')
    .option('--explain', 'why, for each of them')
    .option('--verbose', 'explain with every statement of every policy; list every diagnostic')
    .option('--json', 'one JSON object: action, resource, asked, allowed, depends, outside, …')
    .addHelpText('after', examples)
    .action(async (action: string, resource = '*', flags: WhoCanFlags = {}) => {
      exit(await whoCan(action, resource, files, flags, io));
    });
}

async function whoCan(
  action: string,
  resource: string,
  files: readonly EstateFile[],
  flags: WhoCanFlags,
  io: Io,
): Promise<ExitCode> {
  refuseEmpty({ ACTION: action, RESOURCE: resource });
  refuseBlanks(action);
  const unknown = await actionNotes(action);
  const onResource = await resourceNotes(action);
  return askEstate(
    files,
    flags,
    io,
    (question) => {
      const { estate, facts, diagnostics } = question;
      const roots = flags.roots === true ? { roots: true } : {};
      const found = whileAsking(io, (onProgress) =>
        estate.whoCan(action, resource, { ...facts, ...roots, onProgress }),
      );
      const explain = flags.explain === true || flags.verbose === true;
      const placeFor = placesOf(question, action, resource);
      const assumptions = assumptionsOf(question, action, resource);
      const outside = outsideCallers(question, action, resource);
      const rootUsers = flags.roots === true ? [{ kind: 'root' }] : [];
      const notes = [
        ...unknown,
        ...onResource(found.resource),
        ...question.notes,
        ...listSessionNotes(facts.sessionPolicies, [...estate.principals, ...rootUsers]),
        ...outsideNote(outside, action, found.resource),
      ];
      printNotes(notes, flags.json === true, io);
      const listed = { allowed: sorted(found.allowed), depends: sorted(found.depends) };
      if (flags.json === true) {
        const data = (list: readonly Who[]) =>
          list.map((who) => {
            const { arn, names, kind, answer } = who;
            return { arn, names, kind, ...answerData(answer, explain, placeFor(who)) };
          });
        const { asked } = found;
        const { allowed, depends } = listed;
        io.stdout(
          jsonText({
            action,
            resource: found.resource,
            asked,
            allowed: data(allowed),
            depends: data(depends),
            outside,
            assumptions,
            notes,
            diagnostics,
          }),
        );
      } else {
        const all = [...listed.allowed, ...listed.depends];
        if (explain)
          io.stdout(
            all.map((who) => explained(who, io.colour, flags.verbose === true, placeFor(who))).join(''),
          );
        else if (all.length > 0) io.stdout(`${whoTable(all, io.colour)}\n`);
        printAssumptions(assumptions, io);
        io.stdout(summary(found, outside));
      }
      if ([...found.allowed, ...outside].some(isAllowed)) return 0;
      return found.depends.length + outside.length > 0 ? 3 : 1;
    },
    [{ path: 'request.action', name: asWritten('ACTION', action) }],
  );
}

const sorted = (list: readonly Who[]): readonly Who[] => [...list].sort((a, b) => inOrder(a.arn, b.arn));

/** Where statements are written that decide for one of those found. */
function placesOf(
  { estate, facts, placeIn }: EstateQuestion,
  action: string,
  resource: string,
): (who: Who) => PlaceOf {
  const target = targetKey(estate, action, resource);
  const keys = new Map(estate.principals.map(({ arn }) => [textWords(arn), textKey(arn)]));
  return ({ arn }) => {
    const key = keys.get(arn);
    const caller: Caller = key === undefined ? { kind: 'outside', arn } : { kind: 'principal', key };
    return (statement) => {
      const origin = originOf(statement, { linked: estate.linked, caller, target, facts });
      return origin && placeIn(origin);
    };
  };
}

const whoTable = (all: readonly Who[], colour: boolean): string =>
  table(
    ['DECISION', 'KIND', 'PRINCIPAL', 'BY'],
    all.map(({ arn, kind, answer }) => [answer.decision, kind, arn, reasonWords(answer)]),
    (column, text) => (column === 0 ? decisionWord(text, colour) : text),
  );

function explained({ arn, kind, answer }: Who, colour: boolean, verbose: boolean, placeOf: PlaceOf): string {
  const text = explanationWords(answer, colour, verbose, placeOf);
  const lines = text.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
  return `${kind} ${visibleText(arn)}\n${lines.join('\n')}\n\n`;
}

const isAllowed = (one: Who | OutsideCaller): boolean =>
  ('answer' in one ? one.answer : one).decision === 'allowed';

function summary(
  { action, resource, allowed, depends, asked }: WhoCan,
  outside: readonly OutsideCaller[],
): string {
  const on = resource === '*' ? action : `${action} on ${resource}`;
  const can = outside.some(isAllowed) ? 'can' : 'may';
  const others = outside.length === 0 ? '' : `; others outside of the estate ${can}`;
  const open = depends.length === 0 ? '' : `, for ${depends.length} it depends`;
  return `${allowed.length} of ${counted(asked, 'principal')} can ${visibleText(on)}${open}${others}\n`;
}
