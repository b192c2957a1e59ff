import { describe, expect, it } from 'vitest';
import { compileLevel, grantOf, layerKinds, layerTable } from '../../src/combine/layer.js';
import type { StatementDocument } from '../../src/policy/document.js';
import {
  allow,
  type Caller,
  callerNames,
  callers,
  decideLayers,
  decideLevel,
  deny,
  iam,
  own,
  plansOf,
  policy,
  queue,
  request,
  sts,
} from './build.js';

const words: Readonly<Record<Caller, string>> = {
  user: 'user',
  role: 'role',
  session: 'role',
  federatedUser: 'federated user',
  root: 'root user',
  service: 'service principal',
  federated: 'caller with a provider token',
  anonymous: 'caller without credentials',
};
const linked = request({ arn: iam('role/aws-service-role/ecs.amazonaws.com/R') });

describe('the table of kinds', () => {
  it('E4: fixes the order and the rule of each kind', () => {
    expect(layerKinds.map((kind) => [kind, layerTable[kind].rule])).toEqual([
      ['serviceControlPolicies', 'E40'],
      ['resourceControlPolicies', 'E50'],
      ['vpcEndpointPolicy', 'E55'],
      ['resourcePolicy', 'E21'],
      ['identityPolicies', 'E8'],
      ['permissionsBoundary', 'E31'],
      ['sessionPolicies', 'E32'],
    ]);
  });

  it.each(callerNames)('section 2: which kinds are consulted for %s, and why others are not', (caller) => {
    const asked = request(callers[caller]);
    const word = words[caller];
    const unsigned = ['service', 'federated', 'anonymous'].includes(caller);
    const noIdentity = unsigned || caller === 'root' ? `a ${word} has no identity policies (E10)` : undefined;
    const session = ['role', 'session', 'federatedUser'].includes(caller)
      ? undefined
      : `a ${word} has no session policies (E32)`;
    expect(layerKinds.map((kind) => layerTable[kind].exempt(asked))).toEqual([
      unsigned ? `service control policies do not limit a ${word} (E42)` : undefined,
      undefined,
      undefined,
      undefined,
      noIdentity,
      noIdentity,
      session,
    ]);
  });

  it('E31, E32, E42, E52: a service-linked role', () => {
    expect(layerKinds.map((kind) => layerTable[kind].exempt(linked))).toEqual([
      'service control policies do not limit service-linked roles (E42)',
      'resource control policies do not limit service-linked roles (E52)',
      undefined,
      undefined,
      undefined,
      'a service-linked role has no boundary (E31)',
      'a service-linked role has no session policies (E32)',
    ]);
  });

  it('E78: a trust policy is not consulted outside sts', () => {
    const exempt = (action: string, resource: string) =>
      layerTable.resourcePolicy.exempt(request(callers.user, { action, resource }));
    expect(exempt('iam:PassRole', iam('role/app'))).toBe(
      'a trust policy decides only who assumes the role (E78)',
    );
    expect(exempt('sts:AssumeRole', iam('role/app'))).toBeUndefined();
    expect(exempt('iam:GetUser', iam('user/alice'))).toBeUndefined();
  });
});

const levelOf = (...statements: StatementDocument[]) =>
  plansOf({ resourcePolicy: policy(...statements) }).resourcePolicy[0]!;
const positions = (level: ReturnType<typeof levelOf>) => {
  const { denies, allows } = decideLevel(level, request(callers.session));
  return {
    denies: denies.map(({ source }) => source.index),
    allows: allows.map(({ statement, strengths }) => [statement.source.index, strengths]),
  };
};

describe('one level', () => {
  const everyone = allow({ Principal: '*' });
  const account = allow({ Principal: { AWS: own } });
  const role = allow({ Principal: { AWS: iam('role/team/app') } });
  const direct = allow({ Principal: { AWS: sts('assumed-role/app/s1') } });
  const other = allow({ Principal: '*', Action: 's3:*' });

  it('E13: collects every grant, and how strongly it names the caller', () => {
    expect(positions(levelOf(account, other, role, direct, everyone)).allows).toEqual([
      [0, 128],
      [2, 64],
      [3, 32],
      [4, 16],
    ]);
    expect(positions(levelOf(other)).allows).toEqual([]);
  });

  it('E13: says of one grant what it says of all', () => {
    const asked = request(callers.session);
    const { statements } = levelOf(account, role, direct, everyone);
    expect(statements.map((one) => grantOf(one, asked))).toEqual(
      decideLevel(compileLevel(statements), asked).allows,
    );
  });

  it('E2: collects every deny, in the order of the documents', () => {
    const level = levelOf(
      deny({ Principal: '*' }),
      everyone,
      deny({ Principal: '*', Resource: queue('444455556666') }),
      deny({ Principal: { AWS: own } }),
    );
    expect(positions(level)).toEqual({ denies: [0, 3], allows: [[1, 16]] });
  });

  it('keeps all statements in order, and offers allows and denies apart', () => {
    const { statements } = levelOf(deny({ Principal: '*' }), everyone, deny({ Principal: '*' }));
    const level = compileLevel(statements);
    const asked = request(callers.user);
    expect(level.statements).toBe(statements);
    expect(level.allows.candidates(asked)).toEqual([statements[1]]);
    expect(level.denies.candidates(asked)).toEqual([statements[0], statements[2]]);
  });
});

describe('all kinds', () => {
  it('has no levels for a kind that was not given or does not apply', () => {
    const plans = plansOf({
      identityPolicies: [policy(allow())],
      sessionPolicies: [policy(allow())],
      serviceControlPolicies: [[policy(allow())], []],
    });
    const levels = (caller: Caller) =>
      layerKinds.map((kind) => decideLayers(plans, request(callers[caller]))[kind].length);
    expect(levels('session')).toEqual([2, 0, 0, 0, 1, 0, 1]);
    expect(levels('user')).toEqual([2, 0, 0, 0, 1, 0, 0]);
    expect(levels('anonymous')).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});
