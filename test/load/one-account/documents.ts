import type { Dice } from '../../differential/dice.js';
import { type Document, id, isGenerated, kinds, stackName } from './account.js';

/** What policies of the account may name. */
export interface Arns {
  readonly principals: readonly string[];
  readonly roles: readonly string[];
  readonly resources: readonly string[];
}

const services = ['s3', 'sqs', 'sns', 'dynamodb', 'ecr', 'kms', 'sts', 'iam'];
const allActions = [
  ...Object.values(kinds).flatMap(({ actions, within }) => [...actions, ...(within?.[1] ?? [])]),
  'sts:AssumeRole',
  'iam:PassRole',
];

const conditions: readonly (readonly [number, object | undefined])[] = [
  [12, undefined],
  [2, { StringEquals: { 'aws:PrincipalTag/team': 'red' } }],
  [2, { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }],
  [1, { StringNotEquals: { 'aws:ResourceTag/team': 'red' } }],
  [1, { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${id}:*/app-*` } }],
  [1, { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${id}:*/${stackName}-*` } }],
  [1, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
  [1, { Bool: { 'aws:SecureTransport': 'false' } }],
  [1, { StringEqualsIfExists: { 'aws:PrincipalTag/Stage': ['prod'] } }],
  [1, { Null: { 'aws:ResourceTag/Stage': 'true' } }],
];

const withCondition = (dice: Dice): object => {
  const found = dice.weighted(conditions);
  return found === undefined ? {} : { Condition: found };
};

export function identityDocument(dice: Dice, { resources, roles }: Arns): Document {
  return document(dice, () => {
    const pattern = () =>
      dice.weighted([
        [4, '*'],
        [4, dice.pick(resources)],
        [2, `${dice.pick(resources)}/*`],
        [2, dice.pick(roles)],
        [1, `arn:aws:iam::${id}:role/*`],
        [1, dice.pick(resources).replace(/data-.*$/, '*')],
        // Of the id of a key nothing is known, but that nobody writes a pattern of it.
        [
          1,
          dice
            .pick([...resources, ...roles])
            .replace(/(?:key\/.*|-[^-]*)$/, (end) => (end.startsWith('key/') ? end : '-*')),
        ],
        [1, 'arn:aws:s3:::data-0/${aws:PrincipalTag/team}/*'],
      ]);
    const action = () =>
      dice.weighted([
        [5, dice.pick(allActions)],
        [3, `${dice.pick(services)}:*`],
        [1, '*'],
      ]);
    const [Action, Resource] = [
      dice.chance(8) ? 'NotAction' : 'Action',
      dice.chance(6) ? 'NotResource' : 'Resource',
    ];
    return {
      Effect: dice.chance(75) ? 'Allow' : 'Deny',
      [Action]: dice.listed(1 + dice.upTo(2), action),
      [Resource]: dice.listed(1 + dice.upTo(1), pattern),
      ...withCondition(dice),
    };
  });
}

/** The policy of a resource, or, without `arn`, of a role. */
export function resourceDocument(
  dice: Dice,
  action: string,
  arn: string | undefined,
  principals: readonly string[],
): Document {
  const within = arn?.startsWith('arn:aws:s3:::') ? [arn, `${arn}/*`] : undefined;
  return document(dice, () => {
    const effect = dice.chance(75) ? 'Allow' : 'Deny';
    const principal = dice.weighted<unknown>([
      [3, { AWS: dice.listed(1 + dice.upTo(1), () => dice.pick(principals)) }],
      [3, { AWS: `arn:aws:iam::${id}:root` }],
      [1, { AWS: id }],
      [1, { Service: 'lambda.amazonaws.com' }],
      [effect === 'Deny' && arn !== undefined ? 2 : 0, '*'],
      [effect === 'Deny' ? 1 : 0, { AWS: '*' }],
    ]);
    return {
      Effect: effect,
      Principal: principal,
      Action: action,
      ...(arn === undefined
        ? {}
        : { Resource: within ?? (dice.chance(50) && !isGenerated(arn) ? arn : '*') }),
      ...withCondition(dice),
    };
  });
}

const document = (dice: Dice, statement: () => object): Document => ({
  Version: dice.chance(95) ? '2012-10-17' : '2008-10-17',
  Statement: Array.from({ length: 1 + dice.upTo(2) }, (_, i) => ({
    ...(dice.chance(50) ? { Sid: `S${i}` } : {}),
    ...statement(),
  })),
});
