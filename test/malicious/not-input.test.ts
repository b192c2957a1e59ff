import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emptyEstate, linkEstate } from '../../src/account/index.js';
import { evaluate, IamError } from '../../src/index.js';
import { evaluatePartial } from '../../src/partial/index.js';
import { Estate, graph } from '../../src/query/index.js';
import { coverageOf } from '../../src/testing/index.js';
import { account, alice, expectCleanPrototypes, fromJson, identity, request, statement } from './hostile.js';

expectCleanPrototypes();

/** Nothing that any function takes, of every kind that plain JavaScript passes by mistake. */
const nothings: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  'a number': () => 42,
  'a string': () => 'x',
  'a function': () => () => 'x',
  'a list': () => [],
  'a list of nothing': () => [null],
  'a sparse list': () => new Array(2),
  'an object': () => ({}),
  'an object without prototype': () => Object.create(null),
  'an object with a member __proto__': () => fromJson('{"__proto__": {"layers": []}}'),
  'a Map': () => new Map([['x', 'y']]),
  'a Date': () => new Date(0),
};

const user = {
  ...{ kind: 'user' as const, arn: alice, account, name: 'alice', names: [], groups: [] },
  policies: [{ name: 'all', document: { Statement: statement({ Action: '*' }) } }],
};
const role = {
  ...{ kind: 'role' as const, arn: `arn:aws:iam::${account}:role/app`, account, name: 'app', names: [] },
  policies: [],
  trustPolicy: { name: 'trust', document: { Statement: statement({ Principal: { AWS: alice } }) } },
};
const bucket = { arn: 'arn:aws:s3:::b', account, type: 'AWS::S3::Bucket', names: ['B'], policies: [] };
const data = { ...emptyEstate, principals: [user, role], resources: [bucket] } as never;
const estate = new Estate(data);
const linked = linkEstate(data);
const caller = { kind: 'principal' as const, key: alice };
const resource = 'arn:aws:s3:::b/k';
const asked = {
  ...{ matcher: 'toBeAllowedTo', not: false, action: 's3:GetObject' },
  resource,
  caller,
  facts: {},
};
const input = { request: request({ unknown: ['aws:SourceIp'] }), policies: identity(statement()) } as never;
const plain = { request: request(), policies: identity(statement()) } as never;
const partial = evaluatePartial(input);
const covered = coverageOf(estate, []);
const document = { Version: '2012-10-17', Statement: statement() };
const stack = { Resources: { B: { Type: 'AWS::S3::Bucket' } } };

/** What each function takes, so that each of its arguments is tried beside good ones. A function without a row has bad ones alone. */
const good: Readonly<Record<string, readonly unknown[]>> = {
  compile: [identity(statement())],
  evaluate: [plain],
  isIamError: [new IamError('ERR_IAM_TYPE', [])],
  parsePolicy: [document, { kind: 'identityPolicies' }],
  parseRequest: [request()],
  formatTrace: [evaluate(plain).explain(), { verbose: true }],
  compileMany: [[{ principal: { arn: alice } }]],
  evaluateMany: [{ principals: [], questions: [] }],
  evaluatePartial: [input],
  evaluateReachable: [input, partial.reachable[0]],
  formatPartial: [partial],
  formatReachable: [partial.reachable[0]],
  assemble: [linked, caller, 's3:GetObject', resource, {}],
  linkEstate: [data, () => undefined],
  mergeEstates: [data, data],
  Estate: [data],
  graph: [linked, {}],
  mermaid: [graph(linked)],
  svg: [graph(linked)],
  whatCan: [linked, caller, {}],
  whoCanAssume: [linked, role.arn, {}],
  formatChain: [estate.whoCanAssume('app').chains[0]],
  actionsOf: ['s3'],
  conditionKey: ['s3:prefix'],
  expandActions: [['s3:Get*']],
  findAction: ['s3:GetObject'],
  resourceTypesOf: ['s3'],
  serviceName: ['s3'],
  conditionKeysOf: ['s3'],
  managedPolicyArn: ['ReadOnlyAccess', 'aws'],
  managedPolicyDocument: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  loadAuthorizationDetails: [{ UserDetailList: [] }, {}],
  loadCdk: [{}, {}],
  loadCloudFormation: [stack, { accountId: account }],
  loadOrganization: [{ organization: { Id: 'o-a1b2' }, nodes: [], policies: [] }, {}],
  loadResourcePolicies: [{ [bucket.arn]: null }, {}],
  loadTerraform: [{ format_version: '1.0', values: { root_module: {} } }, {}],
  check: [estate, asked],
  coverageHtml: [covered],
  coverageOf: [estate, [asked]],
  formatCoverage: [covered],
  matchersRecording: [() => undefined],
  mergeCoverage: [[covered]],
  mutantsOf: [data],
  replay: [data, [asked]],
  'Estate.can': ['alice', 's3:GetObject', resource, {}],
  'Estate.whoCan': ['s3:GetObject', resource, {}],
  'Estate.whatCan': ['alice', {}],
  'Estate.whoCanAssume': ['app', {}],
  'Estate.principal': ['alice'],
  'Estate.resource': ['B'],
  'Estate.merge': [estate],
  'matchers.toBeAllowedTo': [estate.principal('alice'), 's3:GetObject', resource, {}],
  'matchers.toBeDeniedTo': [estate.principal('alice'), 's3:GetObject', resource, { by: 'service' }],
  'matchers.toBeReachableOnlyBy': [estate.resource('B'), ['alice'], 's3:GetObject', {}],
};

