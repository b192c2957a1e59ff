import { describe, expect, it } from 'vitest';
import { fresh, load } from './loading.js';
import { type Block, ref } from './plan-builder.js';

const fn: Block = { type: 'aws_lambda_function', name: 'f', values: { function_name: 'f' }, unknown: fresh };
const url = (values: object, more: Partial<Block> = {}): Block => ({
  type: 'aws_lambda_function_url',
  name: 'u',
  values: { function_name: 'f', authorization_type: 'NONE', qualifier: null, ...values },
  ...more,
});
const none = { 'lambda:FunctionUrlAuthType': 'NONE' };
const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:f';
const asked = (block: Block, resource = arn) => {
  const { estate, said } = load(fn, block);
  const of = (action: string, context: object) =>
    estate.can('anonymous', action, resource, { context: context as Record<string, string> }).decision;
  return { said, of };
};

describe('a function URL', () => {
  it('without authorization lets everybody call it', () => {
    const { said, of } = asked(url({}));
    expect(said).toEqual(['ambiguous aws_lambda_function_url.u']);
    expect(of('lambda:InvokeFunctionUrl', none)).toBe('allowed');
    expect(of('lambda:InvokeFunctionUrl', { 'lambda:FunctionUrlAuthType': 'AWS_IAM' })).toBe('implicitDeny');
    // Newer providers write that too.
    const through = (by: string) => of('lambda:InvokeFunction', { 'lambda:InvokedViaFunctionUrl': by });
    expect([through('true'), through('false')]).toEqual(['depends', 'implicitDeny']);
    expect(of('lambda:GetFunction', {})).toBe('implicitDeny');
  });

  it('of an alias counts for the alias', () => {
    const block = url({ qualifier: 'live' });
    expect(asked(block, `${arn}:live`).of('lambda:InvokeFunctionUrl', none)).toBe('allowed');
    expect(asked(block).of('lambda:InvokeFunctionUrl', none)).toBe('implicitDeny');
  });

  it('with authorization adds nothing, and depends where that is not known', () => {
    const iam = asked(url({ authorization_type: 'AWS_IAM' }));
    expect([iam.said, iam.of('lambda:InvokeFunctionUrl', none)]).toEqual([[], 'implicitDeny']);
    const open = asked(url({ authorization_type: undefined }, { unknown: { authorization_type: true } }));
    expect(open.said).toEqual(['unresolvedReference aws_lambda_function_url.u']);
    expect(open.of('lambda:InvokeFunctionUrl', none)).toBe('depends');
  });

  it('follows the reference to its function, and may be about any where there is none', () => {
    const unknown = { unknown: { function_name: true } };
    const of = (expression: object) =>
      asked(url({ function_name: undefined }, { ...unknown, expressions: { function_name: expression } }));
    expect(of(ref('aws_lambda_function.f.arn')).of('lambda:InvokeFunctionUrl', none)).toBe('allowed');
    expect(of({ references: ['local.f'] }).of('lambda:InvokeFunctionUrl', none)).toBe('depends');
  });
});
