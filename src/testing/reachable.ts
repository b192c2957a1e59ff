import { Assembler } from '../account/assemble.js';
import { notGiven } from '../account/given-keys.js';
import { textKey, textWords } from '../account/text.js';
import { type Answer, answer } from '../query/answer.js';
import { askCaller } from '../query/can.js';
import type { Estate } from '../query/estate.js';
import { someObject } from './asked-resource.js';
import type { Assertion, Verdict } from './assertion.js';
import { isDenied } from './decided.js';
import { factNotes } from './fact-notes.js';
import { outsiders, partyNamed } from './parties.js';
import { toState } from './to-state.js';

type Reachable = Extract<Assertion, { matcher: 'toBeReachableOnlyBy' }>;

/** Somebody and the answer to whether they reach the resource. */
interface Asked {
  readonly key: string;
  readonly label: string;
  readonly answer: Answer;
}

/**
 * Who reaches the resource is who is listed: every user and role of the estate is asked, callers without credentials, anybody of
 * another account, and whom the policy of the resource names.
 */
export function checkReachable(estate: Estate, assertion: Reachable): Verdict {
  const listed = new Map(assertion.names.map((name) => [partyNamed(estate.linked, name).key, name]));
  const reaching: Asked[] = [];
  for (const one of everybody(estate, assertion)) if (!isDenied(one.answer)) reaching.push(one);
  const keys = new Set(reaching.map(({ key }) => key));
  const others = reaching.filter(({ key }) => !listed.has(key));
  const open = reaching.filter(({ key, answer }) => listed.has(key) && !reaches(key, answer));
  const missing = [...listed].filter(([key]) => !keys.has(key)).map(([, name]) => name);
  const pass = others.length === 0 && open.length === 0 && missing.length === 0;
  return { pass, message: () => message(estate, assertion, { others, open, missing, reaching }) };
}

/** Everybody the assertion is about, with their answers: the estate's own first, in its order. */
export function* everybody(estate: Estate, assertion: Reachable): Iterable<Asked> {
  const { linked } = estate;
  const { action, resource, names } = assertion;
  const { roots = false, onProgress: _, ...facts } = assertion.facts;
  const question = new Assembler(linked, action, resource, facts);
  for (const {
    arn,
    names: [given],
    name,
  } of linked.data.principals) {
    const key = textKey(arn);
    const label = `${given ?? textWords(name)} (${textWords(arn)})`;
    yield { key: `principal ${key}`, label, answer: answer(question.of({ kind: 'principal', key })) };
  }
  for (const account of roots ? linked.accounts : []) {
    const { arn } = estate.principal(account);
    yield { key: `account ${account}`, label: arn, answer: answer(question.of({ kind: 'outside', arn })) };
  }
  const listed = names
    .map((name) => partyNamed(linked, name))
    .filter(({ key }) => !key.startsWith('principal '));
  const parties = new Map(
    [...outsiders(linked, resource, facts), ...listed].map((party) => [party.key, party]),
  );
  for (const { key, label, caller, brings } of parties.values()) {
    if (roots && linked.accounts.has(label)) continue;
    const { unknown } = facts;
    const open = {
      ...facts,
      unknown: unknown === 'unlisted' ? unknown : [...(unknown ?? []), ...notGiven(brings, facts.context)],
    };
    yield { key, label, answer: askCaller(linked, caller, action, resource, open) };
  }
}

/**
 * What is enough for a listed name: some objects are enough of all objects; of a foreign account, a service or a provider nobody knows
 * what else its requests carry, so that it is enough if they may reach it.
 */
const reaches = (key: string, { allowed, dependsOn }: Answer): boolean =>
  allowed || someObject(dependsOn) || !key.startsWith('principal ');

interface Found {
  readonly others: readonly Asked[];
  readonly open: readonly Asked[];
  readonly missing: readonly string[];
  readonly reaching: readonly Asked[];
}

/** More explanations than this nobody reads. */
const explained = 5;

function message(estate: Estate, assertion: Reachable, { others, open, missing, reaching }: Found): string {
  const { names, action, resource, not, facts } = assertion;
  const only = names.length === 0 ? 'by nobody' : `only by ${names.join(', ')}`;
  const head = `expected ${textWords(resource)} ${not ? 'not ' : ''}to be reachable ${only} with ${action}`;
  const notes = factNotes(facts);
  if (not) return [head, '', 'Reachable by', ...labels(reaching), ...notes].join('\n');
  return [
    head,
    ...section('Also reachable by', others.map(explanation)),
    ...section('Not known for', open.map(explanation)),
    ...section(
      'Not reachable by',
      missing.map((name) => absent(estate, assertion, name)),
    ),
    ...notes,
  ].join('\n');
}

const labels = (asked: readonly Asked[]): readonly string[] =>
  asked.length === 0 ? ['  nobody'] : asked.map(({ label }) => `  ${label}`);

function section(title: string, blocks: readonly string[]): readonly string[] {
  if (blocks.length === 0) return [];
  const more = blocks.length > explained ? [`  … and ${blocks.length - explained} more`] : [];
  return ['', title, ...blocks.slice(0, explained), ...more];
}

function explanation({ label, answer }: Asked): string {
  const { decision, dependsOn } = answer;
  const state = decision === 'depends' ? dependsOn.map((one) => `    state ${toState(one)}`) : [];
  const head = decision === 'depends' ? `${label}, depending on ${dependsOn.join(', ')}` : label;
  return [`  ${head}`, ...state, indented(answer.format())].join('\n');
}

function absent(
  estate: Estate,
  { action, resource, facts: { roots: _, onProgress: __, ...facts } }: Reachable,
  name: string,
): string {
  const { caller } = partyNamed(estate.linked, name);
  return [`  ${name}`, indented(askCaller(estate.linked, caller, action, resource, facts).format())].join(
    '\n',
  );
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');
