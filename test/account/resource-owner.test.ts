import { expect, it } from 'vitest';
import { alwaysHasPolicy, holdersOf, mayHavePolicy } from '../../src/account/resource-owner.js';

const at = 'eu-west-1:111111111111';

it.each([
  ['arn:aws:s3:::b/a/b.txt', 'arn:aws:s3:::b'],
  [`arn:aws:s3:${at}:accesspoint/ap/object/a/b`, `arn:aws:s3:${at}:accesspoint/ap`],
  [`arn:aws:dynamodb:${at}:table/t/index/i`, `arn:aws:dynamodb:${at}:table/t`],
  [`arn:aws:lambda:${at}:function:f:prod`, `arn:aws:lambda:${at}:function:f`],
  [`arn:aws:logs:${at}:log-group:/aws/x:log-stream:y`, `arn:aws:logs:${at}:log-group:/aws/x`],
  [`arn:aws:logs:${at}:log-group:/aws/x:*`, `arn:aws:logs:${at}:log-group:/aws/x`],
  [`arn:aws:sns:${at}:topic:0123`, `arn:aws:sns:${at}:topic`],
  [`arn:aws:execute-api:${at}:api1/prod/GET/pets`, 'arn:aws:apigateway:eu-west-1::/restapis/api1'],
  [`arn:aws:es:${at}:domain/d/_search`, `arn:aws:es:${at}:domain/d`],
  [`arn:aws:glue:${at}:table/db/t`, `arn:aws:glue:${at}:catalog`],
])('%s hangs on %s', (arn, owner) => {
  expect(holdersOf(arn)[0]).toBe(arn);
  expect(holdersOf(arn)).toContain(owner);
});

it.each([
  [`arn:aws:dynamodb:${at}:table/t/stream/2026`],
  [`arn:aws:secretsmanager:${at}:secret:a/b-x`],
  [`arn:aws:ecr:${at}:repository/a/b`],
  ['arn:aws:iam::111111111111:role/a/b'],
  ['not an arn'],
])('%s hangs on itself alone: its parents are other things', (arn) => expect(holdersOf(arn)).toEqual([arn]));

it('keys and roles always have a policy; instances never', () => {
  expect(alwaysHasPolicy(`arn:aws:kms:${at}:key/k`)).toBe(true);
  expect(alwaysHasPolicy('arn:aws:iam::111111111111:role/r')).toBe(true);
  expect(alwaysHasPolicy('arn:aws:s3:::b')).toBe(false);
  expect(mayHavePolicy('arn:aws:s3:::b')).toBe(true);
  expect(mayHavePolicy(`arn:aws:ec2:${at}:instance/i-1`)).toBe(false);
});
