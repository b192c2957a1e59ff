import { afterAll, describe, expect, it } from 'vitest';
import { alice, allow, deny, object, policy, Terminal } from './terminal.js';

const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});
const bucket = (statement: object) => policy({ ...statement, Principal: '*' });

const terminal = new Terminal({
  's3.json': policy(allow('s3:*', { Sid: 'AllOfS3' })),
  'all.json': policy(allow('*')),
  'none.json': policy(allow('ec2:*')),
  'no-deletes.json': policy(deny('s3:Delete*')),
  'bucket.json': bucket(allow('s3:GetObject')),
  'bucket-deny.json': bucket(deny('s3:GetObject')),
  'endpoint.json': bucket(allow('s3:Get*')),
  'rcp.json': bucket(deny('s3:Put*')),
  'bad.json':
    '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Alow", "Action": "s3:*", "Resource": "*" }]\n}\n',
  'twice.json': '{ "Version": "2012-10-17", "Version": "2012-10-17",\n "Statement": [] }',
  'broken.json': '{\n  "Version" "2012-10-17" }',
  'case.json': {
    name: 'alice reads',
    request: {
      principal: { arn: alice, tags: { team: 'red' } },
      action: 's3:GetObject',
      resource: { arn: object, accountId: '111122223333', tags: { team: 'red' } },
      sourceIp: '203.0.113.7',
      context: { 'aws:RequestedRegion': 'eu-west-1' },
    },
    policies: {
      identityPolicies: [policy(allow('s3:Get*'))],
      serviceControlPolicies: [[{ file: 'all.json' }]],
    },
  },
  'case.yaml': `
request:
  principal: { arn: ${alice} }
  action: s3:GetObject
  resource: ${object}
policies:
  identityPolicies:
    - Version: 2012-10-17
      Statement: { Effect: Allow, Action: "s3:Get*", Resource: "*" }
`,
});
afterAll(() => terminal.remove());

/** Runs `can` for alice and the object. */
const can = async (...flags: string[]) =>
  await terminal.run(['can', alice, 's3:GetObject', object, ...flags]);

/** What a condition sees: `flags` must satisfy it, and without them it must not hold. */
async function satisfies(condition: object, ...flags: string[]): Promise<void> {
  terminal.write({ 'condition.json': policy(allow('s3:*', condition)) });
  expect(await can('--identity', 'condition.json', ...flags)).toEqual({
    code: 0,
    out: 'allowed by identityPolicies [E8]: "condition.json" statement 1\n',
    err: '',
  });
  expect((await can('--identity', 'condition.json')).code).toBe(1);
}

