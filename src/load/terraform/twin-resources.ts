import type { PolicyUse } from '../../account/estate-data.js';
import type { ResourceDraft } from './estate-draft.js';
import type { Work } from './identities.js';
import type { TerraformResource } from './terraform-resource.js';

/** Two blocks that make one resource: only one of them can exist, so what one has and the other one has not may be there. */
export function joinTwin(
  { reading, policies }: Work,
  resource: TerraformResource,
  known: ResourceDraft,
  twin: ResourceDraft,
): void {
  const first = known.origin?.path ?? '';
  known.names = [...new Set([...known.names, ...twin.names])];
  if (JSON.stringify(known.tags ?? {}) !== JSON.stringify(twin.tags ?? {}) || twin.tagsUnresolved === true) {
    delete known.tags;
    known.tagsUnresolved = true;
  }
  if (said(known.policies) === said(twin.policies)) return;
  reading.report({
    code: 'ambiguous',
    path: resource.address,
    message: `${first} makes the same resource, with another policy`,
    hint: 'answers depend on which of them exists; give one of them another name',
  });
  const names = [...known.policies, ...twin.policies].map((use) => ('name' in use ? use.name : 'policy'));
  const unresolved = `only one of these can exist: ${first}, ${resource.address}`;
  const origin = policies.origin(resource.address);
  known.policies = [...new Set(names)].map((name) => ({ name, unresolved, origin }));
}

const said = (uses: readonly PolicyUse[]): string =>
  JSON.stringify(uses.map(({ origin: _, ...told }) => told));
