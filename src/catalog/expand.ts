import { compileAction, testAction } from '../match/action.js';
import type { ActionName } from '../request/action.js';
import { checkArgument, isListOf } from '../value/argument.js';
import { asciiLower } from '../value/ascii.js';
import { Outcome } from '../value/outcome.js';
import type { CatalogAction } from './service.js';
import { catalogIndex, storedService } from './stored.js';

/** The name of an action as a request carries it. */
const asked = ({ service, name }: CatalogAction): ActionName => ({ service, name: asciiLower(name) });

/**
 * The actions that patterns of a policy's `Action` match, as the engine matches them: in the order of the catalog, each once.
 *
 * @param patterns `*`, or `prefix:` and a name with wildcards, in any letter case
 * @returns nothing for a pattern that fits no documented action
 * @example
 * ```ts
 * console.log(expandActions(['sqs:*messagemovetask*'])); // [ 'sqs:CancelMessageMoveTask', 'sqs:ListMessageMoveTasks', 'sqs:StartMessageMoveTask' ]
 * ```
 * @throws InvalidRequestError for what is no list of texts
 */
export function expandActions(patterns: readonly string[]): string[] {
  return catalogActions(patterns).map(({ action }) => action);
}

/** The same with all that is known of them. */
function catalogActions(patterns: readonly string[]): CatalogAction[] {
  const fits = isListOf(patterns, (one) => typeof one === 'string');
  checkArgument(fits, 'patterns', "write a list such as ['s3:Get*']");
  const tests = patterns.map(compileAction);
  const every = tests.some(({ name }) => name === undefined);
  const services = new Set(tests.map(({ service }) => service));
  const found: CatalogAction[] = [];
  for (const prefix of catalogIndex().places.keys()) {
    if (!every && !services.has(prefix)) continue;
    for (const action of storedService(prefix)!.actions) {
      if (every || tests.some((test) => testAction(test, asked(action)) === Outcome.matched))
        found.push(action);
    }
  }
  return found;
}
