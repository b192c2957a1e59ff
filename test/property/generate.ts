import fc from 'fast-check';
import type { EvaluationInput } from '../../src/index.js';

export interface Statement {
  readonly Effect: string;
  readonly [element: string]: unknown;
}
export interface Document {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}
export interface Policies {
  readonly identityPolicies?: readonly Document[];
  readonly permissionsBoundary?: Document;
  readonly sessionPolicies?: readonly Document[];
  readonly resourcePolicy?: Document;
  readonly serviceControlPolicies?: readonly (readonly Document[])[];
  readonly resourceControlPolicies?: readonly (readonly Document[])[];
  readonly vpcEndpointPolicy?: Document;
}
export interface Case {
  readonly request: Record<string, unknown>;
  readonly policies: Policies;
}
export const asInput = (one: Case): EvaluationInput => one as unknown as EvaluationInput;

// Small worlds: names collide often, so that statements apply often.
const accounts = ['111122223333', '444455556666'] as const;
const [own] = accounts;
const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom<T[]>(...values);
const some = (value: fc.Arbitrary<string>, maxLength = 3): fc.Arbitrary<unknown> =>
  fc.oneof(value, fc.array(value, { minLength: 1, maxLength }));

export const callers: Readonly<Record<string, Record<string, unknown>>> = {
  user: { arn: `arn:aws:iam::${own}:user/alice` },
  session: { arn: `arn:aws:sts::${own}:assumed-role/app/s1` },
  'session of a role with a path': {
    arn: `arn:aws:sts::${own}:assumed-role/app/s1`,
    issuer: `arn:aws:iam::${own}:role/team/app`,
  },
  role: { arn: `arn:aws:iam::${own}:role/app` },
  'service-linked role': {
    arn: `arn:aws:sts::${own}:assumed-role/app/s1`,
    issuer: `arn:aws:iam::${own}:role/aws-service-role/x.amazonaws.com/app`,
  },
  'federated user': {
    arn: `arn:aws:sts::${own}:federated-user/bob`,
    issuer: `arn:aws:iam::${own}:user/alice`,
  },
  root: { arn: `arn:aws:iam::${own}:root` },
  service: { service: 'sns.amazonaws.com' },
  federated: { federated: 'accounts.google.com' },
  anonymous: { anonymous: true },
};
const tags = fc.dictionary(oneOf('team', 'Env'), oneOf('red', 'blue', '*'), { maxKeys: 2 });
const targets = [
  ['s3:GetObject', 'arn:aws:s3:::reports/a.csv'],
  ['s3:PutObject', 'arn:aws:s3:::reports/red/b'],
  ['s3:ListBucket', 'arn:aws:s3:::reports'],
  ['s3:GetBucketPolicy', 'arn:aws:s3:::reports'],
  ['kms:Decrypt', `arn:aws:kms:us-east-1:${own}:key/k1`],
  ['sqs:SendMessage', `arn:aws:sqs:us-east-1:${accounts[1]}:jobs`],
  ['sts:AssumeRole', `arn:aws:iam::${own}:role/target`],
  ['sts:GetCallerIdentity', '*'],
  ['sts:GetSessionToken', '*'],
  ['ec2:DescribeInstances', '*'],
] as const;
const context = fc.dictionary(
  oneOf('aws:SourceVpce', 'aws:TagKeys', 'x:number', 'x:flag'),
  fc.oneof(oneOf('vpce-1', 'team', 'red'), oneOf(1, 10, 2.5), fc.boolean(), fc.array(oneOf('team', 'cost'))),
  { maxKeys: 3 },
);
const request = (principals: readonly Record<string, unknown>[]) =>
  fc
    .record({
      principal: oneOf(...principals),
      principalTags: tags,
      target: oneOf<(typeof targets)[number]>(...targets),
      accountId: oneOf(undefined, own, own, accounts[1]),
      resourceTags: tags,
      mfa: oneOf(undefined, { present: false }, { present: true, ageSeconds: 60 }),
      sourceIp: oneOf(undefined, '203.0.113.7', '2001:db8::1'),
      time: oneOf<unknown>(undefined, '2026-11-23T12:00:00Z', 1_790_000_000),
      context,
    })
    .map(({ principal, principalTags, target: [action, arn], accountId, resourceTags, ...rest }) => ({
      principal: { ...principal, tags: principalTags },
      action,
      resource: { arn, tags: resourceTags, ...(accountId === undefined ? {} : { accountId }) },
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    }));

