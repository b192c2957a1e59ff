import { describe, expect, it } from 'vitest';
import { Estate } from '../../../../src/query/estate.js';
import { load } from '../fixture.js';

const read = (Resources: object, more: object = {}) => {
  const { data, diagnostics } = load({ Transform: 'AWS::Serverless-2016-10-31', ...more, Resources });
  return { data, diagnostics, estate: new Estate(data) };
};
const made = (type: string, Properties: object = {}, more: object = {}) =>
  read({ X: { Type: `AWS::Serverless::${type}`, Properties } }, more);
const given = 'arn:aws:iam::111122223333:role/given';

describe('the role that manages machines', () => {
  it.each([
    ['CapacityProvider', 'OperatorRole', 'ec2:TerminateInstances', 'AWSLambdaManagedEC2ResourceOperator'],
    [
      'NetworkConnector',
      'OperatorRole',
      'ec2:CreateNetworkInterface',
      'AWSLambdaNetworkConnectorOperatorPolicy',
    ],
  ])('of a %s is made', (type, role, action, policy) => {
    const { data, diagnostics, estate } = made(type);
    expect(diagnostics).toEqual([]);
    expect(data.principals.map(({ names }) => names[0])).toEqual([`X${role}`]);
    expect(data.principals[0]?.policies).toMatchObject([{ arn: `arn:aws:iam::aws:policy/${policy}` }]);
    expect(data.principals[0]?.tags).toEqual({ 'lambda:createdBy': 'SAM' });
    expect(estate.can('X', action, '*').decision).not.toBe('depends');
    expect(estate.can('lambda.amazonaws.com', 'sts:AssumeRole', `X${role}`).decision).toBe('allowed');
  });

  it('is not made beside one that is given, also by globals', () => {
    for (const { data } of [
      made('CapacityProvider', { OperatorRole: given }),
      made('NetworkConnector', {}, { Globals: { NetworkConnector: { OperatorRole: given } } }),
      made('MicrovmImage', { BuildRoleArn: given, CodeUri: './code' }),
    ]) {
      expect(data.principals).toEqual([]);
      expect(data.workloads).toMatchObject([{ role: given }]);
    }
  });

  it('has the tags that are passed on', () => {
    const { data } = made('CapacityProvider', { Tags: { team: 'red' }, PropagateTags: true });
    expect(data.principals[0]?.tags).toEqual({ 'lambda:createdBy': 'SAM', team: 'red' });
  });
});

describe('the role that builds an image', () => {
  it.each([['s3://code/a/b.zip'], [{ 'Fn::Sub': 's3://code/${AWS::Region}.zip' }]])(
    'reads the bucket of %j',
    (CodeUri) => {
      const { diagnostics, estate } = made('MicrovmImage', { CodeUri });
      expect(diagnostics).toEqual([]);
      expect(estate.can('X', 's3:GetObject', 'arn:aws:s3:::code/k').decision).toBe('allowed');
      expect(estate.can('X', 's3:GetObject', 'arn:aws:s3:::other/k').decision).toBe('implicitDeny');
    },
  );

  it('reads a bucket that nobody knows before it is packaged', () => {
    const { diagnostics, estate } = made('MicrovmImage', { CodeUri: './code' });
    expect(diagnostics).toMatchObject([{ code: 'missingValue', path: 'Resources.X.Properties.CodeUri' }]);
    expect(estate.can('X', 's3:GetObject', 'arn:aws:s3:::code/k').decision).toBe('depends');
  });
});

describe('a WebSocket API', () => {
  const fn = { Type: 'AWS::Serverless::Function', Properties: {} };
  const api = (Properties: object) =>
    read({ F: fn, G: fn, X: { Type: 'AWS::Serverless::WebSocketApi', Properties } });
  const calls = (loaded: ReturnType<typeof read>, who: string, part: string) =>
    loaded.estate.can('apigateway.amazonaws.com', 'lambda:InvokeFunction', who, {
      context: { 'aws:SourceArn': loaded.estate.resource('X').arn.toString() + part },
    }).decision;
  const permissions = ({ data }: ReturnType<typeof read>) =>
    data.resources
      .filter(({ type }) => type === 'AWS::Lambda::Function')
      .map(({ policies }) => policies.map((use) => 'name' in use && use.name));
  const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

  it('may call the functions of its routes', () => {
    const loaded = api({
      StageName: 'live',
      Routes: { $connect: { FunctionArn: arn('F') }, sendMessage: { FunctionArn: arn('G') } },
    });
    expect(loaded.diagnostics).toEqual([]);
    expect(permissions(loaded)).toEqual([['XConnectPermission'], ['XSendmessagePermission']]);
    expect(JSON.stringify(loaded.data.resources)).toContain('/live/$connect');
    expect(calls(loaded, 'F', '/live/other')).not.toBe('allowed');
  });

  it('may call the function that authorizes, unless it has a role to do so', () => {
    const Routes = { $connect: { FunctionArn: arn('F') } };
    const Auth = { AuthType: 'CUSTOM', AuthArn: arn('G') };
    expect(permissions(api({ Routes, Auth }))[1]).toEqual(['XAuthorizerPermission']);
    expect(permissions(api({ Routes, Auth: { ...Auth, InvokeRole: given } }))[1]).toEqual([]);
  });

  it('whose routes are not known is said', () => {
    const { diagnostics } = api({ Routes: { 'Fn::If': ['C', {}, {}] } });
    expect(diagnostics).toMatchObject([
      { code: 'unsupportedFunction', path: 'Resources.X.Properties.Routes' },
    ]);
  });
});
