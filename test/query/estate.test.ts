import { describe, expect, it } from 'vitest';
import type { EstateData, EstateRole } from '../../src/account/estate-data.js';
import { evaluatePartial } from '../../src/partial/index.js';
import { Estate } from '../../src/query/index.js';
import { allow, bucket, one, role, trust, two, user } from '../account/build.js';

const arn = (rest: string, account = one) => `arn:aws:iam::${account}:${rest}`;
const ask = (data: Partial<EstateData>) => new Estate(data);
const everything = { name: 'p', document: allow('*') };
const hole = { hole: 'Bucket' };

const app = role('app', {
  arn: arn('role/team/app'),
  names: ['AppRole', 'Stack/App'],
  policies: [
    {
      name: 'p',
      document: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: { text: ['arn:aws:s3:::', hole, '/*'] } },
        ],
      },
    },
  ],
  instanceProfiles: [arn('instance-profile/prof')],
});
const named = ask({
  principals: [
    app,
    user('ana', { policies: [everything] }),
    role('twin', { names: ['Twin'] }),
    role('twin', { arn: arn('role/twin', two), account: two }),
  ],
  resources: [
    bucket('x', { arn: { text: ['arn:aws:s3:::', hole] }, names: ['Bucket', 'Stack/Bucket', 'data'] }),
    {
      arn: `arn:aws:sqs:eu-west-1:${one}:data`,
      account: one,
      type: 'AWS::SQS::Queue',
      names: ['data'],
      policies: [],
    },
    {
      arn: `arn:aws:lambda:eu-west-1:${one}:function:fn`,
      account: one,
      type: 'AWS::Lambda::Function',
      names: ['Fn'],
      policies: [],
    },
    {
      arn: arn('oidc-provider/token.example.com'),
      account: one,
      type: 'AWS::IAM::OIDCProvider',
      names: ['Oidc'],
      policies: [],
    },
  ],
  workloads: [
    { type: 'AWS::Lambda::Function', names: ['Fn'], account: one, role: arn('role/team/app') },
    { type: 'AWS::EC2::Instance', names: ['Box'], account: one, role: 'prof' },
    { type: 'AWS::ECS::TaskDefinition', names: ['Task'], account: one, role: arn('role/elsewhere') },
    { type: 'AWS::ECS::TaskDefinition', names: ['Odd'], account: one, role: 'nobody' },
  ],
});

