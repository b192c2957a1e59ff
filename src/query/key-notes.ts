import { closestNames } from '../account/closest.js';
import { conditionKey, conditionKeysOf } from '../catalog/index.js';
import { catalogIndex } from '../catalog/stored.js';

/** Keys of identity providers begin with the address of the provider, those of SAML with `saml:`. */
const ofProvider = /[./]|^saml$/;
/** So many letters may differ for a key to be taken for a slip. */
const slip = 3;

/** `aws:PrincipalTag/` of `aws:PrincipalTag/team` and of `aws:PrincipalTag/${TagKey}`; a key that ends nowhere else, whole. */
const headOf = (key: string): string => key.slice(0, key.indexOf('/') + 1 || key.length);

/** A condition key that AWS does not document, and the one that may be meant. */
export interface UnknownKey {
  readonly key: string;
  readonly meant?: string;
}

/** Those of some condition keys that AWS does not document. */
export function unknownKeys(keys: readonly string[]): readonly UnknownKey[] {
  return keys.flatMap((key): readonly UnknownKey[] => {
    const [prefix = ''] = key.toLowerCase().split(':');
    if (ofProvider.test(prefix) || conditionKey(key.replace(/\*$/, 'x')) !== undefined) return [];
    const known = [...catalogIndex().globalKeys, ...conditionKeysOf(prefix)].map((one) => headOf(one.key));
    const head = headOf(key);
    const [close] = closestNames(head, known, slip);
    return [close === undefined ? { key } : { key, meant: `${close}${key.slice(head.length)}` }];
  });
}

/**
 * Notes on condition keys that AWS does not document: for a misspelt key the right one is missing, and a Deny that asks for it does not
 * apply. They count all the same, as the catalog may lag behind AWS.
 */
export function keyNotes(keys: readonly string[]): readonly string[] {
  return unknownKeys(keys).map(({ key, meant }) => {
    const hint = meant === undefined ? 'check how it is spelt' : `did you mean ${meant}?`;
    return `${key} is no condition key of the catalog; ${hint}`;
  });
}
