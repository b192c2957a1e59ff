import type { PolicyDocument, StatementDocument } from '../../src/policy/document.js';
import type { RequestInput } from '../../src/request/input.js';

/** Numbers from 0 up to 1 that are the same in every run (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const account = '111122223333';
/** Services with what one of their ARNs begins with, and the actions that are asked for. */
const services = [
  ['s3', 'arn:aws:s3:::', ['GetObject', 'PutObject', 'DeleteObject']],
  ['sqs', `arn:aws:sqs:us-east-1:${account}:`, ['SendMessage', 'ReceiveMessage', 'PurgeQueue']],
  ['dynamodb', `arn:aws:dynamodb:us-east-1:${account}:table/`, ['GetItem', 'PutItem', 'Query']],
  ['sns', `arn:aws:sns:us-east-1:${account}:`, ['Publish', 'Subscribe', 'GetTopicAttributes']],
  ['lambda', `arn:aws:lambda:us-east-1:${account}:function:`, ['InvokeFunction', 'GetFunction']],
] as const;

const conditions: readonly (StatementDocument['Condition'] | undefined)[] = [
  undefined,
  undefined,
  undefined,
  { StringEquals: { 'aws:PrincipalTag/team': ['red', 'blue'] } },
  { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } },
  { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } },
  { Bool: { 'aws:SecureTransport': 'true' } },
];

/** What a whole organization has, besides what stands for single teams: four statements. */
const everywhere: readonly StatementDocument[] = [
  { Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' },
  { Effect: 'Allow', Action: 'iam:GetUser', Resource: `arn:aws:iam::${account}:user/\${aws:username}` },
  {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
  },
  { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: 'arn:aws:s3:::audit*' },
];

export interface Workload {
  /** In documents of twenty statements. */
  readonly identityPolicies: readonly PolicyDocument[];
  readonly statements: number;
  readonly requests: readonly RequestInput[];
}

/** Statements for the things of many teams, and requests of which about half are about one of them. */
export function workload(count: number, seed: number, asked = 300): Workload {
  const next = numbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const things: { readonly action: string; readonly arn: string }[] = [];
  const statements: StatementDocument[] = [...everywhere];
  for (let team = 0; statements.length < count; team++) {
    const [service, start, actions] = pick(services);
    const name = pick(actions);
    const arn = `${start}team-${team}`;
    things.push({ action: `${service}:${name}`, arn });
    const Condition = pick(conditions);
    statements.push({
      Effect: next() < 0.05 ? 'Deny' : 'Allow',
      Action: pick([`${service}:${name}`, `${service}:${name.slice(0, 3)}*`, `${service}:*`]),
      Resource: pick([arn, [arn, `${arn}/*`], `${arn}/*`, `${arn}*`, `${arn}/\${aws:username}/*`]),
      ...(Condition === undefined ? {} : { Condition }),
    });
  }
  const requests = Array.from({ length: asked }, (_, i): RequestInput => {
    const { action, arn } = i % 2 === 0 || things.length === 0 ? pickThing(i) : pick(things);
    return {
      principal: {
        arn: `arn:aws:iam::${account}:user/${pick(['alice', 'bob'])}`,
        tags: { team: pick(['red', 'green']) },
      },
      action,
      resource: { arn: arn + pick(['', '/a', '/alice/b']), accountId: account },
      mfa: { present: true },
      sourceIp: pick(['203.0.113.7', '198.51.100.1', '2001:db8::1']),
      time: pick(['2026-11-23T12:00:00Z', '2019-01-01T00:00:00Z']),
      context: { 'aws:SecureTransport': pick([true, false]) },
    };
  });
  const documents: PolicyDocument[] = [];
  for (let i = 0; i < statements.length; i += 20)
    documents.push({ Version: '2012-10-17', Statement: statements.slice(i, i + 20) });
  return { identityPolicies: documents, statements: statements.length, requests };
}

/** Something that no statement of a team is about. */
function pickThing(i: number): { readonly action: string; readonly arn: string } {
  const [service, start, actions] = services[i % services.length]!;
  return { action: `${service}:${actions[i % actions.length]!}`, arn: `${start}nobody-${i}` };
}
