import { afterAll, describe, expect, it } from 'vitest';
import { account, estateTerminal, role, user } from './fixtures.js';
import { alice, allow, deny, object, policy } from './terminal.js';

const tls = deny('s3:*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
const fromOffice = allow('s3:Get*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } });
const asked = { principal: { arn: alice }, action: 's3:GetObject', resource: object };

const terminal = estateTerminal({
  'office.json': policy(fromOffice, tls),
  'tls.json': policy(tls),
  's3.json': policy(allow('s3:*')),
  'rcp.json': policy(deny('s3:*', { Principal: '*' })),
  'trust.json': policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
  'empty.json': { request: asked, policies: { identityPolicies: [], serviceControlPolicies: [[]] } },
  'none.json': { request: asked, policies: {} },
});
afterAll(() => terminal.remove());
const report = 'reports/2026.csv';

describe('an action that the catalog does not know', () => {
  const note = 'note: s3:GetObjekt is no action of the catalog; did you mean s3:GetObject?\n';

  it('is asked all the same, with a note', async () => {
    const can = ['can', alice, 's3:GetObjekt', object, '--identity', 's3.json'];
    const { code, out, err } = await terminal.run(can);
    expect({ code, err }).toEqual({ code: 0, err: note });
    expect(out).toContain('allowed by');
    expect(JSON.parse((await terminal.run([...can, '--json'])).out).notes).toEqual([note.slice(6, -1)]);
    expect((await terminal.run([...can, '--json'])).err).toBe('');
    const open = await terminal.run([...can, '--unknown', 'aws:SourceIp']);
    expect(open).toMatchObject({ code: 0, err: note });
    const data = JSON.parse((await terminal.run([...can, '--unknown-rest', '--json'])).out);
    expect(data).toMatchObject({ decision: 'allowed', notes: [note.slice(6, -1)] });
  });

  it.each([
    ['s3:PutObjekt', '; did you mean s3:PutObject?'],
    ['S3:putobjekt', '; did you mean s3:PutObject?'],
    ['s3x:GetObject', ', which has no service s3x; did you mean s3:GetObject?'],
    ['s3:Xyzzy', '; check how it is spelt'],
    ['nowhere:Xyzzy', ', which has no service nowhere; check how it is spelt'],
  ])('%s%s', async (action, hint) => {
    const { err } = await terminal.run(['can', alice, action, object, '--identity', 's3.json']);
    expect(err).toBe(`note: ${action} is no action of the catalog${hint}\n`);
  });

  it.each([
    ['S3:getobject', object],
    ['iam:PassRole', role('app')],
    ['sts:TagSession', role('app')],
  ])('%s is known', async (action, resource) => {
    expect((await terminal.run(['can', alice, action, resource, '--identity', 's3.json'])).err).toBe('');
  });

  it('of an estate', async () => {
    for (const question of [['can', 'alice'], ['who-can']]) {
      const { code, err } = await terminal.run([...question, 's3:GetObjekt', report, ...account]);
      expect(code).toBe(question.length === 2 ? 1 : 0);
      expect(err).toContain(note);
      const json = await terminal.run([...question, 's3:GetObjekt', report, ...account, '--json']);
      expect(json.err).toBe('');
      expect(JSON.parse(json.out).notes).toEqual([note.slice(6, -1)]);
    }
  });

  it('of case files is told once, with the first case', async () => {
    const one = { request: { ...asked, action: 's3:GetObjekt' }, policies: {} };
    const expected = { expect: { decision: 'implicitDeny' } };
    terminal.write({
      'cases.json': [
        { name: 'a', ...one, ...expected },
        { name: 'b', ...one, ...expected },
      ],
    });
    const { code, out, err } = await terminal.run(['test', 'cases.json']);
    expect({ code, out }).toEqual({ code: 0, out: '2 passed, 0 failed\n' });
    expect(err).toBe(note.replace('note: ', 'note: cases.json:2:3 '));
    const json = await terminal.run(['test', 'cases.json', '--json']);
    expect(JSON.parse(json.out).notes).toHaveLength(1);
    expect(json.err).toBe('');
  });

  it('is nothing to say of what the engine refuses', async () => {
    for (const action of ['s3', 's3:*', 's3:Get?bject', ':x'])
      expect((await terminal.run(['can', alice, action, object])).err).not.toContain('note: ');
  });
});

describe('blanks around an action', () => {
  it.each([
    ['can', alice, 's3:GetObject ', object, '--identity', 's3.json'],
    ['can', 'alice', 's3:GetObject ', report, ...account],
    ['who-can', 's3:GetObject ', report, ...account],
  ])('are refused: %s', async (...argv) => {
    expect(await terminal.run(argv)).toEqual({
      code: 2,
      out: '',
      err: 'error: the action "s3:GetObject " has blanks around it; write s3:GetObject\n',
    });
  });

  it('are refused in case files, with their place', async () => {
    const blank = { request: { ...asked, action: '\ts3:GetObject' }, policies: {} };
    terminal.write({ 'blank.json': { name: 'a', ...blank, expect: { decision: 'error' } } });
    const { code, err } = await terminal.run(['test', 'blank.json']);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: blank\.json:\d+:\d+ the action "\\u0009s3:GetObject" has blanks around it/);
    expect((await terminal.run(['can', '--input', 'blank.json'])).code).toBe(2);
  });
});

describe('what is missing in the request', () => {
  const can = (...argv: string[]) => terminal.run(['can', alice, 's3:GetObject', object, ...argv]);

  it('is named where it could turn a denial into an Allow', async () => {
    const { code, out } = await can('--identity', 'office.json');
    expect(code).toBe(1);
    expect(out).toBe(
      'implicitDeny by identityPolicies [E8]\nMissing in the request: aws:SecureTransport, aws:SourceIp\n',
    );
    const explained = await can('--identity', 'office.json', '--explain');
    expect(explained.out).toContain('Condition aws:SourceIp: needs');
    expect(explained.out).not.toContain('Missing in');
    const json = JSON.parse((await can('--identity', 'office.json', '--json')).out);
    expect(json.missingContext).toEqual(['aws:SecureTransport', 'aws:SourceIp']);
  });

  it('is not where it is given, or could only deny once more', async () => {
    expect((await can('--identity', 'office.json', '--source-ip', '192.0.2.7')).out).toMatch(
      /^allowed by .*\n$/,
    );
    const away = await can('--identity', 'office.json', '--source-ip', '198.51.100.7');
    expect(away.out).toBe('implicitDeny by identityPolicies [E8]\n');
    expect((await can('--identity', 'tls.json')).out).toBe('implicitDeny by identityPolicies [E8]\n');
    const json = JSON.parse((await can('--identity', 'tls.json', '--json')).out);
    expect(json.missingContext).toEqual(['aws:SecureTransport']);
  });

  it('of an estate', async () => {
    const bob = ['can', 'bob', 's3:GetObject', report, ...account];
    const { out } = await terminal.run(bob);
    expect(out).toMatch(/^implicitDeny by .*\nMissing in the request: aws:SourceIp\n$/);
    expect((await terminal.run([...bob, '--explain'])).out).toContain('Condition aws:SourceIp: needs');
    expect((await terminal.run([...bob, '--unknown', 'aws:RequestedRegion'])).out).toContain('Missing in');
    expect((await terminal.run([...bob, '--source-ip', '198.51.100.7'])).out).not.toContain('Missing in');
    const never = ['can', 'bob', 's3:DeleteObject', report, ...account, '--unknown-rest'];
    expect((await terminal.run(never)).out).not.toContain('Missing in');
  });
});

describe('no policies', () => {
  const note =
    'note: no policies were given, so that everything is denied; write for example --identity FILE, or --account FILE\n';
  const can = ['can', alice, 's3:GetObject', object];

  it('are said to be none', async () => {
    expect(await terminal.run(can)).toEqual({
      code: 1,
      out: 'implicitDeny by identityPolicies [E8]\n',
      err: note,
    });
    expect(JSON.parse((await terminal.run([...can, '--json'])).out).notes).toEqual([note.slice(6, -1)]);
    expect((await terminal.run([...can, '--unknown', 'aws:SourceIp'])).err).toBe(note);
  });

  it('are not where some are given, a case says so, or none are needed', async () => {
    expect((await terminal.run([...can, '--boundary', 's3.json'])).err).toBe('');
    expect((await terminal.run(['can', '--input', 'none.json'])).err).toBe('');
    const { code, err } = await terminal.run(['can', alice, 'sts:GetCallerIdentity']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});

describe('who-can', () => {
  const whoCan = (...argv: string[]) => terminal.run(['who-can', ...argv]);

  it('says what it takes for granted', async () => {
    const typo = ['s3:GetObject', 'arn:aws:s3:::typo/x', '--account', 'account.json'];
    const lines = [
      'arn:aws:s3:::typo/x is not in the estate: it is taken to have no policy of its own',
      "arn:aws:s3:::typo/x is taken to belong to the caller's account",
    ];
    const { err } = await whoCan(...typo);
    expect(err.split('\n').filter((line) => line.startsWith('Assumed: '))).toEqual(
      lines.map((line) => `Assumed: ${line}`),
    );
    const json = await whoCan(...typo, '--json');
    expect(JSON.parse(json.out).assumptions).toEqual(lines);
    const explained = await terminal.run(['can', 'alice', ...typo, '--explain']);
    for (const line of lines) expect(explained.out).toContain(`Assumed: ${line}`);
    const sure = await whoCan('s3:GetObject', report, ...account, '--json');
    expect(JSON.parse(sure.out).assumptions).toEqual([]);
  });

  it('also where nobody is there to ask', async () => {
    terminal.write({ 'nobody.json': { UserDetailList: [], RoleDetailList: [] } });
    const nobody = ['s3:GetObject', 'arn:aws:s3:::typo/x', '--account', 'nobody.json', '--json'];
    const { out, code } = await whoCan(...nobody);
    expect(code).toBe(1);
    expect(JSON.parse(out).assumptions).toContain(
      'arn:aws:s3:::typo/x is not in the estate: it is taken to have no policy of its own',
    );
  });

  const shared = (Principal: unknown, more: object = {}) => ({
    Effect: 'Allow',
    Principal,
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::shared/*',
    ...more,
  });
  const bucket = (...statements: object[]) => {
    terminal.write({
      'shared.json': {
        'arn:aws:s3:::shared': { Account: '111122223333', Policy: policy(...statements) },
      },
    });
    return ['shared/x', '--account', 'account.json', '--resource-policies', 'shared.json'];
  };

  it('names whom the policy of the resource lets in from outside', async () => {
    const files = bucket(
      shared(
        { AWS: 'arn:aws:iam::444455556666:root' },
        { Condition: { StringEquals: { 'aws:RequestedRegion': 'x' } } },
      ),
      shared({ Service: 'logging.s3.amazonaws.com' }),
      shared({ AWS: user('bob') }),
      { ...shared({ AWS: 'arn:aws:iam::777788889999:root' }), Action: 's3:PutObject' },
    );
    const { err, out } = await whoCan('s3:GetObject', ...files);
    expect(err).toContain(
      'note: the policy of arn:aws:s3:::shared/x may also let in 444455556666, logging.s3.amazonaws.com, who are outside of ' +
        'the estate and were not asked; ask: iam-verdict can 444455556666 s3:GetObject arn:aws:s3:::shared/x …\n',
    );
    expect(out).toContain(' of 5 principals');
    const json = await whoCan('s3:GetObject', ...files, '--json');
    expect(json.err).toBe('');
    expect(JSON.parse(json.out).outside).toEqual([
      {
        name: '444455556666',
        decision: 'depends',
        dependsOn: expect.arrayContaining(['aws:RequestedRegion']),
      },
      { name: 'logging.s3.amazonaws.com', decision: 'allowed', dependsOn: [] },
    ]);
  });

  it('names everybody, and counts beyond a few', async () => {
    const open = await whoCan('s3:GetObject', ...bucket(shared('*')));
    expect(open.err).toContain('may also let in anonymous, another account, who are');
    expect(open.err).toContain('ask: iam-verdict can anonymous s3:GetObject');
    const services = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((one) => `${one}.amazonaws.com`);
    const many = await whoCan('s3:GetObject', ...bucket(shared({ Service: services })));
    expect(many.err).toContain('also lets in a.amazonaws.com, b.amazonaws.com');
    expect(many.err).toContain(' and 2 more, who are');
  });

  it('counts them for the exit code', async () => {
    terminal.write({ 'nobody.json': { UserDetailList: [], RoleDetailList: [] } });
    const ask = async (...statements: object[]) => {
      const [resource = '', , , ...more] = bucket(...statements);
      return whoCan('s3:GetObject', resource, '--account', 'nobody.json', ...more);
    };
    const on = '0 of 0 principals can s3:GetObject on arn:aws:s3:::shared/x';
    const service = await ask(shared({ Service: 'logging.s3.amazonaws.com' }));
    expect(service).toMatchObject({ code: 0, out: `${on}; others outside of the estate can\n` });
    const foreign = await ask(shared({ AWS: 'arn:aws:iam::444455556666:root' }));
    expect(foreign).toMatchObject({ code: 3, out: `${on}; others outside of the estate may\n` });
    expect(await ask({ ...shared('*'), Effect: 'Deny' })).toMatchObject({ code: 1, out: `${on}\n` });
  });

  it('names nobody where the policy lets nobody else in', async () => {
    for (const argv of [
      ['s3:GetObject', report, ...account],
      ['s3:PutObject', ...bucket(shared({ AWS: 'arn:aws:iam::444455556666:root' }))],
      ['iam:ListUsers', '--account', 'account.json'],
    ])
      expect(JSON.parse((await whoCan(...argv, '--json')).out).outside).toEqual([]);
    const trusted = await whoCan('sts:AssumeRole', role('app'), '--account', 'account.json', '--json');
    expect(JSON.parse(trusted.out).outside).toMatchObject([{ name: 'lambda.amazonaws.com' }]);
  });

  it('with facts for them', async () => {
    const condition = { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } };
    const files = bucket(shared({ Service: 'logging.s3.amazonaws.com' }, condition));
    const outside = async (...argv: string[]) =>
      JSON.parse((await whoCan('s3:GetObject', ...files, '--json', ...argv)).out).outside;
    expect(await outside()).toMatchObject([{ decision: 'depends', dependsOn: ['aws:SourceAccount'] }]);
    expect(await outside('--unknown-rest')).toMatchObject([{ decision: 'depends' }]);
    expect(await outside('--context', 'AWS:sourceaccount=111122223333')).toMatchObject([
      { decision: 'allowed' },
    ]);
    expect(await outside('--context', 'aws:SourceAccount=444455556666')).toEqual([]);
  });
});

describe('a resource that no request for the action names', () => {
  const bucket = 'arn:aws:s3:::reports';
  const objects = 'write for example arn:aws:s3:::BucketName/ObjectName';
  const notesOf = async (...argv: string[]): Promise<unknown> =>
    JSON.parse((await terminal.run([...argv, '--json'])).out).notes;

  it.each([
    ['s3:GetObject', bucket, `no request for s3:GetObject is on ${bucket}: it takes `],
    ['s3:GetObject', '*', 's3:GetObject takes a resource ('],
    [
      's3:ListAllMyBuckets',
      bucket,
      `s3:ListAllMyBuckets takes no resource: AWS asks for it on *, not on ${bucket}`,
    ],
  ])('%s on %s is noted', async (action, resource, note) => {
    const loose = ['can', alice, action, resource, '--identity', 's3.json'];
    expect(await notesOf(...loose)).toEqual([expect.stringContaining(note)]);
    const open = await notesOf(...loose, '--unknown', 'aws:SourceIp');
    expect(open).toEqual([expect.stringContaining(note)]);
    for (const question of [['can', 'alice'], ['who-can']])
      expect(await notesOf(...question, action, resource, ...account)).toEqual([
        expect.stringContaining(note),
      ]);
  });

  it('is noted with an example, by name and where it is left out', async () => {
    expect(await notesOf('can', 'alice', 's3:GetObject', 'reports', ...account)).toEqual([
      expect.stringContaining(objects),
    ]);
    expect(await notesOf('who-can', 's3:GetObject', ...account)).toEqual([expect.stringContaining(objects)]);
  });

  it.each([
    ['s3:GetObject', object],
    ['s3:ListBucket', bucket],
    ['s3:ListAllMyBuckets', '*'],
    ['kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:alias/x'],
    ['lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:f:live'],
    ['sqs:SendMessage', 'arn:aws-cn:sqs:cn-north-1:111122223333:q'],
    ['ec2:DescribeInstances', '*'],
  ])('%s on %s is not noted', async (action, resource) => {
    expect(await notesOf('can', alice, action, resource, '--identity', 's3.json')).toEqual([]);
  });
});

describe('a value that is none of what AWS has in its key', () => {
  const wrong = [
    'aws:SourceIp=home',
    'aws:SecureTransport=yes',
    'aws:MultiFactorAuthAge=10s',
    'aws:CurrentTime=noon',
  ];
  const notes = [
    'aws:SourceIp holds an address, such as 203.0.113.7, and "home" is none',
    'aws:SecureTransport holds true or false, and "yes" is none',
    'aws:MultiFactorAuthAge holds a number, such as 300, and "10s" is none',
    'aws:CurrentTime holds a time, such as 2026-11-23T12:00:00Z, and "noon" is none',
  ];
  const flags = (values: readonly string[]) => values.flatMap((one) => ['--context', one]);
  const loose = ['can', alice, 's3:GetObject', object, '--identity', 's3.json'];

  it('is noted', async () => {
    const { code, err } = await terminal.run([...loose, ...flags(wrong)]);
    expect({ code, err }).toEqual({ code: 0, err: notes.map((one) => `note: ${one}\n`).join('') });
    const asked = await terminal.run([
      'who-can',
      's3:GetObject',
      report,
      ...account,
      ...flags(wrong),
      '--json',
    ]);
    expect(JSON.parse(asked.out).notes).toEqual(notes);
  });

  it('is noted of case files, once', async () => {
    const context = { 'aws:SourceIp': ['203.0.113.7', 'home'], 'aws:SecureTransport': true };
    const one = { request: { ...asked, context }, policies: {}, expect: { decision: 'implicitDeny' } };
    terminal.write({
      'values.json': [
        { name: 'a', ...one },
        { name: 'b', ...one },
      ],
    });
    expect((await terminal.run(['test', 'values.json'])).err).toBe(`note: values.json:2:3 ${notes[0]}\n`);
  });

  it('is none of these', async () => {
    const right = [
      'aws:SourceIp=2001:db8::1',
      'aws:SecureTransport=TRUE',
      'aws:MultiFactorAuthAge=10',
      'aws:EpochTime=12',
      'x:y=z',
    ];
    const { err } = await terminal.run([...loose, ...flags([...right, 'aws:CurrentTime=2026-11-23'])]);
    expect(err).not.toContain(' holds ');
  });
});

describe('session policies of a caller that has none', () => {
  const words = 'the session policies were not looked at';
  const why = 'AWS takes them for role sessions (AssumeRole) and federated users (GetFederationToken) alone';
  const session = ['--session', 'tls.json'];
  const notesOf = async (...argv: string[]): Promise<unknown> =>
    JSON.parse((await terminal.run([...argv, '--json'])).out).notes;

  it('are noted', async () => {
    const loose = ['can', alice, 's3:GetObject', object, '--identity', 's3.json', ...session];
    const { code, err } = await terminal.run(loose);
    expect({ code, err }).toEqual({ code: 0, err: `note: ${words}: ${why}, and ${alice} is neither\n` });
    expect(await notesOf(...loose)).toEqual([`${words}: ${why}, and ${alice} is neither`]);
    expect(await notesOf(...loose, '--unknown', 'aws:SourceIp')).toEqual([
      `${words}: ${why}, and ${alice} is neither`,
    ]);
    for (const caller of ['lambda.amazonaws.com', 'anonymous'])
      expect(await notesOf('can', caller, ...loose.slice(2))).toEqual([
        `${words}: ${why}, and ${caller} is neither`,
        expect.stringContaining('the identity policies were not looked at'),
      ]);
    for (const question of [
      ['can', 'alice', 's3:GetObject', report],
      ['what-can', 'alice'],
    ])
      expect(await notesOf(...question, ...account, ...session)).toEqual([
        `${words}: ${why}, and ${user('alice')} is neither`,
      ]);
  });

  it('are noted of case files, as all that can says is, once', async () => {
    const session = 'arn:aws:sts::111122223333:assumed-role/ci/s1';
    const sessionPolicies = [policy(allow('*'))];
    const expected = { expect: { decision: 'implicitDeny' } };
    terminal.write({
      'cases.json': [
        { name: 'a', request: asked, policies: { sessionPolicies }, ...expected },
        { name: 'b', request: asked, policies: { sessionPolicies }, ...expected },
        {
          name: 'c',
          request: { ...asked, unknown: ['aws:SourceIp'] },
          policies: { sessionPolicies },
          ...expected,
        },
        { name: 'd', request: { ...asked, resource: 'arn:aws:s3:::reports' }, policies: {}, ...expected },
        {
          name: 'e',
          request: { principal: { arn: session }, action: 'iam:ListUsers' },
          policies: { resourceControlPolicies: [[policy(allow('*', { Principal: '*' }))]] },
          ...expected,
        },
      ],
    });
    const { code, err } = await terminal.run(['test', 'cases.json']);
    expect(code).toBe(0);
    expect(err.split('\n')).toEqual([
      expect.stringMatching(
        /^note: cases\.json:\d+:3 no request for s3:GetObject is on arn:aws:s3:::reports: /,
      ),
      `note: cases.json:2:3 ${words}: ${why}, and ${alice} is neither`,
      expect.stringMatching(/^note: cases\.json:\d+:3 the resource control policies were not looked at: /),
      expect.stringMatching(
        /^Assumed: cases\.json:\d+:3 the role of the session is taken to have no path: .*role\/ci$/,
      ),
      '',
    ]);
    const data = JSON.parse((await terminal.run(['test', 'cases.json', '--json'])).out);
    expect(data.notes).toHaveLength(3);
    expect(data.assumptions).toHaveLength(1);
  });

  it('many assumptions of case files are counted', async () => {
    const roles = ['a', 'b', 'c'].map((name) => ({
      name,
      request: {
        principal: { arn: `arn:aws:sts::111122223333:assumed-role/${name}/s1` },
        action: 'iam:ListUsers',
      },
      policies: {},
      expect: { decision: 'implicitDeny' },
    }));
    terminal.write({ 'roles.json': roles });
    const short = await terminal.run(['test', 'roles.json']);
    expect(short.err).toMatch(
      /^Assumed: roles\.json:2:3 .*role\/a\n… and 2 more assumptions; --verbose shows all\n$/,
    );
    const long = await terminal.run(['test', 'roles.json', '--verbose']);
    expect(long.err.match(/^Assumed: /gm)).toHaveLength(3);
  });

  it('are noted for users where all are asked', async () => {
    for (const question of [['who-can', 's3:GetObject', report], ['who-can-assume', 'app'], ['graph']])
      expect(await notesOf(...question, ...account, ...session)).toEqual([`${words} for users: ${why}`]);
  });

  it('are not noted where they count, or none are given', async () => {
    for (const caller of [
      role('app'),
      'arn:aws:sts::111122223333:assumed-role/app/x',
      'arn:aws:sts::111122223333:federated-user/ana',
    ])
      expect(
        await notesOf('can', caller, 's3:GetObject', object, '--identity', 's3.json', ...session),
      ).toEqual([]);
    expect(await notesOf('can', 'app', 's3:GetObject', report, ...account, ...session)).toEqual([]);
    expect(await notesOf('can', 'alice', 's3:GetObject', report, ...account)).toEqual([]);
    expect(await notesOf('who-can', 's3:GetObject', report, ...account)).toEqual([]);
  });
});

describe('policies that do not limit who asks, or what is asked of', () => {
  const notesOf = async (...argv: string[]): Promise<unknown> =>
    JSON.parse((await terminal.run([...argv, '--json'])).out).notes;
  const can = (who: string, ...flags: string[]) => ['can', who, 's3:GetObject', object, ...flags];
  const service = 'a service principal has no identity policies (E10)';
  const linked = 'arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX';

  it.each<[string[], string[]]>([
    [
      can('lambda.amazonaws.com', '--identity', 's3.json', '--boundary', 'tls.json'),
      [
        `identity policies were not looked at: ${service}`,
        `permissions boundary was not looked at: ${service}`,
      ],
    ],
    [
      can('anonymous', '--scp', 'tls.json'),
      [
        'service control policies were not looked at: service control policies do not limit a caller without credentials (E42)',
      ],
    ],
    [
      can(linked, '--identity', 's3.json', '--scp', 'tls.json'),
      [
        'service control policies were not looked at: service control policies do not limit service-linked roles (E42)',
      ],
    ],
    [
      ['can', alice, 'iam:GetRole', role('app'), '--identity', 's3.json', '--resource-policy', 'trust.json'],
      ['policy of the resource was not looked at: a trust policy decides only who assumes the role (E78)'],
    ],
  ])('%j', async (argv, expected) => {
    const notes = expected.map((note) => `the ${note}`);
    expect(await notesOf(...argv)).toEqual(notes);
    expect(await notesOf(...argv, '--unknown', 'aws:SourceIp')).toEqual(notes);
    expect((await terminal.run(argv)).err).toBe(notes.map((note) => `note: ${note}\n`).join(''));
  });

  it('resource control policies of a service that takes none', async () => {
    const argv = ['can', alice, 'ec2:DescribeInstances', '*', '--identity', 's3.json', '--rcp', 'rcp.json'];
    expect(await notesOf(...argv)).toEqual([
      expect.stringMatching(/^the resource control policies were not looked at: .*\(E53\)$/),
    ]);
  });

  it('are not noted where they count, or none are given', async () => {
    expect(await notesOf(...can(alice, '--identity', 's3.json', '--boundary', 's3.json'))).toEqual([]);
    expect(await notesOf('can', 'lambda.amazonaws.com', '--input', 'empty.json')).toEqual([]);
  });
});
