/** What stands in the brackets after a resource that has several instances. */
export type Chooser = 'each.key' | 'count.index' | undefined;

/**
 * What chooses the instance of a reference. Of `p[each.key].arn` a plan has the references `p` and `each.key`, and of
 * `p[local.other[each.key]].arn` those two with `local.other`: only where nothing but the resources and the key is there, the key is that of
 * the instance. The ARN of a resource is never a part of a key.
 */
export function chooserOf(references: readonly string[], i: number): Chooser {
  const key = references[i + 1];
  if (key !== 'each.key' && key !== 'count.index') return undefined;
  const plain = references.every((one, j) => one === key || references[j + 1] === key || isArn(one));
  return plain ? key : undefined;
}

const isArn = (reference: string): boolean =>
  /[._]arn$/.test(reference) && !/^(?:local|var|each|module)\./.test(reference);
