import { afterAll, describe, expect, it } from 'vitest';
import { alice, allow, deny, object, policy, Terminal } from './terminal.js';

const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});
const policies = {
  identityPolicies: [
    policy(
      allow('*', when('StringEquals', 'aws:PrincipalTag/team', 'red')),
      deny('*', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false')),
    ),
  ],
};
const request = { principal: { arn: alice }, action: 's3:GetObject', resource: { arn: object } };
const terminal = new Terminal({
  'case.json': { request, policies },
  'open.json': { request: { ...request, unknown: ['aws:MultiFactorAuthPresent'] }, policies },
  'wrong.json': { request: { ...request, unknown: 7 }, policies },
  'suite.json': [
    { name: 'both', request: { ...request, unknown: 'unlisted' }, policies, expect: { decision: 'depends' } },
    {
      name: 'exactly these',
      request: { ...request, unknown: 'unlisted' },
      policies,
      expect: { decision: 'depends', dependsOn: ['aws:PrincipalTag/team', 'aws:multifactorauthpresent'] },
    },
  ],
  'failing.json': {
    name: 'only MFA',
    request: { ...request, unknown: 'unlisted' },
    policies,
    expect: { decision: 'depends', dependsOn: ['aws:MultiFactorAuthPresent'] },
  },
  'shape.json': { name: 'x', request, policies, expect: { decision: 'depends', dependsOn: 'aws:SourceIp' } },
});
afterAll(() => terminal.remove());

const flags = ['--input', 'case.json'];

describe('can', () => {
  it('prints when it is allowed, and exits with 3', async () => {
    const { code, out } = await terminal.run(['can', ...flags, '--unknown-rest']);
    expect(code).toBe(3);
    expect(out).toContain('DEPENDS on aws:MultiFactorAuthPresent, aws:PrincipalTag/team\n');
    expect(out).toContain(
      'allowed if aws:MultiFactorAuthPresent is true and aws:PrincipalTag/team equals red\n',
    );
  });

  it('knows what holds whatever the rest is', async () => {
    const denied = await terminal.run(['can', ...flags, '--no-mfa', '--unknown', 'aws:PrincipalTag/*']);
    expect(denied).toMatchObject({
      code: 1,
      out: expect.stringContaining('DENIED (explicitDeny), whatever'),
    });
    const allowed = await terminal.run([
      'can',
      ...flags,
      '--mfa=1',
      '--principal-tag',
      'team=red',
      '--unknown',
      'aws:SourceIp',
    ]);
    expect(allowed).toMatchObject({ code: 0, out: expect.stringContaining('ALLOWED (allowed), whatever') });
  });

  it('--json, and unknown keys in the file', async () => {
    const { code, out } = await terminal.run([
      'can',
      '--input',
      'open.json',
      '--principal-tag',
      'team=red',
      '--json',
    ]);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      decision: 'depends',
      dependsOn: ['aws:MultiFactorAuthPresent'],
      allowedIf: [[{ operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: ['true'] }]],
    });
  });

  it('--explain explains each example', async () => {
    const asked = ['can', '--input', 'open.json', '--principal-tag', 'team=red', '--explain'];
    const { code, out } = await terminal.run(asked);
    expect(code).toBe(3);
    const [answer, allowed, denied] = out.split(/\n\nWith aws:MultiFactorAuthPresent /);
    expect(answer).toMatch(/^DEPENDS on aws:MultiFactorAuthPresent\n/);
    expect(allowed).toMatch(/^true\nALLOWED \(allowed\)\n/);
    expect(denied).toMatch(/^absent\nDENIED \(explicitDeny\)\n/);
    expect(denied).toContain('BoolIfExists aws:MultiFactorAuthPresent: policy [false], request missing');
    const { reachable } = JSON.parse((await terminal.run([...asked, '--json'])).out);
    for (const { decision, trace } of reachable) expect(trace.decision).toBe(decision);
    expect(reachable).toHaveLength(2);
  });

  it('--explain of what holds whatever the rest is', async () => {
    const asked = ['can', ...flags, '--no-mfa', '--unknown', 'aws:PrincipalTag/*', '--explain'];
    expect((await terminal.run(asked)).out).toMatch(
      /whatever the unknown parts are\n\nWith .*\nDENIED \(expl/,
    );
  });

  it('refuses what is no list of keys', async () => {
    const { code, err } = await terminal.run(['can', '--input', 'wrong.json']);
    expect(code).toBe(2);
    expect(err).toContain('the unknown keys are no list of key names');
  });
});

describe('test', () => {
  it('runs cases with unknown keys', async () => {
    expect(await terminal.run(['test', 'suite.json'])).toMatchObject({
      code: 0,
      out: '2 passed, 0 failed\n',
    });
  });

  it('says on what it depends instead', async () => {
    const { code, out } = await terminal.run(['test', 'failing.json']);
    expect(code).toBe(1);
    expect(out).toContain(
      'expected depends on aws:MultiFactorAuthPresent, got depends on aws:MultiFactorAuthPresent, aws:PrincipalTag/team',
    );
    expect(out).toContain('    allowed if aws:MultiFactorAuthPresent is true');
    const json = JSON.parse((await terminal.run(['test', 'failing.json', '--json'])).out);
    expect(json.failures[0].partial.decision).toBe('depends');
  });

  it('refuses dependsOn that is no list', async () => {
    const { code, err } = await terminal.run(['test', 'shape.json']);
    expect(code).toBe(2);
    expect(err).toContain('dependsOn is no list of keys');
  });
});
