import { isAskedOfKey } from '../request/key-alias.js';
import { splitArn } from '../value/arn.js';
import type { Text } from './estate-data.js';
import type { LinkedEstate } from './link.js';
import { isText, keyText, textKey, textWords } from './text.js';

/** What a question is about in the end. */
export interface Asked {
  readonly resource: Text;
  /** Condition keys that follow from how it was named. */
  readonly context: Readonly<Record<string, Text>>;
  readonly assumptions: readonly string[];
}

/**
 * What is asked of an alias is asked of its key, where the estate knows which that is: policies name the key, and its policy counts.
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
 */
export function askedOf(linked: LinkedEstate, action: string, resource: Text): Asked {
  const plain = { resource, context: {}, assumptions: [] };
  const arn = textKey(resource);
  if (!isAskedOfKey(action, arn)) return plain;
  const target = linked.resource(arn)?.target;
  if (!isText(target)) return plain;
  const key = textWords(target);
  return {
    resource: target,
    // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-request-alias
    context: { 'kms:RequestAlias': keyText(splitArn(arn)[5]!) },
    assumptions: [`what is asked of ${textWords(resource)} is asked of its key ${key}`],
  };
}
