import { describe, expect, it } from 'vitest';
import { type EstateData, emptyEstate, linkEstate, mergeEstates } from '../../src/account/index.js';
import { Estate } from '../../src/query/index.js';
import { bucket, estate, one, refused, role, user } from './build.js';

const link = (data: object) => () => linkEstate({ ...emptyEstate, ...data } as EstateData);

describe('data that is no estate', () => {
  it('is refused with the path of each thing that is wrong', () => {
    const error = refused(() => new Estate({ principals: [{ arn: 'x' }] } as never).can('x', 's3:GetObject'));
    expect([error.name, error.code]).toEqual(['InvalidInputError', 'ERR_IAM_INVALID_INPUT']);
    expect(error.issues.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'principals[0].account ERR_IAM_MISSING_MEMBER',
      'principals[0].name ERR_IAM_MISSING_MEMBER',
      'principals[0].names ERR_IAM_MISSING_MEMBER',
      'principals[0].policies ERR_IAM_MISSING_MEMBER',
      'principals[0].kind ERR_IAM_MISSING_MEMBER',
    ]);
    expect(error.message).toContain(
      "principals[0].account: this is absent; write the 12 digits of the account as a string, such as '111122223333' (and 4 more)",
    );
  });
  it.each<[object, string, string]>([
    [{ principals: undefined }, 'principals', 'write a list, [] for none'],
    [{ principals: {} }, 'principals', 'write a list, [] for none'],
    [{ resources: ['reports'] }, 'resources[0]', 'write an object'],
    [{ resources: [null] }, 'resources[0]', 'write an object'],
    [{ resources: [{ ...bucket('a'), names: 'a' }] }, 'resources[0].names', 'write a list of strings'],
    [{ resources: [{ ...bucket('a'), policies: [{}] }] }, 'resources[0].policies', "{ arn: '…' }"],
    [{ resources: [{ ...bucket('a'), policies: [{ name: 'p' }] }] }, 'resources[0].policies', 'document: …'],
    [{ resources: [{ ...bucket('a'), origin: null }] }, 'resources[0].origin', 'file, path'],
    [{ resources: [{ ...bucket('a'), tags: 'team=red' }] }, 'resources[0].tags', 'as strings'],
    [{ resources: [{ ...bucket('a'), target: 7 }] }, 'resources[0].target', 'text with holes'],
    [{ principals: [user('a', { tags: { level: 5 } as never })] }, 'principals[0].tags', 'as strings'],
    [{ principals: [role('a', { tags: [{ Key: 'a' }] as never })] }, 'principals[0].tags', 'as strings'],
    [{ resources: [{ ...bucket('a'), account: 1 }] }, 'resources[0].account', 'write the 12 digits'],
    [{ resources: [bucket('a', { account: 'me' })] }, 'resources[0].account', 'write the 12 digits'],
    [
      { principals: [user('a', { account: '1111-2222-3333' })] },
      'principals[0].account',
      'write the 12 digits',
    ],
    [{ principals: [role('a', { account: '' })] }, 'principals[0].account', 'write the 12 digits'],
    [{ accounts: [{ id: '1111-2222-3333' }] }, 'accounts[0].id', 'write the 12 digits'],
    [
      { organization: { nodes: [{ id: '1111-2222-3333', type: 'ACCOUNT', parent: null }], policies: [] } },
      'organization.nodes[0].id',
      'write the 12 digits',
    ],
    [
      { organization: { nodes: [], policies: [], managementAccount: '1111-2222-3333' } },
      'organization.managementAccount',
      'write the 12 digits',
    ],
    [{ principals: [user('a', { kind: 'group' as never })] }, 'principals[0].kind', 'user or role'],
    [
      { principals: [{ ...user('a'), groups: undefined }] },
      'principals[0].groups',
      'write a list of strings',
    ],
    [{ principals: [{ ...role('a'), trustPolicy: 'x' }] }, 'principals[0].trustPolicy', "{ name: '…'"],
    [{ principals: [user('a'), { ...role('a'), arn: 1 }] }, 'principals[1].arn', 'text with holes'],
    [{ attachments: [{ kind: 'role', account: one }] }, 'attachments[0].target', 'write a string'],
    [{ organization: 'o-1' }, 'organization', 'nodes: […]'],
    [{ organization: { policies: [] } }, 'organization.nodes', 'write a list'],
    [{ organization: { nodes: [{ id: 'r' }], policies: [] } }, 'organization.nodes[0].type', 'ROOT or OU'],
  ])('%j', (data, path, hint) => {
    const [issue] = refused(link(data)).issues;
    expect(issue?.path).toBe(path);
    expect(issue?.hint).toContain(hint);
  });
  it.each<[object, string, string]>([
    [
      { principals: [role('a', { permissionBoundary: { arn: 'arn:aws:iam::aws:policy/x' } } as never)] },
      'principals[0].permissionBoundary',
      'did you mean permissionsBoundary',
    ],
    [{ resources: [bucket('a', { tag: {} } as never)] }, 'resources[0].tag', 'did you mean tags'],
    [{ organisation: { nodes: [], policies: [] } }, 'organisation', 'did you mean organization'],
    [
      { organization: { nodes: [], policies: [], managmentAccount: one } },
      'organization.managmentAccount',
      'did you mean managementAccount',
    ],
    [
      { organization: { nodes: [{ id: 'r', type: 'ROOT', parents: null }], policies: [] } },
      'organization.nodes[0].parents',
      'did you mean parent',
    ],
  ])('a misspelt member, which would not count: %j', (data, path, hint) => {
    expect(refused(link(data)).issues).toMatchObject([{ path, code: 'ERR_IAM_UNKNOWN_MEMBER', hint }]);
  });
  it("somebody's own members are left alone", () => {
    const data = { principals: [role('a', { comment: 'ours', tags: {}, name2: undefined } as never)] };
    expect(link({ ...data, ticket: 7 })).not.toThrow();
    const managed = {
      arn: `arn:aws:iam::${one}:policy/p`,
      account: one,
      name: 'p',
      names: ['p'],
      unresolved: 'lost',
    };
    expect(link({ managedPolicies: [managed] })).not.toThrow();
  });
  it.each<[string, object, string, string]>([
    ['accounts', { accounts: new Array(2) }, 'accounts[0]', 'write an object'],
    ['principals', { principals: Object.assign([], { 1: user('a') }) }, 'principals[0]', 'write an object'],
    [
      'billions',
      { resources: Object.assign([], { length: 2 ** 32 - 1 }) },
      'resources[0]',
      'write an object',
    ],
    ['names', { resources: [{ ...bucket('a'), names: new Array(1) }] }, 'resources[0].names', 'a list of'],
    [
      'policies',
      { resources: [{ ...bucket('a'), policies: new Array(1) }] },
      'resources[0].policies',
      'a list',
    ],
    [
      'text',
      { resources: [{ ...bucket('a'), arn: { text: new Array(1) } }] },
      'resources[0].arn',
      'a string',
    ],
    ['nodes', { organization: { nodes: new Array(1), policies: [] } }, 'organization.nodes[0]', 'an object'],
  ])('a sparse list: %s', (_, data, path, hint) => {
    const { issues } = refused(link(data));
    expect(issues.map((one) => one.path)).toEqual([path]);
    expect(issues[0]?.hint).toContain(hint);
  });
  it.each<[string, unknown]>([
    ['an estate', new Estate()],
    ['text', '{ "principals": [] }'],
    ['what a loader returns', { estate: new Estate(), data: emptyEstate, diagnostics: [] }],
    ['a list', [emptyEstate]],
    ['null', null],
  ])('what has nothing of it is refused at once: %s', (_, data) => {
    const error = refused(() => new Estate(data as never));
    expect(error.message).toBe(
      'data: this is not what an estate has here; write the data of an estate, as estate.toJSON() gives it',
    );
  });
  it('undefined members are absent, as in JSON', () => {
    const some = new Estate({
      principals: [user('a')],
      resources: undefined,
      organization: undefined,
    } as never);
    expect(some.can('a', 's3:ListAllMyBuckets').decision).toBe('implicitDeny');
    expect(some.resources).toEqual([]);
  });
  it('with a misspelt member alone, what was meant', () => {
    const error = refused(() => new Estate({ principal: [] } as never));
    expect(error.message).toBe(
      "principal: `principal` is no member of an estate's data here; did you mean principals",
    );
  });
  it('an inline policy without text is malformed', () => {
    const data = estate({ principals: [user('a', { policies: [{ name: 'p', document: null as never }] })] });
    expect(new Estate(data).can('a', 's3:ListAllMyBuckets').dependsOn[0]).toContain('malformed: policy: ');
  });
  it('is refused when it is merged too', () => {
    for (const act of [
      () => mergeEstates(emptyEstate, {} as EstateData),
      () => mergeEstates({} as EstateData, emptyEstate),
    ])
      expect(refused(act).issues[0]?.path).toBe('accounts');
    expect(refused(() => mergeEstates(emptyEstate, 'x' as never)).issues[0]?.path).toBe('data');
  });
});

