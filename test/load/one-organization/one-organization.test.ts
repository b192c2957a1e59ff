import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type EvaluationInput, evaluate } from '../../../src/index.js';
import {
  loadAuthorizationDetails,
  loadOrganization,
  loadResourcePolicies,
  loadTerraform,
} from '../../../src/load/index.js';
import type { Estate } from '../../../src/query/index.js';
import { drawn } from '../../differential/dice.js';
import { asCollected, asFolder, asState, asTree } from './forms.js';
import {
  above,
  documentOf,
  makeOrganization,
  management,
  type Organization,
  organizationId,
  type Resource,
  type User,
} from './organization.js';

/** The accounts of the organization, without it. */
function accountsOf({ users, resources }: Organization): Estate {
  const accounts = users.map(
    ({ arn, account, document }) =>
      loadAuthorizationDetails(
        {
          UserDetailList: [
            {
              Path: '/',
              UserName: arn.split('/')[1],
              Arn: arn,
              GroupList: [],
              UserPolicyList: [{ PolicyName: 'p', PolicyDocument: document }],
            },
          ],
        },
        { accountId: account } as object,
      ).estate,
  );
  const list = resources.map(({ arn, account, policy }) => ({
    Resource: arn,
    Account: account,
    Policy: policy ?? null,
  }));
  return loadResourcePolicies(list).estate.merge(...accounts);
}

const forms: Readonly<Record<string, (organization: Organization) => Estate | undefined>> = {
  collected: (organization) => loadOrganization(asCollected(organization)).estate,
  text: (organization) => loadOrganization(JSON.stringify(asCollected(organization))).estate,
  tree: (organization) => loadOrganization(asTree(organization)).estate,
  folder: (organization) => loadOrganization(asFolder(organization)).estate,
  // A state does not say where AWS's own policies are attached, which they are to everything new.
  state: (organization) =>
    organization.nodes.every(({ scps }) => scps.includes('p-FullAWSAccess'))
      ? loadTerraform(asState(organization), { accountId: management, region: 'eu-west-1' }).estate
      : undefined,
};

/** The same put together by hand. */
function truth(organization: Organization, user: User, resource: Resource, action: string): string {
  const levels = (id: string, kind: 'scps' | 'rcps') =>
    id === management
      ? []
      : above(organization, id).map((node) => node[kind].map((policy) => documentOf(organization, policy)));
  const path = (id: string) => {
    const nodes = above(organization, id);
    return `${organizationId}/${nodes
      .slice(0, -1)
      .map((node) => node.id)
      .join('/')}/`;
  };
  const input = {
    request: {
      principal: { arn: user.arn },
      action,
      resource: { arn: resource.arn, accountId: resource.account },
      context: {
        'aws:PrincipalOrgID': organizationId,
        'aws:PrincipalOrgMasterAccountId': management,
        'aws:PrincipalOrgPaths': [path(user.account)],
        'aws:ResourceOrgID': organizationId,
        'aws:ResourceOrgPaths': [path(resource.account)],
      },
    },
    policies: {
      identityPolicies: [user.document],
      ...(resource.policy === undefined ? {} : { resourcePolicy: resource.policy }),
      ...(user.account === management ? {} : { serviceControlPolicies: levels(user.account, 'scps') }),
      ...(resource.account === management
        ? {}
        : { resourceControlPolicies: levels(resource.account, 'rcps') }),
    },
  };
  return evaluate(input as unknown as EvaluationInput).decision;
}

it('an organization gets the same answers, whichever file it is read from', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(drawn(makeOrganization), (organization) => {
      const { users, resources } = organization;
      const accounts = accountsOf(organization);
      for (const [form, load] of Object.entries(forms)) {
        const estate = load(organization)?.merge(accounts);
        if (estate === undefined) continue;
        for (const user of users)
          for (const resource of resources)
            for (const action of resource.actions) {
              const found = estate.can(user.arn, action, resource.arn).decision;
              seen.add(`${form} ${found}`);
              const question = { form, user: user.arn, action, resource: resource.arn };
              expect({ ...question, found }).toEqual({
                ...question,
                found: truth(organization, user, resource, action),
              });
            }
      }
    }),
    { numRuns: 40 },
  );
  const decisions = ['allowed', 'explicitDeny', 'implicitDeny'];
  const all = Object.keys(forms).flatMap((form) => decisions.map((decision) => `${form} ${decision}`));
  expect(all.filter((one) => !seen.has(one))).toEqual([]);
}, 120_000);