describe('the answer', () => {
  it('is one line: decision, kind, rule, statements', async () => {
    expect((await can('--identity', 's3.json')).out).toBe(
      'allowed by identityPolicies [E8]: "s3.json" statement "AllOfS3"\n',
    );
    expect(await can('--identity', 'none.json')).toEqual({
      code: 1,
      out: 'implicitDeny by identityPolicies [E8]\n',
      err: '',
    });
  });

  it('names every kind that denies', async () => {
    const { out, code } = await can(
      ...[
        '--identity',
        's3.json',
        '--resource-policy',
        'bucket-deny.json',
        '--endpoint-policy',
        'bucket-deny.json',
      ],
    );
    expect(code).toBe(1);
    expect(out).toBe(
      'explicitDeny by vpcEndpointPolicy [E2]: "bucket-deny.json" statement 1; ' +
        'resourcePolicy [E2]: "bucket-deny.json" statement 1\n',
    );
  });

  it('names the level of the organization', async () => {
    const flags = ['--identity', 's3.json', '--scp', 'all.json', '--scp', 'none.json,no-deletes.json'];
    expect((await can(...flags)).out).toBe('implicitDeny by serviceControlPolicies level 1 [E40]\n');
    const denied = await terminal.run(['can', alice, 's3:DeleteObject', object, ...flags]);
    expect(denied.out).toBe(
      'explicitDeny by serviceControlPolicies [E2]: "no-deletes.json" level 1 statement 1\n',
    );
  });

  it('numbers policies without a name', async () => {
    expect((await terminal.run(['can', '--input', 'case.json'])).out).toBe(
      'allowed by identityPolicies [E8]: policy 1 statement 1\n',
    );
  });

  it('is explained', async () => {
    const { code, out } = await can('--identity', 's3.json', '--explain');
    expect(code).toBe(0);
    expect(out).toContain('ALLOWED (allowed)\nUser: arn:aws:iam::111122223333:user/alice is authorized');
    expect(out).toMatch(/\n$/);
    expect(out).not.toContain('identity-based policy: allow');
  });

  it('names a role of the other account where no policy would help', async () => {
    const there = 'arn:aws:ec2:eu-west-1:444455556666:instance/i-1';
    const asked = ['can', alice, 'ec2:StartInstances', there, '--identity', 'all.json'];
    expect((await terminal.run([...asked, '--explain'])).out).toContain(
      'no policy: ec2 has no resource policies for it (E94); the caller has to assume a role in account 444455556666\n',
    );
    const { trace } = JSON.parse((await terminal.run([...asked, '--explain', '--json'])).out);
    expect(trace.missingAllows).toEqual([]);
    const open = await terminal.run([...asked, '--explain', '--unknown', 'aws:SourceIp']);
    expect(open.out).toContain('the caller has to assume a role in account 444455556666\n');
  });

  it('is explained with every statement', async () => {
    expect((await can('--identity', 's3.json', '--verbose')).out).toContain('identity-based policy: allow\n');
    expect((await can('--identity', 's3.json', '--verbose', '--explain')).out).toContain(
      'identity-based policy: allow\n',
    );
  });

  it('says what was taken for granted', async () => {
    const asked = ['can', 'arn:aws:sts::111122223333:assumed-role/App/s', 's3:GetObject', object];
    const assumed = 'the role of the session is taken to have no path: arn:aws:iam::111122223333:role/App';
    const { code, err } = await terminal.run([...asked, '--identity', 's3.json']);
    expect({ code, err }).toEqual({ code: 0, err: `Assumed: ${assumed}\n` });
    const { out } = await terminal.run([...asked, '--identity', 's3.json', '--json']);
    expect(JSON.parse(out).assumptions).toEqual([assumed]);
    const open = [...asked, '--identity', 's3.json', '--unknown', 'aws:SourceIp'];
    expect((await terminal.run(open)).err).toBe(`Assumed: ${assumed}\n`);
    expect((await terminal.run([...open, '--explain'])).err).toBe('');
    expect(JSON.parse((await terminal.run([...open, '--json'])).out).assumptions).toEqual([assumed]);
  });

  it('is JSON', async () => {
    const answer = JSON.parse((await can('--identity', 's3.json', '--json')).out);
    expect(Object.keys(answer)).toEqual([
      'decision',
      'allowed',
      'decidedBy',
      'denies',
      'missingContext',
      'assumptions',
      'notes',
    ]);
    expect(answer).toMatchObject({
      decision: 'allowed',
      allowed: true,
      decidedBy: {
        kind: 'identityPolicies',
        rule: 'E8',
        statements: [{ policy: 's3.json', sid: 'AllOfS3' }],
      },
      denies: [],
    });
    const denied = await can('--json', '--explain');
    expect(denied.code).toBe(1);
    expect(JSON.parse(denied.out)).toMatchObject({ allowed: false, trace: { decision: 'implicitDeny' } });
  });

  it('is coloured only where colour is wanted', async () => {
    const argv = ['can', alice, 's3:GetObject', object, '--identity', 's3.json'];
    const green = '\u001b[1m\u001b[32mallowed\u001b[39m\u001b[22m by';
    expect((await terminal.run(argv, { colour: true })).out).toContain(green);
    expect((await terminal.run([...argv.slice(0, 4)], { colour: true })).out).toContain(
      '\u001b[31mimplicitDeny',
    );
    const explained = (await terminal.run([...argv, '--verbose'], { colour: true })).out;
    expect(explained).toContain('\u001b[1mDecided by\u001b[22m');
    expect(explained).toContain('\u001b[2m');
    expect((await can('--identity', 's3.json', '--verbose')).out).not.toContain('\u001b');
  });
});

