import { afterAll, describe, expect, it } from 'vitest';
import { estateTerminal, place, role, user } from './fixtures.js';
import { policy } from './terminal.js';

const terminal = estateTerminal();
afterAll(() => terminal.remove());
const whoCanAssume = (...argv: string[]) => terminal.run(['who-can-assume', ...argv]);

it('lists chains, sure and short ones first', async () => {
  const { out, code } = await whoCanAssume('admin', '--account', 'account.json');
  const rows = out.split('\n').map((line) => line.split(/ {2,}/));
  expect(rows[0]).toEqual(['DECISION', 'STEPS', 'WHO', 'HOW']);
  expect(rows[1]).toEqual(['allowed', '1', `role ${role('app')}`, `assume ${role('admin')}`]);
  expect(rows).toContainEqual([
    'allowed',
    '2',
    `user ${user('bob')}`,
    `assume ${role('app')} → assume ${role('admin')}`,
  ]);
  expect(rows).toContainEqual([
    'depends',
    '2',
    `user ${user('carol')}`,
    `assume ${role('app')} → assume ${role('admin')}`,
  ]);
  expect(out).toContain(`3 callers can come to act with ${role('admin')}, for 1 it depends\n`);
  expect(code).toBe(0);
});

it('--explain explains each step', async () => {
  const { out } = await whoCanAssume('admin', '--account', 'account.json', '--explain');
  expect(out).toContain(
    [
      `user ${user('bob')}: allowed`,
      `  1. assume ${role('app')}`,
      `     sts:AssumeRole on ${role('app')}: allowed by identityPolicies [E70]: "user bob › inline office" statement 2`,
      '       written in account.json:input.UserDetailList[1].UserPolicyList[0].PolicyDocument',
      `  2. assume ${role('admin')}`,
      `     sts:AssumeRole on ${role('admin')}: allowed by resourcePolicy [E13]: "role admin › trust policy" statement 1`,
      '       written in account.json:input.RoleDetailList[1].AssumeRolePolicyDocument',
      '',
    ].join('\n'),
  );
  expect(out).toContain(
    `sts:AssumeRole on ${role('app')}: depends on the policy arn:aws:iam::111122223333:policy/auditors`,
  );
  const verbose = await whoCanAssume('admin', '--account', 'account.json', '--verbose');
  expect(verbose.out).toContain('       ALLOWED (allowed)');
});

it('of a workload: what runs with its role', async () => {
  const { out } = await whoCanAssume('App/Handler', '--cdk', 'cdk.out', '--explain');
  expect(out).toContain('workload AWS::Lambda::Function');
  expect(out).toContain('     it runs with the role\n');
});

it('nobody: exit code 1', async () => {
  terminal.write({
    'closed.json': {
      RoleDetailList: [
        {
          RoleName: 'closed',
          Arn: role('closed'),
          Tags: [],
          AssumeRolePolicyDocument: policy({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'sts:AssumeRole',
          }),
        },
      ],
    },
  });
  const { code, out } = await whoCanAssume('closed', '--account', 'closed.json');
  expect({ code, out }).toEqual({ code: 1, out: `nobody can come to act with ${role('closed')}\n` });
});

describe('a role that trusts its own account', () => {
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { AWS: role('own').replace('role/own', 'root') },
    Action: 'sts:AssumeRole',
  });
  const note = `anybody of account 111122223333 whose policies allow it, and who is not in the files, may come to act with ${role('own')} too`;

  it('lets in others than those of a template', async () => {
    const Properties = { RoleName: 'own', AssumeRolePolicyDocument };
    terminal.write({ 'own.json': { Resources: { Own: { Type: 'AWS::IAM::Role', Properties } } } });
    const asked = ['own', '--cfn', 'own.json', ...place];
    const { code, out, err } = await whoCanAssume(...asked);
    expect({ code, out }).toEqual({
      code: 3,
      out: `nobody in the files can come to act with ${role('own')}\n`,
    });
    expect(err).toContain(`note: ${note}\n`);
    const json = await whoCanAssume(...asked, '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      chains: [],
      trustedAccounts: ['111122223333'],
      notes: [note],
    });
  });

  it('has all who may in the files of a whole account', async () => {
    const own = { RoleName: 'own', Arn: role('own'), Tags: [], AssumeRolePolicyDocument };
    terminal.write({ 'whole.json': { RoleDetailList: [own] } });
    const { code, out, err } = await whoCanAssume('own', '--account', 'whole.json');
    expect(code).toBe(1);
    expect(out).toBe(`nobody can come to act with ${role('own')}\n`);
    expect(err).not.toContain('anybody');
  });
});

it('only perhaps: exit code 3', async () => {
  const external = { StringEquals: { 'sts:ExternalId': 'secret' } };
  terminal.write({
    'vendor.json': {
      RoleDetailList: [
        {
          RoleName: 'vendor',
          Arn: role('vendor'),
          Tags: [],
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { AWS: '444455556666' },
              Action: 'sts:AssumeRole',
              Condition: external,
            },
          },
        },
      ],
    },
  });
  const { code, out } = await whoCanAssume('vendor', '--account', 'vendor.json');
  expect(code).toBe(3);
  expect(out).toContain('nobody can come to act with');
  expect(out).toContain('for 1 it depends');
});

it('--json holds every question asked', async () => {
  const { out } = await whoCanAssume('worker', '--terraform', 'plan.json', ...place, '--json');
  const data = JSON.parse(out);
  expect(Object.keys(data)).toEqual(['role', 'chains', 'trustedAccounts', 'notes', 'diagnostics']);
  expect(data).toMatchObject({
    role: role('worker'),
    chains: [
      {
        source: { kind: 'service', name: 'ec2.amazonaws.com' },
        verdict: 'allowed',
        hops: [
          {
            kind: 'assume',
            to: role('worker'),
            asked: [{ action: 'sts:AssumeRole', answer: { decision: 'allowed' } }],
          },
        ],
      },
    ],
    diagnostics: [],
  });
  const [{ answer }] = data.chains[0].hops[0].asked;
  expect(answer.trace).toBeUndefined();
  expect(answer.decidedBy.statements.map(({ origin }: { origin: object }) => origin)).toEqual([
    { file: 'plan.json', path: 'aws_iam_role.worker.assume_role_policy' },
  ]);
});

it('something else than a role is an error', async () => {
  const { code, err } = await whoCanAssume('nobody', '--account', 'account.json');
  expect(code).toBe(2);
  expect(err).toContain('nobody');
});
