import { afterAll, describe, expect, it } from 'vitest';
import { account, estateTerminal } from './fixtures.js';
import { alice, allow, object, policy } from './terminal.js';

const document = policy(allow('s3:*'));
const text = JSON.stringify(document);
const terminal = estateTerminal();
afterAll(() => terminal.remove());

/** What `can` says of a file that is no policy. */
const said = async (content: unknown): Promise<string> => {
  terminal.write({ 'slip.json': content });
  const { code, err } = await terminal.run(['can', alice, 's3:GetObject', object, '--identity', 'slip.json']);
  expect(code).toBe(2);
  return err;
};

describe('what the AWS CLI prints around a policy', () => {
  it('may be a whole account', async () => {
    expect(await said({ RoleDetailList: [], Policies: [] })).toContain('write --account FILE instead');
  });
  it.each([
    [{ PolicyVersion: { Document: document, VersionId: 'v1' } }, '--query PolicyVersion.Document'],
    [{ RoleName: 'a', PolicyName: 'b', PolicyDocument: document }, '--query PolicyDocument'],
    [{ Role: { AssumeRolePolicyDocument: document } }, '--query Role.AssumeRolePolicyDocument'],
    [{ Policy: text }, '--query Policy --output text'],
    [{ Policy: { PolicySummary: {}, Content: text } }, '--query Policy.Content --output text'],
    [{ Attributes: { Policy: text } }, '--query Attributes.Policy --output text'],
  ])('%j: %s', async (content, query) => {
    expect(await said(content)).toContain(
      `is no element of the policy language (the policy stands inside it: add ${query} to the aws command)`,
    );
  });

  it('without a document', async () => {
    expect(await said({ Policy: { Arn: 'arn:aws:iam::aws:policy/x', DefaultVersionId: 'v1' } })).toContain(
      'get-policy prints no document: use aws iam get-policy-version',
    );
    expect(await said({ Policy: {} })).toContain('(use Version, Id, Statement)');
    expect(await said({ ...document, Sid: 'x' })).not.toContain('aws');
  });

  it('as text in JSON text', async () => {
    expect(await said(JSON.stringify(text))).toContain('add --output text to the aws command');
    expect(await said([])).not.toContain('--output');
  });

  it('wherever a policy is read', async () => {
    terminal.write({
      'slip.json': { PolicyDocument: document },
      'case.json': {
        name: 'a',
        request: { principal: { arn: alice }, action: 's3:GetObject' },
        policies: { identityPolicies: [{ file: 'slip.json' }] },
        expect: { decision: 'allowed' },
      },
    });
    const hint = 'add --query PolicyDocument to the aws command';
    const validated = await terminal.run(['validate', 'slip.json', '--kind', 'identityPolicies']);
    expect(validated).toMatchObject({ code: 1, out: expect.stringContaining(hint) });
    expect((await terminal.run(['test', 'case.json'])).out).toContain(hint);
    const session = ['can', 'app', 's3:GetObject', 'reports/x', ...account, '--session', 'slip.json'];
    expect((await terminal.run(session)).err).toContain(hint);
  });
});

describe('text that is not JSON', () => {
  it.each([
    ['', 1, 1, 'the text is empty'],
    ['{\n "Version": "2012-10-17",\n}', 3, 1, 'after the last member stands no comma'],
    ['{"Statement": [1,]}', 1, 18, 'after the last one stands no comma'],
    ["{'Version': 1}", 1, 2, 'this is no JSON value; text stands in double quotes'],
    ['{"a" 1}', 1, 6, 'a colon is missing'],
    ['{"a": 1 "b": 2}', 1, 9, 'a comma is missing'],
    ['{"a": 1', 1, 8, 'a closing } is missing'],
    ['[1', 1, 3, 'a closing ] is missing'],
    ['{} {}', 1, 4, 'the JSON ends before this'],
    ['// a\n{}', 1, 1, 'JSON has no comments'],
    ['{"a\n', 1, 2, 'a text has no closing double quote'],
    ['{"\\x": 1}', 1, 2, 'there is no such escape'],
    ['{"a": "\t"}', 1, 7, 'a text holds a control character'],
  ])('%j', async (content, line, column, why) => {
    const err = await said(content);
    const place = `error: --identity: slip.json:${line}:${column} ERR_IAM_JSON not JSON: line ${line} column ${column}: `;
    expect(err.slice(0, place.length)).toBe(place);
    expect(err).toContain(why);
  });

  it('nested too deeply is said as it is', async () => {
    terminal.write({ 'slip.json': '['.repeat(100_000) });
    const { code, out } = await terminal.run(['validate', 'slip.json', '--kind', 'identityPolicies']);
    expect(code).toBe(1);
    expect(out).toContain('the text is nested too deeply');
    expect(out).not.toContain('not JSON');
  });
});

describe('conditions', () => {
  it.each([
    ['StringEqual', 'write StringEquals'],
    ['stringequals', 'write StringEquals'],
    ['ForAnyValues:StringLike', 'write ForAnyValue:StringLike'],
    ['BoolIfExist', 'write BoolIfExists'],
    ['Resembles', 'check spelling and letter case'],
  ])('the operator %s: %s', async (operator, hint) => {
    const words = await said(policy(allow('s3:*', { Condition: { [operator]: { 'aws:SourceIp': 'a' } } })));
    expect(words).toContain(`\`${operator}\` is no condition operator (${hint})`);
  });

  it.each([
    ['NumericLessThan', 'soon', 'write a number, such as 3600'],
    ['ForAnyValue:DateLessThan', 'soon', 'write a time such as 2026-11-23T12:00:00Z, or epoch seconds'],
    ['NotIpAddress', '10.0.0.0/33', 'write an address or a range of them, such as 203.0.113.0/24'],
    ['Null', 'perhaps', 'write true or false'],
  ])('a value for %s: %s', async (operator, value, hint) => {
    const words = await said(policy(allow('s3:*', { Condition: { [operator]: { k: value } } })));
    expect(words).toContain(`\`${value}\` cannot be read by ${operator} (${hint}`);
  });
});