/** Exports that are no functions to be asked, and why. */
const left: Readonly<Record<string, string>> = {
  IamError: 'errors are thrown by the library, and made by nobody else',
  InvalidPolicyError: 'the same',
  InvalidRequestError: 'the same',
  InvalidInputError: 'the same',
  UnknownNameError: 'the same',
  PolicyCoverageReporter: 'Vitest makes and calls it, and fails the run by what it throws',
};

/** Entries that extend the `expect` of a test framework where they are imported, and export nothing but types. */
const frameworks = ['./testing/vitest', './testing/jest'];

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly import: { readonly default: string } }>>;
  readonly tsup: readonly { readonly entry: Readonly<Record<string, string>> }[];
}
const root = new URL('../../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as Manifest;
const entries = Object.assign({}, ...manifest.tsup.map(({ entry }) => entry)) as Record<string, string>;

type Called = (...given: readonly unknown[]) => unknown;

/** Every function that a user of the package can call: those of entries, of objects among them, and methods of classes. */
async function functions(): Promise<readonly (readonly [name: string, called: Called])[]> {
  const found: [string, Called][] = [];
  for (const [name, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string' || frameworks.includes(name)) continue;
    const source = entries[/dist\/(.*)\.js$/.exec(target.import.default)![1]!]!;
    const all: Record<string, unknown> = await import(new URL(source, root).pathname);
    for (const [called, value] of Object.entries(all)) {
      if (called in left || `${name} ${called}` in left) continue;
      for (const [member, call] of callsOf(called, value)) found.push([`${name} ${member}`, call]);
    }
  }
  return found;
}

function callsOf(name: string, value: unknown): [string, Called][] {
  if (typeof value !== 'function')
    return Object.entries(Object(value) as Record<string, unknown>)
      .filter(([, one]) => typeof one === 'function')
      .map(([member, one]) => [`${name}.${member}`, (...given) => (one as Called).call({}, ...given)]);
  if (!/^class\b/.test(Function.prototype.toString.call(value))) return [[name, value as Called]];
  const made = value as new (...given: readonly unknown[]) => object;
  const prototype = made.prototype as Record<string, unknown>;
  const methods = Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([member, one]) => member !== 'constructor' && typeof one.value === 'function')
    .map(([member, one]): [string, Called] => {
      const call: Called = (...given) => one.value.call(new made(...(good[name] ?? [])), ...given);
      return [`${name}.${member}`, call];
    });
  return [[name, (...given) => new made(...given)], ...methods];
}

/** Reads what is worked out only when it is asked for. */
function use(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Symbol.iterator in value) for (const one of value as Iterable<unknown>) Object(one);
  const prototype = Object.getPrototypeOf(value) as object | null;
  const lazy = prototype === null || prototype === Object.prototype ? {} : prototype;
  for (const name of [...Object.keys(value), ...Object.getOwnPropertyNames(lazy)]) {
    const member: unknown = (value as Record<string, unknown>)[name];
    if (['explain', 'format', 'message', 'toString', 'toJSON', 'apply'].includes(name))
      (member as () => unknown).call(value);
  }
}

/** Calls it; anything thrown but an error of the library is what is wrong. */
function refusal(call: Called, given: readonly unknown[]): string | undefined {
  try {
    use(call(...given));
  } catch (error) {
    if (!(error instanceof IamError)) return String(error);
    if (error.issues.length === 0 || !error.issues.every(({ path, code, hint }) => path && code && hint))
      return `an issue without path, code or hint: ${JSON.stringify(error.issues)}`;
  }
  return undefined;
}

describe('every exported function answers or throws an IamError', async () => {
  const all = await functions();

  it('knows what each takes, and each that it names', () => {
    const names = all.map(([name]) => name.split(' ')[1]!);
    expect(Object.keys(good).filter((name) => !names.includes(name))).toEqual([]);
    for (const [name, call] of all) {
      const given = good[name.split(' ')[1]!];
      if (given !== undefined) expect([name, refusal(call, given)]).toEqual([name, undefined]);
    }
  });

  it.each(all)('%s', (name, call) => {
    const wrong: string[] = [];
    const attempt = (place: string, given: readonly unknown[]) => {
      const said = refusal(call, given);
      if (said !== undefined) wrong.push(`${place}: ${said}`);
    };
    attempt('no arguments', []);
    const row = good[name.split(' ')[1]!] ?? [];
    for (const [what, make] of Object.entries(nothings)) {
      attempt(`${what} everywhere`, Array.from({ length: Math.max(3, row.length) }, make));
      row.forEach((_, at) => {
        const given = row.map((one, place) => (place === at ? make() : one));
        attempt(`${what} as argument ${at + 1}`, given);
      });
    }
    expect(wrong).toEqual([]);
  });
});
