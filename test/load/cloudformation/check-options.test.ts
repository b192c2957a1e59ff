import { describe, expect, it } from 'vitest';
import { loadCdk } from '../../../src/load/cloudformation/load-cdk.js';
import type { CloudFormationOptions } from '../../../src/load/cloudformation/options.js';
import { load } from './fixture.js';

const bucket = (BucketName: unknown) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } });
const Parameters = {
  Stage: { Type: 'String', Default: 'dev', AllowedValues: ['dev', 'prod'] },
  Zones: { Type: 'CommaDelimitedList', Default: 'a', AllowedValues: ['a', 'b'] },
  Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x', AllowedValues: ['/x'] },
  Size: { Type: 'Number', Default: 1, AllowedValues: [1, 2] },
};
const said = (options: CloudFormationOptions, Resources: object = {}, more: object = {}) =>
  load(
    { Parameters, Resources: { B: bucket({ Ref: 'Stage' }), ...Resources }, ...more },
    options,
  ).diagnostics.map(({ code, path, hint }) => [code, path, hint]);

describe('parameters', () => {
  it('that the template does not have', () => {
    expect(said({ parameters: { Stge: 'prod' } })).toEqual([
      ['ignored', 'options.parameters.Stge', 'did you mean Stage'],
    ]);
    expect(said({ parameters: { Elephants: 'prod' } })).toEqual([
      ['ignored', 'options.parameters.Elephants', 'leave it out'],
    ]);
    expect(said({ parameters: { Stage: 'prod', '{{resolve:ssm:/x}}': 'y' } })).toEqual([]);
  });

  it('that do not allow what they are given', () => {
    expect(said({ parameters: { Stage: 'prd' } })).toEqual([
      ['malformed', 'options.parameters.Stage', 'write one of dev, prod'],
    ]);
    expect(said({ parameters: { Zones: 'a, c' } })).toEqual([
      ['malformed', 'options.parameters.Zones', 'write one of a, b'],
    ]);
    expect(said({ parameters: { Zones: ['b', 'a'], Size: 2, Stored: '/y' } })).toEqual([]);
  });

  it('of a nested stack', () => {
    const child = { Parameters, Resources: { B: bucket({ Ref: 'Stage' }) } };
    const nested = (given: object) =>
      said(
        { nested: { Child: child } },
        {
          Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x', Parameters: given } },
        },
      );
    const path = 'Resources.Child.Properties.Parameters';
    expect(nested({ Stage: { Ref: 'Stage' } })).toEqual([]);
    expect(nested({ Stge: 'dev' })).toEqual([['ignored', `${path}.Stge`, 'did you mean Stage']]);
    expect(nested({ Stage: 'prd' })).toEqual([['malformed', `${path}.Stage`, 'write one of dev, prod']]);
  });

  it('of the stacks of an app', () => {
    const stack = (name: string) => ({
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/eu-west-1',
      properties: { templateFile: `${name}.json` },
    });
    const files = {
      'manifest.json': { version: '36.0.0', artifacts: { A: stack('A'), B: stack('B') } },
      'A.json': { Parameters: { One: { Type: 'String', Default: 'a' } }, Resources: {} },
      'B.json': { Parameters: { Two: { Type: 'String', Default: 'b' } }, Resources: {} },
    };
    const paths = loadCdk(files, {
      parameters: { One: 'x', Two: 'y', Three: 'z' },
      stackParameters: { A: { One: 'x', Two: 'y' } },
    }).diagnostics.map(({ path }) => path);
    expect(paths).toEqual(['options.parameters.Three', 'options.stackParameters.A.Two']);
  });
});

describe('imports', () => {
  const imports = { 'net-Data': 'b' };
  const importing = (name: unknown) => said({ imports }, { I: bucket({ 'Fn::ImportValue': name }) });

  it('that the template does not have', () => {
    expect(said({ imports })).toEqual([['ignored', 'options.imports.net-Data', 'leave it out']]);
    expect(importing('net-Date')).toContainEqual([
      'ignored',
      'options.imports.net-Data',
      'did you mean net-Date',
    ]);
    for (const other of ['net-${Stage}-Data', 'x${Stage}Data', 'net${Stage}Dat', 'n${Stage}x${Stage}a'])
      expect(importing({ 'Fn::Sub': other })).toContainEqual([
        'ignored',
        'options.imports.net-Data',
        'leave it out',
      ]);
  });

  it.each([
    'net-Data',
    { 'Fn::Sub': '${Net}-Data' },
    { 'Fn::Sub': ['net-${What}', { What: 'Data' }] },
    { 'Fn::Sub': '${Net}-${What}a' },
    { 'Fn::Join': ['-', ['net', 'Data']] },
  ])('that it may have: %j', (name) => {
    expect(importing(name).filter(([code]) => code === 'ignored')).toEqual([]);
  });
});

it('outputs of other stacks are given like imports', () => {
  const output = (StackName: unknown, OutputName: unknown) =>
    said(
      { imports: { 'net.Data': 'b' } },
      { I: bucket({ 'Fn::GetStackOutput': { StackName, OutputName } }) },
    ).filter(([code]) => code === 'ignored');
  expect(output('net', 'Data')).toEqual([]);
  expect(output({ Ref: 'AWS::StackName' }, 'Data')).toEqual([]);
  expect(output('net', { 'Fn::Sub': '${X}ata' })).toEqual([]);
  expect(output('net', 'Date')).toEqual([['ignored', 'options.imports.net.Data', 'did you mean net.Date']]);
});

describe('nested templates', () => {
  const child = { Resources: { B: bucket('b') } };
  const stack = (more: object = {}) => ({
    Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './x/child.yaml' }, ...more },
  });

  it('that belong to no stack', () => {
    const path = 'options.nested.Chld';
    expect(said({ nested: { Chld: child } })).toEqual([['ignored', path, 'leave it out']]);
    expect(said({ nested: { Chld: child } }, stack())).toContainEqual([
      'ignored',
      path,
      'did you mean Child',
    ]);
  });

  it('by all names of a stack', () => {
    for (const name of ['Child', './x/child.yaml', 'x/child.yaml', 'child.yaml'])
      expect(said({ nested: { [name]: child } }, stack())).toEqual([]);
  });

  it('of a stack that is not there are not judged', () => {
    const Conditions = { Off: { 'Fn::Equals': ['a', 'b'] } };
    const options = { nested: { Child: child, Grandchild: child }, imports: { x: 'y' } };
    expect(said(options, stack({ Condition: 'Off' }), { Conditions })).toEqual([]);
  });
});
