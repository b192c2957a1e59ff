import { expect as jestExpect } from 'expect';
import { describe, expect, it } from 'vitest';
import { linkEstate } from '../../src/account/index.js';
import { isIamError } from '../../src/index.js';
import { loadOrganization } from '../../src/load/index.js';
import { Estate } from '../../src/query/index.js';
import { type Assertion, check, matchers, matchersRecording } from '../../src/testing/index.js';
import { accountId, estateOf, office } from './build.js';

expect.extend(matchers);
(jestExpect as unknown as { extend(given: object): void }).extend(matchers);

const estate = estateOf();
const app = estate.principal('App');
const reports = estate.resource('Reports');

/** What an assertion that fails says. */
function failure(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the assertion passed');
}

for (const [name, given] of [
  ['Vitest', expect],
  ['Jest', jestExpect as unknown as typeof expect],
] as const) {
  describe(`in ${name}`, () => {
    it('what is allowed is allowed, and what is not is not', () => {
      given(app).toBeAllowedTo('s3:GetObject', 'Reports/x.csv', office);
      given(app).not.toBeAllowedTo('s3:GetObject', 'Reports/x.csv');
      given(app).toBeDeniedTo('s3:PutObject', 'Reports/x.csv', office);
      given(app).not.toBeDeniedTo('s3:GetObject', 'Reports/x.csv', office);
      given(app).toBeAllowedTo('s3:GetObject', estate.resource('Reports/x.csv'), office);
      given(app).toBeAllowedTo('s3:GetObject', 'arn:aws:s3:::stack-reports-xxxxxxxxxxxx/x', office);
    });
    it('a wrong expectation fails with the explanation', () => {
      const denied = failure(() => given(app).toBeAllowedTo('s3:PutObject', 'Reports/x.csv', office));
      expect(denied).toMatch(
        /^expected arn:aws:iam::111122223333:role\/.*App-X+ to be allowed to s3:PutObject on arn:/,
      );
      expect(denied).toContain('DENIED (implicitDeny)');
      expect(denied).toContain('What would change the answer');
      const allowed = failure(() => given(app).not.toBeAllowedTo('s3:GetObject', 'Reports/x.csv', office));
      expect(allowed).toContain('not to be allowed to s3:GetObject');
      expect(allowed).toContain('ALLOWED (allowed)');
      expect(failure(() => given(app).toBeDeniedTo('s3:GetObject', 'Reports/x.csv', office))).toContain(
        'ALLOWED',
      );
    });
    it('reachable only by', () => {
      given(reports).toBeReachableOnlyBy(['App'], 's3:GetObject', office);
      given(reports).not.toBeReachableOnlyBy(['App', 'Other'], 's3:GetObject', office);
      given(reports).toBeReachableOnlyBy([], 's3:GetObject');
    });
  });
}

