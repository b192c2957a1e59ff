import { matchPattern, parsePattern } from '../value/wildcard.js';
import { catalogIndex } from './stored.js';

const known = new Map<string, readonly string[]>();

/**
 * The services whose actions work on resources with this service in their ARN: `iam` and `sts` for roles. Wildcards stand for any
 * service.
 */
export function servicesActingOn(named: string): readonly string[] {
  const found = known.get(named);
  if (found !== undefined) return found;
  const { places, elsewhere } = catalogIndex();
  const pattern = parsePattern(named);
  const others = elsewhere.filter(([one]) => matchPattern(pattern, one)).flatMap(([, services]) => services);
  const own = [...places.keys()].filter((service) => matchPattern(pattern, service));
  const services = [...new Set([...own, ...others])].sort();
  if (known.size < 1000) known.set(named, services);
  return services;
}
