import type { Assembled } from '../account/assemble.js';
import { compile, type Evaluation } from '../compile.js';
import type { Reachable } from '../partial/conclude.js';
import { fillHoles, openTexts } from '../partial/holes.js';
import type { PoliciesInput } from '../policy/document.js';
import type { RequestInput } from '../request/input.js';
import { asciiLower } from '../value/ascii.js';

/** The plain evaluation at one choice of what is unknown; keys that are not chosen are absent. */
export function witness({ request, policies }: Assembled, way: Omit<Reachable, 'decision'>): Evaluation {
  const texts = new Map(Object.entries(way.holes));
  const { unknown: _, ...asked } = request;
  const filled = fillHoles(asked, texts) as RequestInput;
  const taken = new Set(Object.keys(way.context).map(asciiLower));
  const given = Object.entries(filled.context ?? {}).filter(([key]) => !taken.has(asciiLower(key)));
  const context = { ...Object.fromEntries(given), ...way.context };
  const set = fillHoles(openTexts(policies), texts) as PoliciesInput;
  return compile(set).evaluate({ ...filled, context });
}
