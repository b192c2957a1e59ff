import { layerKinds } from '../combine/layer.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { PolicySet } from '../policy/policy-set.js';
import type { Request } from '../request/request.js';
import type { Documents } from './documents.js';
import { type Place, type Places, placesOf } from './peers.js';
import { type Said, together } from './said.js';

/** The levels that a question brings itself. */
export interface Own {
  /** The numbers of their documents, kind after kind. */
  readonly documents: readonly (readonly number[])[];
  /** What the documents of each level say together. */
  readonly says: readonly number[];
  readonly places: Places;
}

export const nothing: Own = {
  documents: [],
  says: [],
  places: placesOf(() => 0),
};

/** How many documents a question brings. */
export const ownCount = ({ levels }: PolicySet): number =>
  layerKinds.reduce((sum, kind) => sum + levels[kind].flat().length, 0);

/** Asks the documents of a question. Those of the callers come first, so that these are numbered from `start` on. */
export function askOwn(
  { levels }: PolicySet,
  { documents, bounded, start }: { documents: Documents; bounded: boolean; start: number },
  said: Said,
  request: Request,
): Own {
  let number = start;
  const numbers = layerKinds.flatMap((kind) =>
    levels[kind].map((level) =>
      level.map((policy) => {
        const own = number++;
        const { byAction } = documents.compiled(policy, kind, bounded);
        byAction.find(request, (statement) => said.add(statement, own, request));
        return own;
      }),
    ),
  );
  return {
    documents: numbers,
    says: numbers.map((level) => together(level, said.bits)),
    places: placesOf((kind) => levels[kind].length),
  };
}

/** Where a question has policies of a kind, those of the caller do not stand beside them; its levels come after the caller's. */
export function withOwn(places: Places, own: Own, depth: number): Places {
  if (own === nothing) return places;
  const out = {} as Record<PolicySetKey, Place>;
  for (const kind of layerKinds) {
    const { from, to } = own.places[kind];
    out[kind] = from < to ? { from: from + depth, to: to + depth } : places[kind];
  }
  return out;
}
