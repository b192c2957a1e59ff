import { Assembler } from '../account/assemble.js';
import { checkFacts } from '../account/check-facts.js';
import type { EstatePrincipal, Text } from '../account/estate-data.js';
import type { Caller, Facts } from '../account/facts.js';
import type { LinkedEstate } from '../account/link.js';
import { textKey, textWords } from '../account/text.js';
import { type Answer, answer } from './answer.js';
import { crowdOf, denied, notAsked } from './crowd.js';

/** What may be asked besides the facts of a request. */
export interface WhoCanFacts extends Facts {
  /** Also the root users of the accounts. */
  readonly roots?: boolean | undefined;
  /** Told now and then how many of the callers were asked. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** A principal and its answer. */
export interface Who {
  /** Holes as `{Name}`. */
  readonly arn: string;
  /** The names it may be called by. */
  readonly names: readonly string[];
  /** What kind of principal it is. */
  readonly kind: 'user' | 'role' | 'root';
  /** Worked out when it is read. */
  readonly answer: Answer;
}

/** Who may do something, and for whom it depends. */
export interface WhoCan {
  /** What was asked for. */
  readonly action: string;
  /** Its ARN, holes as `{Name}`. */
  readonly resource: string;
  /** In the order of the estate. */
  readonly allowed: readonly Who[];
  /** Those for whom it depends on something that nobody knows, and may come out as allowed. */
  readonly depends: readonly Who[];
  /** How many were asked. */
  readonly asked: number;
}

/**
 * Asks for every user and role of the estate, in the order of the estate. Those of whom everything is known are decided together; the
 * answer of one is worked out when it is read.
 */
export function whoCan(linked: LinkedEstate, action: string, resource: Text, given: WhoCanFacts): WhoCan {
  checkFacts(given, ['roots', 'onProgress']);
  const { roots = false, onProgress, ...facts } = given;
  const { principals } = linked.data;
  const accounts = roots ? [...linked.accounts] : [];
  const asked = principals.length + accounts.length;
  let done = 0;
  const progress = (count: number) => {
    done += count;
    onProgress?.(done, asked);
  };
  const question = new Assembler(linked, action, resource, facts);
  const decided = crowdOf(linked, facts)?.decide(question, progress);
  const allowed: Who[] = [];
  const depends: Who[] = [];
  const ask = (caller: Caller, who: () => Omit<Who, 'answer'>) => {
    const found = answer(question.of(caller));
    if (found.allowed) allowed.push({ ...who(), answer: found });
    else if (mayBeAllowed(found) && found.decision === 'depends') depends.push({ ...who(), answer: found });
    progress(1);
  };
  principals.forEach((one, place) => {
    const known = decided?.[place] ?? notAsked;
    if (known === denied) return;
    const caller: Caller = { kind: 'principal', key: textKey(one.arn) };
    if (known === notAsked) ask(caller, () => partyOf(one));
    else allowed.push(answering(partyOf(one), () => answer(question.of(caller))));
  });
  for (const account of accounts) {
    const partition = linked.data.accounts.find(({ id }) => id === account)?.partition ?? 'aws';
    const arn = `arn:${partition}:iam::${account}:root`;
    ask({ kind: 'outside', arn }, () => ({ arn, names: [account], kind: 'root' }));
  }
  return { action, resource: textWords(resource), allowed, depends, asked };
}

/** Somebody whose answer is worked out when it is read. */
function answering(who: Omit<Who, 'answer'>, work: () => Answer): Who {
  let known: Answer | undefined;
  return {
    ...who,
    get answer() {
      known ??= work();
      return known;
    },
  };
}

const partyOf = (one: EstatePrincipal): Omit<Who, 'answer'> => ({
  arn: textWords(one.arn),
  names: namesOf(one),
  kind: one.kind,
});

/** A denial whose kind alone is open is none that anybody need look into. */
const mayBeAllowed = ({ allowedIf, exact }: Answer): boolean => allowedIf.length > 0 || !exact;

const namesOf = ({ names, name }: EstatePrincipal): readonly string[] => [
  ...new Set([...names, textWords(name)]),
];
