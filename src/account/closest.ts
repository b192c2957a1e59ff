import { asciiLower } from '../value/ascii.js';

/** How many candidates an error lists. */
const shown = 8;
/** Longer names, and more of them, are compared by their letters alone. */
const maximumLength = 120;
const maximumCompared = 20_000;

/** The names most like the one that was asked for, closest first; at most so many letters may differ. */
export function closestNames(
  wanted: string,
  names: Iterable<string>,
  letters = Math.max(2, Math.ceil(wanted.length / 2)),
): readonly string[] {
  const low = asciiLower(wanted);
  const scored: { name: string; score: number }[] = [];
  let compared = 0;
  for (const name of names) {
    const other = asciiLower(name);
    if (other === low) scored.push({ name, score: 0 });
    else if (other.includes(low) || low.includes(other))
      scored.push({ name, score: 1 + Math.abs(other.length - low.length) / 1000 });
    else if (low.length <= maximumLength && other.length <= maximumLength && compared++ < maximumCompared) {
      const distance = editDistance(low, other);
      if (distance <= letters) scored.push({ name, score: 2 + distance });
    }
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return [...new Set(scored.map(({ name }) => name))].slice(0, shown);
}

/** The name that was meant, if so few letters differ; unlike above, a part of a name is none. */
export const nameMeant = (written: string, names: readonly string[], letters: number): string | undefined =>
  closestNames(written, names, letters).find(({ length }) => Math.abs(length - written.length) <= letters);

/** Letters to add, drop or change. https://en.wikipedia.org/wiki/Levenshtein_distance */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + change));
    }
    row = next;
  }
  return row[b.length]!;
}
