import { describe, expect, it } from 'vitest';
import { loadCdk } from '../../../src/load/cloudformation/load-cdk.js';
import { Estate } from '../../../src/query/estate.js';
import { load, roleWith } from './fixture.js';

const output = (more: object = {}) => ({
  'Fn::GetStackOutput': { StackName: 'producer-stack', OutputName: 'BucketArn', ...more },
});
const statement = (Resource: unknown) => ({ Effect: 'Allow', Action: 's3:ListBucket', Resource });
const ask = (expression: unknown, options = {}) => {
  const { data, diagnostics } = load(roleWith(statement(expression)), options);
  return [new Estate(data).can('Role', 's3:ListBucket', 'arn:aws:s3:::b').decision, diagnostics];
};

describe('an output of another stack', () => {
  it('is a hole that imports fill', () => {
    const [decision, diagnostics] = ask(output());
    expect(decision).toBe('depends');
    expect(diagnostics).toEqual([
      {
        code: 'missingValue',
        path: 'Resources.Role.Properties.Policies[0].PolicyDocument.Statement[0].Resource.Fn::GetStackOutput',
        message: 'the output producer-stack.BucketArn of another stack is not known',
        hint: "give its value: imports: { 'producer-stack.BucketArn': … }",
      },
    ]);
    const imports = { 'producer-stack.BucketArn': 'arn:aws:s3:::b' };
    expect(ask(output(), { imports })).toEqual(['allowed', []]);
    expect(ask(output({ Region: 'us-east-1' }), { imports })).toEqual(['allowed', []]);
    expect(ask({ 'Fn::Sub': ['${B}', { B: output() }] }, { imports })).toEqual(['allowed', []]);
  });

  it('is another one in another region', () => {
    const { data } = load(roleWith(statement([output(), output({ Region: 'us-east-1' })])));
    const holes = JSON.stringify(data).match(/"hole":"[^"]*/g);
    expect(new Set(holes).size).toBe(2);
  });

  it('has a name', () => {
    for (const argument of ['producer-stack.BucketArn', { StackName: 'producer-stack' }]) {
      const [decision, diagnostics] = ask({ 'Fn::GetStackOutput': argument });
      expect([decision, diagnostics]).toMatchObject(['depends', [{ code: 'malformed' }]]);
    }
    expect(ask(output({ OutputName: { Ref: 'Nothing' } }))[0]).toBe('depends');
  });
});

describe('in an app', () => {
  const stack = (name: string, region: string, dependencies: string[] = []) => ({
    type: 'aws:cloudformation:stack',
    environment: `aws://111122223333/${region}`,
    properties: { templateFile: `${name}.json`, stackName: name },
    dependencies,
  });
  const bucket = (BucketName: string) => ({
    Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName } } },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['B', 'Arn'] } } },
  });
  const allowed = (more: object) => {
    const read = { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'Arn', ...more } };
    const { data } = loadCdk({
      'manifest.json': {
        artifacts: {
          Site: stack('site', 'eu-west-1', ['Here', 'There']),
          Here: stack('data', 'eu-west-1'),
          There: {
            ...stack('data', 'us-east-1'),
            properties: { templateFile: 'there.json', stackName: 'data' },
          },
        },
      },
      'site.json': roleWith(statement(read)),
      'data.json': bucket('here'),
      'there.json': bucket('there'),
    });
    const decide = (name: string) => new Estate(data).can('Role', 's3:ListBucket', name).decision;
    return ['arn:aws:s3:::here', 'arn:aws:s3:::there'].map(decide);
  };

  it('the output is that of its stack and region', () => {
    expect(allowed({})).toEqual(['allowed', 'implicitDeny']);
    expect(allowed({ Region: 'eu-west-1' })).toEqual(['allowed', 'implicitDeny']);
    expect(allowed({ Region: 'us-east-1' })).toEqual(['implicitDeny', 'allowed']);
    expect(allowed({ Region: 'us-west-2' })).toEqual(['depends', 'depends']);
  });

  it('what a role reads may be of another account', () =>
    expect(allowed({ RoleArn: 'arn:aws:iam::444455556666:role/read' })).toEqual(['depends', 'depends']));
});
