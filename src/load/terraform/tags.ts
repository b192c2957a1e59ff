import type { EstateTags, Text } from '../../account/estate-data.js';
import { holeOf } from './attribute-text.js';
import { isMembers, own, textOf } from './json-value.js';
import type { Reading } from './reading.js';
import { isOpen, type TerraformResource } from './terraform-resource.js';

interface Tags {
  readonly tags?: EstateTags;
  readonly tagsUnresolved?: boolean;
}

/**
 * Tags of a resource. `tags_all` holds those of the resource and the default tags of its provider; older providers write `tags` alone.
 */
export function tagsOf(reading: Reading, resource: TerraformResource): Tags {
  const found = new Map<string, Text>();
  let unresolved = false;
  for (const argument of ['tags', 'tags_all']) {
    if (isOpen(resource, [argument])) {
      const byProvider = argument === 'tags_all' ? reading.places.defaultTags(resource) : undefined;
      if (byProvider === undefined) unresolved = true;
      for (const key of Object.keys(byProvider ?? {})) {
        const value = textOf(own(byProvider, key));
        if (value !== undefined && !found.has(key)) found.set(key, value);
      }
    }
    const tags = own(resource.values, argument);
    if (!isMembers(tags)) continue;
    if (argument === 'tags_all') unresolved = false;
    for (const key of Object.keys(tags)) {
      const value = textOf(own(tags, key));
      if (value !== undefined) found.set(key, value);
    }
    for (const key of openKeys(resource, argument)) {
      if (!found.has(key)) found.set(key, holeOf(resource, ['tags', key]));
    }
  }
  return {
    ...(found.size === 0 ? {} : { tags: Object.fromEntries(found) }),
    ...(unresolved ? { tagsUnresolved: true } : {}),
  };
}

/** Tags whose values are known only after apply; plans leave them out of the values or write null. */
function openKeys(resource: TerraformResource, argument: string): readonly string[] {
  const marked = own(resource.unknown, argument);
  const values = own(resource.values, argument);
  const keys = [
    ...(isMembers(marked) ? Object.keys(marked) : []),
    ...(isMembers(values) ? Object.keys(values) : []),
  ];
  return [...new Set(keys)].filter(
    (key) => isOpen(resource, [argument, key]) && textOf(own(values, key)) === undefined,
  );
}
