import type { Text } from '../account/estate-data.js';
import { joinTexts, textKey } from '../account/text.js';
import { findAction } from '../catalog/index.js';
import { InvalidRequestError } from '../error.js';
import type { Estate } from '../query/estate.js';
import { resourceNamed } from '../query/names.js';

/** Stands for the key of any object of a bucket. */
export const anyKey = 'object key';

/**
 * What a handle of a resource is known by, whatever copy of the library it is from. No class stands in it: one program may hold the types
 * of the matchers twice, of ESM and of CommonJS, and TypeScript joins them only where they are the same.
 */
export interface AskedHandle {
  readonly text: Text;
}

/**
 * The resource that an assertion is about. An action on objects that is asked of a bucket is asked of all its objects: no request for
 * `s3:GetObject` ever names the bucket itself, so that an answer for the bucket would be an answer to no question. The same holds for `*`,
 * and a resource that is left out is `*` only for actions that have none.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * @throws UnknownNameError that lists the candidates
 * @throws InvalidRequestError for what is no resource, or none where the action has one
 */
export function askedResource(estate: Estate, resource: unknown, action: string): Text {
  const text = textOf(estate, resource, action);
  if (text === '*' && onObjects(action)) return noResource(action, `no request for ${action} is on \`*\``);
  return isBucket(text) && onObjects(action) ? joinTexts(text, '/', { hole: anyKey }) : text;
}

function textOf(estate: Estate, resource: unknown, action: string): Text {
  if (typeof resource === 'string') return named(estate, resource, action);
  if (isAskedHandle(resource)) return resource.text;
  if (resource !== undefined)
    return refuse('this is no resource', "write a name, an ARN or estate.resource('…'); facts come after it");
  const types = findAction(action)?.resourceTypes ?? [];
  return types.length === 0 ? '*' : noResource(action, `${action} is asked of a resource, and none is given`);
}

const isAskedHandle = (value: unknown): value is AskedHandle =>
  typeof value === 'object' && value !== null && 'text' in value && 'arn' in value;

function noResource(action: string, message: string): never {
  const hint = onObjects(action)
    ? 'write a bucket for all its objects, or one object'
    : "write a name or an ARN, or '*' for a request that names none";
  return refuse(message, hint);
}

function refuse(message: string, hint: string): never {
  throw new InvalidRequestError([{ path: 'resource', code: 'ERR_IAM_VALUE', message, hint }]);
}

/** With the action at hand, things of its service count before others of the same name, as `can` has it. */
function named(estate: Estate, resource: string, action: string): Text {
  return resourceNamed(estate.linked, resource, action.slice(0, Math.max(0, action.indexOf(':'))));
}

const isBucket = (text: Text): boolean => /^arn:[^:]*:s3:::[^/]+$/.test(textKey(text));

function onObjects(action: string): boolean {
  const types = findAction(action)?.resourceTypes.map(({ name }) => name) ?? [];
  return types.includes('object') && !types.includes('bucket');
}

/** Whether what is unknown is only which object it is. */
export const someObject = (dependsOn: readonly string[]): boolean =>
  dependsOn.length > 0 && dependsOn.every((one) => one === `{${anyKey}}`);
