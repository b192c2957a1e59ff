/** Less than half of the letters in common is another name. */
const enough = 0.5;

/**
 * The name most like the one that was written, whatever the letter case; undefined when none is. A few short names are told apart by the
 * pairs of neighbouring letters that they share. https://en.wikipedia.org/wiki/Dice-S%C3%B8rensen_coefficient
 */
export function mostAlike(wanted: string, names: readonly string[]): string | undefined {
  const own = pairsOf(wanted);
  const scored = names.map((name) => {
    const pairs = pairsOf(name);
    const shared = [...own].filter((pair) => pairs.has(pair)).length;
    return { name, score: (2 * shared) / Math.max(1, own.size + pairs.size) };
  });
  scored.sort((a, b) => b.score - a.score);
  const [best] = scored;
  return best !== undefined && best.score >= enough ? best.name : undefined;
}

function pairsOf(name: string): ReadonlySet<string> {
  const low = name.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, low.length - 1) }, (_, at) => low.slice(at, at + 2)));
}