const actions = oneOf(
  '*',
  '*',
  '*',
  's3:*',
  's3:Get*',
  's3:?etObject',
  'S3:PUTOBJECT',
  'kms:*',
  'sts:*',
  'sqs:*',
  'ec2:*',
);
const resources = oneOf(
  ...[
    '*',
    '*',
    '*',
    '*',
    '*',
    'arn:aws:s3:::*',
    'arn:aws:s3:::reports',
    'arn:aws:s3:::reports/*',
    'arn:aws:kms:*:*:key/*',
  ],
  ...[
    'arn:aws:s3:::reports/${aws:PrincipalTag/team}/*',
    'arn:aws:s3:::reports/?.csv',
    'arn:aws:sqs:us-east-1:*',
  ],
);
type Line = readonly [operators: readonly string[], keys: readonly string[], values: readonly unknown[]];
const lines: readonly Line[] = [
  [
    [
      'StringEquals',
      'StringNotEquals',
      'StringLike',
      'StringNotLikeIfExists',
      'StringEqualsIgnoreCaseIfExists',
    ],
    [
      'aws:PrincipalTag/team',
      'aws:ResourceTag/TEAM',
      'aws:username',
      'aws:SourceVpce',
      'aws:PrincipalAccount',
    ],
    ['red', 'blue', 'r*', '*', '${aws:PrincipalTag/Env}', "${aws:PrincipalTag/Env, 'red'}", own, 'alice'],
  ],
  [
    ['Bool', 'BoolIfExists'],
    ['aws:MultiFactorAuthPresent', 'x:flag', 'aws:ViaAWSService'],
    [true, 'false'],
  ],
  [['Null'], ['aws:MultiFactorAuthAge', 'aws:TagKeys', 'aws:PrincipalTag/team'], ['true', false]],
  [
    ['NumericLessThan', 'NumericNotEquals', 'NumericGreaterThanEqualsIfExists'],
    ['aws:MultiFactorAuthAge', 'x:number', 'aws:EpochTime'],
    [1, 60, '2.50', 3600],
  ],
  [
    ['DateLessThan', 'DateGreaterThan', 'DateNotEquals'],
    ['aws:CurrentTime'],
    ['2026-11-23', '2027-01-01T00:00:00Z'],
  ],
  [
    ['IpAddress', 'NotIpAddress', 'NotIpAddressIfExists'],
    ['aws:SourceIp'],
    ['203.0.113.0/24', '2001:db8::/32'],
  ],
  [
    ['ArnLike', 'ArnNotEquals', 'ArnEqualsIfExists'],
    ['aws:PrincipalArn', 'aws:SourceArn'],
    [
      'arn:aws:iam::*:role/*',
      `arn:aws:iam::${own}:user/alice`,
      'arn:aws:iam::${aws:PrincipalAccount}:role/app',
    ],
  ],
  [
    ['ForAllValues:StringEquals', 'ForAnyValue:StringLike', 'ForAnyValue:StringNotEquals'],
    ['aws:TagKeys', 'aws:PrincipalTag/team'],
    ['team', 'c*', 'red'],
  ],
];
const line = fc.nat({ max: lines.length - 1 }).chain((i) => {
  const [operators, keys, values] = lines[i]!;
  return fc.tuple(
    oneOf(...operators),
    oneOf(...keys),
    fc.array(oneOf(...values), { minLength: 1, maxLength: 3 }),
  );
});
const condition = fc.array(line, { maxLength: 2 }).map((all) => {
  const block: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, values] of all) block[operator] = { ...block[operator], [key]: values };
  return block;
});
const principals = oneOf<unknown>(
  '*',
  '*',
  '*',
  ...[{ AWS: '*' }, { AWS: own }, { AWS: accounts[1] }, { AWS: `arn:aws:iam::${own}:user/alice` }],
  ...[{ AWS: [`arn:aws:iam::${own}:role/app`, `arn:aws:iam::${own}:role/team/app`] }],
  ...[{ AWS: `arn:aws:sts::${own}:assumed-role/app/s1` }, { AWS: `arn:aws:sts::${own}:federated-user/bob` }],
  ...[{ Service: 'sns.amazonaws.com' }, { Federated: ['accounts.google.com'], AWS: [own] }],
);
const notPrincipals = oneOf<unknown>(
  { AWS: [own, `arn:aws:iam::${own}:user/alice`] },
  { AWS: [own, `arn:aws:iam::${own}:role/app`, `arn:aws:sts::${own}:assumed-role/app/s1`] },
  { Service: 'sns.amazonaws.com' },
);

