import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EstateData, emptyEstate, type PolicyUse } from '../../src/account/estate-data.js';
import type { Caller } from '../../src/account/facts.js';
import { linkEstate } from '../../src/account/link.js';
import { servicesActingOn } from '../../src/catalog/acting.js';
import { expandActions } from '../../src/catalog/index.js';
import type { StatementDocument } from '../../src/index.js';
import { awsManagedPolicy } from '../../src/query/aws-managed.js';
import { askCaller } from '../../src/query/can.js';
import { type WhatCanFacts, whatCan } from '../../src/query/what-can.js';
import { actionPatterns } from '../../src/query/what-can-patterns.js';
import { estateOf, ingredients } from './random-estate.js';

const every = expandActions(['*']);
const ownSts = ['sts:GetCallerIdentity', 'sts:GetSessionToken'];
const me = { kind: 'principal', key: 'arn:aws:iam::111122223333:role/app' } as const;
const use = (Statement: StatementDocument | readonly StatementDocument[], name = 'inline'): PolicyUse => ({
  name,
  document: { Version: '2012-10-17', Statement },
});
const estate = (policies: readonly PolicyUse[], more: Partial<EstateData> = {}) =>
  linkEstate(
    {
      ...emptyEstate,
      principals: [
        {
          kind: 'role',
          arn: me.key,
          account: '111122223333',
          name: 'app',
          names: ['App'],
          policies,
          trustPolicy: use({
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          }),
        },
      ],
      ...more,
    },
    awsManagedPolicy,
  );
const bucket = (name: string, policies: readonly PolicyUse[] = []): EstateData['resources'][number] => ({
  arn: `arn:aws:s3:::${name}`,
  account: '111122223333',
  type: 'AWS::S3::Bucket',
  names: [name],
  policies,
});
const jobs = 'arn:aws:sqs:eu-west-1:111122223333:jobs';
const queue = { arn: jobs, account: '111122223333', type: 'AWS::SQS::Queue', names: [], policies: [] };
const rows = (policies: readonly PolicyUse[], more: Partial<EstateData> = {}, facts: WhatCanFacts = {}) =>
  whatCan(estate(policies, more), me, facts).entries.map(
    ({ verdict, actions, resource }) => `${verdict} ${actions.join(' ')} on ${resource}`,
  );
const allow = (Action: string | string[], Resource: string | string[], rest: object = {}) =>
  use({ Effect: 'Allow', Action, Resource, ...rest });

it('what is asked of an alias of a key is asked of the key', () => {
  const start = 'arn:aws:kms:eu-west-1:111122223333:';
  const alias = {
    type: 'AWS::KMS::Alias',
    arn: `${start}alias/app`,
    account: '111122223333',
    names: ['alias/app'],
    policies: [],
    target: `${start}key/k`,
  };
  const linked = estate([use({ Effect: 'Allow', Action: 'kms:*Alias', Resource: '*' })], {
    resources: [alias],
  });
  const { entries } = whatCan(linked, me, { expand: true });
  const on = (arn: string) =>
    entries
      .filter(({ resource, verdict }) => resource === arn && verdict === 'depends')
      .flatMap(({ actions }) => actions);
  const kms = (arn: string) =>
    on(arn)
      .filter((action) => action.startsWith('kms:'))
      .sort();
  expect(kms(alias.arn)).toEqual(['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias']);
  expect(kms(alias.target)).toContain('kms:Decrypt');
});

