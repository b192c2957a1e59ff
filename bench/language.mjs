// The words that the workloads are made of: documents, statements about sampled services, requests aimed at them.
import { readFileSync } from 'node:fs';
import { times } from './dice.mjs';

export const services = JSON.parse(readFileSync(new URL('services.json', import.meta.url), 'utf8'));
export const serviceNames = Object.keys(services);

export const home = '111122223333';
export const foreign = '999988887777';
export const role = {
  arn: `arn:aws:sts::${home}:assumed-role/orders/instance-1`,
  tags: { team: 'orders', stage: 'prod' },
};

export const document = (Statement) => ({ Version: '2012-10-17', Statement });
export const allowAll = { Effect: 'Allow', Action: '*', Resource: '*' };

/** What a well-behaved request carries: every condition below is met by it, unless it is bent. */
const ordinary = {
  'aws:SecureTransport': 'true',
  'aws:RequestedRegion': 'us-east-1',
  'aws:PrincipalOrgID': 'o-a1b2c3d4e5',
};

/** Conditions of an Allow, all met by an ordinary request. */
const allowing = [
  { StringEquals: { 'aws:PrincipalTag/team': ['billing', 'orders'] } },
  { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } },
  { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } },
  { Bool: { 'aws:SecureTransport': 'true' } },
  { StringLike: { 'aws:PrincipalTag/stage': ['pro*', 'test'] } },
  { StringEquals: { 'aws:PrincipalTag/team': 'orders', 'aws:RequestedRegion': 'us-east-1' } },
];

/** Conditions of a Deny, met by one of the ways in which a request is bent. */
const denying = [
  { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } },
  { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } },
  { Bool: { 'aws:SecureTransport': 'false' } },
];

export const conditionFor = (effect, { pick }) => pick(effect === 'Allow' ? allowing : denying);

/** Names of resources as they are asked for, and patterns that some of them fit. */
const names = [
  ({ below }, size) => `app-${below(size)}-`,
  ({ below }, size) => `item-${below(size)}`,
  ({ below }, size) => `-stage-${below(size)}`,
];
const patternOf = [(name) => `${name}*`, (name) => name, (name) => `*${name}`];
const fitting = [(name, n) => `${name}${n}`, (name) => name, (name, n) => `x${n}${name}`];

/**
 * A statement about one service, and how to ask for what it covers. `size`: how many different names there are, so that
 * in a larger landscape no larger share of it fits one request.
 */
export function statementOn(service, effect, { size, conditions, everything = 0.03, breadth = 4 }, random) {
  const { arn, actions } = services[service];
  const { next, below, pick, draw, chance } = random;
  const kind = next();
  const exact = draw(actions, 1 + below(breadth));
  const verb = /^[A-Z][a-z]+/.exec(pick(actions))?.[0] ?? 'Get';
  const [written, covered] =
    kind < 0.75
      ? [exact, exact]
      : kind < 0.96 || effect === 'Deny'
        ? [[`${verb}*`], actions.filter((name) => name.startsWith(verb))]
        : [['*'], actions];
  const way = below(3);
  const name = names[way](random, size);
  const all = chance(everything);
  const Action = written.map((one) => `${service}:${one}`);
  return {
    statement: {
      Effect: effect,
      Action: Action.length === 1 ? Action[0] : Action,
      Resource: all ? '*' : `${arn}${patternOf[way](name)}`,
      ...(chance(conditions) ? { Condition: conditionFor(effect, random) } : {}),
    },
    aim: () => ({
      action: `${service}:${covered.length > 0 ? pick(covered) : pick(actions)}`,
      arn: `${arn}${all ? `any-${below(1e4)}` : fitting[way](name, below(1e4))}`,
    }),
  };
}

/** A request for something that exists and that no statement was made for. */
export const elsewhere = ({ pick, below }, among = serviceNames) => {
  const service = pick(among);
  return {
    action: `${service}:${pick(services[service].actions)}`,
    arn: `${services[service].arn}other-${below(1e4)}`,
  };
};

/** One in eight requests is bent: from an unknown address, without TLS, or in a region that nobody uses. */
export function request({ action, arn }, random, principal = role) {
  const { below, pick } = random;
  const bent = below(24);
  return {
    principal,
    action,
    resource: { arn, accountId: home },
    sourceIp: bent === 0 ? '198.51.100.7' : `${pick(['10.1.2', '203.0.113', '10.9.8'])}.${below(250) + 1}`,
    context: {
      ...ordinary,
      ...(bent === 1 ? { 'aws:SecureTransport': 'false' } : {}),
      ...(bent === 2 ? { 'aws:RequestedRegion': 'ap-south-1' } : {}),
    },
  };
}

const wanted = { allowed: 0.4, explicitDeny: 0.3, implicitDeny: 0.3 };

/**
 * `count` requests, as near to 40 % allowed, 30 % denied explicitly and 30 % implicitly as the policies give. `decide` is
 * the library: which requests are asked follows from its answers, and the peers have to give the same ones.
 */
export function balanced(count, make, decide, { below }) {
  const open = Object.fromEntries(Object.entries(wanted).map(([word, share]) => [word, count * share]));
  const taken = [];
  const left = [];
  for (let tries = 0; taken.length < count && tries < 40 * count; tries++) {
    const one = make();
    const decision = decide(one);
    if (open[decision] > 0) {
      open[decision]--;
      taken.push(one);
    } else if (left.length < count) left.push(one);
  }
  const all = [...taken, ...left].slice(0, count);
  for (let i = all.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

/** The documents of a list of statements, so many in each. */
export const documents = (statements, each) =>
  times(Math.ceil(statements.length / each), (i) => document(statements.slice(i * each, (i + 1) * each)));
