import fc from 'fast-check';
import type { EstateData, PolicyUse } from '../../src/account/estate-data.js';
import type { PoliciesInput, PolicyDocument, StatementDocument } from '../../src/index.js';

export const accounts = ['111111111111', '222222222222', '999999999999'] as const;
export const management = '999999999999';
const actions = ['s3:GetObject', 's3:PutObject', 'sqs:SendMessage', 's3:*', 'sqs:*', '*', '*', '*'];
export const asked = ['s3:GetObject', 's3:PutObject', 'sqs:SendMessage'] as const;
export const targets = [
  'arn:aws:s3:::one/a.txt',
  'arn:aws:s3:::two/b.txt',
  'arn:aws:sqs:eu-west-1:111111111111:jobs',
] as const;

const condition = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
  { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
  { StringNotEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1/*' } },
  { StringEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } },
);
const base = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Deny'),
  Action: fc.constantFrom(...actions),
  Resource: fc.constantFrom('*', '*', '*', 'arn:aws:s3:::one/*', 'arn:aws:sqs:*:*:*'),
  Condition: condition,
});
const clean = ({ Condition, ...rest }: Readonly<Record<string, unknown>>): StatementDocument =>
  ({ ...rest, ...(Condition === undefined ? {} : { Condition }) }) as StatementDocument;
const document = (statement: fc.Arbitrary<StatementDocument>): fc.Arbitrary<PolicyDocument> =>
  fc
    .array(statement, { minLength: 1, maxLength: 3 })
    .map((Statement) => ({ Version: '2012-10-17', Statement }));

const identity = document(base.map(clean));
const resourceBased = document(
  fc
    .tuple(base, fc.constantFrom('*', { AWS: '111111111111' }, { AWS: 'arn:aws:iam::222222222222:role/b' }))
    .map(([one, Principal]) => ({ ...clean(one), Principal }) as StatementDocument),
);
const rcp = document(
  base.map((one) => clean({ ...one, Effect: 'Deny', Principal: '*' }) as StatementDocument),
);
const use = (name: string, one: PolicyDocument): PolicyUse => ({ name, document: one });
const trust: PolicyUse = use('trust', {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
});
const tags = fc.constantFrom({}, { team: 'red' }, { team: 'blue' });

/** Documents of one random estate: what the data is made of, and what a person would put together by hand. */
const ingredients = fc.record({
  user: fc.array(identity, { maxLength: 2 }),
  group: fc.array(identity, { maxLength: 1 }),
  role: fc.array(identity, { maxLength: 2 }),
  managed: identity,
  boundary: fc.option(identity, { nil: undefined }),
  one: fc.option(resourceBased, { nil: undefined }),
  jobs: fc.array(resourceBased, { maxLength: 2 }),
  scpRoot: fc.array(identity, { minLength: 0, maxLength: 2 }),
  scpAccount: fc.array(identity, { maxLength: 1 }),
  rcpRoot: fc.array(rcp, { maxLength: 1 }),
  organized: fc.boolean(),
  userTags: tags,
  roleTags: tags,
  oneTags: tags,
});
export type Ingredients = typeof ingredients extends fc.Arbitrary<infer T> ? T : never;
export { ingredients };

/** The estate: a user with a group in the first account, a role in the second, a bucket and a queue in the first. */
export function estateOf(from: Ingredients): EstateData {
  const managedArn = 'arn:aws:iam::222222222222:policy/managed';
  return {
    accounts: [],
    principals: [
      {
        kind: 'user',
        arn: 'arn:aws:iam::111111111111:user/a',
        account: '111111111111',
        name: 'a',
        names: ['UserA'],
        groups: ['g'],
        policies: from.user.map((one, i) => use(`p${i}`, one)),
        tags: from.userTags,
        ...(from.boundary === undefined ? {} : { permissionsBoundary: use('boundary', from.boundary) }),
      },
      {
        kind: 'role',
        arn: 'arn:aws:iam::222222222222:role/b',
        account: '222222222222',
        name: 'b',
        names: ['RoleB'],
        policies: from.role.map((one, i) => use(`p${i}`, one)),
        tags: from.roleTags,
        trustPolicy: trust,
      },
    ],
    groups: [
      {
        kind: 'group',
        arn: 'arn:aws:iam::111111111111:group/g',
        account: '111111111111',
        name: 'g',
        names: [],
        policies: from.group.map((one, i) => use(`p${i}`, one)),
      },
    ],
    managedPolicies: [
      { arn: managedArn, account: '222222222222', names: ['managed'], document: from.managed },
    ],
    attachments: [{ kind: 'role', account: '222222222222', target: 'b', policy: { arn: managedArn } }],
    resources: [
      {
        arn: 'arn:aws:s3:::one',
        account: '111111111111',
        type: 'AWS::S3::AccessPointLike',
        names: ['One'],
        policies: from.one === undefined ? [] : [use('policy', from.one)],
        tags: from.oneTags,
      },
      {
        arn: 'arn:aws:s3:::two',
        account: '999999999999',
        type: 'AWS::S3::Bucket',
        names: ['Two'],
        policies: [],
      },
      {
        arn: 'arn:aws:sqs:eu-west-1:111111111111:jobs',
        account: '111111111111',
        type: 'AWS::SQS::Queue',
        names: ['Jobs'],
        policies: from.jobs.map((one, i) => use(`p${i}`, one)),
      },
    ],
    workloads: [{ type: 'AWS::Lambda::Function', account: '222222222222', role: 'b', names: ['Fn'] }],
    vpcEndpoints: [],
    ...(from.organized
      ? {
          organization: {
            id: 'o-1',
            managementAccount: management,
            nodes: [
              {
                id: 'r-1',
                type: 'ROOT',
                parent: null,
                serviceControlPolicies: from.scpRoot.map((_, i) => `p-root${i}`),
                resourceControlPolicies: ['p-RCPFullAWSAccess', ...from.rcpRoot.map((_, i) => `p-rcp${i}`)],
              },
              {
                id: 'ou-1',
                type: 'OU',
                parent: 'r-1',
                serviceControlPolicies: ['p-FullAWSAccess'],
                resourceControlPolicies: [],
              },
              ...accounts.map((id) => ({
                id,
                type: 'ACCOUNT' as const,
                parent: id === management ? 'r-1' : 'ou-1',
                serviceControlPolicies: from.scpAccount.map((_, i) => `p-account${i}`),
                resourceControlPolicies: [],
              })),
            ],
            policies: [
              ...from.scpRoot.map((one, i) => policy(`p-root${i}`, 'SERVICE_CONTROL_POLICY', one)),
              ...from.scpAccount.map((one, i) => policy(`p-account${i}`, 'SERVICE_CONTROL_POLICY', one)),
              ...from.rcpRoot.map((one, i) => policy(`p-rcp${i}`, 'RESOURCE_CONTROL_POLICY', one)),
            ],
          },
        }
      : {}),
  };
}

const policy = (
  id: string,
  type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
  one: PolicyDocument,
) => ({ id, type, name: id, names: [], document: one });

const all: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};
const listOf = (value: PolicyDocument['Statement']): readonly StatementDocument[] =>
  Array.isArray(value) ? value : [value as StatementDocument];

/** What a person would put together by hand, from the ingredients alone. */
export function byHand(
  from: Ingredients,
  who: 'a' | 'b',
  target: (typeof targets)[number],
): { principal: object; resource: object; policies: PoliciesInput; context: object } {
  const owner = target.includes('two') ? '999999999999' : '111111111111';
  const resourcePolicy = target.includes('one')
    ? from.one
    : target.includes('jobs') && from.jobs.length > 0
      ? {
          Version: '2012-10-17',
          Statement: from.jobs.flatMap((one) => listOf(one.Statement)),
        }
      : undefined;
  const paths = (account: string) => (account === management ? ['o-1/r-1/'] : ['o-1/r-1/ou-1/']);
  const callerAccount = who === 'a' ? '111111111111' : '222222222222';
  return {
    principal:
      who === 'a'
        ? { arn: 'arn:aws:iam::111111111111:user/a', tags: from.userTags }
        : { arn: 'arn:aws:iam::222222222222:role/b', tags: from.roleTags },
    resource: {
      arn: target,
      accountId: owner,
      tags: target.includes('one') ? from.oneTags : {},
    },
    policies: {
      identityPolicies: who === 'a' ? [...from.user, ...from.group] : [...from.role, from.managed],
      ...(who === 'a' && from.boundary !== undefined ? { permissionsBoundary: from.boundary } : {}),
      ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
      ...(from.organized
        ? {
            serviceControlPolicies: [from.scpRoot, [all], from.scpAccount],
            ...(owner === management ? {} : { resourceControlPolicies: [from.rcpRoot] }),
          }
        : {}),
    },
    context: from.organized
      ? {
          'aws:PrincipalOrgID': 'o-1',
          'aws:PrincipalOrgPaths': paths(callerAccount),
          'aws:ResourceOrgID': 'o-1',
          'aws:ResourceOrgPaths': paths(owner),
        }
      : {},
  };
}
