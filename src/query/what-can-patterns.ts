import { services } from '../catalog/index.js';
import { storedService } from '../catalog/stored.js';
import { asciiLower } from '../value/ascii.js';

/**
 * Actions as patterns: each stands for exactly those catalog actions that are in the list, and all of the list are in one.
 * `*` where it is the whole catalog, `s3:*` for all of a service, and otherwise beginnings that end between two words.
 */
export function actionPatterns(actions: readonly string[]): string[] {
  const byService = new Map<string, Set<string>>();
  for (const action of actions) {
    const colon = action.indexOf(':');
    const service = action.slice(0, colon);
    const name = action.slice(colon + 1);
    const names = byService.get(service);
    if (names === undefined) byService.set(service, new Set([name]));
    else names.add(name);
  }
  const found = [...byService]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([service, names]) => ofService(service, names));
  const whole = byService.size === services().length && found.every((pattern) => pattern.endsWith(':*'));
  return whole ? ['*'] : found;
}

function ofService(service: string, names: ReadonlySet<string>): string[] {
  const { actions, byName } = storedService(service)!;
  if (names.size === actions.length) return [`${service}:*`];
  const starts = new Set([...names].flatMap((name) => beginnings(name)).map(asciiLower));
  // How many actions of the service begin so, and how many of them are in the list.
  const counts = new Map<string, readonly [all: number, listed: number]>();
  for (const [folded, { name }] of byName) {
    for (let length = 1; length <= folded.length; length++) {
      const start = folded.slice(0, length);
      if (!starts.has(start)) continue;
      const [of, listed] = counts.get(start) ?? [0, 0];
      counts.set(start, [of + 1, listed + (names.has(name) ? 1 : 0)]);
    }
  }
  const exact = (start: string) => {
    const [of, listed] = counts.get(asciiLower(start))!;
    return of === listed && listed > 1;
  };
  const patterns = [...names].map((name) => {
    const start = beginnings(name).find(exact);
    return start === undefined ? `${service}:${name}` : `${service}:${start}*`;
  });
  return [...new Set(patterns)].sort();
}

/** `GetObjectAcl`: Get, GetObject, GetObjectAcl. */
const beginnings = (name: string): string[] =>
  [...name.matchAll(/[a-z0-9](?=[A-Z])|$/g)].map(({ index }) => name.slice(0, index + 1));