describe('names', () => {
  it.each([
    'app',
    'AppRole',
    'Stack/App',
    arn('role/team/app'),
    'Fn',
    'Box',
    'prof',
    arn('instance-profile/prof'),
    `arn:aws:lambda:eu-west-1:${one}:function:fn`,
  ])('%s is the role', (name) => {
    expect(named.principal(name)).toMatchObject({
      kind: 'role',
      arn: arn('role/team/app'),
      names: ['AppRole', 'Stack/App'],
    });
    expect(named.can(name, 's3:GetObject', 'Bucket/reports/x.csv').decision).toBe('allowed');
    expect(named.can(named.principal(name), 's3:PutObject', named.resource('Stack/Bucket/x')).decision).toBe(
      'implicitDeny',
    );
  });

  it.each([
    ['lambda.amazonaws.com', 'service'],
    ['alexa-appkit.amazon.com', 'service'],
    ['anonymous', 'anonymous'],
    [one, 'outside'],
    [arn('root'), 'outside'],
    ['accounts.google.com', 'federated'],
    ['Oidc', 'federated'],
    [arn('saml-provider/x'), 'federated'],
    ['Task', 'outside'],
    [arn('role/gone', two), 'outside'],
    [`arn:aws:sts::${one}:federated-user/x`, 'outside'],
  ])('%s is a caller of the kind %s', (name, kind) => expect(named.principal(name).kind).toBe(kind));

  describe('of whom the files only attach something to', () => {
    const target = (kind: 'role' | 'user' | 'group', name: string, more: object = {}) => ({
      kind,
      account: one,
      target: name,
      policy: { name: 'p', document: { Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] } },
      ...more,
    });
    const attached = (...attachments: EstateData['attachments']) =>
      new Estate({ principals: [role('app')], attachments });

    it('what is attached is known, and the rest is not', () => {
      for (const [kind, name] of [
        ['role', 'other'],
        ['user', 'bob'],
      ] as const) {
        const arn = `arn:aws:iam::${one}:${kind}/${name}`;
        const estate = attached(target(kind, name));
        expect(estate.principal(name)).toMatchObject({ kind: 'outside', arn });
        expect(estate.can(name, 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('explicitDeny');
        expect(estate.can(name, 'sqs:ListQueues')).toEqual(estate.can(arn, 'sqs:ListQueues'));
        expect(estate.can(name, 'sqs:ListQueues').decision).toBe('depends');
      }
    });

    it('by ARN, with its path, or in another partition', () => {
      const arn = `arn:aws:iam::${one}:role/path/other`;
      expect(attached(target('role', arn)).principal('other').arn).toBe(arn);
      const china = new Estate({
        accounts: [{ id: one, partition: 'aws-cn' }],
        attachments: [target('user', 'bob')],
      });
      expect(china.principal('bob').arn).toBe(`arn:aws-cn:iam::${one}:user/bob`);
    });

    it('whoever is in the files comes first', () => {
      const estate = attached(target('user', 'app'), target('role', 'app', { account: two }));
      expect(estate.principal('app')).toMatchObject({ kind: 'role', arn: `arn:aws:iam::${one}:role/app` });
    });

    it('one of several is asked for, and groups are no callers', () => {
      const estate = attached(
        target('user', 'x'),
        target('role', 'x'),
        target('group', 'g'),
        target('role', 'y'),
        target('role', 'y'),
      );
      expect(() => estate.principal('x')).toThrow('several things are called `x`');
      expect(() => estate.principal('g')).toThrow('no caller is called `g`');
      expect(() => estate.principal('yy')).toThrow('did you mean y');
      expect(estate.principal('y').arn).toBe(`arn:aws:iam::${one}:role/y`);
      const odd = attached(target('role', ''), target('role', 'arn:aws:s3:::b'), {
        ...target('role', ''),
        target: { hole: 'R' },
      });
      for (const name of ['', 'b', '{R}']) expect(() => odd.principal(name)).toThrow('no caller is called');
    });
  });

  it('a session is its role, and asks as the session', () => {
    const session = named.can(`arn:aws:sts::${one}:assumed-role/app/ci`, 's3:GetObject', 'Bucket/x');
    expect(session.decision).toBe('allowed');
    expect(session.explain().request.principal).toBe(`arn:aws:sts::${one}:assumed-role/app/ci`);
    const asked = named.can('app', 's3:GetObject', 'Bucket/x', { session: 'ci' });
    expect(asked.explain().request).toEqual(session.explain().request);
  });

  it.each([
    ['AppRol', /did you mean AppRole/],
    ['Bucket', /no caller/],
    ['twin', /several things.*role\/twin/],
    ['Odd', /no role `nobody` behind is called `Odd`/],
    ['arn:aws:s3:::x', /no caller/],
  ])('%s is no caller', (name, message) =>
    expect(() => named.principal(name)).toThrow(
      expect.objectContaining({ code: 'ERR_IAM_NAME', message: expect.stringMatching(message) }),
    ),
  );

  it('a resource that fits nothing or several things lists the candidates; the service of the action decides', () => {
    expect(() => named.resource('Buket/x')).toThrow(/did you mean Bucket/);
    expect(() => named.resource('data')).toThrow(/write one of arn:aws:s3:::\{Bucket\}, arn:aws:sqs/);
    expect(named.can('ana', 'sqs:SendMessage', 'data').explain().request.resource).toBe(
      `arn:aws:sqs:eu-west-1:${one}:data`,
    );
    expect(() => named.can('ana', 'sns:Publish', 'data')).toThrow(/several/);
    expect(() => ask({}).resource('x')).toThrow(/no names of this kind/);
    expect(() => named.resource('zzzzzzzzzzzzzzzz')).toThrow(/for example/);
  });

  it('an ARN with a hole may be written as people see it', () => {
    expect(named.resource('arn:aws:s3:::{Bucket}/a').text).toEqual({ text: ['arn:aws:s3:::', hole, '/a'] });
    expect(named.resource('*').arn).toBe('*');
    expect(named.can('app', 's3:GetObject', 'arn:aws:s3:::{Bucket}/a').allowed).toBe(true);
  });
});

describe('policies that are not in the files', () => {
  const lost = arn('policy/lost');
  const words = `the policy ${lost} (not in the files)`;

  it.each<[string, Partial<EstateRole>, string]>([
    ['an attached one', { policies: [everything, { arn: lost }] }, words],
    ['a boundary', { policies: [everything], permissionsBoundary: { arn: lost } }, words],
    [
      'one that says why',
      { policies: [everything, { name: 'late', unresolved: 'computed at apply' }] },
      'the policy late (computed at apply)',
    ],
    [
      'a malformed one',
      {
        policies: [{ name: 'p', document: { Statement: [{ Effect: 'allow', Action: '*', Resource: '*' }] } }],
      },
      'the policy role r › inline p (malformed: policy.Statement[0].Effect: Effect is not Allow or Deny; write "Allow" or "Deny")',
    ],
  ])('%s: it depends on it', (_, more, said) => {
    const answer = ask({ principals: [role('r', more)] }).can('r', 's3:ListAllMyBuckets');
    expect(answer.decision).toBe('depends');
    expect(answer.allowed).toBe(false);
    expect(answer.dependsOn).toEqual([said]);
    expect(answer.unresolved).toHaveLength(1);
    expect(answer.decidedBy).toBeUndefined();
    expect(answer.missingContext).toEqual([]);
    expect(answer.toString()).toContain(`DEPENDS on ${said}`);
    expect(answer.toString()).not.toMatch(/unresolved:(?:allow|deny)/);
    expect(JSON.stringify(answer.allowedIf)).toContain('absent');
  });

  it('many of them are said one by one, and answered without trying all ways', () => {
    const policies = Array.from({ length: 12 }, (_, i) => ({ arn: arn(`policy/lost${i}`) }));
    const node = {
      type: 'OU' as const,
      serviceControlPolicies: undefined,
      resourceControlPolicies: undefined,
    } as object;
    const nodes = [
      { ...node, id: 'r-1', type: 'ROOT', parent: null },
      { ...node, id: 'ou-1', parent: 'r-1' },
      { ...node, id: 'ou-2', parent: 'ou-1' },
      { ...node, id: one, type: 'ACCOUNT', parent: 'ou-2' },
    ];
    const estate = ask({
      principals: [
        role('r', { policies, permissionsBoundary: { arn: arn('policy/edge') } }),
        role('s', { policies: [everything] }),
      ],
      resources: [bucket('b', { policyUnresolved: true })],
      organization: { id: 'o-1', managementAccount: '999999999999', nodes, policies: [] } as never,
    });
    const answer = estate.can('r', 's3:GetObject', 'arn:aws:s3:::b/x');
    expect([answer.decision, answer.exact]).toEqual(['depends', true]);
    // Policies of the principal, its boundary, those of four nodes of two kinds, the bucket's.
    expect(answer.dependsOn).toHaveLength(12 + 1 + 8 + 1);
    expect(answer.unresolved).toHaveLength(22);
    expect(answer.dependsOn).toContain(`the policy ${arn('policy/lost11')} (not in the files)`);
    expect(String(answer)).not.toMatch(/unresolved:(?:allow|deny)/);
    expect(estate.can('s', 's3:GetObject', 'arn:aws:s3:::b/x').dependsOn).toHaveLength(8 + 1);
  });

  it('what they cannot change is answered', () => {
    const estate = ask({
      principals: [
        role('r', { policies: [{ arn: lost }], permissionsBoundary: { name: 'b', document: allow('s3:*') } }),
      ],
    });
    const answer = estate.can('r', 'ec2:RunInstances');
    expect(answer.decision).toBe('implicitDeny');
    expect(answer.decidedBy?.kind).toBe('permissionsBoundary');
    expect(answer.format()).not.toContain('DEPENDS');
    expect(estate.whoCan('ec2:RunInstances')).toMatchObject({ allowed: [], depends: [], asked: 1 });
    expect(estate.whoCan('s3:ListAllMyBuckets').depends.map(({ arn }) => arn)).toEqual([arn('role/r')]);
  });

  it('a group that is not in the files, and members whose group gets a policy elsewhere', () => {
    const estate = ask({
      principals: [user('ana', { groups: ['gone'] }), user('ben', { groups: ['dev'] })],
      groups: [{ kind: 'group', arn: arn('group/dev'), account: one, name: 'dev', names: [], policies: [] }],
      attachments: [
        { kind: 'group', account: one, target: 'dev', policy: everything },
        { kind: 'group', account: one, target: 'gone', policy: everything },
      ],
    });
    expect(estate.can('ana', 's3:ListAllMyBuckets').dependsOn).toEqual([
      'the policies of group gone (not in the files)',
    ]);
    expect(estate.can('ben', 's3:ListAllMyBuckets').decision).toBe('allowed');
  });

  it('a role known by reference only: neither what it may do nor who may assume it is known', () => {
    const { trustPolicy: _, ...reference } = role('ref', { tagsUnresolved: true });
    const estate = ask({ principals: [reference, user('ana', { policies: [everything] })] });
    expect(estate.can('ref', 's3:ListAllMyBuckets').dependsOn).toEqual([
      'the policies of role ref (known by reference only)',
    ]);
    expect(estate.can('ana', 'sts:AssumeRole', 'ref').dependsOn).toEqual([
      'the policy role ref › trust policy (known by reference only)',
    ]);
  });

  it('a role whose trust policy forbids what identity policies suggest', () => {
    const estate = ask({
      principals: [
        user('ana', { policies: [everything] }),
        role('app', { trustPolicy: trust({ AWS: arn('role/ci') }) }),
        role('ci', { policies: [everything] }),
      ],
    });
    expect(estate.can('ana', 'sts:AssumeRole', 'app').decision).toBe('implicitDeny');
    expect(estate.can('ci', 'sts:AssumeRole', 'app').decision).toBe('allowed');
    expect(estate.whoCan('sts:AssumeRole', 'app').allowed.map(({ arn }) => arn)).toEqual([arn('role/ci')]);
  });

  it('tags that the format does not carry are unknown, facts make them known', () => {
    const abac = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
        },
      ],
    };
    const queue = `arn:aws:sqs:eu-west-1:${one}:q`;
    const estate = ask({
      principals: [
        user('ana', {
          policies: [{ name: 'p', document: abac }],
          tagsUnresolved: true,
          tags: { Team: 'old' },
        }),
      ],
      resources: [
        {
          arn: queue,
          account: one,
          type: 'AWS::SQS::Queue',
          names: ['q'],
          policies: [],
          tags: { team: 'red' },
        },
      ],
    });
    expect(estate.can('ana', 'sqs:SendMessage', 'q').dependsOn).toEqual(['aws:PrincipalTag/team']);
    const known = (team: string) =>
      estate.can('ana', 'sqs:SendMessage', 'q', { principalTags: { team } }).decision;
    expect([known('red'), known('blue')]).toEqual(['allowed', 'implicitDeny']);
    const both = { principalTags: { team: 'red' }, resourceTags: { team: 'blue' } };
    expect(estate.can('ana', 'sqs:SendMessage', 'q', both).decision).toBe('implicitDeny');
  });

  it('tags of what is not in the files are unknown, facts make them known', () => {
    const statement = (
      Effect: string,
      Action: string,
      Condition?: Record<string, Record<string, string>>,
    ) => ({
      Effect,
      Action,
      Resource: '*',
      ...(Condition === undefined ? {} : { Condition }),
    });
    const kept = { StringEquals: { 'aws:ResourceTag/keep': 'yes' } };
    const document = {
      Version: '2012-10-17',
      Statement: [
        statement('Allow', 'sqs:*'),
        statement('Deny', 'sqs:DeleteQueue', kept),
        statement('Allow', 'ec2:StopInstances', { Null: { 'ec2:ResourceTag/keep': 'true' } }),
      ],
    };
    const estate = ask({ principals: [user('ana', { policies: [{ name: 'p', document }] })] });
    const queue = `arn:aws:sqs:eu-west-1:${one}:q`;
    const instance = `arn:aws:ec2:eu-west-1:${one}:instance/i-1`;
    const can = (action: string, arn: string, resourceTags?: Record<string, string>) =>
      estate.can('ana', action, arn, { resourceTags });
    expect(can('sqs:DeleteQueue', queue).dependsOn).toEqual(['aws:ResourceTag/keep']);
    expect(can('ec2:StopInstances', instance).dependsOn).toEqual(['ec2:ResourceTag/keep']);
    expect(can('sqs:SendMessage', queue).decision).toBe('allowed');
    const tags = [{}, { keep: 'no' }, { keep: 'yes' }];
    expect(tags.map((some) => can('sqs:DeleteQueue', queue, some).decision)).toEqual([
      'allowed',
      'allowed',
      'explicitDeny',
    ]);
    expect(tags.map((some) => can('ec2:StopInstances', instance, some).decision)).toEqual([
      'allowed',
      'implicitDeny',
      'implicitDeny',
    ]);
  });

  it('tags of a bucket may count or not', () => {
    const tagged = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } },
        },
      ],
    };
    const estate = ask({
      principals: [user('ana', { policies: [{ name: 'p', document: tagged }] })],
      resources: [bucket('b', { names: ['B'], tags: { team: 'red' } })],
    });
    expect(estate.can('ana', 's3:GetObject', 'B/x').dependsOn).toEqual(['aws:ResourceTag/team']);
  });
});