describe('the principal', () => {
  const trust = (principal: object) => policy({ Effect: 'Allow', Principal: principal, Action: 'sts:*' });
  const role = 'arn:aws:iam::111122223333:role/app';
  const oidc = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
  const saml = 'arn:aws:iam::111122223333:saml-provider/corp';

  it.each([
    ['lambda.amazonaws.com', 'sts:AssumeRole', { Service: 'lambda.amazonaws.com' }],
    ['ec2.amazonaws.com.cn', 'sts:AssumeRole', { Service: 'ec2.amazonaws.com.cn' }],
    ['alexa-appkit.amazon.com', 'sts:AssumeRole', { Service: 'alexa-appkit.amazon.com' }],
    [oidc, 'sts:AssumeRoleWithWebIdentity', { Federated: oidc }],
    [saml, 'sts:AssumeRoleWithSAML', { Federated: saml }],
    ['accounts.google.com', 'sts:AssumeRoleWithWebIdentity', { Federated: 'accounts.google.com' }],
    ['www.amazon.com', 'sts:AssumeRoleWithWebIdentity', { Federated: 'www.amazon.com' }],
    [
      'cognito-identity.amazonaws.com',
      'sts:AssumeRoleWithWebIdentity',
      { Federated: 'cognito-identity.amazonaws.com' },
    ],
    [alice, 'sts:AssumeRole', { AWS: alice }],
  ])('%s', async (principal, action, entry) => {
    terminal.write({ 'trust.json': trust(entry) });
    const { out, code } = await terminal.run([
      'can',
      principal,
      action,
      role,
      '--resource-policy',
      'trust.json',
    ]);
    expect(out).toContain('allowed by resourcePolicy');
    expect(code).toBe(0);
  });

  it('anonymous', async () => {
    const argv = ['can', 'anonymous', 's3:GetObject', object, '--resource-policy', 'bucket.json'];
    expect((await terminal.run(argv)).out).toContain('allowed by resourcePolicy [E13]');
    expect((await terminal.run([...argv, '--json', '--explain'])).out).toContain(
      '"principalKind": "anonymous"',
    );
  });

  it('of no known form is refused', async () => {
    const { code, err } = await terminal.run(['can', 'alice', 's3:GetObject']);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^error: `alice` is no principal; write an ARN .* anonymous; names are those of an estate, as of --account FILE\n$/,
    );
  });

  it('that is no ARN of a caller is refused by the engine', async () => {
    expect((await terminal.run(['can', object, 's3:GetObject'])).err).toMatch(
      /^error: PRINCIPAL \S+ ERR_IAM_VALUE this is no ARN of/,
    );
  });
});

