import { afterAll, describe, expect, it } from 'vitest';
import { account, estateTerminal, fixture, place, snapshot, template } from './fixtures.js';
import { allow, deny, policy } from './terminal.js';

const terminal = estateTerminal({
  'no-read.json': policy(deny('s3:GetObject')),
  'all.json': policy(allow('*')),
  'open.json': policy({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }),
  'wrong.json': policy({ Effect: 'Maybe', Action: '*', Resource: '*' }),
});
afterAll(() => terminal.remove());
const can = (...argv: string[]) => terminal.run(['can', ...argv]);
const report = 'reports/2026.csv';

describe('the answer', () => {
  it('is one line, and the exit code', async () => {
    const allowed = await can('alice', 's3:GetObject', report, ...account);
    expect(allowed.out).toBe(
      'allowed by identityPolicies [E8]: "user alice › inline read-reports" statement "Read"\n',
    );
    expect(allowed.code).toBe(0);
    const denied = await can('app', 's3:DeleteObject', report, ...account);
    expect(denied.out).toBe(
      'explicitDeny by resourcePolicy [E2]: "arn:aws:s3:::reports › policy" statement "NoDeletes"\n',
    );
    expect(denied.code).toBe(1);
    const depends = await can('carol', 's3:GetObject', report, ...account);
    expect(depends.out).toBe(
      'depends on the policy arn:aws:iam::111122223333:policy/auditors (not in the files)\n',
    );
    expect(depends.code).toBe(3);
  });

  it('is coloured only where colour is wanted', async () => {
    const colour = async (name: string) =>
      (await terminal.run(['can', name, 's3:GetObject', report, ...account], { colour: true })).out;
    expect(await colour('alice')).toContain('\u001b[32mallowed');
    expect(await colour('bob')).toContain('\u001b[31mimplicitDeny');
    expect(await colour('carol')).toContain('\u001b[33mdepends');
  });

  it('comes from all files together', async () => {
    expect((await can('app', 's3:PutObject', report, ...account)).code).toBe(0);
    const limited = await can('app', 's3:PutObject', report, ...snapshot);
    expect(limited.out).toBe(
      'explicitDeny by serviceControlPolicies [E2]: "no-uploads" level 1 statement "NoUploads"\n',
    );
  });

  it('of a group, a workload, a construct path and a Terraform address', async () => {
    const jobs = 'arn:aws:sqs:eu-west-1:111122223333:jobs';
    expect((await can('alice', 'sqs:SendMessage', jobs, ...account)).code).toBe(0);
    expect((await can('Handler', 's3:GetObject', 'Reports/x', ...template)).code).toBe(0);
    expect((await can('Handler', 's3:PutObject', 'Reports/x', ...template)).code).toBe(1);
    expect((await can('App/Handler', 's3:GetObject', 'App/Bucket/x', '--cdk', 'cdk.out')).code).toBe(0);
    const plan = ['--terraform', 'plan.json', ...place];
    expect((await can('aws_iam_role.worker', 'sqs:SendMessage', 'aws_sqs_queue.jobs', ...plan)).code).toBe(0);
  });
});

