import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/error.js';
import { evaluate } from '../../src/evaluate.js';
import type { PoliciesInput, StatementDocument } from '../../src/policy/document.js';
import type { RequestInput } from '../../src/request/input.js';
import { type FormatOptions, formatTrace } from '../../src/trace/render.js';
import type { Trace } from '../../src/trace/trace.js';

const alice = 'arn:aws:iam::111122223333:user/alice';
const queue = 'arn:aws:sqs:us-east-1:111122223333:q';
const policy = (...Statement: StatementDocument[]) => ({ Version: '2012-10-17', Statement });
const traceOf = (policies: PoliciesInput, more: Partial<RequestInput> = {}): Trace =>
  evaluate({
    request: { principal: { arn: alice }, action: 'sqs:SendMessage', resource: queue, ...more },
    policies,
  }).explain();
const show = (policies: PoliciesInput, more: Partial<RequestInput> = {}, options?: FormatOptions) =>
  formatTrace(traceOf(policies, more), options).split('\n');

const allow: StatementDocument = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };
const other: StatementDocument = { Effect: 'Allow', Action: 's3:Get', Resource: '*' };
const deny: StatementDocument = {
  Sid: 'NoTeam',
  Effect: 'Deny',
  Action: 'sqs:Send*',
  Resource: 'arn:aws:sqs:*:*:q',
  Condition: { StringNotEquals: { 'aws:PrincipalTag/team': ['${aws:RequestTag/team}', 'blue'] } },
};
const asked = `perform: sqs:SendMessage on resource: ${queue}`;

it('says why no policy would help', () => {
  const resource = 'arn:aws:iam::444455556666:role/app';
  const trust = policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' });
  const policies = { identityPolicies: [policy({ ...allow, Action: '*' })], resourcePolicy: trust };
  expect(show(policies, { action: 'iam:GetRole', resource }).slice(-2)).toEqual([
    'What would change the answer',
    '  no policy: a trust policy decides only who assumes the role (E78)',
  ]);
});

it('what would allow comes before what would only deny, however near', () => {
  const far: StatementDocument = {
    ...allow,
    Resource: 'arn:aws:sqs:us-east-1:111122223333:other',
    Condition: { StringEquals: { 'aws:RequestTag/a': 'x' }, Bool: { 'aws:SecureTransport': 'true' } },
  };
  const near = (tag: string): StatementDocument => ({
    ...deny,
    Sid: tag,
    Condition: { StringEquals: { [`aws:RequestTag/${tag}`]: 'x' } },
  });
  const policies = { identityPolicies: [policy(near('a'), near('b'), near('c'), far)] };
  const advice = show(policies).filter((line) => / if /.test(line));
  expect(advice.map((line) => line.trim().split(' ')[0])).toEqual([
    'allowed',
    'explicitDeny',
    'explicitDeny',
  ]);
});

describe('an explicit deny', () => {
  const because = 'with an explicit deny in an identity-based policy [E2]';
  it('E2: names the statement, its conditions, and what would stop it', () => {
    expect(show({ identityPolicies: [{ name: 'base', document: policy(allow, deny) }] })).toEqual([
      'DENIED (explicitDeny)',
      `User: ${alice} is not authorized to ${asked} ${because}`,
      '',
      'Decided by',
      '  identity-based policy "base", statement "NoTeam" (Deny)',
      '    at policies.identityPolicies[0].document.Statement[1]',
      '    StringNotEquals aws:PrincipalTag/team: policy [${aws:RequestTag/team} = (no value), blue], ' +
        'request missing → matched: key missing',
      '',
      'What would change the answer',
      '  allowed if identity-based policy "base", statement "NoTeam" (Deny) would no longer apply (any of):',
      '    Condition aws:PrincipalTag/team: needs a value for which StringNotEquals ' +
        '[${aws:RequestTag/team} = (no value), blue] does not hold; ' +
        'the request has no such key',
      '    Action: needs none of sqs:Send*; the request has sqs:SendMessage',
      `    Resource: needs none of arn:aws:sqs:*:*:q; the request has ${queue}`,
    ]);
  });

  it('E4: names every deny, where each stands, and that all would have to go', () => {
    const no: StatementDocument = { Effect: 'Deny', NotAction: 's3:*', Resource: '*' };
    const policies = {
      serviceControlPolicies: [[policy({ ...no, Sid: '' })]],
      permissionsBoundary: policy(no),
    };
    const differs = '    NotAction: needs s3:*; the request has sqs:SendMessage';
    expect(show(policies)).toEqual([
      'DENIED (explicitDeny)',
      `User: ${alice} is not authorized to ${asked} with an explicit deny in a service control policy [E2]`,
      '',
      'Decided by',
      '  service control policy policy 1, level 0, statement 1 (Deny)',
      '    at policies.serviceControlPolicies[0][0].Statement[0]',
      '  permissions boundary policy 1, statement 1 (Deny)',
      '    at policies.permissionsBoundary.Statement[0]',
      '',
      'What would change the answer',
      '  implicitDeny if service control policy policy 1, level 0, statement 1 (Deny) ' +
        'would no longer apply, ' +
        'together with the other denies:',
      differs,
      '  implicitDeny if permissions boundary policy 1, statement 1 (Deny) would no longer apply, ' +
        'together with the other denies:',
      differs,
    ]);
  });
});