describe('by', () => {
  const secret = 'Reports/secret/x';
  it('is the kind that denies', () => {
    expect(app).toBeDeniedTo('s3:GetObject', secret, { ...office, by: 'identityPolicies' });
    expect(app).not.toBeDeniedTo('s3:GetObject', secret, { ...office, by: 'serviceControlPolicies' });
    expect(estate.principal('Administrator')).toBeDeniedTo('iam:ListUsers', '*', {
      by: 'permissionsBoundary',
    });
  });
  it('says which kind it is instead', () => {
    const said = failure(() => expect(app).toBeDeniedTo('s3:GetObject', secret, { by: 'resourcePolicy' }));
    expect(said).toContain('to be denied by resourcePolicy to s3:GetObject');
    expect(said).toContain('but it is explicitDeny by identityPolicies');
  });
  it('is any of the kinds that deny, not only the first', () => {
    const { estate: organization } = loadOrganization({
      organization: { Id: 'o-a1b2', MasterAccountId: '999999999999' },
      policyTypes: ['SERVICE_CONTROL_POLICY'],
      nodes: [
        { id: 'r-a1b2', type: 'ROOT', parent: null, scps: ['p-FullAWSAccess', 'p-deny'] },
        { id: accountId, type: 'ACCOUNT', parent: 'r-a1b2', scps: ['p-FullAWSAccess'] },
      ],
      policies: {
        'p-deny': {
          Name: 'deny',
          Type: 'SERVICE_CONTROL_POLICY',
          Content: { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' } },
        },
      },
    });
    const both = estate.merge(organization).principal('App');
    expect(both).toBeDeniedTo('s3:GetObject', secret, { by: 'serviceControlPolicies' });
    expect(both).toBeDeniedTo('s3:GetObject', secret, { by: 'identityPolicies' });
  });
});

describe('what depends is neither allowed nor denied', () => {
  const facts = { unknown: ['aws:SourceIp'] };
  it('fails both, and passes the opposite of both', () => {
    expect(app).not.toBeAllowedTo('s3:GetObject', 'Reports/x', facts);
    expect(app).not.toBeDeniedTo('s3:GetObject', 'Reports/x', facts);
  });
  it('says on what, and what to state', () => {
    for (const matcher of ['toBeAllowedTo', 'toBeDeniedTo'] as const) {
      const said = failure(() => expect(app)[matcher]('s3:GetObject', 'Reports/x', facts));
      expect(said).toContain('but it depends on aws:SourceIp');
      expect(said).toContain("state sourceIp: '…'");
      expect(said).toContain('allowed if aws:SourceIp is in 192.0.2.0/24');
    }
  });
  it('a certain denial of which only the kind is open is a denial', () => {
    const lost = new Estate({
      ...estate.toJSON(),
      principals: estate.principals.map((one) => ({
        ...one,
        policies: [...one.policies, { name: 'lost', unresolved: 'not in the files' }],
        permissionsBoundary: {
          name: 'nothing',
          document: {
            Version: '2012-10-17' as const,
            Statement: { Effect: 'Deny' as const, Action: '*', Resource: '*' },
          },
        },
      })),
    });
    expect(lost.principal('App')).toBeDeniedTo('s3:GetObject', 'Reports/x', {
      ...facts,
      by: 'permissionsBoundary',
    });
  });
});

describe('a condition key that AWS does not document', () => {
  const told = (context: Record<string, string>) =>
    failure(() => expect(app).toBeAllowedTo('s3:PutObject', 'Reports/x', { context }));
  it('counts, and is named where the assertion fails, with what was meant', () => {
    // A policy asks for it.
    const sessionPolicies = [
      {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { Bool: { 'aws:SourceIpp': true } },
        },
      },
    ];
    expect(
      failure(() =>
        expect(reports).toBeReachableOnlyBy(['Other'], 's3:GetObject', {
          unknown: ['aws:SourceIpp'],
          sessionPolicies,
        }),
      ),
    ).toMatch(/\n\nNote: aws:SourceIpp is no condition key of the catalog; did you mean aws:SourceIp\?$/);
    expect(
      failure(() => expect(reports).not.toBeReachableOnlyBy([], 's3:GetObject', { context: { 'x:y': '' } })),
    ).toMatch(/\n\nNote: x:y is no condition key of the catalog; check how it is spelt$/);
  });
  it('is told from those that it does, in whatever letter case, and from those of providers', () => {
    const known = { 'aws:sourceIP': '198.51.100.7', 'aws:PrincipalTag/x': 'y', 's3:prefix': 'z' };
    expect(told({ ...known, 'token.actions.githubusercontent.com:sub': 'repo:a/b' })).not.toContain('Note:');
    const unlisted = { unknown: 'unlisted' } as const;
    expect(failure(() => expect(app).toBeAllowedTo('s3:GetObject', 'Reports/x', unlisted))).not.toContain(
      'Note:',
    );
  });
});

describe('an action on objects, asked of a bucket, is asked of all its objects', () => {
  it('allowed and denied mean all of them', () => {
    expect(app).toBeDeniedTo('s3:PutObject', 'Reports', office);
    const open = { ...office, principalTags: { team: 'audit' } };
    expect(app).toBeAllowedTo('s3:GetObject', 'Reports', open);
    expect(app).toBeAllowedTo('s3:getobject', estate.resource('Reports'), open);
  });
  it('some of them is neither, and the message says to name one', () => {
    const said = failure(() => expect(app).toBeAllowedTo('s3:GetObject', 'Reports', office));
    expect(said).toContain('but it depends on {object key}');
    expect(said).toContain('state an object, for example');
    expect(app).not.toBeDeniedTo('s3:GetObject', 'Reports', office);
  });
  it('an action on the bucket is asked of the bucket', () => {
    const said = failure(() => expect(app).toBeAllowedTo('s3:ListBucket', 'Reports', office));
    expect(said).toMatch(/on arn:aws:s3:::stack-reports-xxxxxxxxxxxx$/m);
  });
});

