import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EstateData, EstateRole, EstateUser, PolicyUse } from '../../src/account/estate-data.js';
import { linkEstate } from '../../src/account/link.js';
import { findAction } from '../../src/catalog/index.js';
import { askCaller } from '../../src/query/can.js';
import { formatChain, whoCanAssume } from '../../src/query/who-can-assume.js';
import { launches, takeovers } from '../../src/query/who-can-assume-table.js';
import { estate, one, role, trust, two, user } from '../account/build.js';

const target = `arn:aws:iam::${one}:role/target`;
const use = (
  Action: string | string[],
  Resource: string | string[] = '*',
  Condition?: object,
): PolicyUse => ({
  name: 'inline',
  document: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) }],
  } as never,
});
const lambda = trust({ Service: 'lambda.amazonaws.com' });
const chains = (
  principals: readonly (EstateRole | EstateUser)[],
  more: Partial<EstateData> = {},
  facts = {},
) => whoCanAssume(linkEstate(estate({ principals, ...more })), target, facts).chains.map(formatChain);

describe('whoCanAssume', () => {
  it('needs the trust policy and, unless that names the caller, the identity policies', () => {
    const account = trust({ AWS: one });
    expect(
      chains([
        role('target', { trustPolicy: account }),
        user('may', { policies: [use('sts:AssumeRole')] }),
        user('may-not'),
      ]),
    ).toEqual([`arn:aws:iam::${one}:user/may → assume → ${target}`.replace('assume → ', 'assume ')]);
    // What the identity policies suggest, the trust policy forbids.
    expect(
      chains([role('target', { trustPolicy: trust({ AWS: two }) }), user('may', { policies: [use('*')] })]),
    ).toEqual([`${two} → assume ${target} (depends)`]);
  });

  it('says which accounts let in others than those of the estate', () => {
    const accounts = (principals: readonly (EstateRole | EstateUser)[], facts = {}) =>
      whoCanAssume(linkEstate(estate({ principals })), target, facts).trustedAccounts;
    const root = trust({ AWS: `arn:aws:iam::${one}:root` });
    expect(accounts([role('target', { trustPolicy: root })])).toEqual([one]);
    expect(accounts([role('target', { trustPolicy: trust({ AWS: [one, one, two] }) })])).toEqual([one]);
    // Of the other account the estate has nobody: a chain begins with all of it.
    expect(accounts([role('target', { trustPolicy: trust({ AWS: two }) })])).toEqual([]);
    expect(accounts([role('target', { trustPolicy: lambda }), role('other', { trustPolicy: root })])).toEqual(
      [],
    );
    const named = trust({ AWS: `arn:aws:iam::${one}:role/near` });
    expect(accounts([role('target', { trustPolicy: named }), role('near', { trustPolicy: root })])).toEqual([
      one,
    ]);
    const denied = {
      name: 'trust',
      document: {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: one }, Action: 'sts:AssumeRole' },
          { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
        ],
      },
    };
    expect(accounts([role('target', { trustPolicy: denied })])).toEqual([]);
    expect(whoCanAssume(linkEstate(estate({})), target).trustedAccounts).toEqual([]);
  });

  it('those of another partition too', () => {
    const arn = `arn:aws-cn:iam::${one}:role/target`;
    const trustPolicy = trust({ AWS: `arn:aws-cn:iam::${one}:root` });
    const linked = linkEstate(estate({ principals: [role('target', { arn, trustPolicy })] }));
    expect(whoCanAssume(linked, arn).trustedAccounts).toEqual([one]);
    const foreign = role('target', { arn, trustPolicy: trust({ AWS: `arn:aws-cn:iam::${two}:root` }) });
    const found = whoCanAssume(linkEstate(estate({ principals: [foreign] })), arn).chains.map(formatChain);
    expect(found).toEqual([`${two} → assume ${arn} (depends)`]);
  });

  it('follows chains, the shortest first, and ends in cycles', () => {
    const named = (name: string) => trust({ AWS: `arn:aws:iam::${one}:role/${name}` });
    const found = chains([
      role('target', { trustPolicy: named('near') }),
      role('near', { trustPolicy: named('far'), policies: [use('sts:AssumeRole')] }),
      role('far', {
        trustPolicy: trust({ AWS: [`arn:aws:iam::${one}:role/near`, one] }),
        policies: [use('sts:AssumeRole')],
      }),
      user('ana', { policies: [use('sts:AssumeRole', `arn:aws:iam::${one}:role/far`)] }),
    ]);
    expect(found).toEqual([
      `arn:aws:iam::${one}:role/near → assume ${target}`,
      `arn:aws:iam::${one}:role/far → assume arn:aws:iam::${one}:role/near → assume ${target}`,
      `arn:aws:iam::${one}:user/ana → assume arn:aws:iam::${one}:role/far → assume arn:aws:iam::${one}:role/near → assume ${target}`,
    ]);
  });

  it('prefers a long sure way to a short one that depends', () => {
    const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    const found = chains([
      role('target', { trustPolicy: trust({ AWS: one }) }),
      role('near', { trustPolicy: trust({ AWS: one }), policies: [use('sts:AssumeRole', target)] }),
      user('ana', {
        policies: [
          use('sts:AssumeRole', `arn:aws:iam::${one}:role/near`),
          use('sts:AssumeRole', target, mfa),
        ],
      }),
      user('bob', { policies: [use('sts:AssumeRole', target, mfa)] }),
    ]);
    expect(found).toEqual([
      `arn:aws:iam::${one}:role/near → assume ${target}`,
      `arn:aws:iam::${one}:user/ana → assume arn:aws:iam::${one}:role/near → assume ${target}`,
      `arn:aws:iam::${one}:user/bob → assume ${target} (depends)`,
    ]);
  });

  it.each([
    ['lambda.amazonaws.com', ['lambda:CreateFunction'], true],
    ['lambda.amazonaws.com', ['lambda:InvokeFunction'], false],
    ['lambda.amazonaws.com', ['ecs:RunTask'], false],
    ['ecs-tasks.amazonaws.com', ['ecs:RunTask'], true],
    ['states.amazonaws.com', ['states:CreateStateMachine'], false],
    ['states.amazonaws.com', ['states:CreateStateMachine', 'states:StartExecution'], true],
    ['cloudformation.amazonaws.com', ['cloudformation:CreateStack'], true],
    ['unknown.amazonaws.com', ['*'], false],
  ])('a role that trusts %s is passed by who may also %s: %s', (service, actions, possible) => {
    const trustPolicy = trust({ Service: service });
    const found = chains([
      role('target', { trustPolicy }),
      user('ana', { policies: [use('iam:PassRole', target), use(actions)] }),
      user('bob', { policies: [use(actions)] }),
      user('eve', { policies: [use('iam:PassRole', target)] }),
    ]);
    const expected = `arn:aws:iam::${one}:user/ana → pass ${service} → ${target}`;
    expect(found.includes(expected)).toBe(possible);
    expect(found.join()).not.toMatch(/bob|eve/);
    expect(found).toContain(`${service} → assume ${target}`);
  });

  it('lets the caller choose the name of what it creates, and no more', () => {
    const named = (resource: string) =>
      chains([
        role('target', { trustPolicy: lambda }),
        user('ana', { policies: [use('iam:PassRole', target), use('lambda:CreateFunction', resource)] }),
      ]).filter((line) => line.includes('ana'));
    expect(named(`arn:aws:lambda:*:${one}:function:app-*`)).toEqual([
      `arn:aws:iam::${one}:user/ana → pass lambda.amazonaws.com → ${target}`,
    ]);
    expect(named(`arn:aws:lambda:*:${two}:function:app-*`)).toEqual([]);
  });

  it('minds iam:PassedToService, and what it depends on', () => {
    const pass = (Condition: object) =>
      chains([
        role('target', { trustPolicy: lambda }),
        user('ana', { policies: [use('iam:PassRole', target, Condition), use('lambda:CreateFunction')] }),
      ]).filter((line) => line.includes('ana'));
    expect(pass({ StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }).length).toBe(1);
    expect(pass({ StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } })).toEqual([]);
    expect(pass({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })[0]).toContain('(depends)');
  });

  it('needs an instance profile for an instance', () => {
    const found = (instanceProfiles: readonly string[]) =>
      chains([
        role('target', { trustPolicy: trust({ Service: 'ec2.amazonaws.com' }), instanceProfiles }),
        user('ana', { policies: [use(['iam:PassRole', 'ec2:RunInstances'])] }),
      ]).filter((line) => line.includes('ana'));
    expect(found([])).toEqual([]);
    expect(found([`arn:aws:iam::${one}:instance-profile/target`]).length).toBe(1);
  });

  it('passes no role of another account', () => {
    const other = role('target', { trustPolicy: lambda });
    const far = user('ana', { account: two, arn: `arn:aws:iam::${two}:user/ana`, policies: [use('*')] });
    expect(chains([other, far])).toEqual([`lambda.amazonaws.com → assume ${target}`]);
  });

  it('finds what runs with the role, and who may change it', () => {
    const arn = `arn:aws:lambda:eu-west-1:${one}:function:app`;
    const principals = [
      role('target', { trustPolicy: lambda }),
      user('ana', { policies: [use('lambda:UpdateFunctionCode', arn)] }),
      user('bob', { policies: [use('lambda:UpdateFunctionCode', `${arn}-other`)] }),
    ];
    const workloads = [{ type: 'AWS::Lambda::Function', names: ['App'], role: target, account: one }];
    const resources = [{ arn, account: one, type: 'AWS::Lambda::Function', names: ['App'], policies: [] }];
    expect(chains(principals, { workloads, resources })).toEqual([
      `AWS::Lambda::Function App → runs ${target}`,
      `arn:aws:iam::${one}:user/ana → takeover AWS::Lambda::Function App → ${target}`,
      `lambda.amazonaws.com → assume ${target}`,
    ]);
    // Without its ARN nobody knows which function it is.
    const unsure = chains(principals, { workloads }).filter((line) => line.includes('takeover'));
    expect(unsure.every((line) => line.endsWith('(depends)'))).toBe(true);
    expect(unsure.length).toBe(2);
    // By the plain name of the role too.
    expect(chains(principals, { workloads: [{ ...workloads[0]!, role: 'target' }] })[0]).toContain('runs');
  });

  it('names services, providers, other accounts and everybody', () => {
    const github = `arn:aws:iam::${one}:oidc-provider/token.actions.githubusercontent.com`;
    const saml = `arn:aws:iam::${one}:saml-provider/corp`;
    const statement = (Principal: unknown, Action: string, Condition?: object) => ({
      Effect: 'Allow',
      Principal,
      Action,
      ...(Condition === undefined ? {} : { Condition }),
    });
    const sub = { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:me/app:*' } };
    const trustPolicy = {
      name: 'trust',
      document: {
        Version: '2012-10-17',
        Statement: [
          statement({ Service: ['ec2.amazonaws.com'] }, 'sts:AssumeRole'),
          statement({ Federated: github }, 'sts:AssumeRoleWithWebIdentity', sub),
          statement({ Federated: saml }, 'sts:AssumeRoleWithSAML'),
          statement({ AWS: [two, `arn:aws:iam::${two}:role/ci`] }, 'sts:AssumeRole'),
          statement({ AWS: '*' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } }),
        ],
      } as never,
    };
    const { chains: found } = whoCanAssume(
      linkEstate(estate({ principals: [role('target', { trustPolicy })] })),
      target,
    );
    expect(found.map(({ source, verdict }) => `${source.kind} ${source.name} ${verdict}`).sort()).toEqual(
      [
        `account ${two} depends`,
        'everyone * depends',
        `federated ${github} depends`,
        `federated ${saml} allowed`,
        `outside arn:aws:iam::${two}:role/ci depends`,
        'service ec2.amazonaws.com allowed',
      ].sort(),
    );
    const [token] = found.find(({ source }) => source.name === github)!.hops[0]!.asked;
    expect(token?.answer.allowedIf[0]?.[0]?.key).toBe('token.actions.githubusercontent.com:sub');
    expect(token?.answer.format()).toContain('repo:me/app:*');
  });

  it('says nothing of a role that is not there, and depends on a trust policy that is unknown', () => {
    expect(chains([user('ana', { policies: [use('*')] })])).toEqual([]);
    const { trustPolicy: _, ...known } = role('target');
    const found = chains([known, user('ana', { policies: [use('sts:AssumeRole')] })]);
    expect(found).toContain(`arn:aws:iam::${one}:user/ana → assume ${target} (depends)`);
  });

  it('finds exactly whom can says may assume, when that is the only way', () => {
    const name = fc.constantFrom('target', 'a', 'b', 'c', 'd');
    const edges = fc.array(fc.tuple(name, name, fc.boolean(), fc.constantFrom('named', 'account', '')), {
      maxLength: 14,
    });
    fc.assert(
      fc.property(edges, (list) => {
        const arnOf = (one_: string) => `arn:aws:iam::${one}:role/${one_}`;
        const principals = ['target', 'a', 'b', 'c', 'd'].map((to) => {
          const trusted = list.flatMap(([from, into, , trusts]) =>
            into !== to || trusts === '' ? [] : trusts === 'account' ? [one] : [arnOf(from)],
          );
          const grants = list
            .filter(([from, , grant]) => from === to && grant)
            .map(([, into]) => arnOf(into));
          return role(to, {
            trustPolicy: trust({ AWS: trusted.length === 0 ? two : [...new Set(trusted)] }),
            policies: grants.length === 0 ? [] : [use('sts:AssumeRole', [...new Set(grants)])],
          });
        });
        const linked = linkEstate(estate({ principals }));
        const may = (from: string, to: string) =>
          askCaller(linked, { kind: 'principal', key: arnOf(from) }, 'sts:AssumeRole', arnOf(to)).allowed;
        // Distances by plain search.
        const distance = new Map([['target', 0]]);
        for (let round = 1; round < 6; round++) {
          for (const from of ['a', 'b', 'c', 'd'].filter((each) => !distance.has(each)))
            if ([...distance].some(([to, far]) => far === round - 1 && may(from, to)))
              distance.set(from, round);
        }
        distance.delete('target');
        const found = whoCanAssume(linked, arnOf('target')).chains.filter(
          ({ source }) => source.kind === 'role',
        );
        expect(new Map(found.map(({ source, hops }) => [source.name, hops.length]))).toEqual(
          new Map([...distance].map(([each, far]) => [arnOf(each), far])),
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe('the table', () => {
  it('speaks of actions that exist', () => {
    for (const action of [...launches, ...takeovers].flatMap(({ actions }) => actions))
      expect(findAction(action)?.action).toBe(action);
  });
});