describe('an implicit deny', () => {
  const head = (what: string) => [
    'DENIED (implicitDeny)',
    `User: ${alice} is not authorized to ${asked} because no ${what}`,
    '',
    'What would change the answer',
  ];
  it.each<[string, PoliciesInput, string]>([
    ['E8', {}, 'an identity-based policy'],
    [
      'E40',
      { identityPolicies: [policy(allow)], serviceControlPolicies: [[policy(allow)], []] },
      'a service control policy at level 1',
    ],
    [
      'E31',
      { identityPolicies: [policy(allow)], permissionsBoundary: policy({ ...deny, Action: 'sns:*' }) },
      '',
    ],
  ])('%s: without a statement that comes near, or with one', (rule, policies, kind) => {
    const words = {
      E8: 'identity-based policy',
      E40: 'service control policy at level 1',
      E31: 'permissions boundary',
    };
    const lines = show(policies);
    const because = `${words[rule as keyof typeof words]} allows the sqs:SendMessage action [${rule}]`;
    expect(lines.slice(0, 4)).toEqual(head(because));
    if (kind !== '')
      expect(lines.slice(4)).toEqual([
        `  ${kind} with an Allow for sqs:SendMessage on ${queue}; no statement there comes near`,
      ]);
    // What would only deny explicitly is no help.
    else
      expect(lines.slice(4, 6)).toEqual([
        `  a permissions boundary with an Allow for sqs:SendMessage on ${queue}; no statement there comes near`,
        '  explicitDeny if permissions boundary policy 1, statement "NoTeam" (Deny) would apply:',
      ]);
  });

  it('names all that lack an Allow', () => {
    const lines = show({ permissionsBoundary: policy({ ...allow, Action: 'sns:*' }) });
    expect(lines.slice(4)).toEqual([
      '  all of:',
      `    an identity-based policy with an Allow for sqs:SendMessage on ${queue}`,
      `    a permissions boundary with an Allow for sqs:SendMessage on ${queue}`,
    ]);
  });

  it('E4: the policy of a role has its own name', () => {
    const resource = 'arn:aws:iam::111122223333:role/app';
    const lines = show({ identityPolicies: [policy(allow)] }, { action: 'sts:AssumeRole', resource });
    expect(lines[1]).toMatch(/because no role trust policy allows the sts:AssumeRole action \[E70\]$/);
    expect(lines[4]).toBe(
      `  a role trust policy with an Allow for sts:AssumeRole on ${resource}; no statement there comes near`,
    );
  });

  it.each<[string, PoliciesInput, Partial<RequestInput>, string]>([
    [
      'VPC endpoint policy',
      { vpcEndpointPolicy: policy({ ...other, Principal: '*' }) },
      {},
      'no VPC endpoint policy allows the sqs:SendMessage action [E55]',
    ],
    [
      'resource-based policy',
      {},
      { resource: 'arn:aws:sqs:us-east-1:444455556666:q' },
      'no resource-based policy allows the sqs:SendMessage action [E21]',
    ],
    [
      'session policy',
      { identityPolicies: [policy(allow)], sessionPolicies: [policy(other)] },
      { principal: { arn: 'arn:aws:iam::111122223333:role/app' } },
      'no session policy allows the sqs:SendMessage action [E32]',
    ],
    [
      'a rule of the service',
      {},
      { principal: { anonymous: true }, action: 'sts:AssumeRole', resource: '*' },
      'because an unsigned caller without a token gets nothing from STS [E73]',
    ],
  ])('says what is missing: %s', (_, policies, more, ending) => {
    expect(show(policies, more)[1]).toMatch(new RegExp(`${ending.replaceAll(/[[\]]/g, '\\$&')}$`));
  });

  it('a rule of the service is no advice', () => {
    const lines = show({}, { principal: { anonymous: true }, action: 'sts:AssumeRole', resource: '*' });
    expect(lines).toEqual([
      'DENIED (implicitDeny)',
      'User: anonymous is not authorized to perform: sts:AssumeRole on resource: * ' +
        'because an unsigned caller ' +
        'without a token gets nothing from STS [E73]',
    ]);
  });

  it('shows three near misses, and how many are left', () => {
    const near = (count: number) => {
      const statements = Array.from({ length: count }, () => other);
      return { identityPolicies: [policy(...statements)] };
    };
    const miss = (statement: number) => [
      `  allowed if identity-based policy policy 1, statement ${statement} (Allow) would apply:`,
      '    Action: needs s3:Get; the request has sqs:SendMessage',
    ];
    const first = [...miss(1), ...miss(2), ...miss(3)];
    expect(show(near(3)).slice(4)).toEqual(first);
    expect(show(near(4)).slice(4)).toEqual([...first, '  … and 1 more statement (verbose shows all)']);
    expect(show(near(5)).slice(4)).toEqual([...first, '  … and 2 more statements (verbose shows all)']);
    expect(show(near(4), {}, { verbose: true }).slice(4, 12)).toEqual([...first, ...miss(4)]);
  });

  it('says when all differences are needed together', () => {
    const far = { ...other, Condition: { Bool: { 'aws:SecureTransport': true } } };
    expect(show({ identityPolicies: [policy(far)] }).slice(4)).toEqual([
      '  allowed if identity-based policy policy 1, statement 1 (Allow) would apply (all of):',
      '    Condition aws:SecureTransport: needs a value for which Bool [true] holds; ' +
        'the request has no such key',
      '    Action: needs s3:Get; the request has sqs:SendMessage',
    ]);
  });

  it('E18: says what was assumed', () => {
    const session = { arn: 'arn:aws:sts::111122223333:assumed-role/app/s1' };
    expect(show({}, { principal: session }).slice(-2)).toEqual([
      '',
      'Assumed: the role of the session is taken to have no path: arn:aws:iam::111122223333:role/app',
    ]);
  });
});

