import { partitions, splitArn } from '../value/arn.js';
import { grammars } from './grammar.js';
import type { PolicyKind } from './policy.js';
import type { Reader } from './reader.js';

/** Resource or NotResource (L20, L31). */
export function readResources(
  reader: Reader,
  value: unknown,
  path: string,
  kind: PolicyKind,
  variables: boolean,
): string[] {
  const resources = reader.strings(value, path, 'the resource');
  if (Array.isArray(value) && value.length === 0)
    reader.fail(path, 'ERR_IAM_VALUE', 'the list is empty', 'name a resource'); // L20
  for (const resource of resources) {
    const problem = resource === '*' ? undefined : resourceProblem(resource, kind, variables);
    if (problem !== undefined)
      reader.fail(
        path,
        'ERR_IAM_RESOURCE',
        `\`${resource.slice(0, 200)}\` ${problem}`,
        'write `*` or a whole ARN',
      );
  }
  return resources;
}

function resourceProblem(resource: string, kind: PolicyKind, variables: boolean): string | undefined {
  const grammar = grammars[kind];
  const parts = splitArn(resource, variables);
  if (parts[0] !== 'arn' || parts.length < 2) return 'is not in ARN format'; // L31
  const partition = parts[1]!;
  const short = parts.length < 6;
  if (!partitions.has(partition) && partition !== '*') {
    // The trailing star of a short ARN may stand in the partition itself.
    if (!(parts.length === 2 && partition.endsWith('*')))
      return `has the unknown partition \`${partition.slice(0, 40)}\``; // L32
  }
  if (short) {
    if (resource === 'arn:aws' || (parts.length === 2 && !partition.endsWith('*'))) return 'is too short'; // L37
    if (resource.includes('::')) return 'is short and holds `::`'; // L37
    const refused =
      grammar.shortArn === 'refused' ||
      (grammar.shortArn === 'ifStar' && !resource.includes('*')) ||
      (grammar.shortArn === 'ifTrailingStar' && !resource.endsWith('*'));
    if (refused) return 'has fewer than six parts';
  }
  if (!grammar.strictArn) return undefined;
  const service = parts[2] ?? '';
  // L38; the padded star of a short ARN is not one the author wrote.
  if (/[*?]/.test(service) && parts.length > 3) return 'has a wildcard in its service';
  if (service === 'iam' && parts.length === 6) {
    if (parts[3] !== '') return 'is an IAM ARN with a region'; // L39
    const rest = parts[5]!;
    const slash = rest.indexOf('/');
    if (rest !== '*' && /[*?]/.test(slash < 0 ? rest : rest.slice(0, slash)))
      return 'has a wildcard before the first `/`'; // L39
  }
  return undefined;
}
