import { describe, expect, it } from 'vitest';
import { load, roleWith } from './fixture.js';

const paths = (loaded: ReturnType<typeof load>) =>
  loaded.diagnostics.map(({ code, path }) => `${code} ${path}`);
const open = {
  Parameters: { P: { Type: 'String' }, L: { Type: 'CommaDelimitedList' } },
  Conditions: { Open: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
};
const choice = (yes: unknown, no: unknown = { Ref: 'AWS::NoValue' }) => ({ 'Fn::If': ['Open', yes, no] });

/** The policy that has an expression as its resource. */
const policyWith = (expression: unknown, rest: object = open, more: object = {}) => {
  const { data } = load(
    roleWith({ Effect: 'Allow', Action: 's3:GetObject', Resource: expression }, more, rest),
  );
  return data.principals[0]!.policies[0]!;
};

describe('functions that are not written as they must be', () => {
  it.each<[string, unknown]>([
    ['Ref of a list', { Ref: ['a'] }],
    ['GetAtt without an attribute', { 'Fn::GetAtt': 'OnlyAName' }],
    ['GetAtt of an unknown name', { 'Fn::GetAtt': [{ Ref: 'L' }, 'Arn'] }],
    ['Sub of a number', { 'Fn::Sub': 7 }],
    ['Sub of an object', { 'Fn::Sub': ['${X}', { X: { a: 1 } }] }],
    ['Sub of something undecided', { 'Fn::Sub': ['${X}', { X: choice('*', 'a') }] }],
    ['Join without a list', { 'Fn::Join': [','] }],
    ['Join of an object', { 'Fn::Join': [',', [{ a: 1 }]] }],
    ['Join of something undecided', { 'Fn::Join': [',', [choice('*', 'a')]] }],
    ['Join of an undecided list', { 'Fn::Join': [',', choice(['a'], ['b'])] }],
    ['Split without a delimiter', { 'Fn::Split': ['', 'a'] }],
    ['Select without a list', { 'Fn::Select': [0] }],
    ['Select of no number', { 'Fn::Select': ['x', ['a']] }],
    ['Select of a list as the number', { 'Fn::Select': [['0'], ['a']] }],
    ['Select beyond the end', { 'Fn::Select': [3, ['a']] }],
    ['Select from a text', { 'Fn::Select': [0, 'a'] }],
    ['Select from one of two lists', { 'Fn::Select': [0, choice(['arn:aws:s3:::*'], ['arn:aws:s3:::b'])] }],
    ['FindInMap without a map', { 'Fn::FindInMap': ['Nope', 'a', 'b'] }],
    ['FindInMap of an unknown map', { 'Fn::FindInMap': [{ Ref: 'P' }, 'a', 'b'] }],
    ['If without branches', { 'Fn::If': ['Open'] }],
    ['Cidr that cannot be', { 'Fn::Cidr': ['10.0.0.0/30', 9, 8] }],
    ['GetAZs', { 'Fn::GetAZs': '' }],
    ['notification topics', { Ref: 'AWS::NotificationARNs' }],
    ['a function beside other members', { 'Fn::Sub': 'x', Other: 1 }],
    ['a macro beside other members', { 'Fn::Transform': { Name: 'X' }, Other: 1 }],
    ['ToJsonString of something undecided', { 'Fn::ToJsonString': [choice('*', 'a')] }],
  ])('%s', (_name, expression) => expect(policyWith(expression)).toHaveProperty('unresolved'));

  it.each<[string, unknown, string]>([
    [
      'Select with an unknown index',
      { 'Fn::Select': [{ Ref: 'P' }, ['arn:aws:s3:::a', 'arn:aws:s3:::b']] },
      'Fn::Select(?',
    ],
    ['Select from an unknown list', { 'Fn::Select': [1, { Ref: 'L' }] }, 'Fn::Select(1'],
    [
      'Select of a zone',
      {
        'Fn::Sub': [
          'arn:aws:s3:::${Z}',
          { Z: { 'Fn::Select': [0, { 'Fn::GetAZs': { Ref: 'AWS::Region' } }] } },
        ],
      },
      'Fn::GetAZs',
    ],
    [
      'Select after an unknown part',
      { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Sub': 'a${P}/b' }] }] },
      'Fn::Split',
    ],
    ['Join of an unknown list', { 'Fn::Join': ['/', { Ref: 'L' }] }, 'Fn::Join'],
    [
      'Length of an unknown list',
      { 'Fn::Sub': ['arn:aws:s3:::${N}', { N: { 'Fn::Length': { Ref: 'L' } } }] },
      'Fn::Length',
    ],
    [
      'Base64 of an unknown text',
      { 'Fn::Sub': ['arn:aws:s3:::${B}', { B: { 'Fn::Base64': { Ref: 'P' } } }] },
      'Fn::Base64',
    ],
    [
      'a condition as a value',
      { 'Fn::Sub': ['arn:aws:s3:::${B}', { B: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'P' }, 'x'] }] } }] },
      'Fn::Not',
    ],
    ['an import of an unknown name', { 'Fn::ImportValue': { Ref: 'P' } }, 'Fn::ImportValue'],
    [
      'ToJsonString with a hole',
      { 'Fn::Sub': ['arn:aws:s3:::${J}', { J: { 'Fn::ToJsonString': { a: { Ref: 'P' } } } }] },
      'P',
    ],
    ['the id of the stack', { 'Fn::Sub': 'arn:aws:s3:::${AWS::StackId}' }, 'AWS::StackId'],
  ])('%s is a hole', (_name, expression, name) => {
    const policy = policyWith(expression);
    expect(policy).toHaveProperty('document');
    expect(JSON.stringify(policy)).toMatch(/"hole":"/);
    expect(JSON.stringify(policy)).toContain(name);
  });

  it('a condition that is decided, as a value', () => {
    const value = { 'Fn::Sub': ['arn:aws:s3:::${B}', { B: { 'Fn::Equals': [1, '1'] } }] };
    expect(JSON.stringify(policyWith(value))).toContain('arn:aws:s3:::true');
  });

  it.each([
    ['nothing', null],
    ['two functions', { 'Fn::Not': [], 'Fn::And': [] }],
    ['no list', { 'Fn::And': 'x' }],
    ['an unknown function', { 'Fn::Contains': [['a'], 'a'] }],
    ['a condition that is no name', { Condition: 7 }],
  ])('a condition of %s is not decided', (_name, condition) => {
    const rest = { ...open, Conditions: { Open: condition } };
    expect(policyWith({ 'Fn::If': ['Open', '*', 'arn:aws:s3:::a'] }, rest)).toHaveProperty('unresolved');
  });

  it('truth values as conditions', () => {
    const rest = { Conditions: { Open: { 'Fn::And': [true, 'true', { 'Fn::Not': [false] }] } } };
    expect(JSON.stringify(policyWith({ 'Fn::If': ['Open', 'arn:aws:s3:::yes', '*'] }, rest))).toContain(
      'arn:aws:s3:::yes',
    );
  });

  it('long names of holes stay different', () => {
    const long = (end: string) => ({ 'Fn::ImportValue': `${'x'.repeat(300)}${end}` });
    const holes = JSON.stringify(policyWith([long('a'), long('b'), long('a')])).match(/"hole":"[^"]*"/g)!;
    expect(new Set(holes).size).toBe(2);
    expect(holes[0]).toBe(holes[2]);
  });
});

