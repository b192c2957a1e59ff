import { describe, expect, it } from 'vitest';
import { Estate } from '../../../src/query/estate.js';
import { load } from './fixture.js';

const statement = (more: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...more }],
});
const of = (Type: string, Properties: object = {}, more: object = {}) => ({ Type, Properties, ...more });
const read = (Resources: object, rest: object = {}, options: object = {}) => {
  const { data, diagnostics } = load({ Resources, ...rest }, options);
  return { data, estate: new Estate(data), said: diagnostics.map(({ code, path }) => `${code} ${path}`) };
};
const Parameters = { P: { Type: 'String' }, L: { Type: 'CommaDelimitedList' } };
const Conditions = { Open: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } };
const open = { Parameters, Conditions };
const choice = (yes: unknown, no: unknown = { Ref: 'AWS::NoValue' }) => ({ 'Fn::If': ['Open', yes, no] });

describe('functions', () => {
  const nameOf = (BucketName: unknown) => {
    const { data, said } = read({ B: of('AWS::S3::Bucket', { BucketName }) }, open);
    const arn = data.resources[0]?.arn;
    return typeof arn === 'string' ? arn.slice('arn:aws:s3:::'.length) : said;
  };

  it.each([
    ['a', 'YQ=='],
    ['ab', 'YWI='],
    ['abc', 'YWJj'],
    ['é', 'w6k='],
  ])('Base64 of %s', (text, expected) => expect(nameOf({ 'Fn::Base64': text })).toBe(expected));

  it.each([
    [[]],
    [['10.0.0.0', 1, 8]],
    [['10.0.0.0/24', 300, 1]],
    [['10.0.0.0/24', 16, 5]],
    [['10.0.0.0/24', 1, 40]],
    [['10.0.0.256/24', 1, 4]],
    [['10.0.0.0/24', { Ref: 'P' }, 4]],
    [{ Ref: 'L' }],
  ])('Cidr of %j has no blocks', (argument) => {
    const said = nameOf({ 'Fn::Select': [0, { 'Fn::Cidr': argument }] });
    expect(said).toEqual(expect.arrayContaining([expect.stringMatching(/^missingValue /)]));
  });

  it('select, split and join what is not known', () => {
    const missing = expect.arrayContaining([expect.stringMatching(/^missingValue /)]);
    expect(nameOf({ 'Fn::Select': [{ Ref: 'P' }, ['a', 'b']] })).toEqual(missing);
    expect(nameOf({ 'Fn::Select': [{ Ref: 'P' }, { Ref: 'L' }] })).toEqual(missing);
    expect(nameOf({ 'Fn::Select': [0, choice(['a', 'x'], ['a', 'y'])] })).toBe('a');
    expect(nameOf({ 'Fn::Select': [1, choice(['a', 'x'], ['a', 'y'])] })).toEqual(missing);
    expect(nameOf({ 'Fn::Select': [0, { 'Fn::Split': ['-', choice('a*b', 'c')] }] })).toEqual(missing);
    expect(nameOf({ 'Fn::Join': ['-', 'one'] })).toBe('one');
    expect(nameOf({ 'Fn::Join': ['-', { Ref: 'L' }] })).toEqual(missing);
  });

  it('FindInMap of keys that are not known may be its default', () => {
    const map = (DefaultValue?: unknown) => {
      const argument = ['M', { Ref: 'P' }, 'k', ...(DefaultValue === undefined ? [] : [{ DefaultValue }])];
      const Mappings = { M: { a: { k: 'same' }, b: { k: 'same' } } };
      const BucketName = { 'Fn::FindInMap': argument };
      return read({ B: of('AWS::S3::Bucket', { BucketName }) }, { ...open, Mappings }).data.resources[0]?.arn;
    };
    expect(map()).toBe('arn:aws:s3:::same');
    expect(map('same')).toBe('arn:aws:s3:::same');
    expect(map('other')).toHaveProperty('text');
  });

  it('text made of JSON keeps its holes', () => {
    const Policy = { 'Fn::ToJsonString': statement({ Action: { 'Fn::Sub': 's3:"${P}' } }) };
    const { data } = read({ A: of('AWS::S3::AccessPoint', { Name: 'a', Policy }) }, open);
    expect(JSON.stringify(data.resources[0]?.policies)).toContain('P');
    expect(data.resources[0]?.policies).toHaveLength(1);
  });

  it('a macro without a name', () => {
    expect(nameOf({ 'Fn::Transform': 7 })).toEqual(
      expect.arrayContaining([expect.stringMatching(/^unsupportedFunction /)]),
    );
  });
});

