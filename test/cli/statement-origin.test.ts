import { afterAll, expect, it } from 'vitest';
import { estateTerminal, place, role, user } from './fixtures.js';
import { allow, deny, policy } from './terminal.js';

const A = '111122223333';
const bus = `arn:aws:events:eu-west-1:${A}:event-bus/orders`;
const trust = policy({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});
/** A part of the policy of a bus, which is put together of all of them. */
const busPolicy = (name: string, effect: string, action: string, principal: object = { AWS: A }) => ({
  [name]: {
    Type: 'AWS::Events::EventBusPolicy',
    Properties: {
      EventBusName: { Ref: 'Orders' },
      StatementId: name,
      Statement: { Effect: effect, Principal: principal, Action: action, Resource: bus },
    },
  },
});

const terminal = estateTerminal({
  'limited.json': {
    UserDetailList: [
      {
        UserName: 'eve',
        Arn: user('eve'),
        Tags: [],
        GroupList: ['crew'],
        UserPolicyList: [{ PolicyName: 'all', PolicyDocument: JSON.stringify(policy(allow('*'))) }],
        PermissionsBoundary: {
          PermissionsBoundaryArn: `arn:aws:iam::${A}:policy/edge`,
          PermissionsBoundaryType: 'Policy',
        },
      },
    ],
    GroupDetailList: [
      {
        GroupName: 'crew',
        Arn: `arn:aws:iam::${A}:group/crew`,
        GroupPolicyList: [{ PolicyName: 'closed', PolicyDocument: policy(deny('sns:*')) }],
      },
    ],
    Policies: [
      {
        PolicyName: 'edge',
        Arn: `arn:aws:iam::${A}:policy/edge`,
        DefaultVersionId: 'v1',
        PolicyVersionList: [
          { VersionId: 'v1', IsDefaultVersion: true, Document: policy(allow('*'), deny('ec2:*')) },
        ],
      },
    ],
  },
  'stack.json': {
    Resources: {
      Orders: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
      ...busPolicy('One', 'Allow', 'events:PutRule'),
      ...busPolicy('Two', 'Allow', 'events:PutEvents', { Service: 'sns.amazonaws.com' }),
      ...busPolicy('Three', 'Deny', 'events:DeleteRule'),
      Endpoint: {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: {
          VpcId: 'vpc-1',
          ServiceName: 'com.amazonaws.eu-west-1.events',
          PolicyDocument: policy(
            { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
            { Effect: 'Deny', Principal: '*', Action: 'events:RemoveTargets', Resource: '*' },
          ),
        },
      },
      Worker: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'worker',
          AssumeRolePolicyDocument: trust,
          Policies: [{ PolicyName: 'p', PolicyDocument: policy(allow('events:*')) }],
        },
      },
    },
  },
});
afterAll(() => terminal.remove());

const limited = ['--account', 'limited.json'];
const stack = ['--cfn', 'stack.json', ...place];

it.each([
  [
    'text of a document',
    ['eve', 's3:ListAllMyBuckets', ...limited],
    'limited.json:input.UserDetailList[0].UserPolicyList[0].PolicyDocument',
  ],
  [
    'a group',
    ['eve', 'sns:ListTopics', ...limited],
    'limited.json:input.GroupDetailList[0].GroupPolicyList[0].PolicyDocument',
  ],
  [
    'a boundary',
    ['eve', 'ec2:RunInstances', ...limited],
    'limited.json:input.Policies[0].PolicyVersionList[0].Document',
  ],
  [
    'the last part of a policy',
    ['worker', 'events:DeleteRule', bus, ...stack],
    'stack.json:Resources.Three.Properties.Statement',
  ],
  [
    'an endpoint',
    ['worker', 'events:RemoveTargets', bus, ...stack, '--vpc-endpoint', 'Endpoint'],
    'stack.json:Resources.Endpoint.Properties.PolicyDocument',
  ],
  [
    'a trust policy',
    ['lambda.amazonaws.com', 'sts:AssumeRole', role('worker'), ...stack],
    'stack.json:Resources.Worker.Properties.AssumeRolePolicyDocument',
  ],
])('the place of %s', async (_, argv, origin) => {
  const { out } = await terminal.run(['can', ...argv, '--json']);
  const { decidedBy } = JSON.parse(out);
  expect(
    decidedBy.statements.map(
      (one: { origin?: { file: string; path: string } }) => `${one.origin?.file}:${one.origin?.path}`,
    ),
  ).toEqual([origin]);
});

it('each statement of a policy put together has the place of its part', async () => {
  const { out } = await terminal.run([
    'can',
    'sns.amazonaws.com',
    'events:PutEvents',
    bus,
    ...stack,
    '--explain',
  ]);
  expect(out).toContain('stack.json:Resources.Two.Properties.Statement\n');
  expect(out).not.toContain('Resources.One');
});
