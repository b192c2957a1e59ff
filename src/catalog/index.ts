import { checkText } from '../value/argument.js';
import { asciiLower } from '../value/ascii.js';
import type { CatalogAction, CatalogConditionKey, CatalogResourceType } from './service.js';
import { catalogIndex, storedService } from './stored.js';

export { conditionKey } from './condition-key.js';
export { expandActions } from './expand.js';
export type {
  AccessLevel,
  ActionResourceType,
  CatalogAction,
  CatalogConditionKey,
  CatalogResourceType,
} from './service.js';

/**
 * The prefixes of all services that have actions, in order.
 *
 * @example
 * ```ts
 * console.log(services().includes('s3')); // true
 * ```
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function services(): string[] {
  return [...catalogIndex().places.keys()];
}

/**
 * The name of a service, by its prefix.
 *
 * @example
 * ```ts
 * console.log(serviceName('sqs')); // Amazon SQS
 * ```
 * @throws InvalidRequestError for a prefix that is no text
 */
export function serviceName(prefix: string): string | undefined {
  return serviceOf(prefix)?.name;
}

/**
 * All actions of a service, in order.
 *
 * @param prefix the service prefix in any letter case
 * @returns an empty list for a service that the catalog does not have
 * @example
 * ```ts
 * console.log(actionsOf('sqs')[0]?.action); // sqs:AddPermission
 * ```
 * @throws InvalidRequestError for a prefix that is no text
 */
export function actionsOf(prefix: string): readonly CatalogAction[] {
  return serviceOf(prefix)?.actions ?? [];
}

/**
 * One action by its whole name, in any letter case.
 *
 * @example
 * ```ts
 * const action = findAction('s3:getobject');
 * console.log(action?.action, action?.accessLevel, action?.resourceTypes.at(-1)?.name); // s3:GetObject Read object
 * ```
 * @throws InvalidRequestError for an action that is no text
 */
export function findAction(action: string): CatalogAction | undefined {
  checkText(action, 'action', 's3:GetObject');
  const folded = asciiLower(action);
  const colon = folded.indexOf(':');
  return storedService(folded.slice(0, Math.max(0, colon)))?.byName.get(folded.slice(colon + 1));
}

/**
 * All resource types of a service.
 *
 * @example
 * ```ts
 * console.log(resourceTypesOf('sqs')[0]?.arns); // [ 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}' ]
 * ```
 * @throws InvalidRequestError for a prefix that is no text
 */
export function resourceTypesOf(prefix: string): readonly CatalogResourceType[] {
  return serviceOf(prefix)?.resourceTypes ?? [];
}

/**
 * All condition keys that count for some action of a service, as the service documents them.
 *
 * @example
 * ```ts
 * console.log(conditionKeysOf('sqs').map(({ key }) => key).at(-1)); // aws:TagKeys
 * ```
 * @throws InvalidRequestError for a prefix that is no text
 */
export function conditionKeysOf(prefix: string): readonly CatalogConditionKey[] {
  return serviceOf(prefix)?.conditionKeys ?? [];
}

function serviceOf(prefix: string): ReturnType<typeof storedService> {
  checkText(prefix, 'prefix', 's3');
  return storedService(asciiLower(prefix));
}
