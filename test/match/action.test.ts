import { describe, expect, it } from 'vitest';
import { compileAction, mayBeOf, testAction } from '../../src/match/action.js';
import { parseRequest } from '../../src/request/parse.js';
import { outcomeName } from '../../src/value/outcome.js';

const request = (action: string) =>
  parseRequest({ principal: { arn: 'arn:aws:iam::111122223333:user/alice' }, action });
const outcome = (pattern: string, action: string) =>
  outcomeName(testAction(compileAction(pattern), request(action).action));

describe('compileAction', () => {
  it.each(['*', '*:*'])('U2: %s is every action', (text) => {
    expect(compileAction(text)).toStrictEqual({ text });
  });
  it.each([
    ['s3:GetObject', 's3', { kind: 'exact', text: 'getobject' }],
    ['S3:Get*', 's3', { kind: 'prefix', text: 'get' }],
    ['s3:*', 's3', { kind: 'any' }],
    ['s3:**', 's3', { kind: 'any' }],
    ['s3:*Tagging', 's3', { kind: 'suffix', text: 'tagging' }],
    ['execute-api:Invoke', 'execute-api', { kind: 'exact', text: 'invoke' }],
    ['s3:Get\u212A', 's3', { kind: 'exact', text: 'get\u212A' }],
    ['s3:${aws:username}', 's3', { kind: 'exact', text: '${aws:username}' }],
  ])('L23–L29: %s', (text, service, name) => {
    expect(compileAction(text)).toStrictEqual({ text, service, name });
  });
});

describe('mayBeOf', () => {
  it.each([
    ['*', 's3', true],
    ['*:*', 's3', true],
    ['s3:Get*', 's3', true],
    ['S3:GetObject', 's3', true],
    ['ec2:RunInstances', 's3', false],
    ['sq:x', 's3', false],
    ['s3-object-lambda:Get', 's3', false],
    ['s:3:x', 's3', false],
  ])('%s, of %s: %s', (text, service, expected) => {
    expect(mayBeOf(text, service)).toBe(expected);
  });
});

describe('testAction', () => {
  it.each([
    ['*', 's3:GetObject', true],
    ['*:*', 'ec2:RunInstances', true],
    ['s3:GetObject', 's3:GetObject', true],
    ['S3:GETOBJECT', 's3:getobject', true],
    ['s3:getobject', 'S3:GetObject', true],
    ['s3:GetObject', 's3:GetObjectAcl', false],
    ['s3:GetObject', 's3:GetObjec', false],
    ['s3:GetObject', 'ec2:GetObject', false],
    ['s3:*', 's3:GetObject', true],
    ['s3:*', 's3-object-lambda:GetObject', false],
    ['s3:*', 's:GetObject', false],
    ['s3:Get*', 's3:Get', true],
    ['s3:Get*', 's3:PutObject', false],
    ['s3:*Object', 's3:GetObject', true],
    ['s3:*Object', 's3:GetObjectAcl', false],
    ['s3:Get?bject', 's3:GetObject', true],
    ['s3:GetObjec?', 's3:GetObjec', false],
    ['s3:G*t*', 's3:GetObject', true],
    ['s3:G*t*', 's3:Go', false],
    // L28: white space counts. L25: no folding beyond A to Z.
    ['s3:GetObject ', 's3:GetObject', false],
    ['s3: GetObject', 's3:GetObject', false],
    ['s3:List\u212Aeys', 's3:Listkeys', false],
    // L29: a variable is plain text.
    ['s3:${aws:username}', 's3:alice', false],
  ])('L25, L26: %s against %s: %s', (pattern, action, expected) => {
    expect(outcome(pattern, action)).toBe(expected ? 'matched' : 'noValueMatched');
  });
});
