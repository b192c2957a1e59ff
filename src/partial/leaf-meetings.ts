import type { ConditionTest } from '../condition/condition.js';
import type { OperatorRow } from '../condition/operators.js';
import { keysNamed, know, leafKeys, type Truth } from '../plan/know.js';
import type { Leaf } from '../plan/plan.js';
import { contextValues, sourceKey } from '../request/derive.js';
import { STAR, wildcardPieces } from '../value/wildcard.js';
import { type Around, conditionPlaces, variablePlaces } from './around.js';
import { piecesOf } from './collected.js';
import type { ResourceLeaf } from './fitting.js';
import { type Manner, type Meeting, meet, nothing, together } from './meeting.js';
import { arnParts, holesIn, inPart, type Place } from './places.js';
import { meetPrincipal } from './principal-meetings.js';

/** A condition on a key that is not known, one of its values. */
export interface OpenValue {
  readonly key: string;
  readonly places: readonly Place[];
  readonly manner: Manner;
  /** What the operator compares. */
  readonly type: OperatorRow['type'];
}

/** What is known of a leaf. */
export interface LeafReading {
  readonly truth: Truth;
  readonly meetings: readonly Meeting[];
  readonly open: readonly OpenValue[];
  /** The keys of its policy variables. */
  readonly variables: readonly string[];
}

/** What holes can change about a leaf. Where it meets none, the leaf itself is asked. */
export function readLeaf(leaf: Leaf, around: Around): LeafReading {
  const own = leaf.element === 'Condition' ? 1 : 0;
  const variables = keysNamed(leaf).slice(own).map(sourceKey);
  return { ...read(leaf, around), variables };
}

function read(leaf: Leaf, around: Around): LeafReading {
  switch (leaf.element) {
    case 'Action':
    case 'NotAction':
      return concluded(leaf, around, [meetAction(leaf.test.text, around)]);
    case 'Resource':
    case 'NotResource':
      return concluded(leaf, around, [meetResource(leaf.test, around)]);
    case 'Principal':
      return concluded(leaf, around, [meetPrincipal(leaf.test, leaf.effect, around.request, around.fresh)]);
    case 'NotPrincipal': {
      const met = leaf.test.entries.map((entry) =>
        meetPrincipal(entry, 'Allow', around.request, around.fresh),
      );
      // Who is spared hangs on several entries at once (E29).
      const some = met.some((one) => one !== undefined);
      return some ? open(met.map((one) => one ?? nothing)) : concluded(leaf, around, []);
    }
    case 'Condition':
      return readCondition(leaf, leaf.test, around);
  }
}

const open = (meetings: readonly Meeting[]): LeafReading => ({
  truth: undefined,
  meetings,
  open: [],
  variables: [],
});
const settled = (truth: Truth): LeafReading => ({ ...open([]), truth });

/** Meetings are undefined where no hole is met. */
function concluded(
  leaf: Leaf,
  { request, isUnknown }: Around,
  met: readonly (Meeting | undefined)[],
): LeafReading {
  const meetings = met.filter((one) => one !== undefined);
  if (meetings.length === 0) {
    const unknown = new Set(leafKeys(leaf).filter(isUnknown));
    return settled(know(leaf, request, unknown));
  }
  return meetings.some(({ possible }) => possible) ? open(meetings) : settled(false);
}

function meetAction(text: string, { action, fresh }: Around): Meeting | undefined {
  if (!fresh.isIn(text) && !fresh.isIn(action)) return undefined;
  const policy = wildcardPieces(text).flatMap((piece) =>
    typeof piece === 'string' ? fresh.folded(piece) : fresh.pattern([piece]),
  );
  // L25: letter case is of no account.
  return meet(text === '*:*' ? fresh.pattern([STAR]) : policy, fresh.places(action), { fresh, folded: true });
}

function meetResource(test: ResourceLeaf['test'], around: Around): Meeting | undefined {
  const { request, fresh } = around;
  const { head, rest, text } = test;
  if (head === undefined || request.resource.parts === undefined) return undefined;
  const asked = fresh.places(request.resource.arn);
  const manner = { fresh };
  if (fresh.spans(text)) return meetSpanning(text, asked, manner);
  const heads = head.map((pattern) => fresh.pattern(piecesOf(pattern)));
  const last = rest === undefined ? [] : variablePlaces(rest.pieces, around);
  if (!holesIn([...heads, ...last.map(({ places }) => places)].flat()) && !holesIn(asked)) return undefined;
  if (last.length === 0 && rest !== undefined) return undefined; // L61
  const parts = arnParts(asked);
  return either(
    (rest === undefined ? [{ places: [], also: [] }] : last).map(({ places, also }) => {
      const all = rest === undefined ? heads : [...heads, places];
      const met =
        parts === undefined
          ? [meet(joined(all), asked, manner)]
          : all.map((part, i) => meet(part, parts[i]!, manner));
      return { ...together(met), findings: [...met, ...also].flatMap(({ findings }) => findings) };
    }),
  );
}

