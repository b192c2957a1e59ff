import { describe, expect, it } from 'vitest';
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
const show = (policies: PoliciesInput, options: FormatOptions, more: Partial<RequestInput> = {}) =>
  formatTrace(traceOf(policies, more), options).split('\n');
const allow: StatementDocument = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };

/** Every kind, some that apply and some that do not. */
const everything: PoliciesInput = {
  serviceControlPolicies: [
    [policy(allow)],
    [{ name: 'guard', document: policy(allow, { ...allow, Effect: 'Deny', Action: ['s3:*', 'sns:*'] }) }],
  ],
  resourceControlPolicies: [[]],
  vpcEndpointPolicy: policy({ ...allow, Principal: '*' }),
  resourcePolicy: policy({
    Effect: 'Deny',
    NotPrincipal: { AWS: ['111122223333', alice] },
    NotAction: 's3:*',
    NotResource: ['arn:aws:sqs:*:*:other'],
    Condition: { NumericLessThan: { 'x:n': 5 } },
  }),
  identityPolicies: [
    policy({
      ...allow,
      Sid: 'Mine',
      Resource: 'arn:aws:sqs:*:*:${x:name}',
      Condition: {
        'ForAnyValue:StringLike': { 'x:list': ['${aws:username}*', 'b*'] },
        Null: { 'x:none': true },
      },
    }),
  ],
  sessionPolicies: [policy(allow)],
};
const context = { 'x:n': 'ten', 'x:name': 'q', 'x:list': ['alice-1', 'c'] };

describe('verbose', () => {
  it('shows every kind, level, statement, element and condition', () => {
    const lines = show(everything, { verbose: true }, { context });
    expect(lines.slice(lines.indexOf('service control policy: allow'))).toEqual([
      'service control policy: allow',
      '  level 0: allow',
      '  + policy 1, level 0, statement 1 (Allow) applies',
      '      + Action: sqs:* (matched); request sqs:SendMessage',
      `      + Resource: * (matched); request ${queue}`,
      '  level 1: allow',
      '  + "guard", level 1, statement 1 (Allow) applies',
      '      + Action: sqs:* (matched); request sqs:SendMessage',
      `      + Resource: * (matched); request ${queue}`,
      '  - "guard", level 1, statement 2 (Deny) does not apply',
      '      - Action: s3:* (no value matched), sns:* (no value matched); request sqs:SendMessage',
      `      + Resource: * (matched); request ${queue}`,
      '',
      'resource control policy: no allow',
      '',
      'VPC endpoint policy: allow',
      '  + policy 1, statement 1 (Allow) applies',
      '      + Action: sqs:* (matched); request sqs:SendMessage',
      `      + Principal: * (matched: everyone); request ${alice}`,
      `      + Resource: * (matched); request ${queue}`,
      '',
      'resource-based policy: no allow',
      '  - policy 1, statement 1 (Deny) does not apply',
      '      + NotAction: s3:* (no value matched); request sqs:SendMessage',
      `      - NotPrincipal: 111122223333 (exempted), ${alice} (exempted); request ${alice}`,
      `      + NotResource: arn:aws:sqs:*:*:other (no value matched); request ${queue}`,
      '      - NumericLessThan x:n: policy [5], request [ten] → wrong type',
      '',
      'identity-based policy: allow',
      '  + policy 1, statement "Mine" (Allow) applies',
      '      + Action: sqs:* (matched); request sqs:SendMessage',
      `      + Resource: arn:aws:sqs:*:*:\${x:name} = arn:aws:sqs:*:*:q (matched); request ${queue}`,
      '      + ForAnyValue:StringLike x:list: policy [${aws:username}* = alice*, b*], ' +
        'request [alice-1, c] → matched',
      '      + Null x:none: policy [true], request missing → matched: key missing',
      '',
      'permissions boundary: not given',
      '',
      'session policy: not applicable',
      '  a user has no session policies (E32)',
    ]);
  });

  it('is off unless it is true', () => {
    const quiet = show(everything, {}, { context });
    expect(show(everything, { verbose: false }, { context })).toEqual(quiet);
    expect(quiet.some((line) => line.startsWith('session policy'))).toBe(false);
  });
});

