import { describe, expect, it } from 'vitest';
import { InvalidPolicyError } from '../../src/error.js';
import { readPolicySet } from '../../src/policy/policy-set.js';

const statement = { Effect: 'Allow', Action: 's3:Get', Resource: '*' };
const good = { Version: '2012-10-17', Statement: statement };
const goodFor = { Version: '2012-10-17', Statement: { ...statement, Principal: '*' } };
const bad = { Version: '2012-10-17', Statement: { ...statement, Effect: 'x' } };
const kindNames =
  'identityPolicies, permissionsBoundary, sessionPolicies, resourcePolicy, serviceControlPolicies, ' +
  'resourceControlPolicies, vpcEndpointPolicy';

function refused(input: unknown) {
  try {
    readPolicySet(input);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidPolicyError);
    return (error as InvalidPolicyError).issues;
  }
  throw new Error('the policies were accepted');
}
/** Kind → level → path of each policy. */
const paths = (input: unknown) =>
  Object.fromEntries(
    Object.entries(readPolicySet(input).levels)
      .filter(([, levels]) => levels.length > 0)
      .map(([kind, levels]) => [kind, levels.map((level) => level.map(({ path }) => path))]),
  );

describe('what is given', () => {
  it('a level for each kind that has none of its own, and a path for each document', () => {
    const input = {
      identityPolicies: [good, good],
      permissionsBoundary: good,
      sessionPolicies: [good],
      resourcePolicy: goodFor,
      serviceControlPolicies: [[good], [], [good, good]],
      resourceControlPolicies: [[]],
      vpcEndpointPolicy: goodFor,
    };
    expect(paths(input)).toEqual({
      identityPolicies: [['policies.identityPolicies[0]', 'policies.identityPolicies[1]']],
      permissionsBoundary: [['policies.permissionsBoundary']],
      sessionPolicies: [['policies.sessionPolicies[0]']],
      resourcePolicy: [['policies.resourcePolicy']],
      serviceControlPolicies: [
        ['policies.serviceControlPolicies[0][0]'],
        [],
        ['policies.serviceControlPolicies[2][0]', 'policies.serviceControlPolicies[2][1]'],
      ],
      resourceControlPolicies: [[]],
      vpcEndpointPolicy: [['policies.vpcEndpointPolicy']],
    });
    for (const [kind, levels] of Object.entries(readPolicySet(input).levels))
      for (const policy of levels.flat()) expect(policy.kind).toBe(kind);
  });

  it.each([
    {},
    { identityPolicies: [], sessionPolicies: [], serviceControlPolicies: [], resourceControlPolicies: [] },
    { identityPolicies: undefined, permissionsBoundary: undefined, resourcePolicy: undefined },
  ])('%j gives no levels', (input) => {
    const { levels, trustIssues } = readPolicySet(input);
    expect(Object.keys(levels).join(', ')).toBe(kindNames);
    expect(Object.values(levels)).toEqual([[], [], [], [], [], [], []]);
    expect(trustIssues).toEqual([]);
  });

  it('a document, its text, or either with a name', () => {
    const text = JSON.stringify(good);
    const input = {
      identityPolicies: [
        good,
        text,
        { name: 'n', document: good },
        { name: '', document: text },
        { document: good },
      ],
    };
    expect(readPolicySet(input).levels.identityPolicies[0]!.map(({ name, path }) => [name, path])).toEqual([
      [undefined, 'policies.identityPolicies[0]'],
      [undefined, 'policies.identityPolicies[1]'],
      ['n', 'policies.identityPolicies[2].document'],
      ['', 'policies.identityPolicies[3].document'],
      [undefined, 'policies.identityPolicies[4].document'],
    ]);
  });

  it('undefined is no name', () => {
    const input = { permissionsBoundary: { name: undefined, document: good } };
    expect(readPolicySet(input).levels.permissionsBoundary[0]![0]).not.toHaveProperty('name');
  });

  it('does not read inherited members', () => {
    const limits = class {
      identityPolicies = [good];
      get permissionsBoundary() {
        return good;
      }
    };
    expect(refused(new limits())).toEqual([
      {
        path: 'policies.permissionsBoundary',
        code: 'ERR_IAM_TYPE',
        message: 'this comes from a class',
        hint: 'pass plain JSON data',
      },
    ]);
    const issues = refused({ identityPolicies: [Object.create({ document: good })] });
    expect(issues.map(({ path }) => path)).toEqual(['policies.identityPolicies[0].Statement']);
  });
});