describe('an allow', () => {
  it('E8: names the statements that allow', () => {
    const own = { ...allow, Condition: { StringEquals: { 'aws:username': ['alice', 'bob'] } } };
    expect(
      show({ identityPolicies: [policy(own)], resourcePolicy: policy({ ...other, Principal: '*' }) }),
    ).toEqual([
      'ALLOWED (allowed)',
      `User: ${alice} is authorized to ${asked} by an identity-based policy [E8]`,
      '',
      'Decided by',
      '  identity-based policy policy 1, statement 1 (Allow)',
      '    at policies.identityPolicies[0].Statement[0]',
      '    StringEquals aws:username: policy [alice, bob], request [alice] → matched',
      '',
      'What would change the answer',
      '  implicitDeny if identity-based policy policy 1, statement 1 (Allow) would no longer apply (any of):',
      '    Condition aws:username: needs a value for which StringEquals [alice, bob] does not hold; ' +
        'the request has alice',
      '    Action: needs none of sqs:*; the request has sqs:SendMessage',
    ]);
  });

  it('shows three statements that allow, and how many are left', () => {
    const policies = { identityPolicies: [policy(allow, allow, allow, allow, allow)] };
    const lines = show(policies);
    expect(lines.slice(3)).toEqual([
      'Decided by',
      '  identity-based policy policy 1, statement 1 (Allow)',
      '    at policies.identityPolicies[0].Statement[0]',
      '  identity-based policy policy 1, statement 2 (Allow)',
      '    at policies.identityPolicies[0].Statement[1]',
      '  identity-based policy policy 1, statement 3 (Allow)',
      '    at policies.identityPolicies[0].Statement[2]',
      '  … and 2 more statements (verbose shows all)',
    ]);
    expect(show(policies, {}, { verbose: true }).slice(3, 14)).toHaveLength(11);
    expect(show(policies, {}, { verbose: true })[13]).toBe(
      '    at policies.identityPolicies[0].Statement[4]',
    );
  });

  it('E80: a rule of the service has a reason and no statements', () => {
    expect(show({}, { action: 'sts:GetCallerIdentity', resource: '*' })).toEqual([
      'ALLOWED (allowed)',
      `User: ${alice} is authorized to perform: sts:GetCallerIdentity on resource: *: ` +
        'sts:GetCallerIdentity works for every signed caller, whatever policies say [E80]',
    ]);
  });
});

describe('what is no explanation', () => {
  const whole = JSON.stringify(traceOf({ identityPolicies: [policy(allow, deny)] }));
  /** Paths to everything in a value. */
  const pathsOf = (value: unknown): (readonly string[])[] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([name, one]) => [
          [name],
          ...pathsOf(one).map((path) => [name, ...path]),
        ]);
  /** The explanation with another value at a path. */
  const broken = (path: readonly string[], by: unknown): Trace => {
    const trace = JSON.parse(whole);
    const owner = path.slice(0, -1).reduce((one, name) => one[name], trace);
    owner[path.at(-1)!] = by;
    return trace;
  };

  it.each([undefined, null, 0, 'x', [null], {}])('%j anywhere in one is printed or refused', (by) => {
    let refused = 0;
    for (const path of pathsOf(JSON.parse(whole))) {
      try {
        expect(formatTrace(broken(path, by), { verbose: true })).toBeTypeOf('string');
      } catch (error) {
        expect(error, path.join('.')).toBeInstanceOf(InvalidRequestError);
        expect((error as Error).message).toBe(
          'trace: this is not what is taken here; pass what explain() returns',
        );
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(10);
  });
  it('a style that is no function is refused, and what a style throws is left as it is', () => {
    const trace: Trace = JSON.parse(whole);
    expect(() => formatTrace(trace, { style: 'bold' as never })).toThrow(InvalidRequestError);
    const style = () => {
      throw new RangeError('of the style');
    };
    expect(() => formatTrace(trace, { style })).toThrow(RangeError);
  });
});
