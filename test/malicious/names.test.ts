import { afterEach, describe, expect, it } from 'vitest';
import { compile, type EvaluationInput, evaluate, formatTrace } from '../../src/index.js';
import {
  alice,
  ask,
  askWith,
  document,
  expectCleanPrototypes,
  fromJson,
  identity,
  parses,
  request,
  statement,
  when,
} from './hostile.js';

expectCleanPrototypes();

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'isPrototypeOf',
  'toJSON',
  'then',
  'length',
];
/** One member whose name may be `__proto__`: an own member, as JSON.parse makes it. */
const only = (name: string, value: unknown): Record<string, unknown> =>
  fromJson(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);

describe.each(names)('the name %s', (name) => {
  const equals = (key: string) => identity(statement({ Condition: { StringEquals: only(key, 'v') } }));
  it('as a context key', () => {
    expect(askWith(equals(name), { context: only(name, 'v') })).toBe('allowed');
    expect(askWith(equals(name))).toBe('implicitDeny');
    expect(askWith(equals(name), { context: { x: 'v' } })).toBe('implicitDeny');
  });
  it('as a context key that is missing', () => {
    const isMissing = { Condition: { Null: only(name, 'true') } };
    expect(askWith(identity(statement(isMissing)))).toBe('allowed');
    expect(askWith(identity(statement(isMissing)), { context: only(name, 'v') })).toBe('implicitDeny');
  });
  it('as a tag of the principal', () => {
    const key = `aws:PrincipalTag/${name}`;
    expect(askWith(equals(key), { principal: { arn: alice, tags: only(name, 'v') } })).toBe('allowed');
    expect(askWith(equals(key), { principal: { arn: alice, tags: {} } })).toBe('implicitDeny');
    expect(askWith(equals(key))).toBe('implicitDeny');
  });
  it('as a tag of the resource', () => {
    const resource = { arn: 'arn:aws:s3:::b/k', tags: only(name, 'v') };
    expect(askWith(equals(`aws:ResourceTag/${name}`), { resource })).toBe('allowed');
    expect(askWith(equals(`aws:ResourceTag/${name}`))).toBe('implicitDeny');
  });
  it('as a variable', () => {
    const policy = identity(statement({ Resource: `arn:aws:s3:::\${${name}}/k` }));
    const resource = 'arn:aws:s3:::b/k';
    expect(askWith(policy, { resource, context: only(name, 'b') })).toBe('allowed');
    expect(askWith(policy, { resource })).toBe('implicitDeny');
  });
  it('as an operator, an element, a member of the document, a kind or a principal type', () => {
    expect(askWith(identity(statement({ Condition: only(name, { k: 'v' }) })))).toBe('error');
    expect(askWith(identity({ ...statement(), ...only('x', 1), [`${name} `]: 1 }))).toBe('error');
    const member = `${JSON.stringify(name)}:{"Effect":"Allow"},`;
    const text = JSON.stringify(document(statement()));
    for (const place of ['{"Version"', '{"Effect"']) {
      const polluted = text.replace(place, place.replace('{', `{${member}`));
      expect(parses(polluted)).toBe('error');
      expect(parses(JSON.parse(polluted))).toBe('error');
    }
    expect(askWith(only(name, [document(statement())]))).toBe('error');
    expect(parses(text, name)).toBe('error');
    const principal = only(name, alice);
    expect(askWith({ resourcePolicy: document(statement({ Principal: principal })) })).toBe('error');
  });
  it('as a member of the request, the principal, the resource or the MFA', () => {
    const policies = identity(statement());
    const add = (to: object) =>
      fromJson(JSON.stringify(to).replace('{', `{${JSON.stringify(name)}:{"arn":"${alice}"},`));
    expect(ask({ request: add(request()), policies })).toBe('error');
    expect(askWith(policies, { principal: add({ arn: alice }) })).toBe('error');
    expect(askWith(policies, { resource: add({ arn: '*' }) })).toBe('error');
    expect(askWith(policies, { mfa: add({ present: true }) })).toBe('error');
  });
  it('as an action, a service, a Sid, a policy name and a partition', () => {
    const action = `s3:${name}`;
    expect(askWith(identity(statement({ Action: action })), { action })).toBe('allowed');
    expect(askWith(identity(statement({ Action: action })))).toBe('implicitDeny');
    const service = `${name.replaceAll('_', '')}:Do`;
    expect(askWith(identity(statement({ Action: service })), { action: service })).toBe('allowed');
    expect(askWith(identity(statement({ Resource: `arn:${name}:s3:::b` })))).toBe('error');
    const named = { name, document: document(statement({ Resource: 'arn:aws:s3:::other' })) };
    const input = { request: request(), policies: { identityPolicies: [named] } };
    const trace = evaluate(input as unknown as EvaluationInput).explain();
    expect(formatTrace(trace, { verbose: true })).toContain(name);
  });
});

