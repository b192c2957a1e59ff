import fc from 'fast-check';
import { requestContext } from './conditions.js';
import { Dice } from './dice.js';
import { conditional, fullAccess, type Json, policy, type Target } from './statements.js';
import * as words from './vocabulary.js';

// biome-ignore lint/suspicious/noExplicitAny: plain JSON, to be handed to whatever reads it
export type GeneratedCase = { request: any; policies: any };

function principal(dice: Dice): Json {
  const tags = dice.chance(55)
    ? { tags: { [dice.pick(['team', 'Team'])]: dice.pick([...words.teams, '', '*']) } }
    : {};
  const account = dice.chance(75) ? words.own : words.other;
  const of = (arns: readonly string[]): string => dice.pick(arns.filter((arn) => arn.includes(account)));
  const issued = (issuers: readonly string[]): Json =>
    dice.chance(60) ? { issuer: dice.pick(issuers) } : {};
  const kind = dice.weighted([
    [28, 'user'],
    [24, 'session'],
    [5, 'role'],
    [4, 'linked'],
    [11, 'federatedUser'],
    [8, 'root'],
    [8, 'service'],
    [6, 'anonymous'],
    [6, 'federated'],
  ]);
  switch (kind) {
    case 'user':
      return { arn: of(words.users), ...tags };
    case 'session': {
      const arn = of(words.sessions);
      // E18: the issuer is a role of the session's account and name.
      const name = arn.split('/')[1];
      return {
        arn,
        ...issued(words.roles.filter((role) => role.includes(account) && role.endsWith(`/${name}`))),
        ...tags,
      };
    }
    case 'role':
      return { arn: of(words.roles), ...tags };
    case 'linked':
      return { arn: `arn:aws:sts::${account}:assumed-role/Linked/s1`, issuer: words.linkedRole(account) };
    case 'federatedUser':
      return {
        arn: of(words.federatedUsers),
        ...issued(words.users.filter((user) => user.includes(account))),
        ...tags,
      };
    case 'root':
      return { arn: of(words.roots) };
    case 'service':
      return { service: dice.pick(words.services), ...tags };
    case 'federated':
      return { federated: dice.pick([...words.webProviders, words.samlProvider]) };
    default:
      return { anonymous: true };
  }
}

function operation(dice: Dice, caller: Json): words.Operation {
  if (caller.federated === words.samlProvider) return words.federatedOperation('sts:AssumeRoleWithSAML');
  if (caller.federated !== undefined) return words.federatedOperation('sts:AssumeRoleWithWebIdentity');
  if (caller.service !== undefined) return dice.pick(words.serviceOperations);
  // E64: only the root user has these to itself.
  if (typeOf(caller) === 'root' && dice.chance(15)) return words.bucketOperation;
  return dice.pick(caller.anonymous === true ? words.anonymousOperations : words.signedOperations);
}

function resource(dice: Dice, arn: string): '*' | Json {
  if (arn === '*') return '*';
  const account =
    arn.split(':')[4] ||
    dice.weighted([
      [75, words.own],
      [25, words.other],
    ]);
  return {
    arn,
    ...(dice.chance(60) ? { accountId: account } : {}),
    ...(dice.chance(40) ? { tags: { team: dice.pick(words.teams) } } : {}),
  };
}

const isSigned = (caller: Json): boolean => typeof caller.arn === 'string';
const typeOf = (caller: Json): string =>
  String(caller.arn ?? '')
    .split(':')[5]
    ?.split('/')[0] ?? '';

function ownPolicies(dice: Dice, target: Target): Json {
  const signed = isSigned(target.principal);
  const type = typeOf(target.principal);
  const list = (denies: number): Json[] =>
    Array.from({ length: 1 + dice.index(70, 30) }, () => policy(dice, target, 'identity', denies));
  const policies: Json = {};
  if (dice.chance(signed && type !== 'root' ? 85 : 8)) policies.identityPolicies = list(34);
  if (target.hasBoundary) policies.permissionsBoundary = policy(dice, target, 'identity', 15);
  // A user has no session policy; to root, services and anonymous callers one means nothing (E10).
  const session = { 'assumed-role': 22, role: 22, 'federated-user': 80, user: 0 }[type] ?? 5;
  if (dice.chance(session)) policies.sessionPolicies = list(15);
  return policies;
}