describe('tags', () => {
  const tagsOf = (Tags: unknown, more: object = {}) => {
    const { data } = read({ B: of('AWS::S3::Bucket', { BucketName: 'b', Tags }, more) }, open);
    const { tags, tagsUnresolved } = data.resources[0]!;
    return [tags, tagsUnresolved];
  };
  it('as lists and maps; what cannot be told leaves them open', () => {
    expect(tagsOf([{ Key: 'a', Value: '1' }])).toEqual([{ a: '1' }, undefined]);
    expect(tagsOf({ a: '1' })).toEqual([{ a: '1' }, undefined]);
    expect(tagsOf([{ Key: { Ref: 'P' }, Value: '1' }])).toEqual([undefined, true]);
    expect(tagsOf([choice({ Key: 'a', Value: '1' })])).toEqual([undefined, true]);
    for (const wrong of ['a=1', ['a=1'], [{ Value: '1' }]]) {
      const { data, said } = read({ B: of('AWS::S3::Bucket', { BucketName: 'b', Tags: wrong }) });
      expect(data.resources[0]).toMatchObject({ tagsUnresolved: true });
      expect(data.resources[0]).not.toHaveProperty('tags');
      expect(said).toEqual(['malformed Resources.B.Properties.Tags']);
    }
    expect(tagsOf(choice([{ Key: 'a', Value: '1' }]))).toEqual([undefined, true]);
    expect(tagsOf([{ Key: 'a', Value: '1' }], { Condition: 'Open' })[1]).toBe(true);
  });
});

describe('permissions of functions and layers', () => {
  const invoke = (properties: object) => {
    const Properties = { Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', ...properties };
    const { data, estate, said } = read(
      { F: of('AWS::Lambda::Function', { FunctionName: 'f' }), P: of('AWS::Lambda::Permission', Properties) },
      open,
    );
    return { data, said, decision: estate.can('s3.amazonaws.com', 'lambda:InvokeFunction', 'f').decision };
  };
  it('without a function, or with one that a condition chooses', () => {
    expect(invoke({ FunctionName: 'f' }).decision).toBe('allowed');
    expect(invoke({}).decision).toBe('implicitDeny');
    expect(invoke({ FunctionName: choice('f', 'g') }).decision).toBe('depends');
    expect(invoke({ FunctionName: { a: 1 } }).said).toContain(
      'malformed Resources.P.Properties.FunctionName',
    );
  });
  it('without an action allow nothing', () => {
    expect(invoke({ FunctionName: 'f', Action: undefined }).decision).not.toBe('allowed');
  });
  it('of a layer that is not known', () => {
    const { data } = read({ L: of('AWS::Lambda::LayerVersionPermission', { Principal: '*' }) });
    expect(data.resources).toMatchObject([
      {
        arn: { hole: 'app/L.LayerVersionArn' },
        policies: [{ document: { Statement: [{ Action: 'lambda:GetLayerVersion' }] } }],
      },
    ]);
  });
});

describe('types that are not read', () => {
  const path = (Properties: object, Type = 'AWS::New::Thing') => read({ X: of(Type, Properties) }).said;
  const policy = statement({ Principal: '*' });
  it('are said with the property that holds statements', () => {
    const at = (name: string) => [`unsupportedType Resources.X.Properties.${name}`];
    expect(path({ AccessPolicy: policy })).toEqual(at('AccessPolicy'));
    expect(path({ Deep: { Inner: { Policies: [JSON.stringify(policy)] } } })).toEqual(
      at('Deep.Inner.Policies'),
    );
    expect(path({ Policies: [{ Document: { a: policy } }] })).toEqual(at('Policies'));
    expect(path({ Policy: 7, Other: policy, Policies: ['none'] })).toEqual([]);
    const nested = (depth: number): object => (depth === 0 ? policy : { x: nested(depth - 1) });
    expect(path({ Policy: nested(9) })).toEqual([]);
    expect(path({ Document: '{}' }, 'AWS::IoT::Policy')).toEqual([]);
  });
  it('that deploy others are said', () => {
    for (const type of ['AWS::CloudFormation::StackSet', 'Company::Team::Thing::MODULE', 'LocalModule'])
      expect(path({}, type)).toEqual(['unsupportedType Resources.X']);
  });
});

describe('what a tool writes out before it deploys', () => {
  it('modules of a template are said, with the template to load', () => {
    const { diagnostics } = load({
      Modules: { Site: { Source: './site.yaml' } },
      Resources: { App: { Type: 'LocalModule', Source: './app.yaml' } },
    });
    const hint = 'load the packaged template (aws cloudformation package)';
    expect(diagnostics).toEqual([
      {
        code: 'unsupportedType',
        path: 'Modules.Site',
        message: 'Site is a module: its resources are not in the estate',
        hint,
      },
      {
        code: 'unsupportedType',
        path: 'Resources.App',
        message: 'App is a module: its resources are not in the estate',
        hint,
      },
    ]);
    // A template may hold nothing but modules.
    expect(load({ Modules: { Site: { Source: './site.yaml' } } }).diagnostics).toHaveLength(1);
  });

  it('a type that is no text is said', () => {
    const loaded = load(
      'Resources:\n  S:\n    Type: !Rain::Module "x.yml"\n  B: { Type: AWS::Serverless::SimpleTable }\n  L: { Type: [] }\n',
    );
    expect(loaded.diagnostics).toMatchObject([
      { code: 'malformed', path: 'Resources.S.Type', message: expect.stringContaining('no text') },
      { code: 'malformed', path: 'Resources.L.Type' },
    ]);
    expect(loaded.data.resources).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ['a transform', { Transform: { Name: { Ref: 'P' } }, Resources: {} }, 'Transform'],
    [
      'an event',
      {
        Resources: {
          F: {
            Type: 'AWS::Serverless::Function',
            Properties: { Role: 'r', Events: { E: { Type: { Ref: 'P' } } } },
          },
        },
      },
      'Resources.F.Properties.Events.E',
    ],
    [
      'a destination',
      {
        Resources: {
          F: {
            Type: 'AWS::Serverless::Function',
            Properties: { EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: { Ref: 'P' } } } } },
          },
        },
      },
      'Resources.F.Properties.EventInvokeConfig.DestinationConfig.OnFailure',
    ],
    [
      'the method of an event',
      {
        Resources: {
          F: {
            Type: 'AWS::Serverless::Function',
            Properties: { Events: { E: { Type: 'Api', Properties: { Method: {}, Path: '/' } } } },
          },
          X: { Type: 'LocalModule' },
        },
      },
      'Resources.X',
    ],
  ])('no name in %s ends in an error of JavaScript', (_name, template, path) =>
    expect(load(template).diagnostics.map((one) => one.path)).toContain(path),
  );
});