describe('inherited members', () => {
  const heir = (value: object): unknown => Object.create(value);
  it.each([
    ['a document', () => ({ identityPolicies: [heir(document(statement()))] })],
    ['a statement', () => identity(heir(statement()))],
    ['a condition', () => identity(statement({ Condition: { Bool: heir({ k: 'true' }) } }))],
    ['the policies', () => heir(identity(statement()))],
    [
      'a principal element',
      () => ({ resourcePolicy: document(statement({ Principal: heir({ AWS: alice }) })) }),
    ],
  ])('%s: never grants what is not its own', (name, policies) => {
    // An inherited condition is no condition (L21), and an inherited caller nobody; everything else lacks what it must have, or is refused.
    const expected = { 'a condition': 'allowed', 'a principal element': 'implicitDeny' }[name];
    expect(askWith(policies())).toBe(expected ?? 'error');
  });
  it.each([
    ['the request', heir(request())],
    ['the principal', request({ principal: heir({ arn: alice }) })],
    ['the resource', request({ resource: heir({ arn: '*' }) })],
    ['the MFA', request({ mfa: heir({ present: true }) })],
  ])('%s: is refused', (_, asked) => {
    expect(ask({ request: asked, policies: identity(statement()) })).toBe('error');
  });
  it('tags and context', () => {
    const policy = identity(
      when('StringEquals', 'aws:PrincipalTag/team', 'red'),
      when('StringEquals', 'k', 'v'),
    );
    expect(askWith(policy, { principal: { arn: alice, tags: heir({ team: 'red' }) } })).toBe('implicitDeny');
    expect(askWith(policy, { context: heir({ k: 'v' }) })).toBe('implicitDeny');
  });
  it('members that are not enumerable or have symbols for names are not there', () => {
    const context = Object.defineProperty({}, 'k', { value: 'v', enumerable: false });
    expect(askWith(identity(when('StringEquals', 'k', 'v')), { context })).toBe('implicitDeny');
    expect(askWith(identity({ ...statement(), [Symbol('Effect')]: 'Deny' }))).toBe('allowed');
  });
});

describe('a process whose Object.prototype somebody polluted', () => {
  const polluted = Object.prototype as unknown as Record<string, unknown>;
  const added: string[] = [];
  const pollute = (name: string, value: unknown) => {
    added.push(name);
    polluted[name] = value;
  };
  afterEach(() => {
    for (const name of added.splice(0)) delete polluted[name];
  });
  const input = (...statements: unknown[]) =>
    ({ request: request(), policies: identity(...statements) }) as unknown as EvaluationInput;

  it.each([
    ['Condition', { Bool: { k: 'true' } }],
    ['NotAction', '*'],
    ['NotResource', '*'],
    ['Principal', '*'],
    ['NotPrincipal', '*'],
    ['Sid', 5],
    ['Id', 5],
    ['name', 5],
    ['document', document(statement({ Effect: 'Deny' }))],
    ['resourcePolicy', document(statement({ Effect: 'Deny', Principal: '*' }))],
    ['permissionsBoundary', document(statement({ Effect: 'Deny' }))],
    ['issuer', alice],
    ['tags', { team: 'red' }],
    ['accountId', '444455556666'],
    ['mfa', { present: true }],
    ['sourceIp', 'x'],
    ['time', 'x'],
    ['service', 'x'],
    ['anonymous', true],
    ['verbose', true],
  ])('%s: same answer', (name, value) => {
    const condition = { StringLike: { 'aws:username': ['${x}', 'al*', 'alice'] } };
    const both = input(statement({ Condition: condition, Resource: ['arn:aws:s3:::${x}/*', '*'] }));
    const clean = JSON.stringify(evaluate(both).explain());
    const text = formatTrace(evaluate(both).explain());
    pollute(name, value);
    const trace = evaluate(both).explain();
    delete polluted[name];
    expect(trace.decision).toBe('allowed');
    expect(JSON.stringify(trace) === clean, 'the same trace').toBe(true);
    expect(formatTrace(trace)).toBe(text);
  });
  it.each([
    ['Effect', 'Allow'],
    ['Action', '*'],
    ['Resource', '*'],
    ['Statement', [statement()]],
    ['arn', alice],
    ['action', 's3:GetObject'],
    ['principal', { arn: alice }],
  ])('%s: what lacks it is still refused', (name, value) => {
    pollute(name, value);
    const { [name]: _, ...rest } = statement() as Record<string, unknown>;
    const lacking: Record<string, unknown> = {
      Statement: { request: request(), policies: { identityPolicies: [{}] } },
      arn: { request: { ...request(), principal: {} }, policies: {} },
      action: { request: { principal: { arn: alice } }, policies: {} },
      principal: { request: { action: 's3:GetObject' }, policies: {} },
    };
    expect(ask(lacking[name] ?? { request: request(), policies: identity(rest) })).toBe('error');
  });
  it('compiling and asking leave nothing behind', () => {
    const context = fromJson(
      '{"__proto__":"v","constructor.prototype.polluted":"v","a.__proto__.polluted":"v"}',
    );
    const compiled = compile(identity(when('StringEquals', '__proto__', 'v')) as EvaluationInput['policies']);
    expect(compiled.evaluate(request({ context }) as never).decision).toBe('allowed');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
