import { describe, expect, it } from 'vitest';
import { kinds, least, readDocument } from './build.js';

const good = least.identityPolicies;
const one = (code: string, path: string, message: string, hint: string) => [{ path, code, message, hint }];

describe('L1, L2: the document', () => {
  it.each([undefined, null, 7, true, [], [good], () => good])('%#: refuses what is no object', (input) => {
    expect(readDocument(input)).toEqual({
      policy: { kind: 'identityPolicies', path: 'policy', variables: false, statements: [] },
      issues: one('ERR_IAM_TYPE', 'policy', 'the policy document is not an object', 'write a JSON object'),
    });
  });

  it.each([
    ['statement', 'write Statement'],
    ['Statements', 'write Statement'],
    ['VERSION', 'write Version'],
    ['ID', 'write Id'],
    ['Comment', 'use Version, Id, Statement'],
    ['__proto__x', 'use Version, Id, Statement'],
  ])('L2: refuses the member %s', (name, hint) => {
    const { issues, policy } = readDocument({ Statement: good, [name]: 'x' });
    expect(issues).toEqual(
      one(
        'ERR_IAM_UNKNOWN_MEMBER',
        `policy.${name}`,
        `\`${name}\` is no element of the policy language`,
        hint,
      ),
    );
    expect(policy.statements).toHaveLength(1);
  });

  it('takes undefined as absent, for known members and unknown ones', () => {
    const { issues } = readDocument({ Version: undefined, Id: undefined, Other: undefined, Statement: good });
    expect(issues).toEqual([]);
  });

  it('does not read inherited members', () => {
    const inherited = Object.create({ Version: '2012-10-17', Id: 7, Statement: [good, good] });
    expect(readDocument(Object.assign(inherited, { Statement: good })).policy).toMatchObject({
      variables: false,
      statements: [{ index: 0 }],
    });
    expect(readDocument(Object.create({ Statement: good })).issues).toHaveLength(1);
  });

  it('keeps its kind, path and name; a name that is not there is no member', () => {
    const { policy } = readDocument({ Statement: good }, 'sessionPolicies', 'mine');
    expect(policy).toMatchObject({ kind: 'sessionPolicies', path: 'policy', name: 'mine' });
    expect(readDocument({ Statement: good }).policy).not.toHaveProperty('name');
    expect(readDocument(7, 'identityPolicies', 'mine').policy.name).toBe('mine');
  });
});

describe('L3-L5: Version', () => {
  it.each([
    [undefined, false],
    ['2008-10-17', false],
    ['2012-10-17', true],
  ])('%s: variables %s', (Version, variables) => {
    const { policy, issues } = readDocument({ Version, Statement: good });
    expect([policy.variables, issues]).toEqual([variables, []]);
  });

  it.each(['', '2012', '2012-10-18', 2012, null, ['2012-10-17'], {}])('refuses %j', (Version) => {
    for (const kind of kinds) {
      expect(readDocument({ Version, Statement: least[kind] }, kind).issues).toEqual(
        one(
          'ERR_IAM_VALUE',
          'policy.Version',
          'Version is not a policy language version',
          'write "2012-10-17"',
        ),
      );
    }
  });

  it.each(kinds)('L5: an old or absent Version of %s', (kind) => {
    const organization = kind === 'serviceControlPolicies' || kind === 'resourceControlPolicies';
    const issues = organization
      ? one(
          'ERR_IAM_VALUE',
          'policy.Version',
          'this kind of policy must carry Version 2012-10-17',
          'write "2012-10-17"',
        )
      : [];
    expect(readDocument({ Statement: least[kind] }, kind).issues).toEqual(issues);
    expect(readDocument({ Version: '2008-10-17', Statement: least[kind] }, kind).issues).toEqual(issues);
    expect(readDocument({ Version: '2012-10-17', Statement: least[kind] }, kind).issues).toEqual([]);
  });
});

describe('L6: Id', () => {
  it.each(kinds)('is accepted in %s', (kind) => {
    const document = { Version: '2012-10-17', Id: '', Statement: least[kind] };
    expect(readDocument(document, kind).issues).toEqual([]);
  });

  it.each([7, null, ['x'], {}, false])('is refused as %j', (Id) => {
    expect(readDocument({ Id, Statement: good }).issues).toEqual(
      one('ERR_IAM_TYPE', 'policy.Id', 'Id is not a string', 'write a string or leave it out'),
    );
  });
});