describe('resources', () => {
  const ana = user('ana', { policies: [everything] });

  it('one outside the estate is taken to have no policy, and says so', () => {
    const answer = ask({ principals: [ana] }).can('ana', 's3:GetObject', 'arn:aws:s3:::else/x');
    expect(answer.decision).toBe('allowed');
    expect(answer.assumptions).toEqual([
      'arn:aws:s3:::else/x is not in the estate: it is taken to have no policy of its own',
      "arn:aws:s3:::else/x is taken to belong to the caller's account",
    ]);
    expect(answer.toString()).toContain('Assumed: arn:aws:s3:::else/x is not in the estate');
  });

  it('one that nobody owns: of callers without an account nothing is taken for granted', () => {
    const open = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    };
    const owned = { StringEquals: { 'aws:ResourceAccount': one } };
    const narrow = { ...open, Statement: [{ ...open.Statement[0], Condition: owned }] };
    for (const caller of ['sns.amazonaws.com', 'anonymous']) {
      const to = (facts: object) =>
        ask({ principals: [ana] }).can(caller, 's3:PutObject', 'arn:aws:s3:::else/x', facts);
      expect(to({})).toMatchObject({
        decision: 'depends',
        dependsOn: ['the policy arn:aws:s3:::else/x › policy (not in the files)'],
        assumptions: [],
      });
      expect(to({ resourcePolicy: open }).decision).toBe('allowed');
      expect(to({ resourcePolicy: narrow }).dependsOn).toEqual(['aws:ResourceAccount']);
      expect(to({ resourcePolicy: narrow, resourceAccount: one }).decision).toBe('allowed');
    }
  });

  it('of an alias of a key depends on the policy of the key, also where the alias is in the estate', () => {
    const alias = `arn:aws:kms:eu-west-1:${one}:alias/app`;
    const resources = [{ arn: alias, account: one, type: 'AWS::KMS::Alias', names: ['App'], policies: [] }];
    for (const estate of [ask({ principals: [ana] }), ask({ principals: [ana], resources })]) {
      const answer = estate.can('ana', 'kms:Decrypt', alias);
      expect(answer.decision).toBe('depends');
      expect(answer.dependsOn).toEqual([`the policy ${alias} › policy (not in the files)`]);
    }
  });

  it('of a request through an access point, it is said that the policy of the bucket is not looked at', () => {
    const point = `arn:aws:s3:eu-west-1:${one}:accesspoint/reports`;
    const { assumptions } = ask({ principals: [ana] }).can('ana', 's3:GetObject', `${point}/object/k`);
    expect(assumptions).toContain(
      'the bucket behind the access point is taken to permit what is asked: its policy is not looked at',
    );
  });

  it('that of another account, a key, and one said to be unknown depend on their policies', () => {
    const estate = ask({ principals: [ana] });
    const key = `arn:aws:kms:eu-west-1:${one}:key/k`;
    expect(estate.can('ana', 'kms:Decrypt', key).dependsOn).toEqual([
      `the policy ${key} › policy (not in the files)`,
    ]);
    expect(estate.can('ana', 's3:GetObject', 'arn:aws:s3:::e/x', { resourceAccount: two }).decision).toBe(
      'depends',
    );
    expect(
      estate.can('ana', 's3:GetObject', 'arn:aws:s3:::e/x', { resourcePolicy: 'unknown' }).decision,
    ).toBe('depends');
    const open = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
    };
    expect(estate.can('ana', 's3:GetObject', 'arn:aws:s3:::e/x', { resourcePolicy: open }).decision).toBe(
      'explicitDeny',
    );
    expect(estate.can('ana', 'ec2:StopInstances', `arn:aws:ec2:eu-west-1:${two}:instance/i-1`).decision).toBe(
      'implicitDeny',
    );
  });

  it('one whose policy the files do not carry depends on it', () => {
    const estate = ask({ principals: [ana], resources: [bucket('b', { policyUnresolved: true })] });
    expect(estate.can('ana', 's3:GetObject', 'arn:aws:s3:::b/x').dependsOn).toEqual([
      'the policy arn:aws:s3:::b › policy (not in the files)',
    ]);
  });

  it('an owner that nobody names is the only account there is, or unknown among several', () => {
    const { account: _, ...nobodys } = bucket('b');
    expect(
      ask({ principals: [ana], resources: [nobodys] }).can('ana', 's3:GetObject', 'arn:aws:s3:::b/x')
        .decision,
    ).toBe('allowed');
    const several = ask({
      principals: [ana, role('far', { arn: arn('role/far', two), account: two })],
      resources: [nobodys],
    });
    expect(several.can('ana', 's3:GetObject', 'arn:aws:s3:::b/x').dependsOn).toEqual([
      '{owner of arn:aws:s3:::b}',
    ]);
  });
});