describe('what stands twice is refused, since one of both would be lost', () => {
  const arn = `arn:aws:iam::${one}:policy/p`;
  const managed = { arn, account: one, names: [], unresolved: 'lost' };
  const group = {
    kind: 'group',
    arn: `arn:aws:iam::${one}:group/g`,
    account: one,
    name: 'g',
    names: [],
    policies: [],
  };
  const endpoint = { id: 'vpce-1', account: one, names: [] };
  const node = { id: 'r-1', type: 'ROOT', parent: null };
  const policy = { id: 'p-1', type: 'SERVICE_CONTROL_POLICY', name: 'p', names: [], unresolved: 'lost' };
  it.each<[string, object, string]>([
    ['users', { principals: [user('a'), user('b'), user('a')] }, 'principals[2]'],
    ['roles', { principals: [role('a'), role('a')] }, 'principals[1]'],
    ['resources', { resources: [bucket('a'), bucket('a')] }, 'resources[1]'],
    ['managed policies', { managedPolicies: [managed, managed] }, 'managedPolicies[1]'],
    ['groups', { groups: [group, group] }, 'groups[1]'],
    ['groups of two paths', { groups: [group, { ...group, arn: `${group.arn}/x` }] }, 'groups[1]'],
    ['accounts', { accounts: [{ id: one }, { id: one }] }, 'accounts[1]'],
    ['endpoints', { vpcEndpoints: [endpoint, endpoint] }, 'vpcEndpoints[1]'],
    ['nodes', { organization: { nodes: [node, node], policies: [] } }, 'organization.nodes[1]'],
    [
      'control policies',
      { organization: { nodes: [], policies: [policy, policy] } },
      'organization.policies[1]',
    ],
  ])('%s', (_, data, path) => {
    expect(refused(link(data)).issues).toMatchObject([
      { path, code: 'ERR_IAM_CONFLICT', hint: expect.stringContaining('with `merge`') },
    ]);
  });
  it('with what both have', () => {
    expect(refused(link({ principals: [user('a'), user('a')] })).message).toContain(
      'principals[1]: principals[0] has the ARN arn:aws:iam::111111111111:user/a too; write one of them',
    );
  });
  it('texts with holes are one where their holes are', () => {
    const of = (hole: string) => bucket('a', { arn: { text: ['arn:aws:s3:::', { hole }] } });
    expect(link({ resources: [of('A'), of('B')] })).not.toThrow();
    expect(refused(link({ resources: [of('A'), of('A')] })).issues).toHaveLength(1);
  });
  it('in one of two estates that are merged, not in both', () => {
    const twice = estate({ principals: [user('a'), user('a')] });
    expect(refused(() => mergeEstates(emptyEstate, twice)).issues[0]?.path).toBe('principals[1]');
    const data = estate({ groups: [group] as never });
    const moved = estate({ groups: [{ ...group, arn: `arn:aws:iam::${one}:group/x/g` }] as never });
    expect(linkEstate(mergeEstates(data, moved)).data.groups).toHaveLength(1);
  });
});

it('texts with holes are texts, and a policy is written out, linked, or not known', () => {
  const arn = { text: ['arn:aws:s3:::', { hole: 'Bucket' }] };
  const policies = [
    { name: 'p', document: '{}' },
    { arn: { hole: 'Policy' } },
    { name: 'q', unresolved: 'lost' },
  ];
  const data = estate({ resources: [bucket('a', { arn })], principals: [role('a', { policies })] });
  expect(() => mergeEstates(data, JSON.parse(JSON.stringify(linkEstate(data).data)))).not.toThrow();
});
