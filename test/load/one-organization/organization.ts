import type { Dice } from '../../differential/dice.js';

/** One made-up organization with what its accounts hold, written in none of the formats that say it. */
export interface Organization {
  /** The root first; every other one after its parent. */
  readonly nodes: readonly Node[];
  readonly policies: readonly Policy[];
  readonly users: readonly User[];
  readonly resources: readonly Resource[];
}

export interface Node {
  readonly id: string;
  readonly type: 'ROOT' | 'OU' | 'ACCOUNT';
  readonly parent: string | null;
  /** Ids of policies; AWS's own among them. */
  readonly scps: readonly string[];
  readonly rcps: readonly string[];
}
export interface Policy {
  readonly id: string;
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  readonly document: object;
}
export interface User {
  readonly arn: string;
  readonly account: string;
  readonly document: object;
}
export interface Resource {
  readonly arn: string;
  readonly account: string;
  readonly actions: readonly string[];
  readonly policy: object | undefined;
}

export const organizationId = 'o-abcdefghij';
export const management = '999999999999';
const members = ['111111111111', '222222222222'];
export const root = 'r-ab12';
const fullService = 'p-FullAWSAccess';
export const fullResource = 'p-RCPFullAWSAccess';
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

export function makeOrganization(dice: Dice): Organization {
  const units = Array.from({ length: dice.upTo(2) }, (_, i) => ({
    id: `ou-ab12-unit${i}000`,
    parent: i === 0 || dice.chance(40) ? root : `ou-ab12-unit${i - 1}000`,
  }));
  const places = [root, ...units.map(({ id }) => id)];
  const policies = [
    ...times(
      1 + dice.upTo(2),
      (i): Policy => ({
        id: `p-service${i}`,
        type: 'SERVICE_CONTROL_POLICY',
        document: serviceControl(dice),
      }),
    ),
    ...times(
      1 + dice.upTo(1),
      (i): Policy => ({
        id: `p-resource${i}`,
        type: 'RESOURCE_CONTROL_POLICY',
        document: resourceControl(dice),
      }),
    ),
  ];
  const attached = (type: Policy['type'], chance: number) =>
    policies.filter((one) => one.type === type && dice.chance(chance)).map(({ id }) => id);
  const control = () => ({
    scps: [...(dice.chance(94) ? [fullService] : []), ...attached('SERVICE_CONTROL_POLICY', 25)],
    rcps: [fullResource, ...attached('RESOURCE_CONTROL_POLICY', 25)],
  });
  const accounts = [management, ...members];
  const users = accounts.map(
    (account): User => ({
      account,
      arn: `arn:aws:iam::${account}:user/u-${account.slice(0, 3)}`,
      document: identity(dice),
    }),
  );
  const resources = accounts.flatMap((account): Resource[] =>
    [
      { arn: `arn:aws:s3:::b-${account.slice(0, 3)}`, actions: ['s3:ListBucket', 's3:GetBucketTagging'] },
      { arn: `arn:aws:sqs:eu-west-1:${account}:q`, actions: ['sqs:SendMessage', 'sqs:GetQueueUrl'] },
      { arn: `arn:aws:sns:eu-west-1:${account}:t`, actions: ['sns:Publish'] },
    ].map((one) => ({
      ...one,
      account,
      policy: dice.chance(80) ? onResource(dice, one.actions[0]!, users) : undefined,
    })),
  );
  return {
    nodes: [
      { id: root, type: 'ROOT', parent: null, ...control() },
      ...units.map((one): Node => ({ ...one, type: 'OU', ...control() })),
      ...accounts.map((id): Node => ({ id, type: 'ACCOUNT', parent: dice.pick(places), ...control() })),
    ],
    policies,
    users,
    resources,
  };
}

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const services = ['s3:*', 'sqs:*', 'sns:*', 's3:ListBucket', 'sqs:SendMessage'];

const document = (dice: Dice, statement: () => object) => ({
  Version: '2012-10-17',
  Statement: times(1 + dice.upTo(1), statement),
});

const when = (dice: Dice): object =>
  dice.weighted<object>([
    [6, {}],
    [1, { Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } } }],
    [1, { Condition: { StringNotEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } } }],
    [
      1,
      {
        Condition: {
          'ForAnyValue:StringLike': {
            'aws:PrincipalOrgPaths': `${organizationId}/${root}/ou-ab12-unit0000/*`,
          },
        },
      },
    ],
    [
      1,
      {
        Condition: {
          'ForAllValues:StringNotLike': { 'aws:ResourceOrgPaths': `${organizationId}/${root}/ou-*` },
        },
      },
    ],
    [1, { Condition: { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } } }],
    [1, { Condition: { StringNotEquals: { 'aws:ResourceAccount': management } } }],
  ]);

const identity = (dice: Dice) =>
  document(dice, () => ({
    Effect: dice.chance(85) ? 'Allow' : 'Deny',
    Action: dice.listed(1 + dice.upTo(2), () => dice.pick([...services, '*'])),
    Resource: dice.pick(['*', '*', 'arn:aws:s3:::b-*', `arn:aws:sqs:*:${members[0]}:*`]),
    ...when(dice),
  }));

const serviceControl = (dice: Dice) =>
  document(dice, () => ({
    Effect: dice.chance(30) ? 'Allow' : 'Deny',
    Action: dice.pick([...services, '*']),
    Resource: '*',
    ...when(dice),
  }));

const resourceControl = (dice: Dice) =>
  document(dice, () => ({
    Effect: 'Deny',
    Principal: '*',
    Action: dice.pick(services.filter((one) => !one.startsWith('sns'))),
    Resource: '*',
    ...when(dice),
  }));

const onResource = (dice: Dice, action: string, users: readonly User[]) =>
  document(dice, () => ({
    Effect: dice.chance(85) ? 'Allow' : 'Deny',
    Principal: dice.pick<unknown>([
      { AWS: dice.pick(users).arn },
      { AWS: `arn:aws:iam::${dice.pick(users).account}:root` },
      { AWS: [...members, management] },
    ]),
    Action: dice.pick([action, `${action.split(':')[0]}:*`]),
    Resource: '*',
    ...when(dice),
  }));

/** The text of a policy, AWS's own among them. */
export const documentOf = ({ policies }: Organization, id: string): object =>
  policies.find((one) => one.id === id)?.document ??
  (id === fullResource
    ? { ...everything, Statement: [{ ...everything.Statement[0], Principal: '*' }] }
    : everything);

/** From the root down to an account. */
export function above({ nodes }: Organization, id: string): readonly Node[] {
  const node = nodes.find((one) => one.id === id)!;
  return node.parent === null ? [node] : [...above({ nodes } as Organization, node.parent), node];
}