describe('the organization', () => {
  const all = ['p-FullAWSAccess'];
  const tree = (ids: string[] | undefined, more: object = {}) => ({
    id: 'o-1',
    managementAccount: '999999999999',
    nodes: [
      {
        id: 'r-1',
        type: 'ROOT' as const,
        parent: null,
        serviceControlPolicies: all,
        resourceControlPolicies: [],
      },
      {
        id: 'ou-1',
        type: 'OU' as const,
        name: 'Prod',
        parent: 'r-1',
        resourceControlPolicies: ['p-RCPFullAWSAccess'],
        ...(ids === undefined ? {} : { serviceControlPolicies: ids }),
      },
      {
        id: one,
        type: 'ACCOUNT' as const,
        parent: 'ou-1',
        serviceControlPolicies: all,
        resourceControlPolicies: [],
      },
      {
        id: '999999999999',
        type: 'ACCOUNT' as const,
        parent: 'r-1',
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
    ],
    policies: [
      { id: 'p-s3', type: 'SERVICE_CONTROL_POLICY' as const, name: 's3', names: [], document: allow('s3:*') },
    ],
    ...more,
  });
  const ana = user('ana', { policies: [everything] });
  const boss = user('boss', {
    arn: arn('user/boss', '999999999999'),
    account: '999999999999',
    policies: [everything],
  });
  const far = user('far', { arn: arn('user/far', two), account: two, policies: [everything] });
  const under = (organization: ReturnType<typeof tree>) =>
    ask({ principals: [ana, boss, far], organization });

  it('limits members at each level, and the management account not', () => {
    const estate = under(tree(['p-s3']));
    expect(estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('allowed');
    expect(estate.can('ana', 'ec2:RunInstances').decidedBy).toMatchObject({
      kind: 'serviceControlPolicies',
      level: 1,
    });
    expect(estate.can('boss', 'ec2:RunInstances').decision).toBe('allowed');
    expect(under(tree([])).can('ana', 's3:ListAllMyBuckets').decision).toBe('implicitDeny');
  });

  it('knows what it does not know: a list, a policy, an account', () => {
    expect(under(tree(undefined)).can('ana', 's3:ListAllMyBuckets').dependsOn).toEqual([
      'the service control policies of Prod (not in the files)',
    ]);
    expect(under(tree(['p-gone'])).can('ana', 's3:ListAllMyBuckets').dependsOn).toEqual([
      'the policy p-gone (p-gone) (not in the files)',
    ]);
    expect(under(tree(['p-s3'])).can('far', 's3:ListAllMyBuckets').dependsOn).toEqual([
      `the service control policies of account ${two} (the account is not in the organization given)`,
      `the resource control policies of account ${two} (the account is not in the organization given)`,
    ]);
    const { managementAccount: _, ...nobody } = tree(all);
    expect(
      ask({ principals: [ana], organization: nobody }).can('ana', 's3:ListAllMyBuckets').assumptions,
    ).toHaveLength(1);
    const loop = { ...tree(all), nodes: [{ id: one, type: 'OU' as const, parent: one }] };
    expect(under(loop as never).can('ana', 's3:ListAllMyBuckets').decision).toBe('depends');
  });

  it('gives the keys of membership, unless the facts do', () => {
    const only = (key: string, value: string) => ({
      name: 'policy',
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:*',
            Resource: '*',
            Condition: { 'ForAnyValue:StringEquals': { [key]: value } },
          },
        ],
      },
    });
    const decide = (key: string, value: string, who = 'ana', facts = {}, organization: object = tree(all)) =>
      ask({
        principals: [user('ana'), user('far', { arn: arn('user/far', two), account: two })],
        resources: [bucket('b', { policies: [only(key, value)] })],
        organization: organization as never,
      }).can(who, 's3:GetObject', 'arn:aws:s3:::b/x', facts).decision;
    expect(decide('aws:PrincipalOrgID', 'o-1')).toBe('allowed');
    expect(decide('aws:PrincipalOrgPaths', 'o-1/r-1/ou-1/')).toBe('allowed');
    expect(decide('aws:ResourceOrgPaths', 'o-1/r-1/ou-1/')).toBe('allowed');
    expect(decide('aws:ResourceOrgID', 'o-2')).toBe('implicitDeny');
    expect(decide('aws:PrincipalOrgID', 'o-1', 'ana', { context: { 'AWS:principalorgid': 'o-2' } })).toBe(
      'implicitDeny',
    );
    // An account from elsewhere, of which the estate has nothing, is no member.
    expect(decide('aws:PrincipalOrgID', 'o-1', arn('root', '333333333333'))).toBe('implicitDeny');
    const { id: _, ...nameless } = tree(all);
    expect(decide('aws:PrincipalOrgID', 'o-1', 'ana', {}, nameless)).toBe('depends');
  });

  it('those of the caller are known where those of the resource are not', () => {
    const condition = (key: string) => ({ 'ForAnyValue:StringEquals': { [key]: 'o-1' } });
    const dependsOn = (key: string) =>
      ask({
        principals: [
          user('ana', {
            policies: [
              {
                name: 'p',
                document: {
                  Version: '2012-10-17',
                  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: condition(key) }],
                },
              },
            ],
          }),
          user('far', { arn: arn('user/far', two), account: two }),
        ],
        organization: tree(all) as never,
      }).can('ana', 'ec2:StopInstances', `arn:aws:ec2:eu-west-1:${two}:placement-group/p`).dependsOn;
    expect(dependsOn('aws:PrincipalOrgID')).not.toContain('aws:PrincipalOrgID');
    expect(dependsOn('aws:ResourceOrgID')).toContain('aws:ResourceOrgID');
  });
});