function surroundingPolicies(dice: Dice, target: Target, policed: words.Operation['policed']): Json {
  const policies: Json = {};
  const own = { no: 0, often: isSigned(target.principal) ? 50 : 92, mostly: 88, trust: 90 }[policed];
  const kind = policed === 'trust' ? 'trust' : 'resource';
  if (dice.chance(own)) policies.resourcePolicy = policy(dice, target, kind, 28);
  if (dice.chance(28)) {
    policies.serviceControlPolicies = Array.from({ length: dice.upTo(2) + 1 }, () => {
      const level = dice.chance(80) ? [fullAccess('scp')] : [];
      return dice.chance(45) ? [...level, policy(dice, target, 'scp', 40)] : level;
    });
  }
  if (dice.chance(22)) {
    policies.resourceControlPolicies = Array.from({ length: dice.upTo(1) + 1 }, () =>
      Array.from({ length: dice.index(10, 60, 30) }, () => policy(dice, target, 'rcp', 100)),
    );
  }
  if (dice.chance(14)) {
    const open = dice.chance(30);
    policies.vpcEndpointPolicy = open ? fullAccess('endpoint') : policy(dice, target, 'endpoint', 20);
  }
  return policies;
}

/** E26: now and then the caller is of another partition than everything else. */
function elsewhere(dice: Dice, caller: Json): Json {
  if (caller.arn === undefined || !dice.chance(3)) return caller;
  return JSON.parse(JSON.stringify(caller).replaceAll('arn:aws:', 'arn:aws-cn:'));
}

function build(dice: Dice): GeneratedCase {
  const caller = elsewhere(dice, principal(dice));
  const { actions, resources, policed } = operation(dice, caller);
  const arn = dice.pick(resources);
  const action = dice.recased(dice.pick(actions));
  const signed = isSigned(caller);
  const hasBoundary = dice.chance(signed ? 22 : 5);
  const target: Target = { action, resource: arn, principal: caller, hasBoundary };
  const policies =
    ['user', 'assumed-role'].includes(typeOf(caller)) && dice.chance(24)
      ? { identityPolicies: [conditional(dice)] }
      : { ...ownPolicies(dice, target), ...surroundingPolicies(dice, target, policed) };

  const context = requestContext(dice);
  const request: Json = { principal: caller, action, resource: resource(dice, arn), context };
  // Behind an endpoint and for services there is no public address.
  const hasAddress = !('vpcEndpointPolicy' in policies) && caller.service === undefined;
  if (hasAddress && dice.chance(60)) request.sourceIp = dice.pick(words.addresses);
  if (dice.chance(60)) request.time = dice.pick(words.times);
  if (signed && dice.chance(50)) {
    const age = dice.chance(70) ? { ageSeconds: dice.pick([0, 10, 3599, 3600]) } : {};
    request.mfa = dice.chance(65) ? { present: true, ...age } : { present: false };
  }
  return { request, policies };
}

/** Members that have to stay; all others may be missing. */
const needed = new Set(
  `principal action resource arn service federated anonymous present request policies
  Version Statement Effect Principal NotPrincipal Action NotAction Resource NotResource`.split(/\s+/),
);
const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/** Everything that comes of leaving out one part, the large parts first; all of it is well-formed again. */
function* smaller(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (let at = 0; value.length > 1 && at < value.length; at++)
      yield value.filter((_, index) => index !== at);
    for (const [at, item] of value.entries()) {
      for (const less of smaller(item)) yield value.map((one, index) => (index === at ? less : one));
    }
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    for (const [name] of entries) {
      const last = principalTypes.includes(name) && entries.length === 1;
      if (!needed.has(name) && !last) yield Object.fromEntries(entries.filter(([one]) => one !== name));
    }
    for (const [name, item] of entries) for (const less of smaller(item)) yield { ...value, [name]: less };
  }
}

/** Built straight from random numbers, far quicker than combined arbitraries; shrunk by its structure. */
class CaseArbitrary extends fc.Arbitrary<GeneratedCase> {
  generate(random: fc.Random): fc.Value<GeneratedCase> {
    return new fc.Value(build(new Dice(random)), undefined);
  }

  canShrinkWithoutContext(value: unknown): value is GeneratedCase {
    return typeof value === 'object' && value !== null && 'request' in value && 'policies' in value;
  }

  shrink({ request, policies }: GeneratedCase): fc.Stream<fc.Value<GeneratedCase>> {
    const values = function* (): Generator<fc.Value<GeneratedCase>> {
      for (const less of smaller(policies)) yield new fc.Value({ request, policies: less }, undefined);
      for (const less of smaller(request)) yield new fc.Value({ request: less, policies }, undefined);
    };
    return new fc.Stream(values());
  }
}

/** Well-formed requests and policies of all kinds (L1–L55, E96); all three decisions are frequent. */
export const caseArbitrary: fc.Arbitrary<GeneratedCase> = new CaseArbitrary();
