import { explore, vectorOf, type Watch } from './glob-states.js';

/** The texts a hole is tried with: one for every way in which what reads it can tell its texts apart. */
export interface HoleStates {
  /** The first is the one that nothing else holds. */
  readonly texts: readonly string[];
  /** For each text what the patterns say of it, and of all texts that it stands for. */
  readonly vectors: readonly string[];
  readonly watches: readonly Watch[];
  readonly complete: boolean;
}

/** What a hole may hold. */
export interface Holdable {
  readonly account: boolean;
  /** Characters that would change what stands beside it. */
  readonly without: string;
}

/** Wildcards and variables never stand in a hole. */
const never = '*?${}';
const accountLength = 12;

/** `account` takes digits alone. */
export function holeStates(
  fresh: string,
  watches: readonly Watch[],
  { account, without }: Holdable,
): HoleStates {
  const distinct = [...new Map(watches.map((watch) => [nameOf(watch), watch])).values()];
  const none = new Set(Array.from(never + without, (character) => character.codePointAt(0)!));
  const holds = account ? (point: number) => point >= 48 && point <= 57 : (point: number) => !none.has(point);
  const asked = account ? [...distinct, accountWatch] : distinct;
  const found = explore(asked, holds, account ? accountLength : undefined);
  const states = new Map([[vectorOf(asked, fresh), fresh]]);
  for (const [vector, text] of found.texts) {
    if (account && text.length !== accountLength) continue;
    if (!states.has(vector)) states.set(vector, text);
  }
  return {
    texts: [...states.values()],
    vectors: [...states.keys()],
    watches: asked,
    complete: found.complete,
  };
}

const accountWatch: Watch = {
  tokens: Array.from({ length: accountLength }, () => ({ kind: 'one' }) as const),
  from: new Set([0]),
  after: '',
  ends: [accountLength],
};

const nameOf = ({ tokens, from, after, ends }: Watch): string =>
  JSON.stringify([tokens, [...from].sort((a, b) => a - b), after, ends]);