const effects = fc.oneof(
  { weight: 3, arbitrary: fc.constant('Allow') },
  { weight: 1, arbitrary: fc.constant('Deny') },
);
const conditioned = fc.option(condition, { nil: undefined, freq: 2 });
const clean = (statement: Record<string, unknown>): Statement =>
  Object.fromEntries(
    Object.entries(statement).filter(([, value]) => value !== undefined),
  ) as unknown as Statement;
const elements = fc.record({
  actionName: fc.oneof({ weight: 4, arbitrary: fc.constant('Action') }, fc.constant('NotAction')),
  actions: some(actions),
  resourceName: fc.oneof({ weight: 4, arbitrary: fc.constant('Resource') }, fc.constant('NotResource')),
  resources: some(resources),
  Condition: conditioned,
});
/** A statement without principal: identity, boundary, session, SCP. */
export const plainStatement = (effect: fc.Arbitrary<string> = effects): fc.Arbitrary<Statement> =>
  fc
    .tuple(effect, elements)
    .map(([Effect, { actionName, actions, resourceName, resources, Condition }]) =>
      clean({ Effect, [actionName]: actions, [resourceName]: resources, Condition }),
    );
/** A statement of a resource or endpoint policy. */
export const resourceStatement = (effect: fc.Arbitrary<string> = effects): fc.Arbitrary<Statement> =>
  fc
    .tuple(plainStatement(effect), principals, notPrincipals, fc.nat({ max: 5 }))
    .map(([one, named, spared, die]) =>
      one.Effect === 'Deny' && die === 0 ? { ...one, NotPrincipal: spared } : { ...one, Principal: named },
    );
export const controlStatement: fc.Arbitrary<Statement> = fc
  .tuple(
    some(actions),
    some(resources.filter((one) => one.split(':').length > 5 || one === '*')),
    conditioned,
  )
  .map(([Action, Resource, Condition]) =>
    clean({ Effect: 'Deny', Principal: '*', Action, Resource, Condition }),
  );
/** A role trust policy has neither Resource nor NotPrincipal, and no bare star (L45). */
const trusting = ({ Resource, NotResource, NotPrincipal, Principal, ...rest }: Statement): Statement =>
  ({
    ...rest,
    Principal: Principal === undefined || Principal === '*' ? { AWS: '*' } : Principal,
  }) as Statement;

const documentOf = (statement: fc.Arbitrary<Statement>, minLength = 1): fc.Arbitrary<Document> =>
  fc
    .array(statement, { minLength, maxLength: 3 })
    .map((Statement): Document => ({ Version: '2012-10-17', Statement }));
const wide: fc.Arbitrary<Statement> = fc.constant({ Effect: 'Allow', Action: '*', Resource: '*' });
/** Half of the limits let everything pass, or hardly any request would be allowed. */
export const limitArbitrary = documentOf(fc.oneof(wide, plainStatement()));
export const endpointArbitrary = documentOf(
  fc.oneof(
    wide.map((one): Statement => ({ ...one, Principal: '*' })),
    resourceStatement(),
  ),
);
const absent = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq });

export const levelArbitrary = fc.array(limitArbitrary, { minLength: 1, maxLength: 2 });

/** A request and the policies that apply to it. */
export const caseArbitrary = (kinds: readonly string[] = Object.keys(callers)): fc.Arbitrary<Case> =>
  fc
    .record({
      request: request(kinds.map((kind) => callers[kind]!)),
      identityPolicies: absent(fc.array(documentOf(fc.oneof(wide, plainStatement())), { maxLength: 2 }), 4),
      permissionsBoundary: absent(limitArbitrary),
      sessionPolicies: absent(fc.array(limitArbitrary, { maxLength: 2 })),
      resourcePolicy: absent(documentOf(resourceStatement()), 3),
      serviceControlPolicies: absent(fc.array(levelArbitrary, { maxLength: 2 })),
      resourceControlPolicies: absent(
        fc.array(fc.array(documentOf(controlStatement), { maxLength: 1 }), { maxLength: 2 }),
        2,
      ),
      vpcEndpointPolicy: absent(endpointArbitrary),
    })
    .map(({ request: asked, ...kindsOfPolicy }) => {
      const given = Object.entries(kindsOfPolicy).filter(([, value]) => value !== undefined);
      const policies: Policies = Object.fromEntries(given);
      return { request: asked, policies: fitting(asked.resource.arn, policies) };
    });

/** The resource policy as the trust policy that it is where the resource is a role. */
export function fitting(arn: string, policies: Policies): Policies {
  if (policies.resourcePolicy === undefined || !arn.includes(':role/')) return policies;
  const { resourcePolicy } = policies;
  return {
    ...policies,
    resourcePolicy: { ...resourcePolicy, Statement: resourcePolicy.Statement.map(trusting) },
  };
}
