import type { Text } from '../account/estate-data.js';
import { joinTexts, textKey } from '../account/text.js';
import { findAction } from '../catalog/index.js';
import type { Estate, ResourceHandle } from '../query/estate.js';
import { resourceNamed } from '../query/names.js';

/** Stands for the key of any object of a bucket. */
export const anyKey = 'object key';

/**
 * The resource that an assertion is about. An action on objects that is asked of a bucket is asked of all its objects: no request for
 * `s3:GetObject` ever names the bucket itself, so that an answer for the bucket would be an answer to no question.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * @throws UnknownNameError that lists the candidates
 */
export function askedResource(estate: Estate, resource: string | ResourceHandle, action: string): Text {
  const text = typeof resource === 'string' ? named(estate, resource, action) : resource.text;
  return isBucket(text) && onObjects(action) ? joinTexts(text, '/', { hole: anyKey }) : text;
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
