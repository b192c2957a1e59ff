import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load, roleWith } from './fixture.js';

type Options = NonNullable<Parameters<typeof load>[1]>;

/** The value of an expression where a policy has a resource. */
function resourceOf(
  expression: unknown,
  rest: object = {},
  options: Options = {},
  more: object = {},
): unknown {
  const { data } = load(
    roleWith(
      { Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:aws:s3:::first', expression] },
      more,
      rest,
    ),
    options,
  );
  const [policy] = data.principals[0]!.policies;
  if (policy === undefined || !('document' in policy)) return policy;
  const { Statement } = policy.document as unknown as { Statement: { Resource: unknown[] }[] };
  return Statement[0]!.Resource[1];
}

const arn = (text: string) => `arn:aws:s3:::${text}`;
const hole = (name: string) => ({ hole: `app/${name}` });
const Parameters = {
  Free: { Type: 'String' },
  Set: { Type: 'String', Default: 'set' },
  Count: { Type: 'Number', Default: 3 },
  List: { Type: 'CommaDelimitedList', Default: 'arn:aws:s3:::a, arn:aws:s3:::b' },
  FreeList: { Type: 'List<String>' },
  Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/app/name' },
  StoredList: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/app/names' },
};
const Mappings = {
  Map: {
    one: { a: arn('one-a'), b: arn('one-b'), list: [arn('x'), arn('y')] },
    two: { a: arn('two-a'), b: arn('wild-*') },
  },
};
const Conditions = {
  Yes: { 'Fn::Equals': ['a', 'a'] },
  No: { 'Fn::Not': [{ Condition: 'Yes' }] },
  Open: { 'Fn::Equals': [{ Ref: 'Free' }, 'x'] },
  // A part that is known to differ decides.
  Apart: { 'Fn::Equals': [{ 'Fn::Sub': 'prod-${Free}' }, 'test-x'] },
  OpenOrYes: { 'Fn::Or': [{ Condition: 'Open' }, { Condition: 'Yes' }] },
  OpenAndNo: { 'Fn::And': [{ Condition: 'Open' }, { Condition: 'No' }] },
};
const rest = { Parameters, Mappings, Conditions };

describe('functions', () => {
  it.each<[string, unknown, unknown]>([
    ['text', arn('x'), arn('x')],
    ['policy variables in plain text', arn('${aws:username}/*'), arn('${aws:username}/*')],
    ['Ref of a parameter', { 'Fn::Join': ['', [arn(''), { Ref: 'Set' }]] }, arn('set')],
    ['a number', { 'Fn::Sub': arn('${Count}') }, arn('3')],
    ['Sub with a map', { 'Fn::Sub': [arn('${X}-${Set}'), { X: { Ref: 'Count' } }] }, arn('3-set')],
    ['Sub with a map that hides a parameter', { 'Fn::Sub': [arn('${Set}'), { Set: 'mine' }] }, arn('mine')],
    ['Sub with a literal', { 'Fn::Sub': arn('${!aws:username}') }, arn('${aws:username}')],
    [
      'Sub with a Sub in its map',
      { 'Fn::Sub': [arn('${X}'), { X: { 'Fn::Sub': '${Set}${Set}' } }] },
      arn('setset'),
    ],
    ['Sub with nothing', { 'Fn::Sub': arn('x${AWS::NoValue}') }, arn('x')],
    [
      'Join of a list parameter',
      { 'Fn::Join': ['', ['arn:aws:s3:::', { 'Fn::Select': [2, { 'Fn::Split': ['-', 'a-b-c'] }] }]] },
      arn('c'),
    ],
    ['Select from a list parameter', { 'Fn::Select': ['1', { Ref: 'List' }] }, arn('b')],
    [
      'Split of an ARN',
      { 'Fn::Sub': [arn('${N}'), { N: { 'Fn::Select': [5, { 'Fn::Split': [':', arn('b')] }] } }] },
      arn('b'),
    ],
    ['FindInMap', { 'Fn::FindInMap': ['Map', 'one', 'a'] }, arn('one-a')],
    ['FindInMap of a list', { 'Fn::Select': [1, { 'Fn::FindInMap': ['Map', 'one', 'list'] }] }, arn('y')],
    [
      'FindInMap with a default',
      { 'Fn::FindInMap': ['Map', 'three', 'a', { DefaultValue: arn('d') }] },
      arn('d'),
    ],
    ['If', { 'Fn::If': ['Yes', arn('yes'), arn('no')] }, arn('yes')],
    ['If not', { 'Fn::If': ['No', arn('yes'), arn('no')] }, arn('no')],
    ['If with one outcome', { 'Fn::If': ['Open', arn('same'), arn('same')] }, arn('same')],
    ['If of texts that differ for certain', { 'Fn::If': ['Apart', arn('yes'), arn('no')] }, arn('no')],
    ['Or with one side', { 'Fn::If': ['OpenOrYes', arn('yes'), arn('no')] }, arn('yes')],
    ['And with one side', { 'Fn::If': ['OpenAndNo', arn('yes'), arn('no')] }, arn('no')],
    [
      'Cidr',
      { 'Fn::Sub': [arn('${C}'), { C: { 'Fn::Select': [1, { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }] } }] },
      arn('10.0.1.0/24'),
    ],
    ['Base64', { 'Fn::Sub': [arn('${B}'), { B: { 'Fn::Base64': 'héllo' } }] }, arn('aMOpbGxv')],
    ['Length', { 'Fn::Sub': [arn('${L}'), { L: { 'Fn::Length': { Ref: 'List' } } }] }, arn('2')],
    [
      'ToJsonString',
      { 'Fn::Sub': [arn('${J}'), { J: { 'Fn::ToJsonString': { a: [1, 'x'] } } }] },
      arn('{"a":[1,"x"]}'),
    ],
    [
      'pseudo parameters',
      {
        'Fn::Sub':
          'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}.${AWS::URLSuffix}',
      },
      'arn:aws:sqs:eu-west-1:111122223333:app.amazonaws.com',
    ],
    ['a parameter without a value', { 'Fn::Sub': arn('${Free}/*') }, { text: [arn(''), hole('Free'), '/*'] }],
    [
      'the name of a stored parameter',
      { 'Fn::Sub': arn('${Stored}') },
      { text: [arn(''), hole('{{resolve:ssm:/app/name}}')] },
    ],
    [
      'a dynamic reference',
      arn('{{resolve:ssm:/app/name}}'),
      { text: [arn(''), hole('{{resolve:ssm:/app/name}}')] },
    ],
    [
      'a dynamic reference in parts',
      { 'Fn::Join': ['', [arn('{{resolve:ssm:/'), { Ref: 'Set' }, ':1}}/*']] },
      { text: [arn(''), hole('{{resolve:ssm:/set:1}}'), '/*'] },
    ],
    ['an import', { 'Fn::ImportValue': { 'Fn::Sub': '${Set}-arn' } }, hole('Fn::ImportValue(set-arn)')],
    [
      'what begins a split',
      { 'Fn::Select': [0, { 'Fn::Split': ['|', { 'Fn::Sub': `${arn('a')}|\${Free}` }] }] },
      arn('a'),
    ],
  ])('%s', (_name, expression, expected) => {
    expect(resourceOf(expression, rest)).toEqual(expected);
  });

  it.each<[string, unknown, unknown, object]>([
    ['a list inside of text', { 'Fn::Sub': '${List}' }, 'arn:aws:s3:::a,arn:aws:s3:::b', {}],
    [
      'a list that is given as text',
      { 'Fn::Select': [1, { Ref: 'FreeList' }] },
      arn('y'),
      { FreeList: `x, ${arn('y')}` },
    ],
    [
      'a stored list that is given',
      { 'Fn::Select': [0, { Ref: 'StoredList' }] },
      arn('n'),
      { '{{resolve:ssm:/app/names}}': arn('n') },
    ],
    [
      'a stored value without a name',
      { 'Fn::Sub': arn('${Nameless}') },
      { text: [arn(''), hole('Nameless')] },
      {},
    ],
    [
      'a secret put together',
      { 'Fn::Sub': arn('{{resolve:secretsmanager:${Set}:x}}-${Free}') },
      { text: [arn(''), hole('{{resolve:secretsmanager:set:x}}'), '-', hole('Free')] },
      {},
    ],
    ['a reference that does not end', arn('{{resolve:ssm:/x'), arn('{{resolve:ssm:/x'), {}],
    [
      'a hole in a reference',
      { 'Fn::Sub': arn('{{resolve:ssm:/${Free}}}') },
      { text: [arn(''), hole('{{resolve:ssm:/<app/Free>}}')] },
      {},
    ],
  ])('%s', (_name, expression, expected, parameters) => {
    const all = { ...Parameters, Nameless: { Type: 'AWS::SSM::Parameter::Value<String>' } };
    expect(resourceOf(expression, { Parameters: all }, { parameters } as Options)).toEqual(expected);
  });

  it('names that nothing has are holes, and reported', () => {
    const more = { Gone: { Type: 'AWS::S3::Bucket', Condition: 'No' }, Mod: { Type: 'Our::Bucket::MODULE' } };
    for (const expression of [
      { Ref: 'Nothing' },
      { 'Fn::GetAtt': 'Nothing.Arn' },
      { Ref: 'Gone' },
      { 'Fn::GetAtt': 'Gone.Arn' },
      { Ref: 'Mod' },
    ]) {
      const { data, diagnostics } = load(
        roleWith({ Effect: 'Allow', Action: 's3:*', Resource: expression }, more, rest),
      );
      expect(JSON.stringify(data.principals[0]!.policies)).toContain('"hole"');
      expect(diagnostics.map(({ code }) => code)).toContain('unresolvedReference');
    }
  });

  it('a branch that is not decided is a hole; equal expressions are equal holes', () => {
    const choice = { 'Fn::If': ['Open', arn('yes'), arn('no')] };
    const one = resourceOf(choice, rest) as { hole: string };
    expect(one.hole).toContain('Fn::If(Open');
    expect(resourceOf({ ...choice }, rest)).toEqual(one);
    expect(resourceOf({ 'Fn::If': ['Open', arn('yes'), arn('other')] }, rest)).not.toEqual(one);
  });

  it.each<[string, unknown, string]>([
    ['a branch with a wildcard', { 'Fn::If': ['Open', '*', arn('no')] }, 'condition Open'],
    [
      'a branch with a policy variable',
      { 'Fn::If': ['Open', arn('${aws:username}'), arn('no')] },
      'condition Open',
    ],
    ['a branch that is no text', { 'Fn::If': ['Open', [arn('a'), arn('b')], arn('no')] }, 'condition Open'],
    [
      'a branch that may be absent',
      { 'Fn::If': ['Open', arn('a'), { Ref: 'AWS::NoValue' }] },
      'condition Open',
    ],
    [
      'a mapping with a wildcard',
      { 'Fn::FindInMap': ['Map', { Ref: 'Free' }, 'b'] },
      'the key into the mapping',
    ],
    ['a list of unknown length', { Ref: 'FreeList' }, 'the parameter FreeList has no value'],
    ['a stored list', { Ref: 'StoredList' }, 'the list in Parameter Store'],
    ['a function that does not exist', { 'Fn::Ref': 'X' }, 'Fn::Ref is no function'],
    ['a macro', { 'Fn::Transform': { Name: 'Mine', Parameters: {} } }, 'the macro Mine'],
    ['a condition that does not exist', { 'Fn::If': ['Nope', '*', arn('a')] }, 'the condition Nope'],
  ])('%s leaves the policy unresolved', (_name, expression, reason) => {
    const found = resourceOf(expression, rest) as { unresolved: string };
    expect(found.unresolved).toContain(reason);
  });

  it('a key into a mapping that is not known is one of its values', () => {
    const found = resourceOf({ 'Fn::FindInMap': ['Map', { Ref: 'Free' }, 'a'] }, rest) as { hole: string };
    expect(found.hole).toContain('Fn::FindInMap');
    const same = { Same: { one: { a: arn('s') }, two: { a: arn('s') } } };
    expect(
      resourceOf({ 'Fn::FindInMap': ['Same', { Ref: 'Free' }, 'a'] }, { Parameters, Mappings: same }),
    ).toBe(arn('s'));
  });

  it('conditions that name each other in a circle are not decided', () => {
    const circle = { Conditions: { A: { Condition: 'B' }, B: { 'Fn::Not': [{ Condition: 'A' }] } } };
    expect(resourceOf({ 'Fn::If': ['A', '*', arn('x')] }, circle)).toHaveProperty('unresolved');
  });

  it('parameters that the caller gives replace defaults', () => {
    expect(
      resourceOf({ 'Fn::Sub': arn('${Free}-${Set}-${Count}') }, rest, {
        parameters: { Free: 'f', Set: 's', Count: 7 },
      }),
    ).toBe(arn('f-s-7'));
    expect(
      resourceOf({ 'Fn::Select': [1, { Ref: 'FreeList' }] }, rest, {
        parameters: { FreeList: ['x', arn('y')] },
      }),
    ).toBe(arn('y'));
  });

  it('Join puts together what Split takes apart', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9]{1,5}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join('-');
        const expression = { 'Fn::Join': ['-', { 'Fn::Split': ['-', arn(text)] }] };
        expect(resourceOf(expression)).toBe(arn(text));
      }),
      { numRuns: 30 },
    );
  });
});

