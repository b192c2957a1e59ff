import { describe, expect, it } from 'vitest';
import { evaluatePartial, type PartialEvaluationInput } from '../../src/partial/index.js';

const account = '111122223333';
const h = { hole: 'H' };
const all = { Effect: 'Allow', Action: '*', Resource: '*' };
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const alice = { arn: `arn:aws:iam::${account}:user/alice`, tags: { team: 'red' } };
const user = { arn: { text: [`arn:aws:iam::${account}:user/`, h] } };
const session = { arn: `arn:aws:sts::${account}:assumed-role/app/s` };
const owned = (...text: unknown[]) => ({ resource: { arn: { text }, accountId: account } });

function ask(statements: readonly object[], more: object = {}, policies: object = {}) {
  const identity = statements.length === 0 ? {} : { identityPolicies: [document(...statements)] };
  const request = {
    principal: alice,
    action: 's3:GetObject',
    resource: { arn: 'arn:aws:s3:::b/k', accountId: account },
    ...more,
  };
  return evaluatePartial({
    request,
    policies: { ...identity, ...policies },
  } as unknown as PartialEvaluationInput);
}

/** The lines of an answer that is exact, as `operator values`. */
const said = (answer: ReturnType<typeof ask>): string => {
  expect(answer).toMatchObject({ decision: 'depends', exact: true });
  return answer.allowedIf
    .map((clause) => clause.map(({ operator, values }) => `${operator} ${values.join()}`).join(' & '))
    .join(' | ');
};

describe('a hole and a policy variable', () => {
  const inBucket = owned('arn:aws:s3:::b/', h);
  it.each([
    ['arn:aws:s3:::b/${aws:username}', 'StringEquals alice'],
    ['arn:aws:s3:::b/${aws:PrincipalTag/team}', 'StringEquals red'],
    ["arn:aws:s3:::b/${aws:PrincipalTag/none, 'red'}", 'StringEquals red'],
  ])('a resource that it stands in, against %s', (Resource, line) => {
    expect(said(ask([{ ...all, Resource }], inBucket))).toBe(line);
    expect(said(ask([all, { ...all, Effect: 'Deny', Resource }], inBucket))).toBe(
      line.replace('String', 'StringNot'),
    );
    const not = { Effect: 'Allow', Action: '*', NotResource: Resource };
    expect(said(ask([not], inBucket))).toBe(line.replace('String', 'StringNot'));
  });

  it('a deny with wildcards behind the variable', () => {
    const deny = { ...all, Effect: 'Deny', Resource: 'arn:aws:s3:::b/${aws:PrincipalTag/team}/*' };
    expect(said(ask([all, deny], owned('arn:aws:s3:::b/', h, '/x')))).toBe('StringNotLike red,red/*');
  });

  it('both in one text of a policy', () => {
    const Resource = { text: ['arn:aws:s3:::', h, '/home/${aws:username}/*'] };
    const asked = { resource: { arn: 'arn:aws:s3:::b/home/alice/x', accountId: account } };
    expect(said(ask([{ ...all, Resource }], asked))).toBe('StringEquals b');
  });

  it('the name of the caller in both is the same name', () => {
    const own = { ...all, Resource: 'arn:aws:s3:::b/home/${aws:username}/*' };
    const asked = { principal: user, ...owned('arn:aws:s3:::b/home/', h, '/x') };
    expect(ask([own], asked)).toMatchObject({ decision: 'allowed', exact: true });
  });

  it('whose key is not known: not everything is tried', () => {
    const own = { ...all, Resource: 'arn:aws:s3:::b/${aws:PrincipalTag/zone}' };
    const answer = ask([own], { ...inBucket, unknown: ['aws:PrincipalTag/zone'] });
    expect(answer).toMatchObject({ decision: 'depends', exact: false });
  });
});

