import { afterAll, describe, expect, it } from 'vitest';
import { account, estateTerminal, role, snapshot } from './fixtures.js';
import { allow, policy } from './terminal.js';

const terminal = estateTerminal();
afterAll(() => terminal.remove());
const whatCan = (...argv: string[]) => terminal.run(['what-can', ...argv]);

it('lists actions and resources in a table', async () => {
  const { out, code } = await whatCan('app', ...account, '--all');
  const lines = out.split('\n');
  expect(lines[0]).toMatch(/^DECISION {2}ACTION +RESOURCE +BY$/);
  expect(
    lines
      .filter((line) => line.includes('arn:aws:s3:::reports/*'))
      .map((line) => line.split(/ {2,}/))
      .sort(),
  ).toEqual([
    [
      'allowed',
      's3:GetObject',
      'arn:aws:s3:::reports/*',
      'identityPolicies [E8]: "role app › inline work" statement 1',
    ],
    [
      'allowed',
      's3:PutObject',
      'arn:aws:s3:::reports/*',
      'identityPolicies [E8]: "role app › inline work" statement 1',
    ],
  ]);
  const columns = lines.flatMap((line) => /(?<= {2})(?:RESOURCE|arn:\S+) {2}/.exec(line)?.index ?? []);
  expect(new Set(columns).size).toBe(1);
  expect(out).toMatch(new RegExp(`\n${role('app')}: \\d+ lines on \\d+ resources\n$`));
  expect(code).toBe(0);
});

