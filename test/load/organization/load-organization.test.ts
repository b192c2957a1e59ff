import { describe, expect, it } from 'vitest';
import { emptyEstate } from '../../../src/account/estate-data.js';
import { loadOrganization } from '../../../src/load/organization/load-organization.js';
import { Estate } from '../../../src/query/index.js';
import { allow, user } from '../../account/build.js';

const boss = '000000000000';
const one = '111111111111';
const all = ['p-FullAWSAccess'];
const policy = (Name: string, Content: unknown, Type = 'SERVICE_CONTROL_POLICY') => ({ Name, Type, Content });
const deny = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action, Resource: '*' }],
});
const node = (
  id: string,
  parent: string | null,
  scps: string[] | undefined = all,
  rcps: string[] | undefined = ['p-RCPFullAWSAccess'],
) => ({ id, parent, scps, rcps });

/** Units five deep, the same policy at two levels. */
const deep = {
  organization: { Id: 'o-abcd', MasterAccountId: boss },
  nodes: [
    { ...node('r-ab12', null), type: 'ROOT' },
    ...[1, 2, 3, 4, 5].map((n) => ({
      ...node(
        `ou-ab12-${n}`,
        n === 1 ? 'r-ab12' : `ou-ab12-${n - 1}`,
        n === 2 || n === 4 ? [...all, 'p-region'] : all,
      ),
      type: 'OU',
      name: `Level${n}`,
    })),
    { ...node(one, 'ou-ab12-5'), type: 'ACCOUNT', name: 'prod' },
    { ...node(boss, 'r-ab12', []), type: 'ACCOUNT' },
  ],
  policies: { 'p-region': policy('region', JSON.stringify(deny('ec2:*'))) },
};
const load = (input: unknown, options = {}) => {
  const { data, diagnostics } = loadOrganization(input, options);
  const everything = { policies: [{ name: 'p', document: allow('*') }] };
  const principals = [
    user('ana', everything),
    user('boss', { arn: `arn:aws:iam::${boss}:user/boss`, account: boss, ...everything }),
    user('far', { arn: 'arn:aws:iam::333333333333:user/far', account: '333333333333', ...everything }),
  ];
  return {
    data,
    diagnostics,
    codes: diagnostics.map(({ code, path }) => [code, path]),
    estate: new Estate({ ...emptyEstate, principals }).merge(new Estate(data)),
  };
};

