import { afterAll, describe, expect, it } from 'vitest';
import { account, estateTerminal, place, role, snapshot, user } from './fixtures.js';

const terminal = estateTerminal();
afterAll(() => terminal.remove());
const whoCan = (...argv: string[]) => terminal.run(['who-can', ...argv]);
const report = 'reports/2026.csv';

describe('the table', () => {
  it('is aligned and sorted, and ends with how many there are', async () => {
    const { out, code } = await whoCan('s3:GetObject', report, ...account);
    expect(out).toBe(
      [
        'DECISION  KIND  PRINCIPAL                             BY',
        `allowed   role  ${role('admin')}  identityPolicies [E8]: "arn:aws:iam::aws:policy/AdministratorAccess" statement 1`,
        `allowed   role  ${role('app')}    identityPolicies [E8]: "role app › inline work" statement 1`,
        `allowed   user  ${user('alice')}  identityPolicies [E8]: "user alice › inline read-reports" statement "Read"`,
        `depends   user  ${user('carol')}  on the policy arn:aws:iam::111122223333:policy/auditors (not in the files)`,
        '',
        '3 of 5 principals can s3:GetObject on arn:aws:s3:::reports/2026.csv, for 1 it depends',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
  });

  it('is coloured only where colour is wanted', async () => {
    const { out } = await terminal.run(['who-can', 's3:GetObject', report, ...account], { colour: true });
    const lines = out.split('\n');
    expect(lines[1]).toMatch(/^\S*\[32mallowed\S* {3}role {2}arn:/);
    expect(lines[4]).toContain('\u001b[33mdepends');
  });

  it('of an action without a resource', async () => {
    const { out, code } = await whoCan('iam:ListUsers', '--account', 'account.json');
    expect(out).toContain(role('admin'));
    expect(out).toContain('1 of 5 principals can iam:ListUsers, for 1 it depends\n');
    expect(code).toBe(0);
  });

  it('shows control characters of names as their codes', async () => {
    terminal.write({
      'odd.json': { UserDetailList: [{ UserName: 'x\u001b[2J', Arn: user('x\u001b[2J'), Tags: [] }] },
    });
    const { out } = await whoCan('sts:GetCallerIdentity', '--account', 'odd.json');
    expect(out).toContain(user('x\\u001b[2J'));
    expect(out).not.toContain('\u001b');
  });
});

describe('exit codes', () => {
  it('0 somebody, 1 nobody, 3 it depends', async () => {
    expect((await whoCan('s3:PutObject', report, ...account)).code).toBe(0);
    const nobody = await whoCan('s3:DeleteObject', report, ...account);
    expect(nobody).toMatchObject({
      code: 1,
      out: '0 of 5 principals can s3:DeleteObject on arn:aws:s3:::reports/2026.csv\n',
    });
    const plan = ['--terraform', 'plan.json', ...place];
    expect((await whoCan('sqs:SendMessage', 'jobs', ...plan)).code).toBe(0);
    expect((await whoCan('s3:GetObject', 'arn:aws:s3:::elsewhere/x', ...plan)).code).toBe(1);
    terminal.write({
      'lost.json': {
        UserDetailList: [
          {
            UserName: 'dan',
            Arn: user('dan'),
            Tags: [],
            AttachedManagedPolicies: [
              { PolicyName: 'lost', PolicyArn: 'arn:aws:iam::111122223333:policy/lost' },
            ],
          },
        ],
      },
    });
    expect((await whoCan('iam:ListUsers', '--account', 'lost.json')).code).toBe(3);
  });
});

describe('flags', () => {
  it('--roots asks for root users too', async () => {
    const { out } = await whoCan('s3:GetObject', report, ...account, '--roots');
    expect(out).toContain('root  arn:aws:iam::111122223333:root');
    expect(out).toContain('4 of 6 principals');
  });

  it('facts count for everybody', async () => {
    expect((await whoCan('s3:GetObject', report, ...account, '--source-ip', '192.0.2.7')).out).toContain(
      '4 of 5',
    );
    expect((await whoCan('s3:GetObject', report, ...account, '--unknown', 'aws:SourceIp')).out).toMatch(
      new RegExp(`depends   user  ${user('bob')}    on aws:SourceIp`),
    );
  });

  it('--explain explains each, with the place of its statements', async () => {
    const { out } = await whoCan('s3:PutObject', report, ...account, '--explain');
    expect(out).toContain(`role ${role('app')}\n  ALLOWED (allowed)\n  User: ${role('app')} is authorized`);
    expect(out).toContain('account.json:input.RoleDetailList[0].RolePolicyList[0].PolicyDocument');
    const verbose = await whoCan('s3:PutObject', report, ...account, '--verbose');
    expect(verbose.out.length).toBeGreaterThan(out.length);
  });

  it('--json is one object', async () => {
    const { out, err } = await whoCan('s3:GetObject', report, ...account, '--json');
    expect(err).toBe('');
    const data = JSON.parse(out);
    expect(data).toMatchObject({
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::reports/2026.csv',
      asked: 5,
      allowed: [
        { arn: role('admin') },
        { arn: role('app'), kind: 'role', names: ['app'] },
        { arn: user('alice') },
      ],
      depends: [{ arn: user('carol'), decision: 'depends', unresolved: [{ reason: 'not in the files' }] }],
      diagnostics: [{ code: 'unresolvedReference' }],
    });
    expect(data.allowed[1].decidedBy.statements[0].origin).toEqual({
      file: 'account.json',
      path: 'input.RoleDetailList[0].RolePolicyList[0].PolicyDocument',
    });
    expect(data.allowed[0].trace).toBeUndefined();
    const explained = await whoCan('s3:GetObject', report, ...account, '--json', '--explain');
    expect(JSON.parse(explained.out).allowed[0].trace.decision).toBe('allowed');
  });

  it('an organization takes away', async () => {
    expect((await whoCan('s3:PutObject', report, ...snapshot)).code).toBe(1);
  });
});

it('what is wrong with the question', async () => {
  expect(await whoCan('s3:GetObject', report)).toMatchObject({
    code: 2,
    err: 'error: no estate is given; write for example --account FILE, --cfn FILE, --cdk DIR or --terraform FILE\n',
  });
  expect((await whoCan('s3', report, ...account)).err).toContain('error: ACTION s3 ERR_IAM_VALUE');
  const swallowed = await whoCan('--account', 'account.json', 's3:GetObject', report);
  expect(swallowed.code).toBe(2);
  expect(swallowed.err).toContain("missing required argument 'action'");
  expect(swallowed.err).toContain('put it behind the arguments, or write --account=FILE\n');
  const half = await whoCan('s3:GetObject', '--account', 'account.json', report);
  expect(half.err).toMatch(
    /cannot read reports\/2026\.csv: .*; --account takes all names up to the next flag/,
  );
});

it.each([['who-can', 'iam:ListUsers'], ['what-can', 'ana'], ['graph']])(
  'a long %s draws a bar on a terminal, on stderr, and takes it away',
  async (...question) => {
    const users = Array.from({ length: 3 }, (_, i) => ({ UserName: `u${i}`, Arn: user(`u${i}`), Tags: [] }));
    const ana = { UserName: 'ana', Arn: user('ana'), Tags: [] };
    terminal.write({ 'bar.json': { UserDetailList: [...users, ana] } });
    const asking = [...question, '--account', 'bar.json'];
    const quiet = await terminal.run(asking);
    expect(quiet.err).not.toContain('asking');
    const clock = Date.now;
    let now = clock();
    Date.now = () => {
      now += 2000;
      return now;
    };
    try {
      const onTerminal = await terminal.run(asking, { isTTY: true });
      expect(onTerminal.err).toContain('asking');
      expect(onTerminal.out).toBe(quiet.out);
    } finally {
      Date.now = clock;
    }
  },
);