describe('loops', () => {
  it('that are not written as they must be, or repeat what is not known, are reported', () => {
    const loaded = load({
      ...open,
      Resources: {
        'Fn::ForEach::Bad': 'x',
        'Fn::ForEach::Open': ['X', { Ref: 'L' }, { 'B${X}': { Type: 'AWS::S3::Bucket' } }],
      },
    });
    expect(paths(loaded)).toEqual([
      'malformed Resources.Fn::ForEach::Bad',
      'missingValue Resources.Fn::ForEach::Open',
    ]);
  });

  it('over several identifiers, of a list of lists or a map', () => {
    const bucket = (BucketName: unknown, Value: unknown) => ({
      Type: 'AWS::S3::Bucket',
      Properties: { BucketName, Tags: [{ Key: 'k', Value }] },
    });
    const { data, diagnostics } = load({
      Parameters: { Name: { Type: 'String', Default: 'Key' } },
      Resources: {
        'Fn::ForEach::Lists': [
          ['A', 'B'],
          [
            [1, 'x'],
            [2, 'y'],
          ],
          { 'L${A}': bucket({ 'Fn::Sub': 'l-${B}' }, { Ref: 'B' }) },
        ],
        'Fn::ForEach::Map': [
          [{ Ref: 'Name' }, 'Value'],
          { one: 443, two: 22 },
          { 'M${Key}': bucket({ Ref: 'Key' }, { Ref: 'Value' }) },
        ],
      },
    });
    expect(diagnostics).toEqual([]);
    expect(data.resources.map(({ names, arn, tags }) => [names[0], arn, tags?.k])).toEqual([
      ['L1', 'arn:aws:s3:::l-x', 'x'],
      ['L2', 'arn:aws:s3:::l-y', 'y'],
      ['Mone', 'arn:aws:s3:::one', '443'],
      ['Mtwo', 'arn:aws:s3:::two', '22'],
    ]);
  });

  it.each([
    ['malformed', ['A', 'B'], [['x', 'y', 'z']]],
    ['malformed', ['A', 'B'], ['x']],
    ['malformed', [], [['x']]],
    ['malformed', [['A'], 'B'], [['x', 'y']]],
    ['missingValue', ['A', 'B'], [['x', { Ref: 'Open' }]]],
    ['missingValue', ['A', 'B'], { x: { Ref: 'Open' } }],
    ['missingValue', 'A', { x: 'y' }],
  ])('%s: %j over %j', (code, identifiers, collection) => {
    const loop = [identifiers, collection, { 'B${A}': { Type: 'AWS::S3::Bucket' } }];
    const { data, diagnostics } = load({
      Parameters: open.Parameters,
      Resources: { 'Fn::ForEach::X': loop },
    });
    expect(data.resources.map(({ names }) => names)).toEqual(code === 'malformed' ? [] : [['B${A}']]);
    expect(diagnostics).toContainEqual(expect.objectContaining({ code, path: 'Resources.Fn::ForEach::X' }));
  });

  it.each([
    ['a name that does not exist', { Ref: 'Typo' }],
    ['a resource', [{ Ref: 'Named' }]],
    ['an attribute', [{ 'Fn::GetAtt': ['Named', 'Arn'] }]],
  ])('over %s are reported, and the resource is still read', (_, collection) => {
    const loaded = load({
      Resources: {
        Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'named' } },
        'Fn::ForEach::X': ['X', collection, { 'B${X}': { Type: 'AWS::S3::Bucket' } }],
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Named' },
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: {
                Effect: 'Deny',
                Principal: '*',
                Action: 's3:*',
                Resource: { 'Fn::GetAtt': ['Named', 'Arn'] },
              },
            },
          },
        },
      },
    });
    expect(paths(loaded)).toEqual(['missingValue Resources.Fn::ForEach::X']);
    expect(loaded.data.resources).toMatchObject([
      {
        arn: 'arn:aws:s3:::named',
        policies: [{ document: { Statement: { Resource: 'arn:aws:s3:::named' } } }],
      },
      { names: ['B${X}'] },
    ]);
  });

  it('names with letters and digits only, loops in loops and in properties', () => {
    const { data } = load({
      Resources: {
        'Fn::ForEach::A': [
          'A',
          ['a.b'],
          {
            'Fn::ForEach::B': [
              'B',
              ['1', '2'],
              {
                'R&{A}${B}': {
                  Type: 'AWS::S3::Bucket',
                  Properties: {
                    BucketName: { 'Fn::Sub': '${A}-${B}-${AWS::Region}' },
                    Tags: [{ Key: 'k', Value: { Ref: 'A' } }],
                  },
                },
              },
            ],
          },
        ],
      },
    });
    expect(data.resources.map(({ names, arn, tags }) => [names[0], arn, tags?.k])).toEqual([
      ['Rab1', 'arn:aws:s3:::a.b-1-eu-west-1', 'a.b'],
      ['Rab2', 'arn:aws:s3:::a.b-2-eu-west-1', 'a.b'],
    ]);
  });
});

