import { Assembler } from '../account/assemble.js';
import type { EstatePrincipal, Text } from '../account/estate-data.js';
import type { Caller, Facts } from '../account/facts.js';
import type { LinkedEstate } from '../account/link.js';
import { textKey, textWords } from '../account/text.js';
import { type Answer, answer } from './answer.js';

/** What may be asked besides the facts of a request. */
export interface WhoCanFacts extends Facts {
  /** Also the root users of the accounts. */
  readonly roots?: boolean;
}

/** A principal and its answer. */
export interface Who {
  readonly arn: string;
  /** The names it may be called by. */
  readonly names: readonly string[];
  readonly kind: 'user' | 'role' | 'root';
  readonly answer: Answer;
}

export interface WhoCan {
  readonly action: string;
  readonly resource: string;
  readonly allowed: readonly Who[];
  /** Those for whom it depends on something that nobody knows, and may come out as allowed. */
  readonly depends: readonly Who[];
  /** How many were asked. */
  readonly asked: number;
}

/** Asks for every user and role of the estate, in the order of the estate. */
export function whoCan(
  linked: LinkedEstate,
  action: string,
  resource: Text,
  { roots = false, ...facts }: WhoCanFacts,
): WhoCan {
  const callers = linked.data.principals.map((one): [Caller, Omit<Who, 'answer'>] => [
    { kind: 'principal', key: textKey(one.arn) },
    { arn: textWords(one.arn), names: namesOf(one), kind: one.kind },
  ]);
  if (roots) {
    for (const account of linked.accounts) {
      const partition = linked.data.accounts.find(({ id }) => id === account)?.partition ?? 'aws';
      const arn = `arn:${partition}:iam::${account}:root`;
      callers.push([
        { kind: 'outside', arn },
        { arn, names: [account], kind: 'root' },
      ]);
    }
  }
  const allowed: Who[] = [];
  const depends: Who[] = [];
  const question = new Assembler(linked, action, resource, facts);
  for (const [caller, who] of callers) {
    const found = answer(question.of(caller));
    if (found.allowed) allowed.push({ ...who, answer: found });
    else if (found.decision === 'depends' && mayBeAllowed(found)) depends.push({ ...who, answer: found });
  }
  return { action, resource: textWords(resource), allowed, depends, asked: callers.length };
}

/** A denial whose kind alone is open is none that anybody need look into. */
const mayBeAllowed = ({ allowedIf, exact }: Answer): boolean => allowedIf.length > 0 || !exact;

const namesOf = ({ names, name }: EstatePrincipal): readonly string[] => [
  ...new Set([...names, textWords(name)]),
];
