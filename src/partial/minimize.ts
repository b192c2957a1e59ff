import type { Request } from '../request/request.js';
import { type ClauseLine, type Literal, literalsOf } from './clause.js';
import type { Dimension } from './dimension.js';
import type { Region, Search } from './search.js';

/** For each dimension it speaks of, the states in which a clause holds. */
type Cover = ReadonlyMap<Dimension, ReadonlySet<number>>;

/** All lines of a clause hold together. */
export type Clause = readonly ClauseLine[];

/**
 * The allowed regions as few and simple clauses: each region is widened as far as no denied one is touched, clauses that others
 * make needless go, and what is left is said in the policy language.
 */
export function minimize(
  { regions }: Search,
  spelling: (key: string) => string,
  request: Request,
): readonly Clause[] {
  const allowed = regions.filter(({ decision }) => decision === 'allowed');
  const denied = regions.filter(({ decision }) => decision !== 'allowed');
  const covers: Cover[] = [];
  for (const region of allowed) {
    if (!covers.some((cover) => covered(region, cover))) covers.push(widen(region, denied));
  }
  const needed = covers.filter((cover, i) => {
    const others = covers.filter((other, j) => j !== i && !(sameCover(other, cover) && j > i));
    return allowed.some(
      (region) => covered(region, cover) && !others.some((other) => covered(region, other)),
    );
  });
  const literals = new Map<Dimension, readonly Literal[]>();
  const clauses = needed.flatMap((cover) => {
    let alternatives: Clause[] = [[]];
    for (const [dimension, states] of cover) {
      const known = literals.get(dimension) ?? literalsOf(dimension, spelling, request);
      literals.set(dimension, known);
      const said = express(dimension, states, known);
      alternatives = alternatives.flatMap((clause) => said.map((lines) => [...clause, ...lines]));
    }
    return alternatives;
  });
  return clauses.sort((a, b) => a.length - b.length);
}

const covered = (region: Region, cover: Cover): boolean =>
  [...cover].every(([dimension, states]) => {
    const state = region.fixed.get(dimension);
    return state !== undefined && states.has(state);
  });

const touches = (region: Region, cover: Cover): boolean =>
  [...cover].every(([dimension, states]) => {
    const state = region.fixed.get(dimension);
    return state === undefined || states.has(state);
  });

const sameCover = (a: Cover, b: Cover): boolean =>
  a.size === b.size &&
  [...a].every(([dimension, states]) => {
    const others = b.get(dimension);
    return (
      others !== undefined && others.size === states.size && [...states].every((state) => others.has(state))
    );
  });

/** First dimensions are dropped, then states added, as long as the cover stays clear of the denied regions. */
function widen(region: Region, denied: readonly Region[]): Cover {
  const cover = new Map([...region.fixed].map(([dimension, state]) => [dimension, new Set([state])]));
  const clear = () => !denied.some((one) => touches(one, cover));
  for (const [dimension, states] of [...cover]) {
    cover.delete(dimension);
    if (!clear()) cover.set(dimension, states);
  }
  for (const [dimension, states] of cover) {
    for (let state = 0; state < dimension.states.length; state++) {
      if (states.has(state)) continue;
      states.add(state);
      if (!clear()) states.delete(state);
    }
  }
  return cover;
}

/** Lines that hold in exactly these states; several lists of lines when one does not do. */
function express(
  dimension: Dimension,
  states: ReadonlySet<number>,
  literals: readonly Literal[],
): ClauseLine[][] {
  const within = (chosen: readonly Literal[]) =>
    dimension.states.every((_, i) => states.has(i) || chosen.some(({ holds }) => !holds[i]));
  const around = literals.filter(({ holds }) => [...states].every((state) => holds[state]));
  for (const one of around) if (within([one])) return [[one.line]];
  if (within(around)) return [reduce(around, within).map(({ line }) => line)];
  const pieces: { lines: Literal[]; holds: (state: number) => boolean }[] = [];
  for (const state of states) {
    if (pieces.some(({ holds }) => holds(state))) continue;
    const lines = reduce(
      literals.filter(({ holds }) => holds[state]),
      within,
    );
    pieces.push({ lines, holds: (other) => lines.every(({ holds }) => holds[other]) });
  }
  return pieces.map(({ lines }) => lines.map(({ line }) => line));
}

/** Drops lines, the costliest first, while what is left still says enough. */
function reduce(literals: readonly Literal[], enough: (chosen: readonly Literal[]) => boolean): Literal[] {
  let chosen = [...literals];
  for (const one of [...literals].reverse()) {
    const fewer = chosen.filter((other) => other !== one);
    if (enough(fewer)) chosen = fewer;
  }
  return chosen;
}