describe('attachments that are not decided', () => {
  it('groups of users and members of groups', () => {
    const loaded = load({
      ...open,
      Resources: {
        G: { Type: 'AWS::IAM::Group' },
        U: { Type: 'AWS::IAM::User', Properties: { Groups: [choice({ Ref: 'G' })] } },
        V: { Type: 'AWS::IAM::User' },
        In: {
          Type: 'AWS::IAM::UserToGroupAddition',
          Properties: { GroupName: choice({ Ref: 'G' }, 'other*'), Users: [{ Ref: 'V' }, choice('a')] },
        },
        Bad: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: 'g', Users: [{ a: 1 }] } },
        Maybe: {
          Type: 'AWS::IAM::UserToGroupAddition',
          Condition: 'Open',
          Properties: { GroupName: 'g', Users: ['w'] },
        },
      },
    });
    expect(loaded.data.principals.map(({ policies }) => policies.some((use) => 'unresolved' in use))).toEqual(
      [true, true],
    );
    expect(loaded.data.attachments).toMatchObject([
      { kind: 'user', target: 'a', policy: { unresolved: expect.any(String) } },
      { kind: 'user', target: 'w', policy: { unresolved: expect.any(String) } },
    ]);
    expect(paths(loaded)).toContain('malformed Resources.Bad.Properties.Users[0]');
  });

  it('managed policies, policies and targets that are no text', () => {
    const loaded = load({
      ...open,
      Resources: {
        G: {
          Type: 'AWS::IAM::Group',
          Properties: {
            ManagedPolicyArns: [{ a: 1 }, choice('arn:aws:iam::aws:policy/a')],
            Policies: [choice({ PolicyName: 'p', PolicyDocument: {} }), 7],
          },
        },
        P: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyName: 'p', Groups: [{ a: 1 }], PolicyDocument: { Statement: [] } },
        },
        M: {
          Type: 'AWS::IAM::ManagedPolicy',
          Condition: 'Open',
          Properties: {
            Groups: [{ Ref: 'G' }],
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
            },
          },
        },
      },
    });
    expect(loaded.data.groups[0]!.policies.every((use) => 'unresolved' in use)).toBe(true);
    expect(loaded.data.groups[0]!.policies).toHaveLength(5);
    expect(loaded.data.managedPolicies[0]).toHaveProperty('unresolved');
    expect(paths(loaded)).toContain('malformed Resources.P.Properties.Groups[0]');
  });

  it('resource policies of what is not decided', () => {
    const document = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }],
    };
    const loaded = load({
      ...open,
      Resources: {
        A: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'a' } },
        B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } },
        One: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: { Bucket: choice({ Ref: 'A' }), PolicyDocument: document },
        },
        Two: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { a: 1 }, PolicyDocument: document } },
      },
    });
    const [a, b] = loaded.data.resources;
    expect(a!.policies).toMatchObject([{ unresolved: expect.any(String) }]);
    expect(b!.policies).toEqual([]);
    expect(paths(loaded)).toContain('malformed Resources.Two.Properties.Bucket[0]');
  });

  it('a bucket that may not exist has an uncertain policy', () => {
    const loaded = load({
      ...open,
      Resources: {
        A: { Type: 'AWS::S3::Bucket', Condition: 'Open' },
        P: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'A' },
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
            },
          },
        },
      },
    });
    expect(loaded.data.resources[0]!.policies).toMatchObject([{ name: 'P', unresolved: expect.any(String) }]);
  });
});

