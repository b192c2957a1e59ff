import type { ResourceTest } from '../match/resource.js';
import type { Resource } from '../request/resource.js';
import type { Beginning } from './plan.js';

/**
 * What stands at two places of every resource that an entry matches, in one number: the unit at a place counted from the front (12
 * bits, 8 bits), the last unit (8 bits), and a bit where the first is counted in the sixth part alone. A unit of 0 says nothing.
 */
export function markOf(test: ResourceTest): number {
  const { text, whole } = beginningOf(test);
  const end = test.rest?.pieces.at(-1);
  const last = typeof end === 'string' ? unitAt(end, end.length - 1) : 0;
  // The end is compared anyway: of a text that is all there is, what stands before it tells more.
  const place = test.whole?.kind === 'exact' ? text.length - 2 : text.length - 1;
  const unit = place > longest ? 0 : unitAt(text, place);
  return unit === 0 ? last << 20 : place | (unit << 12) | (last << 20) | (whole ? 0 : ofRest);
}

const longest = 4095;
const ofRest = 1 << 28;

/** 0 where there is none, or none of one byte. */
function unitAt(text: string, place: number): number {
  const unit = place < 0 ? 0 : text.charCodeAt(place);
  return unit > 255 ? 0 : unit;
}

/** Whether a resource has what the mark says. */
export function agrees(mark: number, { arn, parts }: Resource): boolean {
  const last = (mark >> 20) & 255;
  if (last !== 0 && last !== arn.charCodeAt(arn.length - 1)) return false;
  const unit = (mark >> 12) & 255;
  if (unit === 0) return true;
  const text = (mark & ofRest) === 0 ? arn : parts?.[5];
  return text !== undefined && text.charCodeAt(mark & longest) === unit;
}

/** Of what may begin with anything. */
export const anywhere: Beginning = { text: '', whole: true };

/** How all resources begin that an entry matches. */
export function beginningOf({ head, rest, whole }: ResourceTest): Beginning {
  if (whole !== undefined) return { text: whole.text, whole: true };
  const [piece] = rest?.pieces ?? [];
  if (head === undefined || typeof piece !== 'string') return anywhere;
  if (head.some(({ kind }) => kind !== 'exact')) return { text: piece, whole: false };
  return { text: [...head.map((part) => (part as { text: string }).text), piece].join(':'), whole: true };
}
