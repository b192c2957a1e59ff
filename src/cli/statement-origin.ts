import type { ManagedPolicy, Origin, PolicyUse, Text } from '../account/estate-data.js';
import type { Caller, Facts } from '../account/facts.js';
import type { LinkedEstate, LinkedPrincipal } from '../account/link.js';
import type { ResolvedPolicy } from '../account/resolved-policy.js';
import { textKey, textWords } from '../account/text.js';
import type { StatementReference } from '../index.js';
import type { Estate } from '../query/index.js';
import { resourceNamed } from '../query/names.js';

/** One question of an estate: where its statements are looked for. */
export interface Asked {
  readonly linked: LinkedEstate;
  readonly caller: Caller;
  /** `textKey` of the resource. */
  readonly target: string;
  readonly facts: Facts;
}

/** A document and where it stands. Resolving a policy keeps its document, so that the same object is the same policy. */
type Written = Pick<ManagedPolicy, 'document' | 'origin'>;

/** The resource that a question names. */
export const targetOf = ({ linked }: Estate, action: string, resource: string): Text =>
  resourceNamed(linked, resource, action.slice(0, Math.max(0, action.indexOf(':'))));

/** The key of it. */
export const targetKey = (estate: Estate, action: string, resource: string): string =>
  textKey(targetOf(estate, action, resource));

/** Where the policy of a deciding statement is written; undefined for those of AWS, and where the file says no place. */
export function originOf({ kind, policy, index }: StatementReference, asked: Asked): Origin | undefined {
  const { linked, caller, target, facts } = asked;
  const own = caller.kind === 'principal' ? linked.principal(caller.key) : undefined;
  switch (kind) {
    case 'identityPolicies':
      return named(policy, own?.identityPolicies ?? [], identitySources(linked, own));
    case 'permissionsBoundary': {
      const boundary = own?.principal.permissionsBoundary;
      const sources = boundary === undefined ? [] : sourceOf(linked, boundary);
      return named(policy, own?.permissionsBoundary === undefined ? [] : [own.permissionsBoundary], sources);
    }
    case 'serviceControlPolicies':
    case 'resourceControlPolicies':
      // A name is that of one policy of an organization.
      return linked.data.organization?.policies.find(({ name }) => name === policy)?.origin;
    case 'vpcEndpointPolicy': {
      const wanted = facts.vpcEndpoint;
      const found = linked.data.vpcEndpoints.find(
        ({ id, names }) => wanted !== undefined && (textWords(id) === wanted || names.includes(wanted)),
      );
      return found?.policy?.origin ?? found?.origin;
    }
    case 'resourcePolicy':
      return facts.resourcePolicy === undefined ? resourceOrigin(linked, target, index) : undefined;
    default:
      return undefined;
  }
}

function named(
  name: string | number,
  resolved: readonly ResolvedPolicy[],
  sources: readonly Written[],
): Origin | undefined {
  const document = resolved.find((one) => one.name === name)?.document;
  return sources.find((one) => one.document !== undefined && one.document === document)?.origin;
}

/** What the caller's own policies, and those of the groups of its account, are written as. */
function identitySources(linked: LinkedEstate, own: LinkedPrincipal | undefined): readonly Written[] {
  if (own === undefined) return [];
  const { principal } = own;
  const groups = linked.data.groups.filter(
    ({ account }) => principal.kind === 'user' && account === principal.account,
  );
  return [principal, ...groups.map((group) => linked.attachments.applyTo(group))].flatMap(({ policies }) =>
    policies.flatMap((use) => sourceOf(linked, use)),
  );
}

function sourceOf(linked: LinkedEstate, use: PolicyUse): readonly Written[] {
  if ('document' in use) return [use];
  if (!('arn' in use)) return [];
  const key = textKey(use.arn);
  return linked.data.managedPolicies.filter(({ arn }) => textKey(arn) === key);
}

/** The policy of a resource may be put together of several parts: the statements are counted through. */
function resourceOrigin(linked: LinkedEstate, target: string, index: number): Origin | undefined {
  const role = linked.principal(target)?.principal;
  if (role?.kind === 'role') return role.trustPolicy?.origin;
  const parts = linked.holders(target).flatMap(({ policies }) => policies);
  let before = 0;
  for (const part of parts) {
    const count = statementCount(part);
    if (count === undefined) return undefined;
    if (index < before + count) return part.origin;
    before += count;
  }
  return undefined;
}

/** How many statements a part adds; undefined where that is not known. */
function statementCount(use: PolicyUse): number | undefined {
  if (!('document' in use)) return undefined;
  try {
    const document: unknown = typeof use.document === 'string' ? JSON.parse(use.document) : use.document;
    const { Statement } = document as { Statement?: unknown };
    return Array.isArray(Statement) ? Statement.length : 1;
  } catch {
    return undefined;
  }
}
