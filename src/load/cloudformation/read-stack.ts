import { reportCustomResources } from './custom-resources.js';
import { embeddedPolicyTypes } from './embedded-policies.js';
import type { EstateDraft } from './estate-draft.js';
import { hashlessIds } from './hashless-ids.js';
import { identityTypes } from './identity-types.js';
import { lambdaPermissionTypes } from './lambda-permission.js';
import { organizationTypes } from './organization-types.js';
import { permissionSetTypes } from './permission-set.js';
import { Reading, type ResourceReader } from './reading.js';
import type { Resource } from './resource.js';
import { declare, resourcePolicyTypes } from './resource-policy-types.js';
import { shapes } from './shapes.js';
import type { Stack } from './stack.js';
import { readUnknown } from './unknown-types.js';
import { readVpcEndpoint } from './vpc-endpoint.js';
import { hasRole, readWorkload } from './workload-types.js';

const readers: ReadonlyMap<string, ResourceReader> = new Map(
  Object.entries<ResourceReader>({
    ...identityTypes,
    ...resourcePolicyTypes,
    ...embeddedPolicyTypes,
    ...lambdaPermissionTypes,
    ...organizationTypes,
    ...permissionSetTypes,
    'AWS::EC2::VPCEndpoint': readVpcEndpoint,
  }),
);

/** Construct paths of a logical id. */
export type ConstructPaths = (id: string) => readonly string[];

/** Reads all resources of a stack, and of the stacks in it. */
export function readStack(stack: Stack, draft: EstateDraft, paths: ConstructPaths): void {
  // Units before the policies that are attached to them.
  const units = (one: Resource) => (one.type === 'AWS::Organizations::OrganizationalUnit' ? 0 : 1);
  const resources = [...stack.resources.values()].sort((a, b) => units(a) - units(b));
  const hashless = hashlessIds(stack.resources.keys());
  for (const resource of resources) {
    if (resource.exists === false) continue;
    const reading = new Reading(stack, resource, draft, constructNames(resource, paths, hashless));
    const reader = readers.get(resource.type);
    if (resource.doubt !== undefined && (reader !== undefined || hasRole(resource.type)))
      stack.session.report(resource.doubt);
    if (reader !== undefined) reader(reading);
    else if (isDeclared(resource.type)) declare(reading);
    else readUnknown(reading);
    if (hasRole(resource.type)) readWorkload(reading);
    if (resource.type === 'AWS::CloudFormation::Stack') {
      const child = stack.child(resource);
      if (child !== undefined) readStack(child, draft, paths);
    }
  }
  reportCustomResources(stack);
}

const isDeclared = (type: string): boolean => {
  const shape = shapes.get(type);
  return shape?.arn !== undefined && shape.hidden !== true;
};

/** `/App/Fn/Resource` is also called `/App/Fn`, and both without the first slash. */
function constructNames(
  { id, raw }: Resource,
  paths: ConstructPaths,
  hashless: ReadonlyMap<string, string>,
): string[] {
  const metadata = raw.Metadata;
  const own =
    typeof metadata === 'object' && metadata !== null
      ? (metadata as { 'aws:cdk:path'?: unknown })['aws:cdk:path']
      : undefined;
  const all = [...paths(id), ...(typeof own === 'string' ? [own] : [])];
  const bareId = hashless.get(id);
  if (all.length === 0) return bareId === undefined ? [] : [bareId];
  return [
    ...new Set(
      all.flatMap((path) => {
        const bare = path.replace(/^\//, '');
        const short = bare.replace(/\/Resource$/, '');
        return [`/${short}`, short, `/${bare}`, bare];
      }),
    ),
  ];
}