describe('permissions of functions', () => {
  const permission = (Properties: object) => {
    const loaded = load({
      ...open,
      Resources: {
        Perm: {
          Type: 'AWS::Lambda::Permission',
          Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'f', ...Properties },
        },
      },
    });
    return loaded.data.resources[0]!;
  };
  it.each<[string, object]>([
    ['an unknown principal', { Principal: { Ref: 'P' } }],
    ['an undecided principal', { Principal: choice('*', 'a.amazonaws.com') }],
    ['no principal', {}],
  ])('%s', (_name, properties) => expect(permission(properties).policies[0]).toHaveProperty('unresolved'));

  it.each<[string, unknown, string]>([
    ['a role', 'arn:aws:iam::444455556666:role/x', '{"AWS":"arn:aws:iam::444455556666:role/x"}'],
    [
      'a service of a region',
      { 'Fn::Sub': 'logs.${AWS::Region}.amazonaws.com' },
      '{"Service":"logs.eu-west-1.amazonaws.com"}',
    ],
    [
      'a service with an unknown part',
      { 'Fn::Sub': '${P}.amazonaws.com' },
      '{"Service":{"text":[{"hole":"app/P"},".amazonaws.com"]}}',
    ],
  ])('%s', (_name, Principal, expected) =>
    expect(JSON.stringify(permission({ Principal }).policies)).toContain(`"Principal":${expected}`),
  );

  it.each<[unknown, unknown]>([
    ['f:live', 'arn:aws:lambda:eu-west-1:111122223333:function:f:live'],
    ['444455556666:function:f', 'arn:aws:lambda:eu-west-1:444455556666:function:f'],
    ['444455556666:f', 'arn:aws:lambda:eu-west-1:444455556666:function:f'],
    [
      { 'Fn::Sub': '444455556666:f-${P}' },
      { text: ['arn:aws:lambda:eu-west-1:444455556666:function:f-', { hole: 'app/P' }] },
    ],
    ['arn:aws:lambda:eu-west-1:444455556666:function:f', 'arn:aws:lambda:eu-west-1:444455556666:function:f'],
    [{ Ref: 'P' }, { hole: 'app/P' }],
  ])('the function %o', (FunctionName, arn) =>
    expect(permission({ FunctionName, Principal: '*' }).arn).toEqual(arn),
  );

  it('layers', () => {
    const loaded = load({
      Resources: {
        L: { Type: 'AWS::Lambda::LayerVersion', Properties: { LayerName: 'l' } },
        A: {
          Type: 'AWS::Lambda::LayerVersionPermission',
          Properties: {
            LayerVersionArn: { Ref: 'L' },
            Action: 'lambda:GetLayerVersion',
            Principal: '*',
            OrganizationId: 'o-abcdef1234',
          },
        },
        B: {
          Type: 'AWS::Lambda::LayerVersionPermission',
          Properties: {
            LayerVersionArn: { Ref: 'L' },
            Action: 'lambda:GetLayerVersion',
            Principal: '444455556666',
          },
        },
      },
    });
    expect(loaded.data.resources[0]!.policies).toHaveLength(2);
    expect(JSON.stringify(loaded.data.resources)).toContain('aws:PrincipalOrgID');
  });
});