it('an endpoint brings its policy and its keys', () => {
  const closed = {
    name: 'policy',
    document: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
    },
  };
  const estate = ask({
    principals: [
      user('ana', {
        policies: [
          {
            name: 'p',
            document: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: 's3:*',
                  Resource: '*',
                  Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
                },
              ],
            },
          },
        ],
      }),
    ],
    vpcEndpoints: [
      { id: 'vpce-1', account: one, names: ['Endpoint'], policy: closed },
      { id: { hole: 'Late' }, vpc: 'vpc-1', account: one, names: ['Late'] },
    ],
    resources: [bucket('b', { names: ['B'] })],
  });
  const ask1 = (action: string, vpcEndpoint?: string) =>
    estate.can('ana', action, 'B/x', vpcEndpoint === undefined ? {} : { vpcEndpoint }).decision;
  expect(ask1('s3:GetObject', 'Endpoint')).toBe('allowed');
  expect(ask1('s3:PutObject', 'Endpoint')).toBe('implicitDeny');
  expect(ask1('s3:GetObject')).toBe('implicitDeny');
  expect(ask1('s3:GetObject', 'vpce-2')).toBe('implicitDeny');
  expect(ask1('s3:GetObject', 'Late')).toBe('depends');
  expect(() => ask1('s3:GetObject', 'Endpont')).toThrow(
    /no VPC endpoint is called `Endpont`; write one of vpce-1, \{Late\}/,
  );
  expect(() =>
    estate
      .merge(ask({ vpcEndpoints: [{ id: 'vpce-9', account: one, names: ['Late'] }] }))
      .can('ana', 's3:GetObject', 'B/x', { vpcEndpoint: 'Late' }),
  ).toThrow(/several/);
  expect(() =>
    ask({ principals: [user('ana')] }).can('ana', 's3:GetObject', '*', { vpcEndpoint: 'x' }),
  ).toThrow(/such as vpce-/);
  expect(estate.can('ana', 's3:GetObject', 'B/x').missingContext).toEqual(['aws:SourceVpce']);
});