describe('style', () => {
  const style: FormatOptions['style'] = (part, text) => `<${part}>${text}</>`;
  it('marks the verdict, headings and what may be dim', () => {
    const near = { ...allow, Action: 's3:Get' };
    const lines = show({ identityPolicies: [policy(near, near, near, near)] }, { style, verbose: false });
    expect(lines[0]).toBe('<denied>DENIED (implicitDeny)</>');
    expect(lines[3]).toBe('<heading>What would change the answer</>');
    expect(lines.at(-1)).toBe('<dim>  … and 1 more statement (verbose shows all)</>');
    expect(lines.filter((line) => line.startsWith('<'))).toHaveLength(3);
  });

  it('marks layers, elements and conditions', () => {
    const one = { ...allow, Condition: { Bool: { 'aws:SecureTransport': true } } };
    const policies = { identityPolicies: [policy(one)] };
    const request = { context: { 'aws:SecureTransport': true } };
    const lines = show(policies, { style, verbose: true }, request);
    expect([lines[0], lines[3], lines[8]]).toEqual([
      '<allowed>ALLOWED (allowed)</>',
      '<heading>Decided by</>',
      '<heading>What would change the answer</>',
    ]);
    const from = lines.indexOf('<heading>identity-based policy: allow</>');
    expect(lines.slice(from, from + 5)).toEqual([
      '<heading>identity-based policy: allow</>',
      '  + policy 1, statement 1 (Allow) applies',
      '<dim>      + Action: sqs:* (matched); request sqs:SendMessage</>',
      `<dim>      + Resource: * (matched); request ${queue}</>`,
      '<dim>      + Bool aws:SecureTransport: policy [true], request [true] → matched</>',
    ]);
  });
});

describe('traces from elsewhere', () => {
  const { reason: _, ...bare } = traceOf({}, { action: 'sts:GetCallerIdentity', resource: '*' });
  it('a rule of a service without a reason', () => {
    expect(formatTrace(bare).split('\n')[1]).toMatch(/on resource: \*: {2}?\[E80\]$/);
    expect(formatTrace({ ...bare, decision: 'implicitDeny' }).split('\n')[1]).toBe(
      `User: ${alice} is not authorized to perform: sts:GetCallerIdentity on resource: * ` +
        'because the service refuses it [E80]',
    );
  });

  it('is not changed by being printed', () => {
    const trace = traceOf(everything, { context });
    const before = structuredClone(trace);
    formatTrace(trace, { verbose: true });
    expect(trace).toEqual(before);
  });
});

describe('what would break a line or steer a terminal', () => {
  it.each([
    ['\n', '\\u000a'],
    ['\r', '\\u000d'],
    ['\t', '\\u0009'],
    ['\u0000', '\\u0000'],
    ['\u001b', '\\u001b'],
    ['\u007f', '\\u007f'],
    ['\u009f', '\\u009f'],
    ['\u2028', '\\u2028'],
    ['\u202e', '\\u202e'],
    ['\u2066', '\\u2066'],
    ['\u2069', '\\u2069'],
    ['\u00a0', '\u00a0'],
    ['\u2027', '\u2027'],
    ['\u206a', '\u206a'],
    [' ', ' '],
    ['é', 'é'],
  ])('%j is shown as %j', (character, text) => {
    const one = { ...allow, Resource: `arn:aws:s3:::${character}${character}` };
    const lines = show({ identityPolicies: [{ name: `n${character}`, document: policy(one) }] }, {});
    expect(lines.slice(4)).toEqual([
      `  allowed if identity-based policy "n${text}", statement 1 (Allow) would apply:`,
      `    Resource: needs arn:aws:s3:::${text}${text}; the request has ${queue}`,
    ]);
  });
});