describe('the short list', () => {
  it('has actions that one statement allows on one line', async () => {
    const { out } = await whatCan('app', ...account);
    expect(out).toMatch(
      /^allowed {3}s3:GetObject, s3:PutObject +arn:aws:s3:::reports\/\* +identityPolicies .* statement 1$/m,
    );
    expect(out).toMatch(new RegExp(`\n${role('app')}: \\d+ lines\n$`));
  });

  it('says once what an administrator may do, and what is denied on a resource all the same', async () => {
    const { out, code } = await whatCan('admin', ...account);
    expect(code).toBe(0);
    expect(out).toMatch(/^allowed {7}\* +\* +identityPolicies \[E8\]: .*AdministratorAccess" statement 1$/m);
    expect(out).toMatch(
      new RegExp(`^implicitDeny  sts:AssumeRole\\*, .* +${role('admin')} +resourcePolicy \\[E70\\]$`, 'm'),
    );
    expect(out).toMatch(
      /\nLeft out: \d+ resources on which the same holds as on \*; --all lists everything\n$/,
    );
    expect(out.split('\n').length).toBeLessThan(12);
    const all = await whatCan('admin', ...account, '--all');
    expect(all.out).toMatch(/^allowed +iam:\* +arn:aws:iam::111122223333:group\/analysts /m);
    expect(all.out).toMatch(
      /^implicitDeny +sts:AssumeRole +arn:aws:iam::111122223333:role\/admin +resource/m,
    );
    expect(all.out).toMatch(/: \d+ lines on \d+ resources, and \d+ lines of what is denied there\n$/);
    const expanded = await whatCan('admin', ...account, '--expand');
    expect(expanded.out).toMatch(
      /^implicitDeny +sts:AssumeRoleWithSAML +arn:aws:iam::111122223333:role\/admin /m,
    );
  });

  it('is short where a policy lists much, and says what it leaves out', async () => {
    const managed = (name: string) => ({
      UserName: name,
      Arn: `arn:aws:iam::111122223333:user/${name}`,
      AttachedManagedPolicies: [{ PolicyName: name, PolicyArn: `arn:aws:iam::aws:policy/${name}` }],
    });
    terminal.write({ 'job.json': { UserDetailList: ['PowerUserAccess', 'ReadOnlyAccess'].map(managed) } });
    const power = await whatCan('PowerUserAccess', '--account', 'job.json');
    expect(power.out).toMatch(/^allowed +\* without .*iam:\*, organizations:\* +\* +.* statement 1$/m);
    const reader = await whatCan('ReadOnlyAccess', '--account', 'job.json');
    expect(reader.out).toMatch(/^allowed +a4b:Get\*.* and \d+ more +\* /m);
    expect(reader.out).toContain('and what "and … more" stands for; --all lists everything');
    expect(Math.max(...reader.out.split('\n').map((line) => line.length))).toBeLessThan(200);
  });

  it('says what a Deny takes away from * on something that no file has', async () => {
    const closed = { Sid: 'Closed', Effect: 'Deny', Action: 's3:Put*', Resource: 'arn:aws:s3:::secret/*' };
    const eve = {
      UserName: 'eve',
      Arn: 'arn:aws:iam::111122223333:user/eve',
      UserPolicyList: [{ PolicyName: 'own', PolicyDocument: policy(allow('*'), closed) }],
    };
    terminal.write({ 'secret.json': { UserDetailList: [eve] } });
    const { out } = await whatCan('eve', '--account', 'secret.json');
    expect(out).toMatch(
      /^explicitDeny +s3:Put\* +arn:aws:s3:::secret\/\* +identityPolicies \[E2\]: .*"Closed"$/m,
    );
    const { entries } = JSON.parse((await whatCan('eve', '--account', 'secret.json', '--json')).out);
    expect(entries.map(({ resource }: { resource: string }) => resource)).toEqual([
      '*',
      'arn:aws:iam::111122223333:user/eve',
    ]);
  });

  it('puts resources together whose own policies say the same', async () => {
    const buckets = ['a', 'b', 'c'].map((name) => ({
      Resource: `arn:aws:s3:::${name}`,
      Account: '111122223333',
      Policy: policy({ Sid: 'Closed', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }),
    }));
    terminal.write({ 'own.json': buckets, 'one.json': buckets.slice(0, 1) });
    const files = ['admin', '--account', 'account.json', '--resource-policies'];
    const { out } = await whatCan(...files, 'own.json');
    expect(out).toMatch(
      /^explicitDeny .*arn:aws:s3:::a and 2 more +resourcePolicy \[E2\]: "… › policy" statement "Closed"$/m,
    );
    expect((await whatCan(...files, 'one.json')).out).toMatch(
      /^explicitDeny .*arn:aws:s3:::a +resourcePolicy \[E2\]: "arn:aws:s3:::a › policy" statement "Closed"$/m,
    );
  });

  it('puts resources of which the same is said on one line', async () => {
    const buckets = ['a', 'b', 'c'].map((name) => ({
      Resource: `arn:aws:s3:::${name}`,
      Account: '111122223333',
      Policy: null,
    }));
    const closed = { Sid: 'Closed', Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::?' };
    const eve = {
      UserName: 'eve',
      Arn: 'arn:aws:iam::111122223333:user/eve',
      UserPolicyList: [{ PolicyName: 'own', PolicyDocument: policy(allow('*'), closed) }],
    };
    terminal.write({ 'closed.json': buckets, 'eve.json': { UserDetailList: [eve] } });
    const { out } = await whatCan('eve', '--account', 'eve.json', '--resource-policies', 'closed.json');
    expect(out).toMatch(
      /^explicitDeny +s3:\* +arn:aws:s3:::a and 2 more +identityPolicies \[E2\]: .*"Closed"$/m,
    );
  });
});

it('an organization takes away', async () => {
  const { out } = await whatCan('app', ...snapshot);
  expect(out).toContain('s3:GetObject');
  expect(out).not.toContain('s3:PutObject');
});

it('patterns become names with --expand', async () => {
  const actions = async (...flags: string[]): Promise<string[]> => {
    const { out } = await whatCan('App/Handler', '--cdk', 'cdk.out', '--json', ...flags);
    const { entries } = JSON.parse(out) as { entries: { resource: string; actions: string[] }[] };
    return entries.find(({ resource }) => resource === 'arn:aws:s3:::app-bucket83908e77-xxxxxxxxxxxx/*')!
      .actions;
  };
  const patterns = await actions();
  const names = await actions('--expand');
  expect(patterns.some((pattern) => pattern.includes('*'))).toBe(true);
  expect(names.every((name) => !name.includes('*'))).toBe(true);
  expect(names).toContain('s3:GetObjectTagging');
  expect(names.length).toBeGreaterThan(patterns.length);
});

it('what depends comes with what it depends on', async () => {
  const { out, code } = await whatCan('bob', '--account', 'account.json', '--unknown', 'aws:SourceIp');
  expect(out).toMatch(/^depends {3}s3:GetObject +arn:aws:s3:::reports\/\* +on aws:SourceIp$/m);
  expect(code).toBe(0);
});

it('--json is one object, with the diagnostics', async () => {
  const { out, err } = await whatCan('alice', '--account', 'account.json', '--json');
  expect(err).toBe('');
  const data = JSON.parse(out);
  expect(Object.keys(data)).toEqual(['principal', 'entries', 'notAsked', 'notes', 'diagnostics']);
  expect(data.principal).toBe('arn:aws:iam::111122223333:user/alice');
  expect(data.entries).toContainEqual({
    resource: 'arn:aws:s3:::reports/*',
    verdict: 'allowed',
    actions: ['s3:GetObject'],
    dependsOn: [],
    reasons: ['user alice › inline read-reports › Read'],
    statements: [
      expect.objectContaining({
        policy: 'user alice › inline read-reports',
        sid: 'Read',
        origin: {
          file: 'account.json',
          path: 'input.UserDetailList[0].UserPolicyList[0].PolicyDocument',
        },
      }),
    ],
  });
});

it('an unknown name lists candidates', async () => {
  const { code, err } = await whatCan('ap', ...account);
  expect(code).toBe(2);
  expect(err).toContain('error: no caller is called `ap`; did you mean app');
});

it('nothing: exit code 1; only perhaps: exit code 3', async () => {
  const none = await whatCan('anonymous', '--resource-policies', 'buckets.json');
  expect(none).toEqual({ code: 1, out: 'anonymous: nothing\n', err: '' });
  const office = { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } };
  const open = {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::open/*',
    Condition: office,
  };
  terminal.write({
    'open.json': [{ Resource: 'arn:aws:s3:::open', Account: '111122223333', Policy: policy(open) }],
  });
  const flags = ['anonymous', '--resource-policies', 'open.json'];
  const perhaps = await whatCan(...flags, '--unknown', 'aws:SourceIp');
  expect(perhaps.code).toBe(3);
  expect(perhaps.out).toMatch(/^depends .* on aws:SourceIp$/m);
  expect((await whatCan(...flags, '--source-ip', '192.0.2.7')).code).toBe(0);
});

it('resources that cannot be asked for are listed with the reason', async () => {
  terminal.write({
    'variable.json': {
      UserDetailList: [
        {
          UserName: 'eve',
          Arn: 'arn:aws:iam::111122223333:user/eve',
          Tags: [],
          UserPolicyList: [
            {
              PolicyName: 'own',
              PolicyDocument: policy({
                Effect: 'Allow',
                Action: 's3:GetObject',
                Resource: 'arn:aws:s3:::home/${aws:PrincipalTag/team}/*',
              }),
            },
          ],
        },
      ],
    },
  });
  const { out } = await whatCan('eve', '--account', 'variable.json', '--expand');
  expect(out).toMatch(/^NOT ASKED +REASON$/m);
  expect(out).toContain('arn:aws:s3:::home/${aws:PrincipalTag/team}/*');
});

it('each line has the reasons of its own actions only', async () => {
  const statements = [
    { Sid: 'Queues', Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
    { Sid: 'Topics', Effect: 'Allow', Action: 'sns:*', Resource: '*' },
  ];
  terminal.write({
    'two.json': {
      UserDetailList: [
        {
          UserName: 'eve',
          Arn: 'arn:aws:iam::111122223333:user/eve',
          Tags: [],
          UserPolicyList: [{ PolicyName: 'both', PolicyDocument: policy(...statements) }],
        },
      ],
    },
  });
  const { out } = await whatCan('eve', '--account', 'two.json');
  for (const [line] of out.matchAll(/^allowed +s[qn]s:.*$/gm)) {
    const topic = line.includes(' sns:');
    expect(line.includes('"Topics"'), line).toBe(topic);
    expect(line.includes('"Queues"'), line).toBe(!topic);
  }
  expect(out).toMatch(/ sqs:\* +\* /);
});
