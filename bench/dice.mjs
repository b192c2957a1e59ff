/** A small generator of pseudo-random numbers (mulberry32): the same on every machine and in every run. */
export function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  const pick = (list) => list[below(list.length)];
  /** As many different items as asked for, in random order. */
  const draw = (list, n) => {
    const rest = [...list];
    return Array.from({ length: Math.min(n, rest.length) }, () => rest.splice(below(rest.length), 1)[0]);
  };
  return { next, below, pick, draw, chance: (share) => next() < share };
}

export const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));