describe('request flags', () => {
  it('--principal-tag', async () => {
    await satisfies(
      when('StringEquals', 'aws:PrincipalTag/team', 'red=1'),
      '--principal-tag',
      'team=red=1',
      '--principal-tag',
      'b=',
    );
  });
  it('--resource-tag', async () => {
    await satisfies(when('StringEquals', 'aws:ResourceTag/team', 'red'), '--resource-tag', 'team=red');
  });
  it('--resource-account', async () => {
    const account = ['--resource-account', '444455556666'];
    expect((await can('--identity', 's3.json', '--resource-account', '111122223333')).code).toBe(0);
    expect((await can('--identity', 's3.json', ...account)).out).toBe(
      'implicitDeny by resourcePolicy [E21]\n',
    );
  });
  it('--source-ip', async () =>
    await satisfies(when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'), '--source-ip', '203.0.113.7'));
  it('--time', async () => {
    await satisfies(
      when('DateLessThan', 'aws:CurrentTime', '2026-12-01T00:00:00Z'),
      '--time',
      '2026-11-23T12:00:00Z',
    );
    await satisfies(when('NumericEquals', 'aws:EpochTime', '1795435200'), '--time', '1795435200');
  });
  it('--mfa', async () => {
    await satisfies(when('Bool', 'aws:MultiFactorAuthPresent', 'true'), '--mfa');
    await satisfies(when('NumericEquals', 'aws:MultiFactorAuthAge', '300'), '--mfa', '300');
    await satisfies(when('NumericEquals', 'aws:MultiFactorAuthAge', '0'), '--mfa=0');
  });
  it('--no-mfa', async () =>
    await satisfies(when('Bool', 'aws:MultiFactorAuthPresent', 'false'), '--no-mfa'));
  it('--context', async () => {
    await satisfies(
      when('StringEquals', 'aws:RequestedRegion', 'eu-west-1'),
      '--context',
      'AWS:requestedregion=eu-west-1',
    );
  });
  it('--context of one key twice is a list', async () => {
    const condition = when('ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b']);
    const presence = { Null: { 'aws:TagKeys': 'false' } };
    await satisfies(
      { Condition: { ...condition.Condition, ...presence } },
      ...['--context', 'aws:TagKeys=a', '--context', 'aws:tagkeys=b'],
    );
    expect(
      (await can('--identity', 'condition.json', '--context', 'aws:TagKeys=a', '--context', 'aws:TagKeys=c'))
        .code,
    ).toBe(1);
  });
  it('--issuer', async () => {
    const session = 'arn:aws:sts::111122223333:assumed-role/app/s';
    const issuer = 'arn:aws:iam::111122223333:role/team/app';
    terminal.write({
      'condition.json': policy(allow('s3:*', when('ArnEquals', 'aws:PrincipalArn', issuer))),
    });
    const argv = ['can', session, 's3:GetObject', object, '--identity', 'condition.json'];
    expect((await terminal.run([...argv, '--issuer', issuer])).code).toBe(0);
    expect((await terminal.run(argv)).code).toBe(1);
  });
  it('a resource may be left out', async () => {
    terminal.write({ 'condition.json': policy(allow('*', when('StringEquals', 'aws:ResourceTag/a', 'b'))) });
    const argv = ['can', alice, 'ec2:DescribeInstances', '--identity', 'condition.json'];
    expect((await terminal.run([...argv, '--resource-tag', 'a=b'])).code).toBe(0);
  });

  it.each([
    [['--context', 'aws:x'], "option '--context <key=value>' argument 'aws:x' is invalid. Write key=value."],
    [['--context', '=x'], 'Write key=value.'],
    [['--principal-tag', 'a=1', '--principal-tag', 'A=2'], 'The tag stands twice; keep one of them.'],
    [['--mfa', '--no-mfa'], 'error: --mfa and --no-mfa exclude each other; keep one of them'],
    [['--no-mfa', '--mfa=3'], 'error: --no-mfa and --mfa exclude each other; keep one of them'],
    [['--mfa=3', '--mfa'], 'error: --mfa stands twice; keep one of them'],
    [['--unknown', 'aws:Principal*'], 'is invalid. Write --unknown KEY with one key, such as aws:SourceIp'],
    [['--unknown', 'a, b'], 'is invalid. Write --unknown KEY with one key'],
    [['--mfa', 'soon'], 'Write the age in whole seconds, as in --mfa=300'],
    [['--source-ip', '1.2.3.4', '--source-ip', '1.2.3.5'], 'The flag stands twice; keep one of them.'],
    [['--boundary', 'a.json', '--boundary', 'b.json'], 'The flag stands twice; keep one of them.'],
    [['--scp', 'a.json,'], 'A file name is empty; write the files of one level as a.json,b.json.'],
    [['--identity'], "option '--identity <file>' argument missing"],
    [['--identify', 'x.json'], "unknown option '--identify'\n(Did you mean --identity?)"],
    [['surplus'], 'too many arguments'],
  ])('%j is wrong usage', async (flags, message) => {
    const { code, out, err } = await can(...flags);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).toContain('(--help shows what may be written)');
  });

  it.each([
    [['--source-ip', 'x'], 'error: --source-ip x ERR_IAM_VALUE this is no IPv4 or IPv6 address'],
    [['--time', 'noon'], 'error: --time noon ERR_IAM_VALUE this is not an ISO 8601 time'],
    [['--resource-account', '1'], 'error: --resource-account 1 ERR_IAM_VALUE this is not an account id'],
    [['--issuer', 'x'], `error: PRINCIPAL ${alice} ERR_IAM_VALUE`],
    [['--time', ''], 'error: --time "" ERR_IAM_VALUE'],
    [['--time', 'x'.repeat(80)], `error: --time ${'x'.repeat(60)}… ERR_IAM_VALUE`],
  ])('%j is refused by the engine', async (flags, message) => {
    const { code, out, err } = await can(...flags);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });

  it('an issuer beside what is no ARN is refused', async () => {
    const { err } = await terminal.run(['can', 'anonymous', 's3:GetObject', '--issuer', alice]);
    expect(err).toBe(
      `error: --issuer ${alice} ERR_IAM_VALUE the issuer is an ARN that stands beside \`arn\` (write the ARN of the role or user)\n`,
    );
  });

  it('arguments are refused by their name', async () => {
    expect((await terminal.run(['can', alice, 's3:*', 'reports'])).err).toMatch(
      /^error: ACTION s3:\* ERR_IAM_VALUE the action is not `prefix:Name`.*\nerror: RESOURCE reports ERR_IAM_VALUE this is not `\*` or a whole ARN/,
    );
  });

  it('principal and action are required', async () => {
    expect(await terminal.run(['can'])).toEqual({
      code: 2,
      out: '',
      err: 'error: PRINCIPAL and ACTION are missing; write: iam-verdict can PRINCIPAL ACTION [RESOURCE], --from FILE or --input FILE\n',
    });
    expect((await terminal.run(['can', alice])).err).toContain('error: ACTION is missing');
  });
});

