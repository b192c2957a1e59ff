import type { Command } from 'commander';
import { textKey } from '../account/text.js';
import type { Asked, Chain, Hop, WhoCanAssume } from '../query/index.js';
import { visibleText } from '../value/visible-text.js';
import { jsonText, terminalStyle } from './answer.js';
import { answerData, type PlaceOf } from './answer-data.js';
import { decisionWord, placeWords, reasonWords } from './answer-words.js';
import { addEstateFlags, type EstateFile, estateHelp } from './estate-flags.js';
import { askEstate, type EstateQuestion, type EstateQuestionFlags } from './estate-question.js';
import { addFactsFlags } from './facts-flags.js';
import type { ExitCode, Io } from './io.js';
import { printNotes } from './notes.js';
import { whileAsking } from './progress.js';
import { refuseEmpty } from './refused.js';
import { listSessionNotes } from './session-policies.js';
import { originOf } from './statement-origin.js';
import { counted, table } from './table.js';

const examples = `${estateHelp}

A step towards the role is one of: assume (sts:AssumeRole), pass (iam:PassRole to a service that then runs what the
caller says), takeover (changing what already runs with the role), runs (a workload that has it anyway).

Exit code: 0 somebody can, 1 nobody can, 2 no answer (wrong usage, unreadable or malformed file, unknown name), 3 nobody
certainly can, and for some it depends on what is unknown: for them, or for those of a trusted account who are in no file.

Examples:
  $ iam-verdict who-can-assume admin --account account.json
  $ iam-verdict who-can-assume App/Handler/ServiceRole --cdk cdk.out --explain
  $ iam-verdict who-can-assume aws_iam_role.worker --terraform plan.json --account account.json --json
`;

export function addWhoCanAssume(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  const command = program
    .command('who-can-assume')
    .summary('list who may come to act with ROLE, and by which steps')
    .description(
      'Lists who may come to act with a role of an estate: directly, by other roles, or by what runs with it.',
    )
    .argument('<role>', 'name or ARN of a role, or of a workload for the role it runs with');
  const files = addEstateFlags(command);
  addFactsFlags(command)
    .optionsGroup('Output:')
    .option('--explain', 'what is asked at each step, and what answers')
    .option('--verbose', 'explain whole answers; list every diagnostic')
    .option('--json', 'one JSON object: role, chains, trustedAccounts, notes, diagnostics')
    .addHelpText('after', examples)
    .action(async (role: string, flags: EstateQuestionFlags) => {
      refuseEmpty({ ROLE: role });
      exit(await ask(role, files, flags, io));
    });
}

const ask = (
  role: string,
  files: readonly EstateFile[],
  flags: EstateQuestionFlags,
  io: Io,
): Promise<ExitCode> =>
  askEstate(files, flags, io, (question) => {
    const { estate, facts, diagnostics } = question;
    const placesOf = placesIn(question);
    const found = whileAsking(io, (onProgress) => estate.whoCanAssume(role, { ...facts, onProgress }));
    const trustedAccounts = othersOf(found, question);
    const notes = [
      ...question.notes,
      ...listSessionNotes(facts.sessionPolicies, estate.principals),
      ...trustedAccounts.map(
        (account) =>
          `anybody of account ${account} whose policies allow it, and who is not in the files, may come to act with ${found.role} too`,
      ),
    ];
    const explain = flags.explain === true || flags.verbose === true;
    printNotes(notes, flags.json === true, io);
    if (flags.json === true) {
      const chains = found.chains.map((chain) => chainData(chain, explain, placesOf));
      io.stdout(jsonText({ role: found.role, chains, trustedAccounts, notes, diagnostics }));
    } else {
      const printed = explain
        ? found.chains
            .map((chain, i) =>
              explained(chain, i + 1, { colour: io.colour, verbose: flags.verbose === true, placesOf }),
            )
            .join('\n')
        : chainTable(found, io.colour);
      if (printed !== '') io.stdout(`${printed}\n`);
      io.stdout(summary(found, trustedAccounts.length > 0));
    }
    if (found.chains.some(({ verdict }) => verdict === 'allowed')) return 0;
    return found.chains.length > 0 || trustedAccounts.length > 0 ? 3 : 1;
  });