describe('the explanation', () => {
  const written = async (...argv: string[]) => {
    const { out } = await can(...argv, '--explain');
    return /\nWritten in\n([\s\S]*)$/.exec(out)?.[1];
  };

  it('is that of the engine, with the place of the statement that decides', async () => {
    const { out } = await can('app', 's3:PutObject', report, ...snapshot, '--explain');
    expect(out).toContain(
      'DENIED (explicitDeny)\nUser: arn:aws:iam::111122223333:role/app is not authorized',
    );
    expect(out).toContain('Decided by\n  service control policy "no-uploads", level 1');
    expect(out).not.toContain('FullAWSAccess');
    const verbose = await can('app', 's3:PutObject', report, ...snapshot, '--verbose');
    expect(verbose.out).toContain('p-FullAWSAccess');
  });

  it.each([
    [
      ['alice', 's3:GetObject', report, ...account],
      'account.json:input.UserDetailList[0].UserPolicyList[0].PolicyDocument',
    ],
    [
      ['alice', 'sqs:SendMessage', 'jobs', ...account],
      'account.json:input.Policies[0].PolicyVersionList[0].Document',
    ],
    [['app', 's3:DeleteObject', report, ...account], 'buckets.json:input[0].Policy'],
    [['app', 's3:PutObject', report, ...snapshot], 'organization.json:input.policies.p-nouploads'],
    [
      ['lambda.amazonaws.com', 'sts:AssumeRole', 'app', ...account],
      'account.json:input.RoleDetailList[0].AssumeRolePolicyDocument',
    ],
    [
      ['Handler', 's3:GetObject', 'Reports/x', ...template],
      'template.yaml:Resources.HandlerRole.Properties.Policies[0].PolicyDocument',
    ],
    [
      ['App/Handler', 's3:GetObject', 'App/Bucket/x', '--cdk', 'cdk.out'],
      'cdk.out:App.Resources.HandlerServiceRoleDefaultPolicyCBD0CC91.Properties.PolicyDocument',
    ],
    [
      ['worker', 'sqs:SendMessage', 'jobs', '--terraform', 'plan.json', ...place],
      'plan.json:aws_iam_role_policy.send.policy',
    ],
  ])('%j is written in %s', async (argv, origin) => {
    expect(await written(...argv)).toMatch(/^ {2}".*" .*statement .*: /);
    expect((await written(...argv))?.trimEnd().endsWith(`: ${origin}`), await written(...argv)).toBe(true);
  });

  it('names the page of an account', async () => {
    const pages = ['--account', 'page-1.json', 'page-2.json', '--resource-policies', 'buckets.json'];
    expect(await written('alice', 's3:GetObject', report, ...pages)).toContain(
      ': page-1.json:input.UserDetailList[0].UserPolicyList[0].PolicyDocument',
    );
    expect(await written('app', 's3:GetObject', report, ...pages)).toContain(
      ': page-2.json:input.RoleDetailList[0]',
    );
  });

  it('has no place for what AWS or a flag says', async () => {
    expect(await written('admin', 's3:GetObject', report, ...account)).toBeUndefined();
    expect(
      await written(
        'app',
        's3:GetObject',
        report,
        ...account,
        '--session-name',
        'build',
        '--session',
        'no-read.json',
      ),
    ).toBeUndefined();
  });

  it('of what depends says when it is allowed', async () => {
    const { out } = await can(
      'bob',
      's3:GetObject',
      report,
      ...account,
      '--unknown',
      'aws:SourceIp',
      '--explain',
    );
    expect(out).toMatch(/^DEPENDS on aws:SourceIp/i);
    expect(out).toContain('192.0.2.0/24');
    expect(out).toMatch(/\n\nWith aws:SourceIp absent\nDENIED \(implicitDeny\)\n/);
  });
});