describe('reachable only by', () => {
  const site = estate.resource('Public');
  it('names whoever else reaches it, callers without credentials and other accounts among them', () => {
    const said = failure(() => expect(site).toBeReachableOnlyBy([], 's3:GetObject'));
    for (const who of ['anonymous', 'another account', 'App', 'Other'])
      expect(said).toMatch(new RegExp(`^  ${who}\\b`, 'm'));
    expect(said).toContain('444455556666');
  });
  it('finds accounts and services that the policy names', () => {
    expect(site).toBeReachableOnlyBy(['444455556666', 'Administrator'], 's3:PutObject');
    expect(failure(() => expect(site).toBeReachableOnlyBy(['Administrator'], 's3:PutObject'))).toContain(
      '444455556666',
    );
    expect(site).toBeReachableOnlyBy(['cloudfront.amazonaws.com'], 's3:GetObjectTagging');
    const said = failure(() => expect(site).toBeReachableOnlyBy([], 's3:GetObjectTagging'));
    expect(said).toContain('cloudfront.amazonaws.com, depending on aws:SourceArn');
  });
  it('names who should reach it and does not', () => {
    const said = failure(() => expect(reports).toBeReachableOnlyBy(['App', 'Other'], 's3:GetObject', office));
    expect(said).toMatch(/Not reachable by\n {2}Other\n {4}DENIED/);
    expect(said).not.toContain('Also reachable by');
  });
  it('what is not known of a listed role does not pass', () => {
    const said = failure(() =>
      expect(reports).toBeReachableOnlyBy(['App'], 's3:GetObject', { unknown: ['aws:SourceIp'] }),
    );
    expect(said).toContain('Not known for');
    expect(said).toContain("state sourceIp: '…'");
  });
  it('with .not says who reaches it', () => {
    const said = failure(() => expect(reports).not.toBeReachableOnlyBy(['App'], 's3:GetObject', office));
    expect(said).toMatch(/Reachable by\n {2}App \(arn:/);
    expect(failure(() => expect(reports).not.toBeReachableOnlyBy([], 's3:GetObject'))).toContain(
      'Reachable by\n  nobody',
    );
  });
  it('root users take part when they are asked for', () => {
    expect(reports).toBeReachableOnlyBy(['App'], 's3:GetObject', { ...office, roots: false });
    const said = failure(() =>
      expect(reports).toBeReachableOnlyBy(['App'], 's3:GetObject', { ...office, roots: true }),
    );
    expect(said).toContain(`arn:aws:iam::${accountId}:root`);
    expect(reports).toBeReachableOnlyBy(['App', accountId], 's3:GetObject', { ...office, roots: true });
  });
  it('an organization is one of other accounts, unless the key is stated', () => {
    const shared = estateOf(`
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          Effect: Allow
          Principal: '*'
          Action: sqs:SendMessage
          Resource: '*'
          Condition: { StringEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 } }
`).resource('Queue');
    expect(failure(() => expect(shared).toBeReachableOnlyBy([], 'sqs:SendMessage'))).toContain(
      'another account, depending on aws:PrincipalOrgID',
    );
    expect(shared).toBeReachableOnlyBy(['another account'], 'sqs:SendMessage');
    expect(shared).toBeReachableOnlyBy([], 'sqs:SendMessage', {
      context: { 'aws:PrincipalOrgID': 'o-other' },
    });
  });
});

describe('names', () => {
  const thrown = (act: () => void): unknown => {
    try {
      act();
    } catch (error) {
      return error;
    }
    return undefined;
  };
  it('an unknown one is an error with the candidates, under .not as well', () => {
    for (const act of [
      () => expect(app).toBeAllowedTo('s3:GetObject', 'Report/x'),
      () => expect(app).not.toBeAllowedTo('s3:GetObject', 'Report/x'),
      () => expect(reports).not.toBeReachableOnlyBy(['Ap'], 's3:GetObject'),
    ]) {
      const error = thrown(act);
      expect(isIamError(error) && error.code).toBe('ERR_IAM_NAME');
      expect((error as Error).message).toContain('did you mean');
    }
  });
  it('what is no principal or resource is refused with an example', () => {
    expect(() => expect('App').toBeAllowedTo('s3:GetObject')).toThrow(/expect\(estate\.principal\('…'\)\)/);
    expect(() => expect(app).toBeReachableOnlyBy([], 's3:GetObject')).toThrow(
      /expect\(estate\.resource\('…'\)\)/,
    );
  });
  it('an estate of another copy of the library is as good', () => {
    const other = { linked: linkEstate(estate.toJSON()), toJSON: () => estate.toJSON() } as unknown as Estate;
    expect({ ...app, estate: other }).toBeAllowedTo('s3:GetObject', 'Reports/x', office);
  });
});

describe('recording', () => {
  const recorded: Assertion[] = [];
  const recording = matchersRecording((_, assertion) => recorded.push(assertion));
  it('hands over every assertion, and what it says again is what it said', () => {
    const call = { isNot: true, currentTestName: 'reads', testPath: '/a.test.ts' };
    recording.toBeAllowedTo.call(call, app, 's3:GetObject', 'Reports/x', office);
    recording.toBeDeniedTo.call({}, app, 's3:GetObject', 'Reports/x', { by: 'identityPolicies' });
    recording.toBeReachableOnlyBy.call({}, reports, ['App'], 's3:GetObject', office);
    expect(recorded[0]).toEqual({
      matcher: 'toBeAllowedTo',
      not: true,
      test: 'reads',
      file: '/a.test.ts',
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::stack-reports-xxxxxxxxxxxx/x',
      caller: app.caller,
      facts: office,
    });
    const again = recorded.map((one) => check(estate, JSON.parse(JSON.stringify(one)) as Assertion).pass);
    expect(again).toEqual([true, true, true]);
  });
});
