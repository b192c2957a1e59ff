import { describe, expect, it } from 'vitest';
import { assumptionsOf } from '../../src/request/assumptions.js';
import { parseRequest } from '../../src/request/parse.js';

const alice = { arn: 'arn:aws:iam::111122223333:user/alice' };
const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const alias = 'arn:aws:kms:eu-west-1:111122223333:alias/app';
const assumed = (action: string, resource: string) =>
  assumptionsOf(parseRequest({ principal: alice, action, resource }));

describe('E90: an alias of a KMS key', () => {
  it.each(['kms:Decrypt', 'KMS:decrypt', 'kms:DescribeKey'])(
    '%s is asked of the key, which is said',
    (action) => {
      expect(assumed(action, alias)).toEqual([
        'the key behind the alias is taken to let the caller in; ask for the ARN of the key to have its policy asked',
      ]);
    },
  );

  it.each([
    ['kms:UpdateAlias', alias],
    ['kms:DeleteAlias', alias],
    ['kms:Decrypt', key],
    ['kms:ListAliases', '*'],
    ['lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:alias/app'],
  ])('nothing is assumed of %s on %s', (action, resource) => {
    expect(assumed(action, resource)).toEqual([]);
  });
});

it('E18: a session without its issuer is one of a role without a path', () => {
  const session = { arn: 'arn:aws:sts::111122223333:assumed-role/App/s' };
  const asked = { principal: session, action: 'kms:Decrypt', resource: alias };
  expect(assumptionsOf(parseRequest(asked))).toEqual([
    'the role of the session is taken to have no path: arn:aws:iam::111122223333:role/App',
    'the key behind the alias is taken to let the caller in; ask for the ARN of the key to have its policy asked',
  ]);
});