/** L37: what is missing of an ARN is `*`. */
function joined(parts: readonly (readonly Place[])[]): Place[] {
  const colon: Place = { kind: 'point', point: 58 };
  const whole = parts.length < 6 ? [...parts, [{ kind: 'star' } as const]] : parts;
  return whole.flatMap((part, i) => {
    const kept = i < 5 && i < parts.length ? part.map(inPart) : part;
    return i === 0 ? kept : [colon, ...kept];
  });
}

/** A hole that may hold several parts of an ARN, also fewer than six (L37). */
function meetSpanning(text: string, asked: readonly Place[], manner: Manner): Meeting {
  const { fresh } = manner;
  const policy = fresh.pattern(wildcardPieces(text));
  const parts = arnParts(asked) ?? [];
  const beginnings = parts
    .slice(0, 5)
    .map((_, i) =>
      parts.slice(0, i + 1).flatMap((part, j) => (j === 0 ? part : [...fresh.places(':'), ...part])),
    );
  const met = [asked, ...beginnings].map((one) => meet(policy, one, manner));
  const exact = !text.includes('${') && parts.length > 0;
  const all = either(met);
  return exact ? all : { ...all, exact: false };
}

/** Meetings of which one is enough. */
function either(meetings: readonly Meeting[]): Meeting {
  return { ...together(meetings), possible: meetings.some(({ possible }) => possible) };
}

function readCondition(leaf: Leaf, test: ConditionTest, around: Around): LeafReading {
  const { row, quantifier } = test.operator;
  const { request, fresh, isUnknown } = around;
  if (around.vague && (row === undefined || row.type === 'bool')) return open([]);
  if (row === undefined) return concluded(leaf, around, []);
  const type = row.type;
  const manner = { fresh, folded: type === 'foldedText' || type === 'bool' };
  const filled = test.values.flatMap((value) => conditionPlaces(test, value, around));
  const key = sourceKey(test.key);
  if (isUnknown(key)) {
    const values = filled.map(({ places }): OpenValue => ({ key, places, manner, type }));
    return { ...open(filled.flatMap(({ also }) => also)), open: values };
  }
  const values = (contextValues(request, test.key) ?? []).map((value) => fresh.places(value));
  const some = holesIn([...values, ...filled.map(({ places }) => places)].flat());
  if (!some) return concluded(leaf, around, []);
  const met = values.flatMap((asked) =>
    filled.map(({ places, also }) => {
      const one = compare(places, asked, type, manner);
      return { ...one, findings: [one, ...also].flatMap(({ findings }) => findings) };
    }),
  );
  // L72, U5: a negated line holds where nothing compares.
  const plain = quantifier === undefined && !row.negated && values.length > 0;
  return plain ? concluded(leaf, around, met.length > 0 ? met : [impossible]) : open(met);
}

const impossible: Meeting = { ...nothing, possible: false };

/** A value of a policy against one of the request, by the type of the operator. */
function compare(policy: readonly Place[], asked: readonly Place[], type: string, manner: Manner): Meeting {
  const { fresh } = manner;
  switch (type) {
    case 'text':
    case 'foldedText':
    case 'pattern':
      return meet(policy, asked, manner);
    case 'arn': {
      const [own, other] = [arnParts(policy), arnParts(asked)];
      if (own === undefined || other === undefined) return meet(policy, asked, manner);
      return together(own.map((part, i) => meet(part.map(acrossParts), other[i]!, manner)));
    }
    case 'bool': {
      // Each is true, false, or neither.
      const words = ['true', 'false'].map((word) => fresh.folded(word));
      const sides = [policy, asked].filter(holesIn);
      return either(sides.flatMap((side) => words.map((word) => meet(word, side, manner))));
    }
    default: {
      // Numbers, times and addresses are the same in many forms; what they are with text around them is not worked out.
      const met = meet(policy, asked, manner);
      const whole = policy.length === 1 || !holesIn(policy);
      return { ...met, possible: true, exact: met.exact && whole && type !== 'binary' && !holesIn(asked) };
    }
  }
}

const acrossParts = (place: Place): Place =>
  place.kind === 'starInPart' ? { kind: 'star' } : place.kind === 'oneInPart' ? { kind: 'one' } : place;