describe('a hole in the name of the caller and what follows from it', () => {
  it.each([
    [{ StringEquals: { 'aws:username': 'alice' } }, 'StringEquals alice'],
    [{ StringLike: { 'aws:username': 'ali*' } }, 'StringLike ali*'],
    [{ StringEqualsIgnoreCase: { 'aws:username': 'alice' } }, 'StringEqualsIgnoreCase alice'],
    [{ StringEquals: { 's3:prefix': '${aws:username}' } }, 'StringEquals alice'],
    [{ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:user/ali*` } }, 'StringLike ali*'],
  ])('%j', (Condition, line) => {
    expect(said(ask([{ ...all, Condition }], { principal: user, context: { 's3:prefix': 'alice' } }))).toBe(
      line,
    );
  });

  it('a resource with its name', () => {
    const asked = { principal: user, resource: { arn: 'arn:aws:s3:::b/alice', accountId: account } };
    expect(said(ask([{ ...all, Resource: 'arn:aws:s3:::b/${aws:username}' }], asked))).toBe(
      'StringEquals alice',
    );
  });

  it('the role of a session', () => {
    const principal = { arn: { text: [`arn:aws:sts::${account}:assumed-role/`, h, '/s'] } };
    const role = `arn:aws:iam::${account}:role/app`;
    const condition = { ArnLike: { 'aws:PrincipalArn': role } };
    expect(said(ask([{ ...all, Condition: condition }], { principal }))).toBe('StringEquals app');
    const named = { resourcePolicy: document({ ...all, Principal: { AWS: role } }) };
    expect(said(ask([], { principal }, named))).toBe('StringEquals app');
  });
});

describe('a hole in a principal of a policy', () => {
  it('a session without issuer is of the role with any path (E18)', () => {
    const entry = { AWS: { text: [`arn:aws:iam::${account}:role/`, h] } };
    const policy = (Effect: string) => ({ resourcePolicy: document({ ...all, Effect, Principal: entry }) });
    expect(said(ask([all], { principal: session }, policy('Deny')))).toBe('StringNotLike */app,app');
    expect(said(ask([], { principal: session }, policy('Allow')))).toBe('StringLike */app,app');
  });

  it('alone it may be the account, its root user, the role or the session', () => {
    const policy = { resourcePolicy: document({ ...all, Effect: 'Deny', Principal: { AWS: h } }) };
    const start = `arn:aws:iam::${account}`;
    const names = [account, `${start}:role/*/app`, `${start}:role/app`, `${start}:root`, session.arn];
    expect(said(ask([all], { principal: session }, policy))).toBe(`StringNotLike ${names.join()}`);
  });
});

describe('a line on a hole speaks of all its texts', () => {
  it('patterns', () => {
    const prefix = { ...all, Resource: 'arn:aws:s3:::b/ali*' };
    expect(said(ask([prefix], owned('arn:aws:s3:::b/', h)))).toBe('StringLike ali*');
    const suffix = { ...all, Resource: 'arn:aws:s3:::*-logs/*' };
    expect(said(ask([suffix], owned('arn:aws:s3:::', h, '/k')))).toBe('StringLike *-logs,*-logs/*');
  });

  it('two holes in one resource', () => {
    const asked = owned('arn:aws:s3:::', h, '/', { hole: 'K' });
    expect(said(ask([{ ...all, Resource: 'arn:aws:s3:::foo/bar' }], asked))).toBe(
      'StringEquals foo & StringEquals bar',
    );
  });

  it('letter case (L25, L77, U16)', () => {
    const vpce = { context: { 'aws:SourceVpce': 'vpce-1', 'aws:SecureTransport': 'true' } };
    const line = (condition: object) => said(ask([{ ...all, Condition: condition }], vpce));
    expect(said(ask([{ ...all, Action: { text: ['s3:get', h] } }]))).toBe('StringEqualsIgnoreCase Object');
    expect(line({ StringEqualsIgnoreCase: { 'aws:SourceVpce': h } })).toBe('StringEqualsIgnoreCase vpce-1');
    expect(line({ StringNotEqualsIgnoreCase: { 'aws:SourceVpce': h } })).toBe(
      'StringNotEqualsIgnoreCase vpce-1',
    );
    expect(line({ Bool: { 'aws:SecureTransport': h } })).toBe('StringEqualsIgnoreCase true');
    expect(line({ Null: { 'aws:SecureTransport': h } })).toBe('StringEqualsIgnoreCase false');
  });
});

describe('conditions on a key that is not known', () => {
  const line = (condition: object, ...unknown: string[]) =>
    said(ask([{ ...all, Condition: condition }], { unknown }));

  it('escapes are said as they are written (L64)', () => {
    const key = 'aws:RequestedRegion';
    expect(line({ StringEquals: { [key]: ['${$}', 'x'] } }, key)).toBe('StringEquals ${$},x');
    expect(line({ StringLike: { [key]: ['a${*}', 'x'] } }, key)).toBe('StringLike a${*},x');
  });

  it('a key that holds lists may have several values under a plain operator (L75, U6)', () => {
    expect(line({ StringLikeIfExists: { 'aws:TagKeys': '*' } }, 'aws:TagKeys')).toBe('StringLikeIfExists *');
    expect(line({ StringNotLike: { 'aws:PrincipalOrgPaths': '*' } }, 'aws:PrincipalOrgPaths')).toBe(
      'StringNotLike *',
    );
    const deny = { ...all, Effect: 'Deny', Condition: { StringLikeIfExists: { 'aws:TagKeys': '*' } } };
    expect(ask([all, deny], { unknown: ['aws:TagKeys'] }).decision).toBe('depends');
  });
});
