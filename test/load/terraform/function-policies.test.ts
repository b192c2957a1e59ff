import { describe, expect, it } from 'vitest';
import { account, fresh, load } from './loading.js';
import { type Block, ref } from './plan-builder.js';

const arn = `arn:aws:lambda:eu-west-1:${account}:function:f`;
const fn: Block = { type: 'aws_lambda_function', name: 'f', values: { function_name: 'f' }, unknown: fresh };
const text = (who: string, Resource = arn) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: who }, Action: 'lambda:InvokeFunction', Resource }],
  });
const whole = (
  values: object,
  target: Partial<Block> = { unknown: { resource_arn: true, id: true } },
): Block => ({
  type: 'aws_lambda_resource_policy',
  name: 'p',
  values: { ...values },
  expressions: { resource_arn: ref('aws_lambda_function.f.arn'), policy: {} },
  ...target,
});
const permission: Block = {
  type: 'aws_lambda_permission',
  name: 'one',
  values: {
    statement_id: 'one',
    function_name: 'f',
    action: 'lambda:InvokeFunction',
    principal: '777788889999',
  },
};
const asked = (...blocks: readonly Block[]) => {
  const { estate, said, data } = load(fn, ...blocks);
  return { said, data, can: (who: string) => estate.can(who, 'lambda:InvokeFunction', arn).decision };
};

describe('the whole policy of a function', () => {
  it('is read, by reference and by ARN', () => {
    for (const block of [
      whole({ policy: text('444455556666') }),
      whole({ policy: text('444455556666'), resource_arn: arn }, { unknown: { id: true } }),
    ]) {
      const { said, can } = asked(block);
      expect(said).toEqual([]);
      expect(['444455556666', '777788889999'].map(can)).toEqual(['allowed', 'implicitDeny']);
    }
  });

  it('replaces permissions that are there before it', () => {
    const { said, can } = asked(permission, whole({ policy: text('444455556666') }));
    expect(said).toEqual(['ambiguous aws_lambda_permission.one']);
    expect(['444455556666', '777788889999', '999999999999'].map(can)).toEqual([
      'allowed',
      'depends',
      'implicitDeny',
    ]);
  });

  it('of an alias leaves the permissions of the function alone', () => {
    const live = `${arn}:live`;
    const block = whole(
      { policy: text('444455556666', live), resource_arn: live },
      { unknown: { id: true } },
    );
    const { said, data, can } = asked(permission, block);
    expect(said).toEqual([]);
    expect(data.resources).toHaveLength(1);
    expect(can('777788889999')).toBe('allowed');
  });

  it('is not known before apply, and may be about any function', () => {
    const unknown = { resource_arn: true, policy: true, id: true };
    const open = asked(whole({}, { unknown }));
    expect(open.can('444455556666')).toBe('depends');
    const lost = asked(
      whole(
        { policy: text('444455556666') },
        { expressions: { resource_arn: ref('local.x') }, unknown: { resource_arn: true } },
      ),
    );
    expect(lost.said).toEqual(['unresolvedReference aws_lambda_resource_policy.p.resource_arn']);
    expect(lost.can('444455556666')).toBe('depends');
  });
});
