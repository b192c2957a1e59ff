import { isKeyAlias } from '../request/key-alias.js';
import { matchPattern, parsePattern } from '../value/wildcard.js';
import { Fault } from './fault.js';

/** What is wrong with blanks around an action: compared as they stand, they would turn every answer into a denial. */
export const blankWords = (action: unknown): string | undefined =>
  typeof action === 'string' && action !== action.trim()
    ? `the action "${action}" has blanks around it; write ${action.trim()}`
    : undefined;

/** Refuses an action with blanks around it. */
export function refuseBlanks(action: unknown): void {
  const words = blankWords(action);
  if (words !== undefined) throw new Fault(words);
}

/**
 * A note on an action that the catalog does not know: it is asked all the same, as the catalog may lag behind AWS. Nothing of what is
 * no action, which the engine refuses. The catalog comes into memory only here.
 */
export async function actionNotes(action: unknown): Promise<readonly string[]> {
  if (typeof action !== 'string' || !/^[^\s:*?]+:[^\s:*?]+$/.test(action)) return [];
  const [{ findAction, services }, { closestActions }] = await Promise.all([
    import('../catalog/index.js'),
    import('../query/closest-actions.js'),
  ]);
  if (findAction(action) !== undefined) return [];
  const [prefix = ''] = action.toLowerCase().split(':');
  const [close] = closestActions(action);
  const what = services().includes(prefix) ? '' : `, which has no service ${prefix}`;
  const hint = close === undefined ? 'check how it is spelt' : `did you mean ${close}?`;
  return [`${action} is no action of the catalog${what}; ${hint}`];
}

const partsOfArns: Readonly<Record<string, string>> = {
  Partition: 'aws',
  Region: 'eu-west-1',
  Account: '111122223333',
};

/** `arn:${Partition}:s3:::${BucketName}/${ObjectName}` as people write it. */
const exampleOf = (shape: string): string =>
  shape.replace(/\$\{(\w+)\}/g, (_, name: string) => partsOfArns[name] ?? name);

/**
 * What notes on a resource that no request for the action names: `s3:GetObject` of a bucket in place of an object. It is asked all the same,
 * as the catalog may lag behind AWS, and the answer is one to a question that AWS is never asked.
 */
export async function resourceNotes(action: unknown): Promise<(resource: unknown) => readonly string[]> {
  const none = (): readonly string[] => [];
  if (typeof action !== 'string') return none;
  const { findAction, resourceTypesOf } = await import('../catalog/index.js');
  const found = findAction(action);
  if (found === undefined) return none;
  const { action: asked, service, resourceTypes } = found;
  const names = resourceTypes.map(({ name }) => name);
  const shapes = resourceTypesOf(service)
    .filter(({ name }) => names.includes(name))
    .flatMap(({ arns }) => arns);
  const [simplest] = [...shapes].sort((a, b) => a.length - b.length);
  const example = `; write for example ${simplest === undefined ? '' : exampleOf(simplest)}`;
  // Of an object of S3 the catalog says that one of an access point may stand in its place, but one of them always does.
  const needed = resourceTypes.some(({ name, required }) => required || name === 'object');
  const fits = (shape: string, arn: string) =>
    matchPattern(parsePattern(shape.replace(/\$\{\w+\}/g, '*')), arn);
  return (resource) => {
    // What is asked of an alias is asked of its key.
    if (typeof resource !== 'string' || isKeyAlias(resource)) return [];
    if (resourceTypes.length === 0)
      return resource === '*' ? [] : [`${asked} takes no resource: AWS asks for it on *, not on ${resource}`];
    // Types of resources may be missing in the catalog.
    if (shapes.length === 0) return [];
    if (resource === '*')
      return needed ? [`${asked} takes a resource (${names.join(', ')}), and is asked on *${example}`] : [];
    return shapes.some((shape) => fits(shape, resource))
      ? []
      : [`no request for ${asked} is on ${resource}: it takes ${names.join(' or ')}${example}`];
  };
}