/** Where the statements of each answer are written. */
type PlacesOf = (asked: Asked) => PlaceOf;

const placesIn =
  ({ estate: { linked }, facts, placeIn }: EstateQuestion): PlacesOf =>
  ({ caller, target }) =>
  (statement) => {
    const origin = originOf(statement, { linked, caller, target: textKey(target), facts });
    return origin && placeIn(origin);
  };

const chainData = ({ source, hops, verdict }: Chain, explain: boolean, placesOf: PlacesOf): object => ({
  source,
  verdict,
  hops: hops.map(({ asked, ...hop }) => ({
    ...hop,
    asked: asked.map((one) => ({
      action: one.action,
      resource: one.resource,
      verdict: one.verdict,
      answer: answerData(one.answer, explain, placesOf(one)),
    })),
  })),
});

const chainTable = ({ chains }: WhoCanAssume, colour: boolean): string =>
  table(
    ['DECISION', 'STEPS', 'WHO', 'HOW'],
    chains.map(({ source, hops, verdict }) => [
      verdict,
      String(hops.length),
      `${source.kind} ${source.name}`,
      hops.map(stepWords).join(' → '),
    ]),
    (column, text) => (column === 0 ? decisionWord(text, colour) : text),
  );

const stepWords = ({ kind, to, through }: Hop): string =>
  `${kind} ${through === undefined ? '' : `${through} → `}${to}`;

/** A chain, its steps numbered, with what was asked at each. */
function explained(
  { source, hops, verdict }: Chain,
  number: number,
  { colour, verbose, placesOf }: { colour: boolean; verbose: boolean; placesOf: PlacesOf },
): string {
  const lines = hops.flatMap((hop, i) => [
    `  ${i + 1}. ${visibleText(stepWords(hop))}`,
    ...(hop.asked.length === 0 ? [`     ${nothingAsked[hop.kind]}`] : []),
    ...hop.asked.flatMap((asked) => [
      `     ${askedWords(asked, colour)}`,
      ...writtenIn(asked, placesOf(asked)).map((place) => `       written in ${visibleText(place)}`),
      ...(verbose
        ? asked.answer
            .format({ verbose, style: terminalStyle(colour) })
            .split('\n')
            .map(indented)
        : []),
    ]),
  ]);
  const head = `${number}. ${visibleText(`${source.kind} ${source.name}`)}: ${decisionWord(verdict, colour)}`;
  return [head, ...lines, ''].join('\n');
}

/** The places of the statements that decide, each once. */
function writtenIn({ answer }: Asked, placeOf: PlaceOf): readonly string[] {
  const places = (answer.decidedBy?.statements ?? []).map(placeOf);
  return [...new Set(places.flatMap((place) => (place === undefined ? [] : placeWords(place))))];
}

/** An action on something new is allowed where the caller may choose a name for which it is. */
function askedWords({ action, resource, verdict, answer }: Asked, colour: boolean): string {
  const why = verdict === 'allowed' && !answer.allowed ? 'for a name of its choice' : reasonWords(answer);
  const by = answer.decidedBy === undefined ? '' : 'by ';
  return `${visibleText(`${action} on ${resource}`)}: ${decisionWord(verdict, colour)} ${by}${visibleText(why)}`;
}

const indented = (line: string): string => (line === '' ? '' : `       ${line}`);

const nothingAsked: Readonly<Record<Hop['kind'], string>> = {
  assume: 'the trust policy names somebody whose name is not known yet',
  pass: '',
  takeover: '',
  runs: 'it runs with the role',
};

/** Accounts whose users and roles a trust policy lets in, of which no file lists all. */
const othersOf = ({ trustedAccounts }: WhoCanAssume, { wholeAccounts }: EstateQuestion): readonly string[] =>
  trustedAccounts.filter((account) => !wholeAccounts.has(account));

function summary({ role, chains }: WhoCanAssume, others: boolean): string {
  const sure = chains.filter(({ verdict }) => verdict === 'allowed').length;
  const open = chains.length - sure;
  const more = open === 0 ? '' : `, for ${open} it depends`;
  const nobody = others ? 'nobody in the files' : 'nobody';
  return `${sure === 0 ? nobody : counted(sure, 'caller')} can come to act with ${visibleText(role)}${more}\n`;
}