describe('what the collector writes', () => {
  it('a deep tree', () => {
    const { estate, diagnostics, data } = load(JSON.stringify(deep));
    expect(diagnostics).toEqual([]);
    expect(data.accounts).toEqual([{ id: one, name: 'prod' }, { id: boss }]);
    const denied = estate.can('ana', 'ec2:RunInstances');
    expect(denied.decision).toBe('explicitDeny');
    expect(denied.decidedBy?.statements.map(({ level }) => level)).toEqual([2, 4]);
    expect(estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('allowed');
    // What limits members does not limit the account that manages them, though nothing is attached to it.
    expect(estate.can('boss', 'ec2:RunInstances').decision).toBe('allowed');
    expect(estate.can('far', 's3:ListAllMyBuckets').decision).toBe('depends');
    const paths = estate.linked.organization?.placeOf(one)?.orgPath;
    expect(paths).toBe('o-abcd/r-ab12/ou-ab12-1/ou-ab12-2/ou-ab12-3/ou-ab12-4/ou-ab12-5/');
  });

  it('an empty list allows nothing; a missing one is not known; types are told by the ids', () => {
    const tree = (scps: string[] | undefined, rcps: string[] | undefined = []) => {
      const leaf: Record<string, unknown> = { id: one, parent: 'r-ab12' };
      if (scps !== undefined) leaf.scps = scps;
      leaf.rcps = rcps;
      return load({
        organization: { Id: 'o-abcd', ManagementAccountId: boss },
        nodes: [node('r-ab12', null), leaf],
        policies: [],
      });
    };
    expect(tree([]).estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('implicitDeny');
    expect(tree(all).estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('allowed');
    expect(tree(undefined).codes).toEqual([['missingValue', 'input.nodes[1].scps']]);
    expect(tree(undefined).estate.can('ana', 's3:ListAllMyBuckets').dependsOn).toEqual([
      `the service control policies of ${one} (not in the files)`,
    ]);
    expect(tree(['p-gone']).codes).toEqual([['unresolvedReference', 'input.nodes[1]']]);
    expect(tree(['p-gone']).estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('depends');
  });

  it('without any resource control policies they are not known, unless they are switched off', () => {
    const bare = {
      organization: { Id: 'o-abcd', MasterAccountId: boss },
      nodes: [
        { id: 'r-ab12', parent: null, scps: all },
        { id: one, parent: 'r-ab12', scps: all },
      ],
    };
    const unknown = load(bare);
    expect(unknown.codes).toEqual([['missingValue', 'input']]);
    expect(unknown.estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('depends');
    const off = load({ ...bare, policyTypes: ['SERVICE_CONTROL_POLICY'] });
    expect(off.codes).toEqual([]);
    expect(off.estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('allowed');
    const none = load({
      ...bare,
      nodes: [
        { id: 'r-ab12', parent: null, scps: [] },
        { id: one, parent: 'r-ab12', scps: [] },
      ],
      policyTypes: [],
    });
    expect(none.estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('allowed');
  });

  it('resource control policies deny in the accounts of the resources', () => {
    const rcp = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: '*' }],
    };
    const { estate } = load({
      ...deep,
      nodes: deep.nodes.map((one) => (one.id === 'ou-ab12-1' ? { ...one, rcps: ['p-rcp'] } : one)),
      policies: { ...deep.policies, 'p-rcp': policy('rcp', rcp, 'RESOURCE_CONTROL_POLICY') },
    });
    expect(estate.can('ana', 's3:DeleteBucket', 'arn:aws:s3:::b').decidedBy?.kind).toBe(
      'resourceControlPolicies',
    );
    expect(estate.can('boss', 's3:DeleteBucket', 'arn:aws:s3:::b').decision).toBe('allowed');
  });

  it('policies as the AWS CLI describes them, in a list, with texts that are missing or wrong', () => {
    const described = (Content: unknown) =>
      load({
        ...deep,
        policies: [
          { PolicySummary: { Id: 'p-region', Name: 'region', Type: 'SERVICE_CONTROL_POLICY' }, Content },
          { Id: 'p-tags', Type: 'TAG_POLICY', Content: '{}' },
          { Id: 'p-RCPFullAWSAccess' },
        ],
      });
    expect(described(JSON.stringify(deny('ec2:*'))).estate.can('ana', 'ec2:RunInstances').decision).toBe(
      'explicitDeny',
    );
    expect(described(undefined).codes).toEqual([['missingValue', 'input.policies[0].Content']]);
    expect(described({ Statement: [] }).codes.every(([code]) => code === 'malformed')).toBe(true);
    expect(described({ Statement: [] }).estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('depends');
  });

  it('accounts that are none are left out, and said', () => {
    const odd = load({
      organization: { Id: 'o-abcd', MasterAccountId: '9999-9999-9999' },
      nodes: [node(one, null), { ...node('1111-2222-3333', null), type: 'ACCOUNT' }],
    });
    expect(odd.codes.slice(0, 2)).toEqual([
      ['malformed', 'input.nodes[1]'],
      ['malformed', 'input'],
    ]);
    expect(odd.estate.toJSON().accounts.map(({ id }) => id)).not.toContain('1111-2222-3333');
    expect(odd.estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('depends');
  });

  it('parents that lead nowhere, and an organization without its managing account', () => {
    const lost = load(
      {
        organization: { Id: 'o-abcd' },
        nodes: [{ ...node(one, 'ou-gone-1') }, { ...node('ou-ab12-9', null) }],
      },
      { file: 'org.json' },
    );
    expect(lost.codes).toEqual([
      ['unresolvedReference', 'input.nodes[0].parent'],
      ['unresolvedReference', 'input.nodes[1].parent'],
      ['missingValue', 'input'],
    ]);
    expect(lost.diagnostics[0]?.file).toBe('org.json');
    expect(lost.estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('depends');
    expect(load(deep, { managementAccount: one }).estate.can('ana', 'ec2:RunInstances').decision).toBe(
      'allowed',
    );
  });
});

describe('other forms', () => {
  const full = {
    Id: 'p-FullAWSAccess',
    Arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
    Name: 'FullAWSAccess',
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: true,
    Content: allow('*'),
  };
  const block = { ...full, Id: 'p-block', Name: 'block', Content: deny('ec2:*') };
  const root = {
    Id: 'r-abcd',
    Arn: `arn:aws:organizations::${boss}:root/o-abcdefghij/r-abcd`,
    Name: 'Root',
    PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
    Policies: [full, block],
    Children: [
      { Id: boss, Name: 'boss', Policies: [full], Type: 'Account' },
      {
        Id: 'ou-abcd-1',
        Name: 'Prod',
        Type: 'OrganizationalUnit',
        Policies: [full],
        Children: [{ Id: one, Name: 'prod', Policies: [full], Type: 'Account' }],
      },
    ],
  };

  it('a nested tree with documents inline; the managing account stands in the ARN of the root', () => {
    for (const input of [root, [root], JSON.stringify(root)]) {
      const { estate, codes, data } = load(input);
      expect(codes).toEqual([]);
      expect(data.organization).toMatchObject({ id: 'o-abcdefghij', managementAccount: boss });
      expect(estate.can('ana', 'ec2:RunInstances').decision).toBe('explicitDeny');
      expect(estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('allowed');
      expect(estate.can('boss', 'ec2:RunInstances').decision).toBe('allowed');
    }
    const { PolicyTypes: _, ...silent } = root;
    expect(load(silent).codes).toEqual([['missingValue', 'input']]);
    const rcp = { ...full, Id: 'p-RCPFullAWSAccess', Type: 'RESOURCE_CONTROL_POLICY', Content: undefined };
    expect(load({ ...silent, Policies: [full, rcp] }).codes).toEqual([]);
    expect(() => load({ ...root, Children: [{ Id: 'x' }] })).toThrow(/input.Children\[0\]/);
    const unlisted = { ...root, Children: [{ Id: one, Type: 'Account' }] };
    expect(load(unlisted).codes).toEqual([['missingValue', 'input.Children[0].scps']]);
  });

  it('JSON lines of accounts with the nodes above them, and of policies', () => {
    const arn = (id: string, type: string) =>
      `arn:aws:organizations::aws:policy/${type}_control_policy/${id}`;
    const at = (id: string, type: string, scps = ['p-FullAWSAccess']) => ({
      id,
      type,
      name: id,
      serviceControlPolicies: scps.map((one) => arn(one, 'service')),
      resourceControlPolicies: [arn('p-RCPFullAWSAccess', 'resource')],
    });
    const account = (id: string, ...nodes: object[]) => ({
      resourceType: 'Some::Organizations::Account',
      accountId: id,
      arn: `arn:aws:organizations::${boss}:account/o-abcdefghij/${id}`,
      configuration: { orgNodes: nodes },
    });
    const items = [
      account(boss, at('r-abcd', 'ROOT'), at(boss, 'ACCOUNT')),
      account(
        one,
        at('r-abcd', 'ROOT'),
        at('ou-abcd-1', 'ORGANIZATIONAL_UNIT', ['p-FullAWSAccess', 'p-block']),
        at(one, 'ACCOUNT'),
      ),
      {
        resourceType: 'Some::Organizations::ServiceControlPolicy',
        resourceName: 'block',
        arn: arn('p-block', 'service'),
        configuration: { document: deny('ec2:*') },
      },
      {
        resourceType: 'Some::Organizations::ResourceControlPolicy',
        arn: arn('p-RCPFullAWSAccess', 'resource'),
        configuration: {},
      },
    ];
    for (const input of [items, `${items.map((item) => JSON.stringify(item)).join('\n')}\n`]) {
      const { estate, codes, data } = load(input);
      expect(codes).toEqual([]);
      expect(data.organization?.nodes).toHaveLength(4);
      expect(estate.can('ana', 'ec2:RunInstances').decision).toBe('explicitDeny');
      expect(estate.can('boss', 'ec2:RunInstances').decision).toBe('allowed');
    }
    expect(load([items[0]]).data.organization?.managementAccount).toBe(boss);
  });

  it.each<[unknown, RegExp]>([
    ['{', /ends too early/],
    ['{}\n{"a"', /line 2/],
    [{ Accounts: [] }, /no organization/],
    [[], /no account/],
    [[{ a: 1 }, { b: 2 }], /no account/],
    [{ nodes: {} }, /no list/],
    [{ nodes: [{ id: 'x' }] }, /nodes\[0\]/],
    [{ nodes: [], policies: [{}] }, /no Id/],
    [{ nodes: [{ id: 'r-ab12', scps: 'p-x' }] }, /nodes\[0\].scps/],
    [null, /no organization/],
  ])('%j is refused', (input, message) =>
    expect(() => loadOrganization(input)).toThrow(
      expect.objectContaining({ code: 'ERR_IAM_INVALID_INPUT', message: expect.stringMatching(message) }),
    ),
  );
});
