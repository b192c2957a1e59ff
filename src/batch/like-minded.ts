import type { Peers } from './peers.js';
import { open } from './said.js';

/** What the levels say takes four bits each; more levels than this do not fit into one exact number. */
const maximumDepth = 12;

/** So few levels can say so little that all of it fits into a short list, which is quicker than a map. */
const shallow = 2;

/** Numbers by small numbers. */
class Table {
  readonly #numbers: Int32Array;

  constructor(size: number) {
    this.#numbers = new Int32Array(size).fill(-1);
  }

  get(key: number): number | undefined {
    const found = this.#numbers[key]!;
    return found < 0 ? undefined : found;
  }

  set(key: number, number: number): void {
    this.#numbers[key] = number;
  }
}

/** Peers put together by what their policies say. */
export interface LikeMinded {
  /** The first of each of them, by its place among the peers. */
  readonly first: readonly number[];
  /** Of each peer to which of them it belongs. */
  readonly alike: Int32Array;
}

/**
 * Peers whose policies say the same for certain, and who are of the owner's account alike, get the same answer: there is nothing else
 * that the decision rule asks for. Those of whom something is open stand alone.
 * @param says what each level says
 * @param owner the number of the account of the resource
 */
export function likeMinded(
  { accounts, levels, depth }: Peers,
  says: Uint8Array,
  owner: number,
  ownOpen: boolean,
): LikeMinded {
  const first: number[] = [];
  const alike = new Int32Array(accounts.length);
  const known = depth <= shallow ? new Table(2 * 16 ** depth) : new Map<number, number>();
  const before = ownOpen || depth > maximumDepth ? open : 0;
  let lastKey = -1;
  let group = 0;
  let at = 0;
  for (let i = 0; i < accounts.length; i++) {
    let key = accounts[i] === owner ? 1 : 0;
    let all = before;
    for (let j = 0; j < depth; j++) {
      const said = says[levels[at++]!]!;
      all |= said;
      key = key * 16 + said;
    }
    if ((all & open) !== 0) alike[i] = first.push(i) - 1;
    else {
      // Most callers are like the one before.
      if (key !== lastKey) {
        group = known.get(key) ?? -1;
        if (group < 0) {
          group = first.push(i) - 1;
          known.set(key, group);
        }
        lastKey = key;
      }
      alike[i] = group;
    }
  }
  return { first, alike };
}