describe('what is refused', () => {
  it.each([undefined, null, 7, 'text', [], [good]])('%j as policies', (input) => {
    expect(refused(input)).toEqual([
      {
        path: 'policies',
        code: 'ERR_IAM_TYPE',
        message: 'policies is not an object',
        hint: 'write for example { "identityPolicies": [ … ] }',
      },
    ]);
  });

  it.each(['identityPolicy', 'trustPolicy', 'toString', 'Statement'])('the member %s', (key) => {
    expect(refused({ [key]: undefined })).toEqual([
      {
        path: `policies.${key}`,
        code: 'ERR_IAM_UNKNOWN_MEMBER',
        message: `\`${key}\` is no kind of policy`,
        hint: `use ${kindNames}`,
      },
    ]);
  });

  it.each(['identityPolicies', 'sessionPolicies', 'serviceControlPolicies', 'resourceControlPolicies'])(
    'one document, or anything but a list, as %s',
    (kind) => {
      for (const value of [good, null, 'text', 7]) {
        expect(refused({ [kind]: value })).toEqual([
          {
            path: `policies.${kind}`,
            code: 'ERR_IAM_TYPE',
            message: 'this is not a list',
            hint: 'write a list',
          },
        ]);
      }
    },
  );

  it.each(['serviceControlPolicies', 'resourceControlPolicies'])('a level of %s that is no list', (kind) => {
    expect(refused({ [kind]: [[], good] })).toEqual([
      {
        path: `policies.${kind}[1]`,
        code: 'ERR_IAM_TYPE',
        message: 'this is not a list',
        hint: 'write the policies of a level as a list',
      },
    ]);
  });

  it('a list of more than a million policies', () => {
    expect(refused({ identityPolicies: new Array(1_000_001) }).map(({ message }) => message)).toEqual([
      'this is not a list',
    ]);
  });

  it.each([null, 'text of no JSON', 7])('%j as a document', (document) => {
    for (const value of [document, { document }]) {
      const [issue] = refused({ permissionsBoundary: value });
      const path =
        value === document ? 'policies.permissionsBoundary' : 'policies.permissionsBoundary.document';
      expect(issue!.path).toBe(path);
    }
  });

  it.each([7, null, ['n'], {}])('the name %j', (name) => {
    expect(refused({ permissionsBoundary: { name, document: good } })).toEqual([
      {
        path: 'policies.permissionsBoundary.name',
        code: 'ERR_IAM_TYPE',
        message: 'the name is not a string',
        hint: 'write text',
      },
    ]);
  });

  it('a member beside a document', () => {
    expect(refused({ permissionsBoundary: { document: good, Statement: [], Name: 'x' } })).toEqual(
      ['Statement', 'Name'].map((member) => ({
        path: `policies.permissionsBoundary.${member}`,
        code: 'ERR_IAM_UNKNOWN_MEMBER',
        message: `\`${member}\` does not stand beside a document`,
        hint: 'use name, document',
      })),
    );
  });

  it('an object that throws, after what was found before', () => {
    const throwing = {
      get Version() {
        throw new Error('mine');
      },
    };
    expect(refused({ other: 1, permissionsBoundary: throwing })).toEqual([
      expect.objectContaining({ path: 'policies.other' }),
      {
        path: 'policies',
        code: 'ERR_IAM_TYPE',
        message: 'the object throws when it is read',
        hint: 'pass plain JSON data',
      },
    ]);
  });

  it('names all issues of all documents at once', () => {
    const issues = refused({
      vpcEndpointPolicy: good,
      identityPolicies: [bad, good, JSON.stringify(bad)],
      serviceControlPolicies: [[good], [bad, { name: 'n', document: bad }]],
      resourcePolicy: bad,
    });
    expect(issues.map(({ path, line }) => [path, line])).toEqual([
      ['policies.vpcEndpointPolicy.Statement', undefined],
      ['policies.identityPolicies[0].Statement.Effect', undefined],
      ['policies.identityPolicies[2].Statement.Effect', 1],
      ['policies.serviceControlPolicies[1][0].Statement.Effect', undefined],
      ['policies.serviceControlPolicies[1][1].document.Statement.Effect', undefined],
      ['policies.resourcePolicy.Statement.Effect', undefined],
      ['policies.resourcePolicy.Statement', undefined],
    ]);
  });
});

describe('L22: the rules of a role trust policy', () => {
  it('are kept for the first request that makes the resource policy one', () => {
    const { levels, trustIssues } = readPolicySet({ resourcePolicy: { name: 'n', document: goodFor } });
    expect(levels.resourcePolicy[0]![0]).toMatchObject({ kind: 'resourcePolicy', name: 'n' });
    expect(trustIssues.map(({ code, path }) => [code, path])).toEqual([
      ['ERR_IAM_FORBIDDEN_ELEMENT', 'policies.resourcePolicy.document.Statement.Resource'],
      ['ERR_IAM_PRINCIPAL', 'policies.resourcePolicy.document.Statement.Principal'],
    ]);
  });

  it('are none for a policy that is both, and for other kinds', () => {
    const trust = { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } } };
    expect(readPolicySet({ resourcePolicy: trust }).trustIssues).toEqual([]);
    expect(readPolicySet({ vpcEndpointPolicy: goodFor }).trustIssues).toEqual([]);
  });
});
