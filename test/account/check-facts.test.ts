import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/account/facts.js';
import { assemble, linkEstate } from '../../src/account/index.js';
import { Estate } from '../../src/query/index.js';
import { allow, bucket, estate, one, refused, role, user } from './build.js';

const data = estate({
  principals: [user('ana', { policies: [{ name: 'p', document: allow('s3:*') }] }), role('app')],
  resources: [bucket('reports', { names: ['reports'] })],
});
const asked = new Estate(data);

const can = (facts: object) => () => asked.can('ana', 's3:GetObject', 'reports/x', facts);

describe('a fact that does not exist', () => {
  it.each([
    ['contxt', {}, 'did you mean context'],
    ['sourceIP', '192.0.2.7', 'did you mean sourceIp'],
    ['SOURCEIP', '192.0.2.7', 'did you mean sourceIp'],
    ['unkown', ['aws:SourceIp'], 'did you mean unknown'],
    ['sesion', 'x', 'did you mean session'],
    ['sourceIpAddress', '192.0.2.7', 'did you mean sourceIp'],
    ['principaltag', {}, 'did you mean principalTags'],
    ['aws:SourceIp', '192.0.2.7', "write context: { 'aws:SourceIp': … }"],
    ['elsewhere', 1, 'write one of mfa, sourceIp,'],
    ['constructor', 1, 'write one of mfa'],
  ])('%s is refused, with what was meant', (name, value, hint) => {
    const { code, issues } = refused(can({ [name]: value }));
    expect(code).toBe('ERR_IAM_INVALID_REQUEST');
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ path: `facts.${name}`, code: 'ERR_IAM_VALUE' });
    expect(issues[0]!.message).toBe(`there is no fact \`${name}\``);
    expect(issues[0]!.hint).toContain(hint);
  });
  it('is refused by every question', () => {
    const facts = { contxt: {} } as Facts;
    for (const act of [
      () => asked.whoCan('s3:GetObject', 'reports/x', facts),
      () => asked.whatCan('ana', facts),
      () => asked.whoCanAssume('app', facts),
      () => assemble(linkEstate(data), { kind: 'anonymous' }, 's3:GetObject', '*', facts),
    ])
      expect(refused(act).issues[0]?.hint).toBe('did you mean context');
  });
  it('all of them are named at once', () => {
    expect(refused(can({ contxt: {}, unkown: [] })).issues.map(({ path }) => path)).toEqual([
      'facts.contxt',
      'facts.unkown',
    ]);
  });
  it('is as absent as a fact when it is undefined', () => {
    expect(can({ contxt: undefined, sourceIp: undefined, unknown: undefined })().allowed).toBe(true);
  });
});

describe('a fact of another shape', () => {
  it.each([
    [
      { unknown: 'aws:SourceIp' },
      "write a list such as ['aws:SourceIp', 'aws:PrincipalTag/*'], or 'unlisted'",
    ],
    [{ unknown: [1] }, "or 'unlisted'"],
    [{ context: 'aws:SourceIp' }, 'write { "key": "value" }'],
    [{ context: null }, 'write { "key": "value" }'],
    [{ principalTags: ['team'] }, 'write { "key": "value" }'],
    [{ resourceTags: 'team' }, 'write { "key": "value" }'],
    [{ resourceAccount: 111111111111 }, 'write 12 digits as a string'],
    [{ resourcePolicy: 1 }, "or 'unknown'"],
    [{ session: 1 }, 'write the name of the session'],
    [{ sessionPolicies: {} }, 'write a list of policy documents'],
    [{ sessionPolicies: [null] }, 'write a list of policy documents'],
    [{ vpcEndpoint: 1 }, 'write its id'],
  ])('%j is refused with what to write', (facts, hint) => {
    const [issue] = refused(can(facts)).issues;
    expect(issue?.path).toBe(`facts.${Object.keys(facts)[0]}`);
    expect(issue?.hint).toContain(hint);
  });
  it.each([[[]], ['x'], [1], [null]])('%j is no facts', (facts) => {
    expect(refused(can(facts as unknown as object)).issues[0]?.path).toBe('facts');
  });
  it('what the request itself holds, it says itself', () => {
    expect(refused(can({ mfa: 1 })).issues[0]?.path).toBe('request.mfa');
    expect(refused(can({ sourceIp: 'x' })).issues[0]?.path).toBe('request.sourceIp');
  });
});

it('every fact there is is taken', () => {
  const facts: Required<Facts> = {
    mfa: { present: true },
    sourceIp: '192.0.2.7',
    time: 0,
    context: { 'aws:SecureTransport': true },
    principalTags: { team: 'red' },
    resourceTags: { team: 'red' },
    resourceAccount: '111111111111',
    resourcePolicy: 'unknown',
    session: 'x',
    sessionPolicies: [],
    vpcEndpoint: 'vpce-0123456789abcdef0',
    unknown: 'unlisted',
  };
  expect(can(facts)).not.toThrow();
  expect(can(Object.assign(Object.create(null), { resourcePolicy: allow('s3:*') }))).not.toThrow();
});

describe('a fact that is undefined', () => {
  const red = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red', 'aws:PrincipalOrgID': 'o-a1' } },
    },
  };
  const organized = new Estate(
    estate({
      principals: [user('ana', { tags: { team: 'red' }, policies: [{ name: 'p', document: red }] })],
      organization: {
        id: 'o-a1',
        nodes: [
          {
            id: 'r-a1',
            type: 'ROOT',
            parent: null,
            serviceControlPolicies: ['p-FullAWSAccess'],
            resourceControlPolicies: [],
          },
          {
            id: one,
            type: 'ACCOUNT',
            parent: 'r-a1',
            serviceControlPolicies: ['p-FullAWSAccess'],
            resourceControlPolicies: [],
          },
        ],
        policies: [],
      },
    }),
  );
  const decide = (facts: Facts) => organized.can('ana', 's3:ListAllMyBuckets', '*', facts).decision;

  it('is absent, and so is a tag or a key that is', () => {
    expect(decide({})).toBe('allowed');
    expect(decide({ principalTags: { team: undefined } })).toBe('allowed');
    expect(decide({ context: { 'aws:PrincipalOrgID': undefined } })).toBe('allowed');
    expect(decide({ mfa: undefined, time: undefined, context: undefined, principalTags: undefined })).toBe(
      'allowed',
    );
  });
  it('one that is given counts', () => {
    expect(decide({ principalTags: { Team: 'blue' } })).toBe('implicitDeny');
    expect(decide({ context: { 'aws:principalorgid': 'o-b2' } })).toBe('implicitDeny');
  });
});
