import { describe, expect, it } from 'vitest';
import { emptyEstate } from '../../src/account/index.js';
import { documentIssues } from '../../src/account/resolved-policy.js';
import { Estate } from '../../src/query/index.js';
import { type Assertion, mutantsOf, replay } from '../../src/testing/index.js';
import { inert, weakenings } from '../../src/testing/weaken.js';
import { allowed, denied, onlyBy } from './asking.js';
import { estateOf, office } from './build.js';

const estate = estateOf();
const data = estate.toJSON();
const survivors = (asked: readonly Assertion[], policy = 'role App › read') =>
  [...replay(data, asked)]
    .filter(({ mutant, noticed }) => !noticed && mutant.policy === policy)
    .map(({ mutant }) => `${mutant.statement ?? ''}: ${mutant.change}`);

const reads = [
  allowed(estate, 'App', 's3:GetObject', 'Reports/x', office),
  denied(estate, 'App', 's3:GetObject', 'Reports/x'),
  denied(estate, 'App', 's3:PutObject', 'Reports/x', office),
  denied(estate, 'App', 's3:GetObject', 'Public/y', office),
];

describe('what tests notice', () => {
  it('a policy whose every part is tested leaves no survivor', () => {
    const keeps = [
      denied(estate, 'App', 's3:GetObject', 'Reports/secret/x', office),
      allowed(estate, 'App', 's3:GetObject', 'Reports/secret/x', {
        ...office,
        principalTags: { team: 'audit' },
      }),
    ];
    expect(survivors([...reads, ...keeps])).toEqual([]);
  });
  it('each test that is missing leaves one', () => {
    expect(survivors(reads)).toEqual([
      'statement 2 "Keep": the Deny is gone',
      'statement 2 "Keep": without the condition StringNotEquals aws:PrincipalTag/team',
    ]);
    expect(survivors(reads.slice(0, 1))).toContain(
      'statement 1 "Read": without the condition IpAddress aws:SourceIp',
    );
    expect(survivors([reads[0]!, reads[1]!, reads[3]!])).toContain('statement 1 "Read": Action becomes s3:*');
    expect(survivors(reads.slice(0, 3))).toContain('statement 1 "Read": Resource becomes Resource *');
  });
  it('a boundary that is gone', () => {
    const inside = [allowed(estate, 'Administrator', 'sqs:SendMessage')];
    const outside = [...inside, denied(estate, 'Administrator', 'iam:ListUsers')];
    const boundary = 'role Administrator › boundary';
    expect(survivors(inside, boundary)).toEqual([': the permissions boundary is gone']);
    expect(survivors(outside, boundary)).toEqual([]);
  });
  it('a principal that is everybody', () => {
    const only = [onlyBy(estate, 'Public', ['Administrator', '444455556666'], 's3:PutObject')];
    expect(survivors(only, 'Public › PublicPolicy')).not.toContain(
      'statement 2 "Foreign": Principal becomes *',
    );
    expect(survivors([], 'Public › PublicPolicy')).toContain('statement 2 "Foreign": Principal becomes *');
  });
  it('a policy that nobody asks about is said to be so', () => {
    const outcomes = [...replay(data, reads)];
    const of = (policy: string) =>
      outcomes.filter(({ mutant }) => mutant.policy === policy).map(({ asked }) => asked);
    expect(new Set(of('role App › read'))).toEqual(new Set([true]));
    expect(new Set(of('policy Edge'))).toEqual(new Set([false]));
  });
  it('assertions that are red to begin with notice nothing', () => {
    const red = [
      allowed(estate, 'App', 's3:PutObject', 'Reports/x', office),
      { ...reads[0]!, action: 'nothing' },
    ];
    expect(survivors(red).length).toBe(survivors([]).length);
  });
  it('with .not it is the same', () => {
    const not = reads.map(
      (one): Assertion =>
        ({
          ...one,
          not: true,
          matcher: one.matcher === 'toBeAllowedTo' ? 'toBeDeniedTo' : 'toBeAllowedTo',
        }) as Assertion,
    );
    expect(survivors(not)).toEqual(survivors(reads));
  });
});