describe('policy flags', () => {
  const put = ['can', alice, 's3:PutObject', object];

  it('--identity, repeated', async () => {
    expect((await can('--identity', 'none.json', '--identity', 's3.json')).code).toBe(0);
  });
  it('--boundary', async () => {
    expect((await can('--identity', 's3.json', '--boundary', 's3.json')).code).toBe(0);
    expect((await can('--identity', 's3.json', '--boundary', 'none.json')).out).toContain(
      'by permissionsBoundary',
    );
  });
  it('--session, repeated', async () => {
    const session = [
      'can',
      'arn:aws:sts::111122223333:assumed-role/app/s',
      's3:GetObject',
      object,
      '--identity',
      's3.json',
    ];
    expect((await terminal.run([...session, '--session', 'none.json'])).out).toContain(
      'implicitDeny by sessionPolicies',
    );
    expect((await terminal.run([...session, '--session', 'none.json', '--session', 's3.json'])).code).toBe(0);
  });
  it('--resource-policy', async () =>
    expect((await can('--resource-policy', 'bucket.json')).out).toContain('allowed by resourcePolicy'));
  it('--scp', async () => {
    expect((await can('--identity', 's3.json', '--scp', 'none.json,all.json', '--scp', 's3.json')).code).toBe(
      0,
    );
    expect((await can('--identity', 's3.json', '--scp', 'none.json', '--scp', 's3.json')).code).toBe(1);
  });
  it('--rcp', async () => {
    const owner = ['--identity', 's3.json', '--resource-account', '111122223333', '--rcp', 'rcp.json'];
    expect((await terminal.run([...put, ...owner])).out).toContain('explicitDeny by resourceControlPolicies');
    expect((await can(...owner)).code).toBe(0);
  });
  it('--endpoint-policy', async () => {
    expect((await can('--identity', 's3.json', '--endpoint-policy', 'endpoint.json')).code).toBe(0);
    expect(
      (await terminal.run([...put, '--identity', 's3.json', '--endpoint-policy', 'endpoint.json'])).out,
    ).toContain('implicitDeny by vpcEndpointPolicy');
  });

  it('- is standard input, once', async () => {
    const stdin = JSON.stringify(policy(allow('s3:*')));
    const argv = ['can', alice, 's3:GetObject', object, '--identity', '-'];
    expect((await terminal.run(argv, { stdin })).out).toBe(
      'allowed by identityPolicies [E8]: "<stdin>" statement 1\n',
    );
    expect(await terminal.run([...argv, '--boundary', '-'], { stdin })).toEqual({
      code: 2,
      out: '',
      err: 'error: --boundary: `-` stands twice, but standard input can be read only once; write a file name for the others\n',
    });
    expect((await terminal.run(argv, { stdin: '{' })).err).toMatch(
      /^error: --identity: <stdin>:1:2 ERR_IAM_JSON/,
    );
    const readStdin = () => {
      throw new Error('it is closed');
    };
    expect((await terminal.run(argv, { readStdin })).err).toBe(
      'error: --identity: cannot read standard input: it is closed\n',
    );
  });

  it('malformed policies print their issues by file, line and column', async () => {
    const { code, out, err } = await can(
      '--identity',
      's3.json',
      '--identity',
      'bad.json',
      '--boundary',
      'twice.json',
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^error: --identity: bad\.json:3:19 ERR_IAM_VALUE .* \(.*\)$/),
      expect.stringMatching(
        /^error: --boundary: twice\.json:1:28 ERR_IAM_DUPLICATE_MEMBER the member `Version` stands twice \(keep one of them\)$/,
      ),
      expect.stringMatching(/^error: --boundary: twice\.json:2:2 ERR_IAM_MISSING_MEMBER/),
      '',
    ]);
    expect((await can('--scp', 'all.json', '--scp', 'all.json,broken.json')).err).toMatch(
      /^error: --scp: broken\.json:2:13 ERR_IAM_JSON/,
    );
  });

  it('a trust policy is checked as one when the resource is a role', async () => {
    const { code, err } = await terminal.run([
      ...['can', alice, 'sts:AssumeRole', 'arn:aws:iam::111122223333:role/app'],
      ...['--resource-policy', 'bucket.json'],
    ]);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: --resource-policy: bucket\.json:\d+:\d+ ERR_IAM_FORBIDDEN_ELEMENT/);
  });

  it('files that cannot be read', async () => {
    terminal.write({ 'latin.json': Uint8Array.from([0x22, 0xe9, 0x22]) });
    expect(await can('--identity', 'absent.json')).toEqual({
      code: 2,
      out: '',
      err: 'error: --identity: cannot read absent.json: there is no such file; check the name and the directory it is relative to\n',
    });
    expect((await can('--identity', '')).err).toBe(
      'error: --identity: a file name is empty; write the name of a file, or - for standard input\n',
    );
    expect((await can('--identity', '.')).err).toBe(
      'error: --identity: cannot read .: it is a directory; write the name of a file in it\n',
    );
    expect((await can('--identity', 's3.json/x')).err).toMatch(
      /^error: --identity: cannot read s3\.json\/x: ENOTDIR/,
    );
    expect((await can('--identity', 'latin.json')).err).toBe(
      'error: --identity: cannot read latin.json: it is not UTF-8 text; save it as UTF-8\n',
    );
  });
});