describe('other resource policies by the name of what they belong to', () => {
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  };
  const here = 'eu-west-1:111122223333';
  it.each([
    [
      'AWS::S3Express::BucketPolicy',
      { Bucket: 'b--x-s3', PolicyDocument: document },
      `arn:aws:s3express:${here}:bucket/b--x-s3`,
    ],
    [
      'AWS::S3ObjectLambda::AccessPointPolicy',
      { ObjectLambdaAccessPoint: 'o', PolicyDocument: document },
      `arn:aws:s3-object-lambda:${here}:accesspoint/o`,
    ],
    [
      'AWS::S3::MultiRegionAccessPointPolicy',
      { MrapName: 'm', Policy: document },
      'arn:aws:s3::111122223333:accesspoint/m.mrap',
    ],
    [
      'AWS::SecretsManager::ResourcePolicy',
      { SecretId: 'db', ResourcePolicy: document },
      `arn:aws:secretsmanager:${here}:secret:db-AbCdEf`,
    ],
    [
      'AWS::EventSchemas::RegistryPolicy',
      { RegistryName: 'r', Policy: document },
      `arn:aws:schemas:${here}:registry/r`,
    ],
    [
      'AWS::Kinesis::ResourcePolicy',
      { ResourceArn: `arn:aws:kinesis:${here}:stream/s`, ResourcePolicy: document },
      `arn:aws:kinesis:${here}:stream/s`,
    ],
    [
      'AWS::SNS::TopicInlinePolicy',
      { TopicArn: `arn:aws:sns:${here}:t`, PolicyDocument: document },
      `arn:aws:sns:${here}:t`,
    ],
    [
      'AWS::SQS::QueueInlinePolicy',
      { Queue: `arn:aws:sqs:${here}:q`, PolicyDocument: document },
      `arn:aws:sqs:${here}:q`,
    ],
    [
      'AWS::Events::EventBusPolicy',
      { StatementId: 's', Action: 'events:PutEvents', Principal: '444455556666' },
      `arn:aws:events:${here}:event-bus/default`,
    ],
  ])('%s', (Type, Properties, arn) => {
    const { data, diagnostics } = load({ Resources: { P: { Type, Properties } } });
    expect(diagnostics).toEqual([]);
    expect(data.resources).toMatchObject([
      { arn, account: '111122223333', policies: [{ name: 'P', document: expect.anything() }] },
    ]);
  });
});

