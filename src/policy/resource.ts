import { partitions, splitArn } from '../value/arn.js';
import { hasWildcard } from '../value/wildcard.js';
import { grammars } from './grammar.js';
import type { PolicyKind } from './policy.js';
import type { Reader } from './reader.js';

/** Resource or NotResource (L20, L31). */
export function readResources(
  reader: Reader,
  value: unknown,
  path: string,
  member: string,
  kind: PolicyKind,
  variables: boolean,
): string[] {
  const resources = reader.strings(value, path, 'the resource', member);
  if (Array.isArray(value) && value.length === 0)
    reader.fail(path + member, 'ERR_IAM_VALUE', 'the list is empty', 'name a resource'); // L20
  for (let i = 0; i < resources.length; i++) {
    const resource = resources[i]!;
    const problem = resource === '*' ? undefined : resourceProblem(resource, kind, variables);
    if (problem !== undefined)
      reader.fail(
        path + member,
        'ERR_IAM_RESOURCE',
        `\`${resource.slice(0, 200)}\` ${problem}`,
        'write `*` or a whole ARN',
      );
  }
  return resources;
}

function resourceProblem(resource: string, kind: PolicyKind, variables: boolean): string | undefined {
  if (!resource.startsWith('arn:')) return 'is not in ARN format'; // L31
  const grammar = grammars[kind];
  // Most ARNs need not be taken apart: where the colons stand says enough. L65: those in a variable do not count.
  const plain = variables && resource.includes('$') ? withoutHiddenColons(resource) : resource;
  const second = plain.indexOf(':', 4);
  const third = colonAfter(plain, second);
  const fourth = colonAfter(plain, third);
  const short = colonAfter(plain, fourth) < 0;
  const partition = resource.slice(4, endOf(second));
  if (!partitions.has(partition) && partition !== '*') {
    // The trailing star of a short ARN may stand in the partition itself.
    if (!(second < 0 && partition.endsWith('*')))
      return `has the unknown partition \`${partition.slice(0, 40)}\``; // L32
  }
  if (short) {
    if (resource === 'arn:aws' || (second < 0 && !partition.endsWith('*'))) return 'is too short'; // L37
    if (resource.includes('::')) return 'is short and holds `::`'; // L37
    const refused =
      grammar.shortArn === 'refused' ||
      (grammar.shortArn === 'ifStar' && !resource.includes('*')) ||
      (grammar.shortArn === 'ifTrailingStar' && !resource.endsWith('*'));
    if (refused) return 'has fewer than six parts';
  }
  // L38; the padded star of a short ARN is not one the author wrote.
  if (!grammar.strictArn || third < 0) return undefined;
  const service = resource.slice(second + 1, third);
  if (hasWildcard(service)) return 'has a wildcard in its service';
  if (service === 'iam' && !short) {
    if (fourth > third + 1) return 'is an IAM ARN with a region'; // L39
    const rest = resource.slice(colonAfter(plain, fourth) + 1);
    const slash = rest.indexOf('/');
    if (rest !== '*' && hasWildcard(slash < 0 ? rest : rest.slice(0, slash)))
      return 'has a wildcard before the first `/`'; // L39
  }
  return undefined;
}

const withoutHiddenColons = (resource: string): string =>
  splitArn(resource, true)
    .map((part) => part.replaceAll(':', ' '))
    .join(':');

/** -1 behind the last one. */
const colonAfter = (text: string, colon: number): number => (colon < 0 ? -1 : text.indexOf(':', colon + 1));

const endOf = (colon: number): number | undefined => (colon < 0 ? undefined : colon);
