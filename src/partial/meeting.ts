import { exactly, foldedTokens } from './collected.js';
import { reachable, run, type Token, type Watch } from './glob-states.js';
import { behind, type FreshTexts, holesIn, isHole, type Place, textOf, widest } from './places.js';

/** What tells the texts of one hole apart. */
export interface Finding {
  readonly hole: string;
  readonly watch: Watch;
}

/** What is known of a policy text and a text it is compared with. */
export interface Meeting {
  /** Whether they can fit at all. */
  readonly possible: boolean;
  readonly findings: readonly Finding[];
  /** Whether the findings tell apart all that can differ. */
  readonly exact: boolean;
}

export const nothing: Meeting = { possible: true, findings: [], exact: true };
const never: Meeting = { possible: false, findings: [], exact: true };

/** Several comparisons, all of which count. */
export const together = (meetings: readonly Meeting[]): Meeting => ({
  possible: meetings.every(({ possible }) => possible),
  findings: meetings.flatMap(({ findings }) => findings),
  exact: meetings.every(({ exact }) => exact),
});

/** How texts are compared. */
export interface Manner {
  readonly fresh: FreshTexts;
  /** Whether letter case is of no account. */
  readonly folded?: boolean;
}

/** A policy text against a text, one of which or both may hold holes. `asked` holds no wildcards. */
export function meet(policy: readonly Place[], asked: readonly Place[], manner: Manner): Meeting {
  const left = stripped(policy, asked);
  if (left === undefined) return never;
  const [pattern, text] = left;
  const reached = behind(widest(pattern), text);
  if (reached?.every((set) => !set.has(pattern.length))) return never;
  const open = pattern.some(({ kind }) => kind === 'open');
  if (!holesIn(text)) return filledFrom(pattern, textOf(text), manner);
  if (!open && !holesIn(pattern)) return readFrom(pattern as readonly Token[], text);
  if (!open && isSame(pattern, text)) return nothing;
  // Which texts of two holes fit one another has no end; those that fit when the others are unlike anything are tried.
  const { fresh } = manner;
  const known = filledFrom(pattern, textOf(fresh.filled(text)), manner);
  const read = readFrom(widest(fresh.filled(pattern)), text);
  return { possible: true, findings: [...known.findings, ...read.findings], exact: false };
}

/** Both without the beginning and the end that are the same whatever the holes hold; undefined where these differ. */
function stripped(
  policy: readonly Place[],
  asked: readonly Place[],
): [readonly Place[], readonly Place[]] | undefined {
  const length = Math.min(policy.length, asked.length);
  let first = 0;
  let last = 0;
  for (; first < length; first++) {
    const same = isSamePlace(policy[first]!, asked[first]!);
    if (same === false) return undefined;
    if (same === undefined) break;
  }
  for (; last < length - first; last++) {
    const same = isSamePlace(policy.at(-1 - last)!, asked.at(-1 - last)!);
    if (same === false) return undefined;
    if (same === undefined) break;
  }
  return [policy.slice(first, policy.length - last), asked.slice(first, asked.length - last)];
}

/** Undefined where it hangs on what stands beside the two. */
function isSamePlace(policy: Place, asked: Place): boolean | undefined {
  if (isHole(policy) && isHole(asked)) return policy.hole === asked.hole ? true : undefined;
  if (asked.kind !== 'point') return undefined;
  if (policy.kind === 'point') return policy.point === asked.point;
  return policy.kind === 'folded' ? policy.points.includes(asked.point) : undefined;
}

/** Where holes fit holes as the same unread text they do so whatever it is; only `?` counts its characters. */
function isSame(policy: readonly Place[], asked: readonly Place[]): boolean {
  if (policy.some(({ kind }) => kind === 'one' || kind === 'oneInPart' || kind === 'starInPart'))
    return false;
  const names = [...new Set([...policy, ...asked].filter(isHole).map(({ hole }) => hole))];
  // Each hole as a character that stands in no text.
  const opaque = (places: readonly Place[]): Token[] =>
    places.map((place) =>
      isHole(place) ? { kind: 'point', point: lastPlane + names.indexOf(place.hole) } : (place as Token),
    );
  return run(opaque(policy), textOf(opaque(asked))).has(policy.length);
}

/** Code points for private use. */
const lastPlane = 0x10_0000;

/** Longer texts are not searched for what may stand in a hole, and more than so many findings are not kept. */
const maximumLength = 4096;
const maximumFits = 128;

/** The texts of each hole of a pattern with which it can fit a text, whatever its other holes hold. */
function filledFrom(pattern: readonly Place[], text: string, { folded }: Manner): Meeting {
  if (!holesIn(pattern)) return nothing;
  if (text.length > maximumLength) return { ...nothing, exact: false };
  let exact = true;
  const findings = pattern.flatMap((place, at): Finding[] => {
    if (!isHole(place)) return [];
    const found = fits(widest(pattern.slice(0, at)), widest(pattern.slice(at + 1)), text);
    if (found.length > maximumFits) exact = false;
    return found.slice(0, maximumFits).map((fit) => {
      const tokens = folded === true ? foldedTokens(fit) : exactly(fit);
      return { hole: place.hole, watch: { tokens, from: beginning, after: '', ends: [tokens.length] } };
    });
  });
  return { possible: true, findings, exact };
}

const beginning: ReadonlySet<number> = new Set([0]);

/** The parts of a text between two that match. */
function fits(before: readonly Token[], after: readonly Token[], text: string): string[] {
  const ends: number[] = [];
  for (let i = 0; i <= text.length; i++) if (run(after, text.slice(i)).has(after.length)) ends.push(i);
  const found = new Set<string>();
  let set = run(before, '');
  for (let i = 0; i <= text.length; i++) {
    if (set.has(before.length)) for (const end of ends) if (end >= i) found.add(text.slice(i, end));
    if (set.size === 0) break;
    set = run(before, text.charAt(i), set);
  }
  return [...found];
}

/**
 * What a pattern reads in each hole of a text: from every set of positions it may begin in, which positions it is in when the next
 * hole begins. Together these tell how it ends, whatever the holes hold.
 */
function readFrom(pattern: readonly Token[], text: readonly Place[]): Meeting {
  let exact = true;
  const findings = text.flatMap((place, at): Finding[] => {
    if (!isHole(place)) return [];
    const sets = behind(pattern, text.slice(0, at));
    const next = text.findIndex((other, i) => i > at && isHole(other));
    const after = textOf(text.slice(at + 1, next < 0 ? undefined : next));
    if (sets === undefined) exact = false;
    return (sets ?? [run(pattern, '')]).flatMap((from): Finding[] => {
      if (from.size === 0) return [];
      const ends = next < 0 ? [pattern.length] : endsOf(pattern, from, after);
      return ends.length === 0 ? [] : [{ hole: place.hole, watch: { tokens: pattern, from, after, ends } }];
    });
  });
  return { possible: true, findings, exact };
}

/** The positions a pattern can be in behind any text and one more. */
function endsOf(pattern: readonly Token[], from: ReadonlySet<number>, after: string): number[] {
  const sets = (reachable(pattern, from) ?? []).map((set) => run(pattern, after, set));
  const ends = new Set(sets.flatMap((set) => [...set]));
  return [...ends].filter((end) => sets.some((set) => !set.has(end)));
}