describe('--input', () => {
  const input = async (...flags: string[]) => await terminal.run(['can', '--input', 'case.json', ...flags]);

  it('gives request and policies', async () => {
    expect((await input()).code).toBe(0);
    expect((await terminal.run(['can', '--input', 'case.yaml'])).code).toBe(0);
  });

  it('from standard input, JSON or YAML', async () => {
    for (const stdin of [
      JSON.stringify({ request: { principal: { arn: alice }, action: 's3:GetObject' }, policies: {} }),
      `request: { principal: { arn: ${alice} }, action: "s3:GetObject" }\npolicies: {}\n`,
    ]) {
      expect((await terminal.run(['can', '--input', '-'], { stdin })).out).toBe(
        'implicitDeny by identityPolicies [E8]\n',
      );
    }
  });

  it('arguments and flags win over its request', async () => {
    const trace = async (...flags: string[]) =>
      JSON.parse((await input('--json', '--explain', ...flags)).out).trace.request;
    expect(await trace()).toMatchObject({ principal: alice, action: 's3:GetObject', resource: object });
    const bob = alice.replace('alice', 'bob');
    expect(await trace(bob, 's3:PutObject', 'arn:aws:s3:::b/k')).toMatchObject({
      principal: bob,
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::b/k',
    });
    expect(await trace('--resource-account', '444455556666')).toMatchObject({
      resource: object,
      sameAccount: false,
    });
  });

  /** Whether the request of the file, under `flags`, satisfies a condition. */
  const meets = async (operator: string, key: string, value: unknown, ...flags: string[]) => {
    terminal.write({ 'deny.json': policy(deny('*', when(operator, key, value))) });
    return (await input('--identity', 'deny.json', ...flags)).out.startsWith('explicitDeny');
  };

  it('tags, context and address of the flags win over the file', async () => {
    expect(await meets('StringEquals', 'aws:PrincipalTag/team', 'red')).toBe(true);
    expect(await meets('StringEquals', 'aws:PrincipalTag/team', 'blue', '--principal-tag', 'TEAM=blue')).toBe(
      true,
    );
    expect(await meets('StringEquals', 'aws:PrincipalTag/team', 'red', '--principal-tag', 'unit=a')).toBe(
      true,
    );
    expect(await meets('StringEquals', 'aws:ResourceTag/team', 'red', '--resource-tag', 'unit=a')).toBe(true);
    expect(await meets('StringEquals', 'aws:ResourceTag/team', 'red', '--resource-tag', 'team=blue')).toBe(
      false,
    );
    expect(
      await meets(
        'StringEquals',
        'aws:RequestedRegion',
        'us-east-1',
        '--context',
        'aws:requestedregion=us-east-1',
      ),
    ).toBe(true);
    expect(
      await meets('StringEquals', 'aws:RequestedRegion', 'eu-west-1', '--context', 'aws:ViaAWSService=true'),
    ).toBe(true);
    expect(await meets('IpAddress', 'aws:SourceIp', '198.51.100.1', '--source-ip', '198.51.100.1')).toBe(
      true,
    );
  });

  it('a caller or resource of the arguments does not inherit tags', async () => {
    expect(await meets('StringEquals', 'aws:PrincipalTag/team', 'red', alice)).toBe(false);
    expect(await meets('StringEquals', 'aws:ResourceTag/team', 'red', alice, 's3:GetObject', object)).toBe(
      false,
    );
  });

  it('lists of policies grow; single ones and levels are replaced', async () => {
    terminal.write({
      'limits.json': {
        request: { principal: { arn: alice }, action: 's3:GetObject', resource: object },
        policies: {
          identityPolicies: [policy(allow('s3:*'))],
          permissionsBoundary: { name: 'b', file: 'none.json' },
          serviceControlPolicies: [[{ file: 'none.json' }, { file: 'none.json' }]],
        },
      },
    });
    const limits = async (...flags: string[]) =>
      await terminal.run(['can', '--input', 'limits.json', ...flags]);
    expect((await limits()).out).toContain('by serviceControlPolicies level 0');
    expect((await limits('--scp', 'all.json')).out).toContain('by permissionsBoundary');
    expect((await limits('--scp', 'all.json', '--boundary', 'all.json')).code).toBe(0);
    expect((await limits('--identity', 'bad.json')).err).toMatch(/^error: --identity: bad\.json:3:19 /);
  });

  it('issues are placed in the file, in the file it refers to, or at the flag', async () => {
    terminal.write({
      'parts/refers.json': { request: {}, policies: { identityPolicies: [{ file: '../bad.json' }] } },
      'inline.json':
        '{ "request": { "principal": { "arn": "x" }, "action": "s3:GetObject" },\n  "policies": {} }',
      'text.json': '{ "request": {},\n  "policies": { "identityPolicies": [\n    "{" ] } }',
      'request.yaml': `request:\n  principal: { arn: ${alice} }\n  action: s3:GetObject\n  sourceIp: 1.2.3\npolicies: {}\n`,
    });
    const at = async (file: string, ...flags: string[]) =>
      (await terminal.run(['can', '--input', file, ...flags])).err;
    expect(await at('parts/refers.json')).toMatch(/^error: bad\.json:3:19 /);
    expect(await at('inline.json')).toMatch(/^error: inline\.json:1:31 ERR_IAM_VALUE/);
    expect(await at('text.json')).toMatch(/^error: text\.json:3:5 ERR_IAM_JSON/);
    expect(await at('request.yaml')).toMatch(/^error: request\.yaml:4:3 ERR_IAM_VALUE this is no IPv4/);
    expect(await at('request.yaml', '--source-ip', 'y')).toMatch(/^error: --source-ip y ERR_IAM_VALUE/);
  });

  it.each([
    [[], 'in.json holds no case; write at least one'],
    [
      [{}, {}],
      'in.json holds 2 cases, and --input takes one; write one case, or run all with: iam-verdict test in.json',
    ],
    ['"text"', 'in.json:1:1 this is not a case; write an object'],
    [
      { policies: {} },
      'in.json:1:1 there is no request; write "request": { … }, or give PRINCIPAL and ACTION; an event of CloudTrail is for --from',
    ],
    [{ request: {} }, 'in.json:1:1 there are no policies; write "policies": { … }, or {} for none'],
    ['{ "request": {},\n "request": {} }', 'in.json:2:2 the member `request` stands twice; keep one of them'],
    ['{', 'in.json:1:2 this is not JSON; write it as JSON, or as YAML in a file that ends in .yaml'],
    ['['.repeat(200), 'in.json:1:1 the text is nested too deeply'],
  ])('%j is refused', async (content, message) => {
    terminal.write({ 'in.json': content });
    const { code, err } = await terminal.run(['can', '--input', 'in.json']);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('without a request takes the one of the arguments', async () => {
    terminal.write({ 'in.json': { policies: {} } });
    expect((await terminal.run(['can', alice, 'iam:ListUsers', '--input', 'in.json'])).code).toBe(1);
  });

  it.each([
    { request: 'x', policies: {} },
    { request: { principal: alice, action: 's3:GetObject' }, policies: {} },
    { request: { principal: { arn: alice, tags: 'x' }, action: 's3:GetObject', resource: 3 }, policies: {} },
    { request: { principal: { arn: alice }, action: 's3:GetObject', context: 'x' }, policies: {} },
    { request: { principal: null, action: 's3:GetObject', resource: null }, policies: {} },
    { request: { principal: { arn: alice }, action: 's3:GetObject' }, policies: 'x' },
    { request: { principal: { arn: alice }, action: 's3:GetObject' }, policies: { identityPolicies: {} } },
  ])('%j: what is malformed stays for the engine to refuse', async (content) => {
    terminal.write({ 'in.json': content });
    const flags = [
      '--principal-tag',
      'a=b',
      '--resource-tag',
      'a=b',
      '--context',
      'a:b=c',
      '--identity',
      'all.json',
    ];
    const { code, out, err } = await terminal.run(['can', '--input', 'in.json', ...flags]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: (in\.json:\d+:\d+|--\w+(-tag)?) ERR_IAM_/);
  });
});