it('facts go to the engine: MFA, address, time, session policies, unknown keys', () => {
  const mfa = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: {
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
          IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
          DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
        },
      },
    ],
  };
  const policies = [{ name: 'p', document: mfa }];
  const estate = ask({ principals: [role('r', { policies })] });
  const facts = { mfa: { present: true }, sourceIp: '203.0.113.9', time: '2026-02-01T00:00:00Z' };
  expect(estate.can('r', 's3:ListAllMyBuckets', '*', facts).decision).toBe('allowed');
  expect(
    estate.can('r', 's3:ListAllMyBuckets', '*', { ...facts, sessionPolicies: [allow('sqs:*')], session: 's' })
      .decision,
  ).toBe('implicitDeny');
  const unknown = { ...facts, mfa: undefined, unknown: ['aws:MultiFactorAuthPresent'] } as never;
  const answer = estate.can('r', 's3:ListAllMyBuckets', '*', unknown);
  expect(answer.dependsOn).toEqual(['aws:MultiFactorAuthPresent']);
  expect(answer.allowedIf).toEqual(
    evaluatePartial({
      request: {
        principal: { arn: arn('role/r') },
        action: 's3:ListAllMyBuckets',
        sourceIp: facts.sourceIp,
        time: facts.time,
        unknown: ['aws:MultiFactorAuthPresent'],
      },
      policies: { identityPolicies: [mfa] },
    }).allowedIf,
  );
  expect(estate.can('r', 's3:ListAllMyBuckets', '*', { unknown: 'unlisted' }).decision).toBe('depends');
});

