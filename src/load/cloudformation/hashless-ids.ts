/** The end that CDK gives to a logical id, so that two constructs do not share one. */
const hash = /^(.+)[0-9A-F]{8}$/;

/**
 * Logical ids without the hash of CDK, as people call their constructs: a template that carries no construct paths, such as the one of
 * `Template.fromStack`, has no other name for them. Only those that nothing else of the template is called.
 */
export function hashlessIds(ids: Iterable<string>): ReadonlyMap<string, string> {
  const all = new Set(ids);
  const taken = new Map<string, string | undefined>();
  for (const id of all) {
    const found = hash.exec(id)?.[1];
    if (found === undefined || all.has(found)) continue;
    taken.set(found, taken.has(found) ? undefined : id);
  }
  const names = new Map<string, string>();
  for (const [name, id] of taken) if (id !== undefined) names.set(id, name);
  return names;
}
