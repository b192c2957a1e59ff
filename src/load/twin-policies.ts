import type {
  EstateData,
  EstateDocument,
  PolicyUse,
  Text,
  UnresolvedPolicy,
} from '../account/estate-data.js';
import { textKey, textWords } from '../account/text.js';
import { managedPolicyDocument } from '../managed-policies/index.js';
import { isPlainObject } from '../value/plain.js';

/** What several declarations of one thing have in common. */
export interface CommonUses {
  /** Policies: those of all are certain, the others may be in force. */
  list(lists: readonly (readonly PolicyUse[])[]): PolicyUse[];
  /** The one policy, where all have the same; undefined where none has any. */
  one(name: string, uses: readonly (PolicyUse | undefined)[]): PolicyUse | undefined;
  /** Groups: those of all are certain; for each of the others stands a policy that nobody knows. */
  groups(lists: readonly (readonly Text[])[]): { readonly certain: Text[]; readonly open: PolicyUse[] };
}

type Possible = NonNullable<UnresolvedPolicy['possible']>;

export function commonUses(
  { managedPolicies }: Pick<EstateData, 'managedPolicies'>,
  unresolved: string,
): CommonUses {
  const textOf = (use: PolicyUse): Possible | undefined => {
    const text = parsed('arn' in use ? linked(use.arn) : 'document' in use ? use.document : use.possible);
    return isWritten(text) ? text : undefined;
  };
  const linked = (arn: Text): EstateDocument | undefined => {
    const own = managedPolicies.filter((one) => textKey(one.arn) === textKey(arn));
    if (own.length > 0) return own.length === 1 ? own[0]!.document : undefined;
    return typeof arn === 'string' ? managedPolicyDocument(arn) : undefined;
  };
  /** In force is one of these texts: each statement may be there. */
  const open = (name: string, uses: readonly PolicyUse[], joined: boolean): UnresolvedPolicy => {
    const possible = joined ? join(uses.map(textOf)) : undefined;
    const origin = uses.find((use) => use.origin !== undefined)?.origin;
    return {
      name,
      unresolved,
      ...(possible === undefined ? {} : { possible }),
      ...(origin === undefined ? {} : { origin }),
    };
  };
  return {
    list(lists) {
      const byKey = new Map<string, PolicyUse[]>();
      for (const use of lists.flat()) {
        const known = byKey.get(keyOf(use));
        if (known === undefined) byKey.set(keyOf(use), [use]);
        else known.push(use);
      }
      return [...byKey].map(([key, uses]) => {
        const everywhere = lists.every((list) => list.some((use) => keyOf(use) === key));
        const [first] = uses as [PolicyUse, ...PolicyUse[]];
        if (everywhere && same(uses)) return first;
        return open('arn' in first ? textWords(first.arn) : first.name, uses, true);
      });
    },
    one(name, uses) {
      const given = uses.filter((use) => use !== undefined);
      const [first] = given;
      if (first === undefined) return undefined;
      const everywhere = given.length === uses.length;
      if (everywhere && same(given)) return first;
      // Where one has none, that it is absent says something too, which no text does.
      return open('name' in first ? first.name : name, given, everywhere);
    },
    groups(lists) {
      const all = new Map(lists.flat().map((group) => [textKey(group), group]));
      const isCertain = (key: string) => lists.every((list) => list.some((group) => textKey(group) === key));
      const certain = [...all].filter(([key]) => isCertain(key)).map(([, group]) => group);
      const rest = [...all].filter(([key]) => !isCertain(key)).map(([, group]) => group);
      return {
        certain,
        open: rest.map((group) => ({ name: `policies of group ${textWords(group)}`, unresolved })),
      };
    },
  };
}

/** What a text holds; a number that JSON would round stays in its text, which nobody reads then. */
function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  if (/\d{16}/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether its statements can be told apart, so that each may be there or not. */
const isWritten = (text: unknown): text is Possible =>
  isPlainObject(text) &&
  [text.Statement].flat().every((statement) => isPlainObject(statement) && 'Effect' in statement);

const keyOf = (use: PolicyUse): string => ('arn' in use ? `arn ${textKey(use.arn)}` : `name ${use.name}`);

/** Whether they say the same, wherever they were written. */
const same = (uses: readonly PolicyUse[]): boolean =>
  new Set(uses.map(({ origin: _, ...said }) => JSON.stringify(said))).size === 1;

/** One text with the statements of all; undefined where one is not known, or where they would mean something else together. */
function join(texts: readonly (Possible | undefined)[]): Possible | undefined {
  const known = texts.filter((text) => text !== undefined);
  const [first] = known;
  if (first === undefined || known.length < texts.length) return undefined;
  const distinct = [...new Map(known.map((text) => [JSON.stringify(text), text])).values()];
  if (distinct.length === 1) return first;
  if (distinct.some(({ Version }) => Version !== first.Version)) return undefined;
  // The same Sid may stand in both, and may not stand twice in one.
  const statements = distinct.flatMap(({ Statement }) =>
    [Statement].flat().map(({ Sid: _, ...rest }) => rest),
  );
  return { ...first, Statement: statements } as Possible;
}
