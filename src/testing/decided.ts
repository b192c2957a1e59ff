import { textWords } from '../account/text.js';
import type { Answer } from '../query/answer.js';
import { askCaller } from '../query/can.js';
import type { Estate } from '../query/estate.js';
import type { Assertion, Verdict } from './assertion.js';
import { factNotes } from './fact-notes.js';
import { toState } from './to-state.js';

type Decided = Extract<Assertion, { matcher: 'toBeAllowedTo' | 'toBeDeniedTo' }>;

/** The answer an assertion on one caller is about. */
export const answerTo = (estate: Estate, { caller, action, resource, facts }: Decided): Answer =>
  askCaller(estate.linked, caller, action, resource, facts);

/** Certainly not allowed, even where it is open which policy says so. */
export const isDenied = ({ decision, allowed, allowedIf, exact }: Answer): boolean =>
  decision === 'depends' ? exact && allowedIf.length === 0 : !allowed;

/** Allowed means: whatever the unknown parts are. */
export function checkAllowed(estate: Estate, assertion: Decided): Verdict {
  const answer = answerTo(estate, assertion);
  return { pass: answer.allowed, message: () => message(assertion, 'allowed', answer) };
}

/** Denied means the same; with `by`, that this kind of policy is one of those that deny. */
export function checkDenied(
  estate: Estate,
  assertion: Extract<Assertion, { matcher: 'toBeDeniedTo' }>,
): Verdict {
  const answer = answerTo(estate, assertion);
  const { by } = assertion;
  const pass = isDenied(answer) && (by === undefined || deniersOf(answer).includes(by));
  return { pass, message: () => message(assertion, by === undefined ? 'denied' : `denied by ${by}`, answer) };
}

/** Every kind of policy that denies explicitly; of an implicit deny the first in which an Allow is missing. */
function deniersOf(answer: Answer): readonly string[] {
  if (answer.decision === 'depends') return [];
  const { denies, decidedBy } = answer.explain();
  return denies.length > 0 ? denies.map(({ kind }) => kind) : [decidedBy.kind];
}

function message({ not, action, resource, facts }: Decided, expected: string, answer: Answer): string {
  const { request } = answer.explain();
  const head = `expected ${request.principal} ${not ? 'not ' : ''}to be ${expected} to ${action} on ${textWords(resource)}`;
  if (answer.decision === 'depends') {
    const { dependsOn } = answer;
    return [
      `${head}, but it depends on ${dependsOn.join(', ')}`,
      ...dependsOn.map((one) => `  state ${toState(one)}`),
      '',
      answer.format(),
      ...factNotes(facts),
    ].join('\n');
  }
  const by = expected.includes(' by ')
    ? `, but it is ${answer.decision} by ${deniersOf(answer).join(', ')}`
    : '';
  const missing = answer.missingContext.map(
    (key) => `Not stated, and could change the answer: ${toState(key)}`,
  );
  const lines = missing.length === 0 ? [] : ['', ...missing];
  return [`${head}${by}`, '', answer.format(), ...lines, ...factNotes(facts)].join('\n');
}
