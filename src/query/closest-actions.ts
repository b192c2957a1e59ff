import { closestNames } from '../account/closest.js';
import { actionsOf, services } from '../catalog/index.js';

/** So many letters may differ for a name to be taken for a slip; of a prefix fewer, as prefixes are short. */
const slip = 3;
const slipOfPrefix = 2;

/** The actions of the catalog that may have been meant, closest first: of the service that is named, or of those most like it. */
export function closestActions(action: string): readonly string[] {
  const [prefix = '', name = ''] = action.trim().split(':');
  const known = actionsOf(prefix).length > 0;
  const meant = known ? [prefix] : closestNames(prefix, services(), slipOfPrefix);
  const letters = Math.min(slip, Math.ceil(name.length / 2));
  return meant.flatMap((service) => {
    const named = new Map(actionsOf(service).map((one) => [one.name, one.action]));
    // Where the service is a slip already, its action is not.
    const found = closestNames(name, named.keys(), known ? letters : 0);
    return found.map((one) => named.get(one)!);
  });
}
