import { afterAll, expect, it } from 'vitest';
import { account, estateTerminal, role, snapshot } from './fixtures.js';
import { policy } from './terminal.js';

const terminal = estateTerminal();
afterAll(() => terminal.remove());
const whatCan = (...argv: string[]) => terminal.run(['what-can', ...argv]);

it('lists actions and resources in a table', async () => {
  const { out, code } = await whatCan('app', ...account);
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
