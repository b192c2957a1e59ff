import { describe, expect, it } from 'vitest';
import { load, read } from './loading.js';
import { type Block, constant, plan, ref, state } from './plan-builder.js';

const statement = (Effect: string, Resource: unknown = 'execute-api:/*') => ({
  Effect,
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource,
});
const policyOf = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const open = policyOf(statement('Allow'), statement('Deny', ['execute-api:/prod/GET/secret']));
const bodyOf = (policy: unknown) =>
  JSON.stringify({ openapi: '3.0.1', paths: {}, 'x-amazon-apigateway-policy': policy });
const fresh = { id: true, arn: true, execution_arn: true, policy: true };
const api = (values: object, more: Partial<Block> = {}): Block => ({
  type: 'aws_api_gateway_rest_api',
  name: 'a',
  values: { name: 'a', ...values },
  unknown: fresh,
  expressions: { name: constant('a'), body: {} },
  ...more,
});
const ask = (...blocks: Block[]) => {
  const { estate, said } = load(...blocks);
  const of = (path: string) =>
    estate.can('anonymous', 'execute-api:Invoke', `aws_api_gateway_rest_api.a/${path}`).decision;
  return [said, of('prod/GET/x'), of('prod/GET/secret')];
};

describe('the policy in the definition of an API', () => {
  it('counts, in JSON and in YAML, below the ARN of the API', () => {
    const expected = [[], 'allowed', 'explicitDeny'];
    expect(ask(api({ body: bodyOf(open) }))).toEqual(expected);
    const yaml = `openapi: 3.0.1
x-amazon-apigateway-policy:
  Version: 2012-10-17
  Statement:
    - {Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*'}
    - Effect: Deny
      Principal: '*'
      Action: 'execute-api:Invoke'
      Resource: ['execute-api:/prod/GET/secret']
`;
    expect(ask(api({ body: yaml }))).toEqual(expected);
    expect(ask(api({ body: bodyOf(undefined) }))).toEqual([[], 'implicitDeny', 'implicitDeny']);
    expect(ask(api({ body: '' }))[0]).toEqual([]);
  });

  it('is not known where the definition is not', () => {
    const path = 'unresolvedReference aws_api_gateway_rest_api.a.body';
    const depends = (said: string) => [[said], 'depends', 'depends'];
    expect(ask(api({}, { unknown: { ...fresh, body: true } }))).toEqual(depends(path));
    expect(ask(api({ body: '{' }))).toEqual(depends(path));
    expect(ask(api({ body: bodyOf('x') }))).toEqual(depends(`${path}.x-amazon-apigateway-policy`));
  });

  it('beside the argument leaves both open, and an unknown definition leaves the argument', () => {
    const both = { name: constant('a'), body: {}, policy: {} };
    const argument = JSON.stringify(open);
    const known = { unknown: { ...fresh, policy: false }, expressions: both };
    expect(ask(api({ body: bodyOf(policyOf(statement('Deny'))), policy: argument }, known))).toEqual([
      ['unresolvedReference aws_api_gateway_rest_api.a.body'],
      'depends',
      'depends',
    ]);
    expect(
      ask(api({ policy: argument }, { ...known, unknown: { ...fresh, policy: false, body: true } })),
    ).toEqual([[], 'allowed', 'explicitDeny']);
  });

  it('is replaced by a policy in a block of its own', () => {
    const own: Block = {
      type: 'aws_api_gateway_rest_api_policy',
      name: 'p',
      values: { policy: JSON.stringify(open) },
      unknown: { rest_api_id: true },
      expressions: { rest_api_id: ref('aws_api_gateway_rest_api.a.id') },
    };
    const denied = api({ body: bodyOf(policyOf(statement('Deny'))) });
    expect(ask(denied, own)).toEqual([[], 'allowed', 'explicitDeny']);
  });

  it('is in the argument when AWS was asked', () => {
    const arn = 'arn:aws:execute-api:eu-west-1:111122223333:ab12';
    const values = {
      name: 'a',
      id: 'ab12',
      body: bodyOf(policyOf(statement('Deny'))),
      policy: JSON.stringify(policyOf(statement('Allow', `${arn}/*`))),
    };
    const decision = (input: object) =>
      read(input).estate.can('anonymous', 'execute-api:Invoke', `${arn}/prod/GET/x`).decision;
    expect(decision(plan({ blocks: [api(values, { unknown: {} })] }))).toBe('allowed');
    expect(decision(state({ blocks: [{ type: 'aws_api_gateway_rest_api', name: 'a', values }] }))).toBe(
      'allowed',
    );
    const none = { ...values, policy: '' };
    expect(decision(state({ blocks: [{ type: 'aws_api_gateway_rest_api', name: 'a', values: none }] }))).toBe(
      'implicitDeny',
    );
  });
});