describe('whatCan', () => {
  it('agrees with can on every action of the catalog and every resource it lists', () => {
    fc.assert(
      fc.property(ingredients, fc.constantFrom('111111111111:user/a', '222222222222:role/b'), (from, who) => {
        const linked = linkEstate(estateOf(from));
        const caller = { kind: 'principal', key: `arn:aws:iam::${who}` } as const;
        const { entries, notAsked } = whatCan(linked, caller, { expand: true });
        expect(notAsked).toEqual([]);
        const listed = new Map(entries.map(({ resource, target }) => [resource, target]));
        // Also where nothing is said to be allowed.
        for (const arn of ['*', ...linked.data.resources.map((one) => one.arn as string)])
          listed.set(arn, arn);
        for (const [resource, target] of listed) {
          const services = servicesActingOn(resource === '*' ? '*' : resource.split(':')[2]!);
          const asked = every.filter(
            (action, at) =>
              services.includes(action.slice(0, action.indexOf(':'))) &&
              (services.length < 9 ? at % 5 === 0 : at % 97 === 0),
          );
          const said = (verdict: string) =>
            new Set(
              entries
                .filter((one) => one.resource === resource && one.verdict === verdict)
                .flatMap(({ actions }) => actions),
            );
          const [allowed, depends] = [said('allowed'), said('depends')];
          for (const action of asked) {
            // They need no Allow and have no resource.
            if (resource !== '*' && ownSts.includes(action)) continue;
            const answer = askCaller(linked, caller, action, target);
            expect(allowed.has(action), `${action} on ${resource}`).toBe(answer.allowed);
            const open = answer.decision === 'depends' && (answer.allowedIf.length > 0 || !answer.exact);
            expect(depends.has(action), `${action} on ${resource}`).toBe(open);
          }
        }
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  describe('agrees with can where services differ', () => {
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/k';
    const keyOf = (policies: readonly PolicyUse[]) => ({
      ...queue,
      arn: key,
      type: 'AWS::KMS::Key',
      policies,
    });
    const to = (AWS: string, Action: string) =>
      use({ Effect: 'Allow', Principal: { AWS }, Action, Resource: '*' });
    const admin = allow('*', '*');
    const differing = (
      linked: ReturnType<typeof estate>,
      caller: Caller,
      resource: string,
      service: string,
    ) => {
      const { entries } = whatCan(linked, caller, { expand: true });
      const listed = new Set(
        entries
          .filter((one) => one.resource === resource && one.verdict === 'allowed')
          .flatMap(({ actions }) => actions),
      );
      const asked = expandActions([`${service}:*`]);
      const allowed = asked.filter((action) => askCaller(linked, caller, action, resource).allowed);
      expect(asked.filter((action) => listed.has(action))).toEqual(allowed);
      return allowed.length;
    };
    it.each<[string, readonly PolicyUse[], number]>([
      ['without a statement', [], 0],
      ['for another', [to('arn:aws:iam::111122223333:role/keys', '*')], 0],
      ['for the account, one action', [to('111122223333', 'kms:Decrypt')], 1],
    ])('E90: a key policy %s', (_, policies, count) => {
      expect(differing(estate([admin], { resources: [keyOf(policies)] }), me, key, 'kms')).toBe(count);
    });
    it('E60: the root user needs no Allow', () => {
      const linked = estate([], { resources: [queue, keyOf([])] });
      const root = { kind: 'outside', arn: 'arn:aws:iam::111122223333:root' } as const;
      expect(differing(linked, root, jobs, 'sqs')).toBe(expandActions(['sqs:*']).length);
      expect(differing(linked, root, '*', 'iam')).toBe(expandActions(['iam:*']).length);
      expect(differing(linked, root, key, 'kms')).toBe(0);
    });
    it('a policy variable may read a tag that one service alone knows', () => {
      const instance = 'arn:aws:ec2:eu-west-1:111122223333:instance/i';
      const linked = estate(
        [
          allow('*', '*', {
            Condition: { StringEquals: { 'aws:RequestedRegion': '${ec2:ResourceTag/region}' } },
          }),
        ],
        { resources: [{ ...queue, arn: instance, type: 'AWS::EC2::Instance', tags: { region: 'r' } }] },
      );
      const context = { 'aws:RequestedRegion': 'r' };
      const { entries } = whatCan(linked, me, { context, expand: true });
      expect(entries.filter((one) => one.resource === instance).flatMap(({ actions }) => actions)).toContain(
        'ec2:StopInstances',
      );
    });
    it('E26: a partition that is a wildcard is that of the caller', () => {
      const arn = 'arn:aws-cn:iam::111122223333:user/li';
      const deny = { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws-cn:s3:::b/*' } as const;
      const grant = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:*:s3:::b/*' } as const;
      const li = (statements: readonly StatementDocument[]) =>
        whatCan(
          linkEstate({
            ...emptyEstate,
            principals: [
              {
                kind: 'user',
                arn,
                account: '111122223333',
                name: 'li',
                names: [],
                groups: [],
                policies: [use(statements)],
              },
            ],
          }),
          { kind: 'principal', key: arn },
        ).entries.flatMap(({ resource, actions }) => (resource === '*' ? [] : [`${actions} ${resource}`]));
      expect(li([grant])).toEqual(['s3:GetObject arn:aws-cn:s3:::b/*']);
      expect(li([grant, deny])).toEqual([]);
    });
  });

  it('says what a typical role may do, as patterns', () => {
    expect(
      rows(
        [
          allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*']),
          allow('sqs:*', '*'),
        ],
        { resources: [bucket('reports'), bucket('other')] },
      ),
    ).toEqual([
      'allowed sqs:* sts:GetCallerIdentity on *',
      'allowed s3:GetObject s3:ListBucket on arn:aws:s3:::reports',
      'allowed s3:GetObject s3:ListBucket on arn:aws:s3:::reports/*',
    ]);
  });
  it('lists every action when asked to', () => {
    const { entries } = whatCan(estate([allow('sqs:*', '*')]), me, { expand: true });
    expect(entries[0]!.actions).toEqual([...expandActions(['sqs:*']), 'sts:GetCallerIdentity'].sort());
  });
  it('says everything of an administrator', () => {
    const admin = { arn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
    const { entries } = whatCan(estate([admin], { resources: [bucket('reports')] }), me);
    expect(entries[0]).toMatchObject({ resource: '*', verdict: 'allowed', actions: ['*'] });
    const reports = entries.find(({ resource }) => resource === 'arn:aws:s3:::reports');
    expect(reports?.actions).toContain('s3:*');
    expect(reports?.reasons).toEqual(['arn:aws:iam::aws:policy/AdministratorAccess › statement 1']);
  });
  it('lists what needs no permission on `*` alone, whatever policies allow', () => {
    for (const action of ['*', 'sts:*', 'sts:GetCallerIdentity']) {
      const { entries } = whatCan(estate([allow(action, '*')], { resources: [bucket('reports')] }), me, {
        expand: true,
      });
      const on = entries.filter(({ actions }) => actions.includes('sts:GetCallerIdentity'));
      expect(on.map(({ resource }) => resource)).toEqual(['*']);
    }
    // What does have a resource stays.
    const { entries } = whatCan(estate([allow('sts:*', '*')]), me, { expand: true });
    expect(entries.filter(({ resource }) => resource === me.key).flatMap(({ actions }) => actions)).toContain(
      'sts:AssumeRoot',
    );
  });
  it('does not call a pattern allowed that a Deny cuts into', () => {
    const deny: PolicyUse = use(
      { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::reports/secret/*' },
      'deny',
    );
    const [, ...found] = rows([allow('s3:GetObject', 'arn:aws:s3:::reports/*'), deny]);
    expect(found).toEqual(['depends s3:GetObject on arn:aws:s3:::reports/*']);
  });
  it('finds what only a resource policy grants', () => {
    const grant = use({
      Effect: 'Allow',
      Principal: { AWS: me.key },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::shared/in/*',
    });
    expect(rows([], { resources: [bucket('shared', [grant])] })).toContain(
      'allowed s3:GetObject on arn:aws:s3:::shared/in/*',
    );
  });
  it('reads NotAction as all the others', () => {
    const { entries } = whatCan(
      estate([use({ Effect: 'Allow', NotAction: ['s3:*', 'iam:*'], Resource: '*' })]),
      me,
    );
    const { actions } = entries.find(({ resource }) => resource === '*')!;
    expect(actions).toContain('sqs:*');
    expect(actions.filter((action) => /^(?:s3|iam):/.test(action))).toEqual([]);
    expect(expandActions(actions).length).toBe(every.length - expandActions(['s3:*', 'iam:*']).length);
  });
  it('depends on an action that is not known', () => {
    const Statement = { Effect: 'Allow', Action: { text: ['sqs:', { hole: 'Action' }] }, Resource: jobs };
    const found = rows([{ name: 'holes', document: { Version: '2012-10-17', Statement } }], {
      resources: [queue],
    });
    expect(found.filter((line) => line.endsWith(jobs))).toEqual([`depends sqs:* on ${jobs}`]);
  });
  it('depends on what nobody knows, and says on what', () => {
    const { entries } = whatCan(estate([{ name: 'lost', unresolved: 'not in the files' }]), me);
    expect(
      entries.find(({ resource, verdict }) => resource === '*' && verdict === 'depends')?.dependsOn.join(),
    ).toContain('lost');
    const mfa = allow('sqs:SendMessage', '*', {
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    });
    expect(rows([mfa], {}, { unknown: ['aws:MultiFactorAuthPresent'] })).toContain(
      'depends sqs:SendMessage on *',
    );
    expect(rows([mfa], {}, { mfa: { present: true } })[0]).toBe(
      'allowed sqs:SendMessage sts:GetCallerIdentity on *',
    );
  });
  it('lists what a condition on tags allows on a pattern', () => {
    const red = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } };
    const found = rows([allow('ec2:StartInstances', 'arn:aws:ec2:*:*:instance/*', red)]);
    expect(found).toContain('depends ec2:StartInstances on arn:aws:ec2:*:111122223333:instance/*');
  });
  it('asks what the policies write with variables, wildcards, short ARNs and holes', () => {
    const found = rows([
      allow('s3:GetObject', ['arn:aws:s3:::home/${aws:PrincipalTag/team}/*', 'arn:aws:sns']),
      allow('sqs:SendMessage', 'arn:aws:sqs:*:*:jobs'),
    ]);
    expect(found).toContain('allowed sqs:SendMessage on arn:aws:sqs:*:111122223333:jobs');
    expect(found.join()).not.toContain('home');
    const home = estate([allow('s3:GetObject', 'arn:aws:s3:::home/${aws:PrincipalTag/team}/*')]);
    expect(whatCan(home, me).notAsked[0]?.reason).toBe('the value of ${aws:PrincipalTag/team} is not known');
    const tagged = rows(
      [allow('s3:GetObject', 'arn:aws:s3:::home/${aws:PrincipalTag/team}/*')],
      {},
      {
        principalTags: { team: 'red' },
      },
    );
    expect(tagged).toContain('allowed s3:GetObject on arn:aws:s3:::home/red/*');
    const Resource = { text: ['arn:aws:sqs:eu-west-1:111122223333:', { hole: 'Queue' }] };
    const Statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource };
    expect(rows([{ name: 'holes', document: { Version: '2012-10-17', Statement } }])).toContain(
      'allowed sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:{Queue}',
    );
  });
  it('tells how far it is', () => {
    const told: [number, number][] = [];
    const linked = estate([allow('s3:GetObject', '*')], { resources: [bucket('a'), bucket('b')] });
    whatCan(linked, me, { onProgress: (done, of) => told.push([done, of]) });
    // `*`, two buckets and the role.
    expect(told).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
  });
  it('reports what cannot be asked', () => {
    const linked = estate([allow('s3:GetObject', '*')], { resources: [{ ...bucket('b'), arn: 'b' }] });
    const { notAsked } = whatCan(linked, me);
    expect(notAsked.map(({ resource }) => resource)).toEqual(['b']);
    expect(notAsked[0]?.reason).toContain('ARN');
  });
});

describe('actionPatterns', () => {
  it('stand for exactly the actions given', () => {
    const some = fc.subarray(expandActions(['sqs:*', 'kms:*', 'iam:Get*', 'iam:List*']), { minLength: 0 });
    const given = fc
      .tuple(some, fc.subarray(['sqs:*', 'kms:D*', 'iam:List*', 's3:*', 'ec2:Describe*']))
      .map(([names, patterns]) => [...new Set([...names, ...expandActions(patterns)])].sort());
    fc.assert(
      fc.property(given, (actions) => {
        expect(expandActions(actionPatterns(actions)).sort()).toEqual(actions);
      }),
    );
  });
  it('are as short as they can be', () => {
    expect(actionPatterns(every)).toEqual(['*']);
    expect(actionPatterns(expandActions(['s3:*', 'sqs:*']))).toEqual(['s3:*', 'sqs:*']);
    expect(actionPatterns(expandActions(['ec2:Describe*']))).toEqual(['ec2:Describe*']);
    expect(actionPatterns(['sqs:SendMessage'])).toEqual(['sqs:SendMessage']);
    expect(actionPatterns([])).toEqual([]);
  });
});