it('several parts of a resource policy, root users, merging', () => {
  const part = (name: string, account: string) => ({
    name,
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: account },
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::b/*',
        },
      ],
    },
  });
  const lower = ask({
    principals: [role('r')],
    resources: [bucket('b', { names: ['B'], policies: [part('one', one), part('two', two)] })],
  });
  expect(lower.can(two, 's3:GetObject', 'B/x').decision).toBe('allowed');
  expect(
    lower.whoCan('s3:GetObject', 'B/x', { roots: true }).allowed.map(({ arn, kind }) => [arn, kind]),
  ).toEqual([[arn('root'), 'root']]);
  const upper = ask({ principals: [role('r', { names: ['New'], policies: [everything] })] });
  const merged = lower.merge(upper);
  expect(merged.can('New', 's3:GetObject', 'B/x').decision).toBe('allowed');
  expect(lower.can('r', 's3:GetObject', 'B/x').decision).toBe('implicitDeny');
  expect(merged.principals).toHaveLength(1);
  expect(merged.resources).toHaveLength(1);
});

it('members that objects inherit are no names and no tags', () => {
  const tags = JSON.parse('{"__proto__":"red","constructor":"blue"}');
  const grant = (key: string, value: string) => ({
    name: key,
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { [`aws:PrincipalTag/${key}`]: value } },
        },
      ],
    },
  });
  const decide = (key: string, value: string) =>
    ask({ principals: [user('ana', { tags, policies: [grant(key, value)] })] }).can(
      'ana',
      's3:ListAllMyBuckets',
    ).decision;
  expect([decide('__proto__', 'red'), decide('constructor', 'blue'), decide('toString', 'x')]).toEqual([
    'allowed',
    'allowed',
    'implicitDeny',
  ]);
  for (const name of ['__proto__', 'constructor', 'toString'])
    expect(() => ask({}).principal(name)).toThrow(expect.objectContaining({ code: 'ERR_IAM_NAME' }));
  const queue = `arn:aws:sqs:eu-west-1:${one}:q`;
  const tagged = {
    name: 'p',
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceTag/__proto__': 'red' } },
        },
      ],
    },
  };
  const estate = ask({
    principals: [user('ana', { policies: [tagged] })],
    resources: [{ arn: queue, account: one, type: 'AWS::SQS::Queue', names: ['q'], policies: [], tags }],
  });
  expect(estate.can('ana', 'sqs:SendMessage', 'q').decision).toBe('allowed');
});

it('a wrong action or fact is refused', () => {
  expect(() => named.can('ana', 's3', 'Bucket/x')).toThrow(
    expect.objectContaining({ code: 'ERR_IAM_INVALID_REQUEST' }),
  );
});

it('what a caller may do, by name', () => {
  const queue = `arn:aws:sqs:eu-west-1:${one}:data`;
  const estate = ask({
    principals: [
      role('r', { names: ['R'], policies: [{ name: 'p', document: allow('sqs:SendMessage', queue) }] }),
    ],
  });
  const { entries } = estate.whatCan('R');
  expect(entries.map(({ resource, actions, verdict }) => [resource, actions, verdict])).toContainEqual([
    queue,
    ['sqs:SendMessage'],
    'allowed',
  ]);
  expect(estate.whatCan(estate.principal('R')).entries).toEqual(entries);
});

it('who can act as a role, by name', () => {
  const { chains, role: found } = named.whoCanAssume('AppRole');
  expect(found).toBe(arn('role/team/app'));
  // The trust policy lets lambda in, and a function runs with it.
  expect(chains.map(({ source }) => source.name)).toContain('lambda.amazonaws.com');
  expect(named.whoCanAssume(named.principal('Fn')).chains).toEqual(chains);
  for (const name of ['ana', 'lambda.amazonaws.com', 'AppRol'])
    expect(() => named.whoCanAssume(name)).toThrow(expect.objectContaining({ code: 'ERR_IAM_NAME' }));
});

describe('merging', () => {
  it.each([[{}], [null], ['x'], [undefined]])('refuses %j, which is no estate', (other) => {
    expect(() => named.merge(other as never)).toThrow(/^others: this is no estate/);
  });
});

describe('what is no name', () => {
  const action = 's3:GetObject';
  const reading = named.resource('*');
  const calling = named.principal('ana');
  it.each([[undefined], [null], [1], [{}], [['ana']], [new Map()]])('%j is refused', (odd) => {
    const no = odd as never;
    const asks: readonly [path: string, ask: () => unknown][] = [
      ['principal', () => named.principal(no)],
      ['principal', () => named.can(no, action)],
      ['principal', () => named.whatCan(no)],
      ['principal', () => named.whoCanAssume(no)],
      ['principal', () => named.can(reading as never, action)],
      ['resource', () => named.resource(no)],
      ['resource', () => named.can('ana', action, odd === undefined ? (1 as never) : no)],
      ['resource', () => named.whoCan(action, calling as never)],
      ['request.action', () => named.can('ana', no)],
      ['request.action', () => named.whoCan(no)],
    ];
    for (const [path, ask] of asks)
      expect(ask, path).toThrow(
        expect.objectContaining({
          name: 'InvalidRequestError',
          message: expect.stringMatching(new RegExp(`^${path}: .*; write `)),
        }),
      );
  });
});

it.each<[string, Partial<EstateData>, string]>([
  [
    'the plain names that there are',
    { principals: [user('somebody')] },
    'the estate has for example somebody; what is not in it goes by its ARN',
  ],
  [
    'ARNs where nothing has another name',
    { resources: [bucket('elsewhere')] },
    'the estate has for example arn:aws:s3:::elsewhere; what is not in it goes by its ARN',
  ],
  [
    'nothing of an empty estate',
    {},
    'the estate has no names of this kind; what is not in it goes by its ARN',
  ],
])('a resource that is not there is told %s', (_, data, hint) => {
  expect(() => ask(data).resource('x')).toThrow(`no resource is called \`x\`; ${hint}`);
});

it('an OIDC provider called by the name of its host is told its ARN', () => {
  const host = 'token.actions.githubusercontent.com';
  expect(() => ask({}).principal(host)).toThrow(
    `goes by its ARN, a provider by arn:aws:iam::ACCOUNT:oidc-provider/${host}`,
  );
  expect(() => ask({}).principal('nobody')).toThrow(/goes by its ARN$/);
});