describe('what Ref and GetAtt return', () => {
  const there = 'eu-west-1:111122223333';
  const more = {
    B: { Type: 'AWS::S3::Bucket' },
    Q: { Type: 'AWS::SQS::Queue' },
    T: { Type: 'AWS::SNS::Topic' },
    F: { Type: 'AWS::Lambda::Function' },
    A: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'F' }, Name: 'live' } },
    V: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'F' } } },
    K: { Type: 'AWS::KMS::Key' },
    KA: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/k', TargetKeyId: { Ref: 'K' } } },
    S: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'db' } },
    M: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        Path: '/p/',
        PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
      },
    },
    U: { Type: 'AWS::IAM::User', Properties: { Path: '/staff/', UserName: 'ann' } },
    D: { Type: 'AWS::DynamoDB::Table' },
    L: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/x' } },
    O: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: 'https://oidc.example.com/id' } },
    R: { Type: 'AWS::Events::Rule', Properties: { EventBusName: 'bus' } },
    N: { Type: 'AWS::ElastiCache::CacheCluster' },
    SM: { Type: 'AWS::StepFunctions::StateMachine' },
    EB: { Type: 'AWS::Events::EventBus', Properties: { Name: 'eb' } },
    ER: {
      Type: 'AWS::Events::Rule',
      Properties: { Name: 'n', EventBusName: { 'Fn::GetAtt': ['EB', 'Arn'] } },
    },
    AR: { Type: 'AWS::CodeArtifact::Repository', Properties: { DomainName: 'd', RepositoryName: 'r' } },
    LU: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { Ref: 'F' } } },
    VP: { Type: 'AWS::EC2::VPC' },
    P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a/b' } },
  };
  it.each<[string, unknown]>([
    ['B', 'app-b-xxxxxxxxxxxx'],
    ['B.Arn', 'arn:aws:s3:::app-b-xxxxxxxxxxxx'],
    ['B.DomainName', 'app-b-xxxxxxxxxxxx.s3.amazonaws.com'],
    ['Q', `https://sqs.eu-west-1.amazonaws.com/111122223333/app-Q-XXXXXXXXXXXX`],
    ['Q.Arn', `arn:aws:sqs:${there}:app-Q-XXXXXXXXXXXX`],
    ['Q.QueueName', 'app-Q-XXXXXXXXXXXX'],
    ['T', `arn:aws:sns:${there}:app-T-XXXXXXXXXXXX`],
    ['T.TopicName', 'app-T-XXXXXXXXXXXX'],
    ['F', 'app-F-XXXXXXXXXXXX'],
    ['F.Arn', `arn:aws:lambda:${there}:function:app-F-XXXXXXXXXXXX`],
    ['A', `arn:aws:lambda:${there}:function:app-F-XXXXXXXXXXXX:live`],
    ['V', { text: [`arn:aws:lambda:${there}:function:app-F-XXXXXXXXXXXX:`, { hole: 'app/V.Arn' }] }],
    ['K', 'app-K'],
    ['K.Arn', `arn:aws:kms:${there}:key/app-K`],
    ['KA', 'alias/k'],
    ['S', `arn:aws:secretsmanager:${there}:secret:db-AbCdEf`],
    ['M', 'arn:aws:iam::111122223333:policy/p/app-M-XXXXXXXXXXXX'],
    ['U', 'ann'],
    ['U.Arn', 'arn:aws:iam::111122223333:user/staff/ann'],
    ['D', 'app-D-XXXXXXXXXXXX'],
    [
      'D.StreamArn',
      { text: [`arn:aws:dynamodb:${there}:table/app-D-XXXXXXXXXXXX/stream/`, { hole: 'app/D.StreamArn' }] },
    ],
    ['L.Arn', `arn:aws:logs:${there}:log-group:/x:*`],
    ['O', 'arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id'],
    ['R.Arn', `arn:aws:events:${there}:rule/bus/app-R-XXXXXXXXXXXX`],
    ['N', { hole: 'app/N' }],
    ['N.RedisEndpoint.Address', { hole: 'app/N.RedisEndpoint.Address' }],
    ['SM', `arn:aws:states:${there}:stateMachine:SM-XXXXXXXXXXXX`],
    ['SM.Name', 'SM-XXXXXXXXXXXX'],
    ['P', '/a/b'],
    ['EB.Arn', `arn:aws:events:${there}:event-bus/eb`],
    ['ER.Arn', `arn:aws:events:${there}:rule/eb/n`],
    ['AR', `arn:aws:codeartifact:${there}:repository/d/r`],
    ['LU.FunctionArn', `arn:aws:lambda:${there}:function:app-F-XXXXXXXXXXXX`],
    ['VP', 'vpc-app-VP'],
  ])('%s', (name, expected) => {
    const dot = name.indexOf('.');
    const value = dot < 0 ? { Ref: name } : { 'Fn::GetAtt': name };
    const { data } = load(
      roleWith(
        {
          Effect: 'Allow',
          Action: 's3:*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:SourceVpc': value } },
        },
        more,
      ),
    );
    const role = data.principals.find(({ kind }) => kind === 'role')!;
    expect(JSON.parse(JSON.stringify(role.policies[0]))).toHaveProperty(
      ['document', 'Statement', 0, 'Condition', 'StringEquals', 'aws:SourceVpc'],
      expected,
    );
  });
});
