import type { ConditionTest, ConditionValue } from '../condition/condition.js';
import { singleValue, sourceKey } from '../request/derive.js';
import type { Request } from '../request/request.js';
import type { Piece, Template } from '../value/variable.js';
import { wildcardPieces } from '../value/wildcard.js';
import { type Meeting, meet } from './meeting.js';
import { type FreshTexts, inPart, type Place } from './places.js';

/** What holes are read against: the request with a text that nothing else holds in each hole. */
export interface Around {
  readonly request: Request;
  /** Its action as it is written. */
  readonly action: string;
  readonly fresh: FreshTexts;
  /** Whether a key (folded) is not known. */
  readonly isUnknown: (key: string) => boolean;
  /** Whether some hole is filled with a text that others hold too, as a truth value must be. */
  readonly vague: boolean;
}

/** Places with the values of variables, and what tells apart whether a value is empty. */
export interface FilledPlaces {
  readonly places: readonly Place[];
  readonly also: readonly Meeting[];
}

/** A text with its variables replaced; several where a hole may be empty, so that a default stands for it (U11); none by L61. */
export function variablePlaces(
  pieces: readonly Piece[],
  { request, fresh, isUnknown }: Around,
  read: (text: string) => Place[] = (text) => fresh.places(text),
): FilledPlaces[] {
  let found: FilledPlaces[] = [{ places: [], also: [] }];
  const add = (ways: readonly FilledPlaces[]) => {
    found = found.flatMap((one) =>
      ways.map(({ places, also }) => ({ places: [...one.places, ...places], also: [...one.also, ...also] })),
    );
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') add([{ places: read(piece), also: [] }]);
    else if (typeof piece !== 'object') add([{ places: fresh.pattern([piece]), also: [] }]);
    else if (isUnknown(sourceKey(piece.key))) add([{ places: [{ kind: 'open' }], also: [] }]);
    else {
      const value = singleValue(request, piece.key) ?? '';
      const { defaultValue } = piece;
      const byDefault = defaultValue === undefined ? [] : [{ places: read(defaultValue), also: [] }];
      const places = read(value);
      const mayBeEmpty = places.length > 0 && places.every(({ kind }) => kind === 'hole');
      if (value === '') add(byDefault);
      else if (!mayBeEmpty) add([{ places, also: [] }]);
      else add([{ places, also: [meet([], fresh.places(value), { fresh })] }, ...byDefault]);
    }
  }
  return found;
}

/** The values of a condition with holes, for each of them one for each way its variables can stand. */
export function conditionPlaces(
  test: ConditionTest,
  value: ConditionValue,
  around: Around,
): readonly FilledPlaces[] {
  const { fresh } = around;
  const parsed = value.parsed;
  switch (test.row?.type) {
    case 'text':
    case 'pattern':
    case 'bool':
      return variablePlaces((parsed as Template).pieces, around);
    case 'foldedText':
      return variablePlaces((parsed as Template).pieces, around, (text) => fresh.folded(text));
    case 'arn': {
      if (parsed === undefined) return [{ places: fresh.pattern(wildcardPieces(value.text)), also: [] }];
      const parts = (parsed as readonly Template[]).map(({ pieces }) => variablePlaces(pieces, around));
      return parts.reduce<FilledPlaces[]>(
        (all, part, i) =>
          all.flatMap(({ places, also }) =>
            part.map((one) => ({
              places: [
                ...places,
                ...(i === 0 ? [] : fresh.places(':')),
                ...(i < 5 ? one.places.map(inPart) : one.places),
              ],
              also: [...also, ...one.also],
            })),
          ),
        [{ places: [], also: [] }],
      );
    }
    default:
      return [{ places: fresh.places(value.text), also: [] }];
  }
}
