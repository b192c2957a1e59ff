import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/account/error.js';
import { loadOrganization } from '../../../src/load/organization/load-organization.js';

const management = '999999999999';
const app = '111122223333';
const deny = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 's3:PutObject', Resource: '*' } };
const arn = (rest: string) => `arn:aws:organizations::${management}:${rest}`;
const policyArn = arn('policy/o-a1b2/service_control_policy/p-nouploads');
const full = ['p-FullAWSAccess'];

const folder = {
  'organization.json': { Organization: { Id: 'o-a1b2', MasterAccountId: management } },
  'roots.json': {
    Roots: [
      { Id: 'r-a1b2', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }], scps: full },
    ],
  },
  'ous.json': { 'ou-a1b2-1': { name: 'apps', parent: 'r-a1b2', scps: [...full, policyArn] } },
  'accounts.json': { [app]: { name: 'app', parent: 'ou-a1b2-1', scps: full } },
  'scps.json': { [policyArn]: { name: 'no-uploads', policy: deny } },
};
const refused = (input: unknown) => {
  try {
    loadOrganization(input);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues[0]!;
  }
  throw new Error('nothing was refused');
};

describe('the files of a folder', () => {
  it('by their names, as data, as text and below a folder', () => {
    const { data, diagnostics } = loadOrganization(folder, { file: 'org' });
    expect(diagnostics).toEqual([]);
    expect(data.accounts).toEqual([{ id: app, name: 'app' }]);
    expect(data.organization).toEqual({
      id: 'o-a1b2',
      managementAccount: management,
      nodes: [
        {
          id: 'r-a1b2',
          type: 'ROOT',
          parent: null,
          serviceControlPolicies: full,
          resourceControlPolicies: [],
        },
        {
          id: 'ou-a1b2-1',
          type: 'OU',
          name: 'apps',
          parent: 'r-a1b2',
          serviceControlPolicies: [...full, 'p-nouploads'],
          resourceControlPolicies: [],
        },
        {
          id: app,
          type: 'ACCOUNT',
          name: 'app',
          parent: 'ou-a1b2-1',
          serviceControlPolicies: full,
          resourceControlPolicies: [],
        },
      ],
      policies: [
        {
          id: 'p-nouploads',
          type: 'SERVICE_CONTROL_POLICY',
          name: 'no-uploads',
          names: ['no-uploads'],
          document: deny,
          origin: { file: 'org/scps.json', path: `input.${policyArn}` },
        },
      ],
    });
    const texts = Object.entries(folder).map(([name, value]) => [`data/${name}`, JSON.stringify(value)]);
    expect(loadOrganization(Object.fromEntries(texts), { file: 'org' })).toEqual({ data, diagnostics });
  });

  it('as the AWS CLI prints them: the managing account stands in their ARNs, the parent in the path', () => {
    const { data, diagnostics } = loadOrganization({
      'accounts.json': {
        Accounts: [
          {
            Id: app,
            Arn: arn(`account/o-a1b2/${app}`),
            Name: 'app',
            Paths: [`o-a1b2/r-a1b2/ou-a1b2-1/${app}/`],
            scps: full,
            rcps: [],
          },
        ],
      },
      'ous.json': [
        { Id: 'r-a1b2', scps: full, rcps: [] },
        { Arn: arn('ou/o-a1b2/ou-a1b2-1'), Name: 'apps', ou: 'r-a1b2', scps: full, rcps: [] },
      ],
      'rcps.json': [{ Id: 'p-one', Name: 'one', Content: JSON.stringify(deny) }],
      'policies.json': { 'p-tags': { Name: 'tags', Type: 'TAG_POLICY', Content: '{}' } },
      'scps.json': { 'p-bare': deny },
    });
    expect(data.organization).toMatchObject({ id: 'o-a1b2', managementAccount: management });
    expect(data.organization?.nodes.map(({ id, parent }) => [id, parent])).toEqual([
      ['r-a1b2', null],
      ['ou-a1b2-1', 'r-a1b2'],
      [app, 'ou-a1b2-1'],
    ]);
    expect(data.organization?.policies.map(({ id, type }) => [id, type])).toEqual([
      ['p-bare', 'SERVICE_CONTROL_POLICY'],
      ['p-one', 'RESOURCE_CONTROL_POLICY'],
    ]);
    // A resource control policy names its principals.
    expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([['malformed', 'rcps.json']]);
  });

  it('what the files do not say is reported with the file', () => {
    const { 'roots.json': _, 'scps.json': __, ...rest } = folder;
    const accounts = { Accounts: [{ Id: app, Paths: ['o-a1b2/r-a1b2/', 'o-a1b2/r-a1b2/ou-a1b2-1/'] }] };
    const { diagnostics } = loadOrganization(
      { ...rest, 'accounts.json': accounts, 'structure.json': {} },
      { file: 'org' },
    );
    expect(diagnostics.map(({ code, file, path }) => `${code} ${file} ${path}`)).toEqual([
      'ignored org/structure.json input',
      'unresolvedReference org/ous.json input.ou-a1b2-1',
      'unresolvedReference org/ous.json input.ou-a1b2-1.parent',
      'unresolvedReference org/accounts.json input.Accounts[0].parent',
      'missingValue org/accounts.json input.Accounts[0].scps',
      'missingValue org input',
    ]);
  });

  it.each([
    [{ 'ous.json': {} }, 'accounts.json', 'not in the folder'],
    [{ 'accounts.json': '{' }, 'accounts.json', 'not JSON'],
    [{ 'accounts.json': 1 }, 'accounts.json', 'neither list nor object'],
    [{ 'accounts.json': { nobody: {} } }, 'accounts.json input.nobody', 'no node'],
    [{ 'accounts.json': { [app]: null } }, `accounts.json input.${app}`, 'no node'],
    [{ 'accounts.json': JSON.parse('{"__proto__":{}}') }, 'accounts.json input.__proto__', 'no node'],
    [{ 'accounts.json': { [app]: { scps: 'p-1' } } }, `accounts.json input.${app}.scps`, 'no list'],
    [{ 'accounts.json': {}, 'scps.json': [{}] }, 'scps.json input[0]', 'no Id'],
    [{ 'accounts.json': {}, 'a/accounts.json': {} }, 'a/accounts.json', 'twice'],
  ])('%j is refused', (input, path, message) => {
    const issue = refused(input);
    expect(issue.path).toBe(path);
    expect(issue.message).toContain(message);
  });
});