describe('organizations', () => {
  it('units, policies of both kinds, and what is not known', () => {
    const content = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
    };
    const loaded = load({
      ...open,
      Resources: {
        Top: {
          Type: 'AWS::Organizations::OrganizationalUnit',
          Properties: { Name: 'Top', ParentId: 'r-ab12' },
        },
        Sub: {
          Type: 'AWS::Organizations::OrganizationalUnit',
          Properties: { Name: 'Sub', ParentId: { Ref: 'Top' } },
        },
        Lost: {
          Type: 'AWS::Organizations::OrganizationalUnit',
          Properties: { Name: { Ref: 'L' }, ParentId: { Ref: 'P' } },
        },
        Acc: { Type: 'AWS::Organizations::Account', Properties: { AccountName: 'x', Email: 'x' } },
        Rcp: {
          Type: 'AWS::Organizations::Policy',
          Properties: {
            Name: 'rcp',
            Type: 'RESOURCE_CONTROL_POLICY',
            Content: content,
            TargetIds: [{ Ref: 'Sub' }, { Ref: 'P' }],
          },
        },
        Bad: {
          Type: 'AWS::Organizations::Policy',
          Properties: {
            Name: 'bad',
            Type: 'SERVICE_CONTROL_POLICY',
            Content: { Ref: 'P' },
            TargetIds: ['r-ab12'],
          },
        },
        Tag: {
          Type: 'AWS::Organizations::Policy',
          Properties: { Name: 'tag', Type: 'TAG_POLICY', Content: {} },
        },
        What: {
          Type: 'AWS::Organizations::Policy',
          Properties: { Name: 'what', Type: { Ref: 'P' }, Content: {} },
        },
      },
    });
    const { nodes, policies } = loaded.data.organization!;
    expect(nodes.map(({ id, parent }) => [id, parent])).toEqual([
      ['r-unknown', null],
      ['ou-app-Top', 'r-ab12'],
      ['ou-app-Lost', 'r-unknown'],
      ['ou-app-Sub', 'ou-app-Top'],
      ['r-ab12', null],
    ]);
    expect(nodes.find(({ id }) => id === 'ou-app-Sub')).toMatchObject({
      resourceControlPolicies: ['p-Rcp'],
      serviceControlPolicies: ['p-FullAWSAccess'],
    });
    expect(policies.map((policy) => [policy.name, 'unresolved' in policy])).toEqual([
      ['FullAWSAccess', false],
      ['rcp', false],
      ['bad', true],
    ]);
    expect(paths(loaded).sort()).toEqual([
      'malformed Resources.Bad.Properties.Content',
      'missingValue Resources.Acc.Properties.AccountName',
      'missingValue Resources.Lost.Properties.ParentId',
      'missingValue Resources.Rcp.Properties.TargetIds[1]',
      'missingValue Resources.What.Properties.Type',
    ]);
  });
});