describe('L7: Statement', () => {
  it.each([[undefined], [[]]])('%j is no statement', (Statement) => {
    expect(readDocument({ Version: '2012-10-17', Statement })).toEqual({
      policy: { kind: 'identityPolicies', path: 'policy', variables: false, statements: [] },
      issues: one(
        'ERR_IAM_MISSING_MEMBER',
        'policy.Statement',
        'there is no statement',
        'write at least one statement',
      ),
    });
  });

  it.each([null, 'text', 7, true])('%j is no object', (Statement) => {
    const message = ['the statement is not an object', 'write a JSON object'] as const;
    expect(readDocument({ Statement }).issues).toEqual(one('ERR_IAM_TYPE', 'policy.Statement', ...message));
    expect(readDocument({ Statement: [good, Statement] }).issues).toEqual(
      one('ERR_IAM_TYPE', 'policy.Statement[1]', ...message),
    );
  });

  it('L17: one statement, or a list; the others of a list are kept', () => {
    expect(readDocument({ Statement: good }).policy.statements).toMatchObject([
      { index: 0, path: 'policy.Statement' },
    ]);
    expect(readDocument({ Statement: [good, [good], good] }).policy.statements).toMatchObject([
      { index: 0, path: 'policy.Statement[0]' },
      { index: 2, path: 'policy.Statement[2]' },
    ]);
  });

  it('refuses a list of more than a million statements', () => {
    const Statement = new Array<unknown>(1_000_001);
    expect(readDocument({ Statement }).issues[0]).toEqual({
      path: 'policy.Statement',
      code: 'ERR_IAM_VALUE',
      message: 'the list is too long',
      hint: 'at most a million entries are read',
    });
  });
});

describe('L16: two statements with one Sid', () => {
  const twice = (Sid: string, kind: (typeof kinds)[number]) =>
    readDocument({ Version: '2012-10-17', Statement: [1, 2, 3].map(() => ({ ...least[kind], Sid })) }, kind)
      .issues;
  it.each(kinds)('%s', (kind) => {
    const strict = ['identityPolicies', 'permissionsBoundary', 'sessionPolicies'].includes(kind);
    const issue = (index: number) => ({
      path: `policy.Statement[${index}].Sid`,
      code: 'ERR_IAM_VALUE',
      message: 'two statements have the Sid `Same`',
      hint: 'make Sids unique',
    });
    expect(twice('Same', kind)).toEqual(strict ? [issue(1), issue(2)] : []);
    expect(twice('', kind)).toEqual([]);
  });

  it('Sids differ by letter case', () => {
    const Statement = ['Same', 'same'].map((Sid) => ({ ...good, Sid }));
    expect(readDocument({ Statement }).issues).toEqual([]);
  });
});

describe('a whole document', () => {
  it('is read into lists, with the Not elements told apart', () => {
    const { policy, issues } = readDocument(
      {
        Version: '2012-10-17',
        Id: 'x',
        Statement: [
          {
            Sid: 'first one',
            Effect: 'Allow',
            Principal: { AWS: ['111122223333'], Service: 'sns.amazonaws.com' },
            Action: 's3:Get*',
            Resource: ['arn:aws:s3:::b'],
            Condition: { Bool: { 'aws:SecureTransport': true }, NumericLessThan: { 'x:n': [1, 2.5] } },
          },
          { Effect: 'Deny', NotPrincipal: '*', NotAction: ['s3:*'], NotResource: 'arn:aws:s3:::b' },
        ],
      },
      'resourcePolicy',
    );
    expect(issues).toEqual([]);
    expect(policy).toStrictEqual({
      kind: 'resourcePolicy',
      path: 'policy',
      variables: true,
      statements: [
        {
          index: 0,
          path: 'policy.Statement[0]',
          sid: 'first one',
          effect: 'Allow',
          notPrincipal: false,
          principals: [
            { type: 'AWS', text: '111122223333', form: 'account', account: '111122223333' },
            { type: 'Service', text: 'sns.amazonaws.com', form: 'exact' },
          ],
          actions: ['s3:Get*'],
          notAction: false,
          resources: ['arn:aws:s3:::b'],
          notResource: false,
          conditions: [
            {
              operator: 'Bool',
              key: 'aws:SecureTransport',
              values: ['true'],
              path: 'policy.Statement[0].Condition.Bool.aws:SecureTransport',
            },
            {
              operator: 'NumericLessThan',
              key: 'x:n',
              values: ['1', '2.5'],
              path: 'policy.Statement[0].Condition.NumericLessThan.x:n',
            },
          ],
        },
        {
          index: 1,
          path: 'policy.Statement[1]',
          effect: 'Deny',
          notPrincipal: true,
          principals: [{ type: 'AWS', text: '*', form: 'everyone' }],
          actions: ['s3:*'],
          notAction: true,
          resources: ['arn:aws:s3:::b'],
          notResource: true,
          conditions: [],
        },
      ],
    });
  });

  it('L8: reads the same from text, whatever the order of its members', () => {
    const text = '{"Statement":[{"Resource":"*","Action":"s3:Get","Effect":"Deny"}],"Version":"2012-10-17"}';
    expect(readDocument(text)).toEqual(readDocument({ Version: '2012-10-17', Statement: [good] }));
  });

  it.each(kinds)('the least document of %s is well-formed', (kind) => {
    const { policy, issues } = readDocument({ Version: '2012-10-17', Statement: least[kind] }, kind);
    expect([issues, policy.statements.length, policy.kind]).toEqual([[], 1, kind]);
  });
});