describe('mutants', () => {
  it('law: each differs from the estate in one policy, which IAM still takes', () => {
    for (const mutant of mutantsOf(data)) {
      const changed = mutant.apply();
      const again = new Estate(changed);
      expect(JSON.stringify(changed)).not.toBe(JSON.stringify(data));
      const documents = changed.principals.flatMap(({ policies }) =>
        policies.flatMap((one) => ('document' in one ? [one.document] : [])),
      );
      for (const document of documents) expect(documentIssues(document!, 'identityPolicies')).toEqual([]);
      for (const { policies } of changed.resources)
        for (const one of policies)
          if ('document' in one) expect(documentIssues(one.document, 'resourcePolicy')).toEqual([]);
      expect(again.can('App', 's3:GetObject', 'Reports/x').unresolved).toEqual([]);
    }
  });
  it('law: asking only the assertions a statement takes part in misses none', () => {
    const asked = [
      ...reads,
      denied(estate, 'Administrator', 'iam:ListUsers'),
      onlyBy(estate, 'Public/site/x', [], 's3:PutObject'),
    ];
    for (const { mutant, noticed } of replay(data, asked)) {
      const changed = mutant.apply();
      const all = asked.some((one) => {
        const before = [...replay(data, [one])].length > 0 && answer(data, one);
        return before !== answer(changed, one);
      });
      if (!noticed) expect(all, `${mutant.policy} ${mutant.change}`).toBe(false);
    }
  });
  it('the data that was given is left as it is', () => {
    const before = JSON.stringify(data);
    for (const mutant of mutantsOf(data)) mutant.apply();
    expect(JSON.stringify(data)).toBe(before);
  });
});

function answer(of: typeof data, { resource, ...assertion }: Assertion): string {
  const asked = new Estate(of);
  if (assertion.matcher === 'toBeReachableOnlyBy') return '';
  const { caller, action, facts } = assertion;
  const handle = { estate: asked, caller, arn: '', names: [], kind: 'role' as const };
  return asked.can(handle, action, resource as string, facts).allowed ? 'allowed' : 'denied';
}

describe('weakenings', () => {
  const changes = (statement: object, kind: Parameters<typeof weakenings>[1] = 'identityPolicies') =>
    weakenings(statement as never, kind).map(({ change }) => change);
  it('only what makes a difference', () => {
    expect(changes({ Effect: 'Allow', Action: '*', Resource: '*' })).toEqual(['the Allow is gone']);
    expect(changes({ Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] })).toEqual(['the Allow is gone']);
    expect(changes({ Effect: 'Deny', Action: 's3:Get*', Resource: 'arn:aws:s3:::a' })).toEqual([
      'the Deny is gone',
    ]);
    expect(
      changes({ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }, 'resourcePolicy'),
    ).toEqual(['the Allow is gone']);
  });
  it('the other elements as well', () => {
    expect(changes({ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::a' })).toEqual([
      'the Allow is gone',
      'NotAction becomes Action *',
      'NotResource becomes Resource *',
    ]);
    expect(
      changes(
        { Effect: 'Allow', Principal: { Service: 'x.amazonaws.com' }, Action: 'sts:AssumeRole' },
        'trustPolicy',
      ),
    ).toEqual(['the Allow is gone', 'Principal becomes *']);
    expect(changes({ Effect: 'Allow', Action: { hole: 'Action' }, Resource: '*' })).toEqual([
      'the Allow is gone',
    ]);
  });
  it('one condition line at a time, and the block with the last one', () => {
    const lines = weakenings(
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { Bool: { a: 'true', b: 'true' }, Null: { c: 'true' } },
      },
      'identityPolicies',
    );
    expect(lines.map(({ statement }) => statement?.Condition)).toEqual([
      undefined,
      { Null: { c: 'true' }, Bool: { b: 'true' } },
      { Null: { c: 'true' }, Bool: { a: 'true' } },
      { Bool: { a: 'true', b: 'true' } },
    ]);
    const [, last] = weakenings(
      { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { a: 'true' } } },
      'identityPolicies',
    );
    expect(last?.statement).toEqual({ Effect: 'Deny', Action: '*', Resource: '*' });
  });
  it('an inert statement is one in every kind of policy, and never applies', () => {
    const principal = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
    for (const kind of ['identityPolicies', 'serviceControlPolicies', 'permissionsBoundary'] as const) {
      const { Principal: _, ...rest } = principal;
      expect(documentIssues({ Version: '2012-10-17', Statement: inert(rest) } as never, kind)).toEqual([]);
    }
    for (const kind of ['resourcePolicy', 'resourceControlPolicies', 'vpcEndpointPolicy'] as const)
      expect(documentIssues({ Version: '2012-10-17', Statement: inert(principal) } as never, kind)).toEqual(
        [],
      );
    const alone = [allowed(estate, 'Administrator', 'sqs:SendMessage')];
    expect([...replay(data, alone)].find(({ mutant }) => mutant.policy === 'policy Edge')?.noticed).toBe(
      true,
    );
  });
});

it('a malformed value of a policy is one like others', () => {
  const Condition = { StringEquals: { 'aws:SourceVpc': {} } };
  const document = { Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition } };
  const arn = 'arn:aws:iam::111122223333:user/ana';
  const ana = { kind: 'user', arn, account: '111122223333', name: 'ana', names: [], groups: [] };
  const malformed = { ...emptyEstate, principals: [{ ...ana, policies: [{ name: 'p', document }] }] };
  expect(mutantsOf(malformed as never).length).toBeGreaterThan(1);
});