describe('things that may not exist', () => {
  it('have policies that are not known', () => {
    const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const { data } = read(
      {
        R: of(
          'AWS::IAM::Role',
          {
            AssumeRolePolicyDocument: statement({ Principal: '*', Resource: undefined }),
            PermissionsBoundary: boundary,
            ManagedPolicyArns: [boundary],
          },
          { Condition: 'Open' },
        ),
        G: of('AWS::IAM::Group', { ManagedPolicyArns: [boundary] }, { Condition: 'Open' }),
      },
      open,
    );
    const unresolved = { unresolved: expect.any(String) };
    expect(data.principals).toMatchObject([
      { policies: [unresolved], trustPolicy: unresolved, permissionsBoundary: unresolved },
    ]);
    expect(data.groups).toMatchObject([{ policies: [unresolved] }]);
  });
});

describe('partitions', () => {
  it('follow from the region', () => {
    const arn = (region: string) => {
      const QueueName = { 'Fn::Sub': 'q-${AWS::URLSuffix}' };
      return read({ Q: of('AWS::SQS::Queue', { QueueName }) }, {}, { region }).data.resources[0]?.arn;
    };
    expect(arn('eusc-de-east-1')).toBe('arn:aws-eusc:sqs:eusc-de-east-1:111122223333:q-amazonaws.eu');
    expect(arn('cn-north-1')).toBe('arn:aws-cn:sqs:cn-north-1:111122223333:q-amazonaws.com.cn');
  });
});

describe('paths that are not known', () => {
  it.each<[string, unknown]>([
    ['a parameter', { Ref: 'P' }],
    ['a parameter behind a slash', { 'Fn::Sub': '/${P}' }],
    ['a parameter between slashes', { 'Fn::Sub': '/${P}/' }],
    ['a choice', choice('/x/')],
    ['an import', { 'Fn::ImportValue': 'path' }],
    ['a word without slashes', 'x'],
  ])('%s: its role and user can be asked about', (_, Path) => {
    const Policies = [{ PolicyName: 'read', PolicyDocument: statement({ Action: 's3:GetObject' }) }];
    const Trust = { ...statement({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }) };
    const AssumeRolePolicyDocument = {
      ...Trust,
      Statement: [{ ...Trust.Statement[0], Resource: undefined }],
    };
    const { estate } = read(
      {
        R: of('AWS::IAM::Role', { AssumeRolePolicyDocument, Path, Policies }),
        U: of('AWS::IAM::User', { Path, Policies }),
      },
      open,
    );
    for (const name of ['R', 'U']) {
      expect(estate.can(name, 's3:GetObject', 'arn:aws:s3:::b/x').decision).toBe('allowed');
      expect(estate.can(name, 's3:PutObject', 'arn:aws:s3:::b/x').decision).toBe('implicitDeny');
    }
    expect(estate.whoCan('s3:GetObject', 'arn:aws:s3:::b/x').allowed).toHaveLength(2);
  });
});