describe('workloads', () => {
  it('roles in lists and members, undecided ones, and those of other accounts', () => {
    const loaded = load({
      ...open,
      Resources: {
        Rule: {
          Type: 'AWS::Events::Rule',
          Properties: { Targets: [{ RoleArn: 'arn:aws:iam::111122223333:role/a' }, { Arn: 'x' }] },
        },
        Pool: {
          Type: 'AWS::Cognito::IdentityPoolRoleAttachment',
          Properties: {
            Roles: {
              authenticated: 'arn:aws:iam::111122223333:role/b',
              unauthenticated: 'arn:aws:iam::111122223333:role/c',
            },
          },
        },
        Fn: {
          Type: 'AWS::Lambda::Function',
          Properties: { Role: choice('arn:aws:iam::111122223333:role/*', 'x') },
        },
        Job: { Type: 'AWS::Glue::Job', Properties: { Role: 'plain' } },
        Recorder: { Type: 'AWS::Config::ConfigurationRecorder', Properties: { RoleARN: 'records' } },
        Odd: { Type: 'AWS::Lambda::Function', Properties: { Role: { a: 1 } } },
        Template: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: choice({ IamInstanceProfile: { Name: 'p' } }) },
        },
      },
    });
    expect(loaded.data.workloads.map(({ names, role }) => [names[0], role])).toEqual([
      ['Rule', 'arn:aws:iam::111122223333:role/a'],
      ['Pool', 'arn:aws:iam::111122223333:role/b'],
      ['Pool.Roles.unauthenticated', 'arn:aws:iam::111122223333:role/c'],
      ['Job', 'plain'],
      ['Recorder', 'records'],
    ]);
    expect(paths(loaded)).toContain('missingValue Resources.Fn.Properties.Role.Fn::If');
  });

  it('an endpoint has the default policy, or its own', () => {
    const { data } = load({
      Resources: {
        A: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: { Ref: 'V' } } },
        B: { Type: 'AWS::EC2::VPCEndpoint', Properties: { ServiceName: 's', PolicyDocument: 'no JSON' } },
        V: { Type: 'AWS::EC2::VPC' },
      },
    });
    expect(data.vpcEndpoints).toMatchObject([
      { id: 'vpce-app-A', vpc: 'vpc-app-V' },
      { service: 's', policy: { unresolved: expect.any(String) } },
    ]);
    expect(data.vpcEndpoints[0]).not.toHaveProperty('policy');
  });
});

describe('policies as text', () => {
  const written = (PolicyDocument: unknown) => {
    const { data } = load({
      ...open,
      Resources: { P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'b', PolicyDocument } } },
    });
    return data.resources[0]!.policies[0]!;
  };
  const text = (resource: string, key = 's3:prefix') =>
    `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":["${resource}"],"Condition":{"StringEquals":{"${key}":"a"},"NumericLessThan":{"s3:max-keys":7}}}]}`;
  it('JSON text, with and without holes', () => {
    expect(written(text('arn:aws:s3:::b'))).toHaveProperty('document');
    expect(JSON.stringify(written({ 'Fn::Sub': text('arn:aws:s3:::${P}/*') }))).toContain(
      '{"text":["arn:aws:s3:::",{"hole":"app/P"},"/*"]}',
    );
  });
  it.each<[string, unknown]>([
    ['a hole as a key', { 'Fn::Sub': text('arn:aws:s3:::b', '${P}') }],
    ['a hole outside of text', { 'Fn::Sub': '{"Statement":${P}}' }],
    ['a member twice', '{"Statement":[],"Statement":[]}'],
    ['characters of private use', text('arn:aws:s3:::\uE000')],
    ['a number', '7'],
    ['no JSON', 'x'],
  ])('%s is not read', (_name, document) => expect(written(document)).toHaveProperty('unresolved'));
});