describe('facts', () => {
  it.each([
    [['--source-ip', '192.0.2.7'], 0],
    [['--source-ip', '198.51.100.7'], 1],
    [['--context', 'aws:SourceIp=192.0.2.7'], 0],
    [['--unknown', 'aws:SourceIp'], 3],
    [['--unknown-rest'], 3],
    [['--source-ip', '192.0.2.7', '--resource-account', '444455556666'], 1],
  ])('%j', async (flags, code) => {
    expect((await can('bob', 's3:GetObject', report, ...account, ...flags)).code).toBe(code);
  });

  it('tags, time, MFA, session names and endpoints reach the conditions', async () => {
    const meets = async (condition: object, ...flags: string[]) => {
      terminal.write({
        'one.json': {
          UserDetailList: [],
          RoleDetailList: [
            {
              RoleName: 'r',
              Arn: 'arn:aws:iam::111122223333:role/r',
              AssumeRolePolicyDocument: policy(),
              Tags: [],
              RolePolicyList: [
                { PolicyName: 'p', PolicyDocument: policy(allow('*', { Condition: condition })) },
              ],
            },
          ],
        },
      });
      const question = [
        'r',
        'sqs:SendMessage',
        'arn:aws:sqs:eu-west-1:111122223333:jobs',
        '--account=one.json',
      ];
      // The tags of a queue that is not in the files are not known.
      const without = JSON.stringify(condition).includes('ResourceTag') ? 3 : 1;
      expect((await can(...question)).code, JSON.stringify(condition)).toBe(without);
      expect((await can(...question, ...flags)).code, JSON.stringify(condition)).toBe(0);
    };
    await meets({ StringEquals: { 'aws:PrincipalTag/team': 'red' } }, '--principal-tag', 'team=red');
    await meets({ StringEquals: { 'aws:ResourceTag/team': 'red' } }, '--resource-tag', 'team=red');
    await meets(
      { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
      '--time',
      '2025-01-01T00:00:00Z',
    );
    await meets({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, '--mfa');
    await meets({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, '--no-mfa');
    await meets({ NumericLessThan: { 'aws:MultiFactorAuthAge': '300' } }, '--mfa=60');
    await meets(
      { StringLike: { 'aws:userid': '*:build' } },
      '--session-name',
      'build',
      '--context',
      'aws:userid=AROA:build',
    );
  });

  it('an endpoint that is not in the estate has a policy that nobody knows', async () => {
    const question = ['app', 's3:GetObject', report, ...account, '--vpc-endpoint', 'vpce-0a1b'];
    const { code, out } = await can(...question);
    expect(code).toBe(3);
    expect(out).toContain('vpce-0a1b');
  });

  it('session policies limit a session of a role', async () => {
    const question = ['app', 's3:GetObject', report, ...account, '--session', 'no-read.json'];
    expect((await can(...question)).out).toBe(
      'explicitDeny by sessionPolicies [E2]: "session policy 1" statement 1\n',
    );
    expect((await can(...question, '--session-name', 'build')).code).toBe(1);
    expect((await can(...question.slice(0, -1), 'all.json', '--session-name', 'build')).code).toBe(0);
  });

  it('only a role has sessions, and of names that AWS takes', async () => {
    const question = (name: string) => [name, 's3:GetObject', report, ...account, '--session-name', 'build'];
    expect((await can(...question('alice'))).err).toContain(
      'error: --session-name: arn:aws:iam::111122223333:user/alice is no role of the estate, and only a role has sessions; leave the flag out\n',
    );
    expect((await can(...question('lambda.amazonaws.com'))).code).toBe(2);
    const session = 'arn:aws:sts::111122223333:assumed-role/app/deploy';
    expect((await can(...question(session))).err).toContain('PRINCIPAL is the session deploy already');
    expect((await can(...question(session.replace('deploy', 'build')))).code).toBe(0);
    expect((await terminal.run(['what-can', 'alice', ...account, '--session-name', 'build'])).code).toBe(2);
    for (const name of ['a b!', 'x', 'y'.repeat(65)]) {
      const { code, err } = await can('app', 's3:GetObject', report, ...account, '--session-name', name);
      expect(code).toBe(2);
      expect(err).toContain('Write 2 to 64 letters, digits or signs of _+=,.@- as AWS takes them.');
    }
  });

  it('the policy of a resource outside the estate', async () => {
    const foreign = ['bob', 's3:GetObject', 'arn:aws:s3:::elsewhere/x', '--account', 'account.json'];
    expect((await can(...foreign, '--resource-account', '111122223333')).code).toBe(1);
    expect(
      (await can(...foreign, '--resource-account', '111122223333', '--resource-policy', 'open.json')).code,
    ).toBe(0);
    terminal.write({
      'trust.json': policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
    });
    const other = [
      'app',
      'sts:AssumeRole',
      'arn:aws:iam::444455556666:role/other',
      '--account',
      'account.json',
    ];
    expect((await can(...other, '--resource-policy', 'trust.json')).code).toBe(1);
    expect((await can('admin', ...other.slice(1), '--resource-policy', 'trust.json')).code).toBe(0);
    const { err, code } = await can(...foreign, '--resource-policy', 'wrong.json');
    expect(code).toBe(2);
    expect(err).toMatch(/wrong\.json:\d+:\d+ ERR_IAM_VALUE /);
  });
});

describe('JSON', () => {
  it('holds the answer, where its statements are written, and the diagnostics', async () => {
    const { out, err, code } = await can('alice', 's3:GetObject', report, ...account, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const data = JSON.parse(out);
    expect(data).toMatchObject({
      decision: 'allowed',
      allowed: true,
      decidedBy: {
        kind: 'identityPolicies',
        rule: 'E8',
        statements: [
          {
            sid: 'Read',
            origin: {
              file: 'account.json',
              path: 'input.UserDetailList[0].UserPolicyList[0].PolicyDocument',
            },
          },
        ],
      },
      dependsOn: [],
      allowedIf: [[]],
      exact: true,
      unresolved: [],
      assumptions: [],
      diagnostics: [{ code: 'unresolvedReference', file: 'account.json' }],
    });
    expect(data.trace).toBeUndefined();
    const explained = await can('alice', 's3:GetObject', report, ...account, '--json', '--explain');
    expect(JSON.parse(explained.out).trace.decision).toBe('allowed');
  });

  it('says on what it depends', async () => {
    const { out } = await can(
      'bob',
      's3:GetObject',
      report,
      ...account,
      '--json',
      '--unknown',
      'aws:SourceIp',
    );
    expect(JSON.parse(out)).toMatchObject({
      decision: 'depends',
      dependsOn: ['aws:SourceIp'],
      allowedIf: [[{ key: 'aws:SourceIp', values: ['192.0.2.0/24'] }]],
    });
    expect(JSON.parse(out).decidedBy).toBeUndefined();
  });
});

describe('what is wrong', () => {
  it.each([
    [
      ['alice', 's3GetObject', report],
      'error: ACTION s3GetObject ERR_IAM_VALUE the action is not `prefix:Name`',
    ],
    [['alice', 's3:GetObject', report, '--source-ip', '1.2.3'], 'error: --source-ip 1.2.3 ERR_IAM_VALUE '],
    [['alic', 's3:GetObject', report], 'error: no caller is called `alic`; did you mean alice'],
    [['alice', 's3:GetObject', 'report/x'], 'error: no resource is called `report/x`; did you mean reports'],
    [['alice'], 'error: ACTION is missing; write: iam-verdict can PRINCIPAL ACTION [RESOURCE] --account …'],
    [[], 'error: PRINCIPAL and ACTION are missing; '],
    [
      ['alice', 's3:GetObject', report, '--identity', 'all.json'],
      'error: --identity and --account do not go together: ',
    ],
    [
      ['alice', 's3:GetObject', report, '--scp', 'all.json'],
      'error: --scp and --account do not go together: an organization says it (--org FILE); keep one of them',
    ],
    [
      ['alice', 's3:GetObject', report, '--endpoint-policy', 'all.json'],
      'error: --endpoint-policy and --account ',
    ],
    [
      ['alice', 's3:GetObject', report, '--input', 'all.json'],
      'error: --input and --account do not go together: ',
    ],
  ])('%j', async (argv, message) => {
    const { code, out, err } = await can(...argv, ...account);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('an ambiguous name lists what it may be', async () => {
    terminal.write({
      'other.json': fixture('account.json').replaceAll('111122223333', '444455556666'),
    });
    const { code, err } = await can('alice', 's3:GetObject', report, ...account, '--account', 'other.json');
    expect(code).toBe(2);
    expect(err).toContain(
      'several things are called `alice`, each could be the caller; write one of arn:aws:iam::111122223333:user/alice, arn:aws:iam::444455556666:user/alice',
    );
  });

  it.each([
    ['--account-id', '111122223333'],
    ['--region', 'eu-west-1'],
    ['--parameter', 'a=b'],
    ['--import', 'a=b'],
    ['--nested', 'a=b.yaml'],
    ['--management-account', '999999999999'],
    ['--session-name', 'build'],
    ['--vpc-endpoint', 'vpce-1'],
    ['--strict'],
  ])('%s without an estate', async (...flag) => {
    const { code, err } = await can('arn:aws:iam::111122223333:user/alice', 's3:GetObject', ...flag);
    expect(code).toBe(2);
    expect(err).toContain(`error: ${flag[0]} says something of an estate, and no estate is given; `);
  });
});
