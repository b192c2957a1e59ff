import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Estate } from '../../src/query/index.js';
import {
  type Assertion,
  type Coverage,
  coverageOf,
  formatCoverage,
  mergeCoverage,
} from '../../src/testing/index.js';
import { allowed, asserted, denied, onlyBy } from './asking.js';
import { estateOf, office } from './build.js';

const estate = estateOf();

const statement = (coverage: Coverage, policy: string, index = 0) =>
  coverage.policies.find((one) => one.policy === policy)!.statements[index]!;
const decidedValues = (coverage: Coverage, policy: string, index = 0) =>
  statement(coverage, policy, index)
    .values.filter(({ decided }) => decided)
    .map(({ element, text }) => `${element} ${text}`);

describe('what decides', () => {
  it('nothing is decided where nothing is asked', () => {
    const coverage = coverageOf(estate, []);
    expect(coverage.statements).toEqual({ total: 9, decided: 0 });
    expect(coverage.values.decided).toBe(0);
  });
  it('an Allow, and the values the request met', () => {
    const coverage = coverageOf(estate, [allowed(estate, 'App', 's3:GetObject', 'Reports/x', office)]);
    expect(coverage.statements.decided).toBe(1);
    expect(decidedValues(coverage, 'role App › read')).toEqual([
      'Action s3:GetObject',
      'Resource arn:aws:s3:::stack-reports-xxxxxxxxxxxx/*',
      'Condition IpAddress aws:SourceIp 192.0.2.0/24',
    ]);
  });
  it('a Deny that applies, but not the Allow it overrides, nor the value it is not equal to', () => {
    const coverage = coverageOf(estate, [denied(estate, 'App', 's3:GetObject', 'Reports/secret/x', office)]);
    expect(statement(coverage, 'role App › read', 0).decided).toBe(false);
    expect(statement(coverage, 'role App › read', 1).decided).toBe(true);
    expect(decidedValues(coverage, 'role App › read', 1)).toEqual([
      'Action s3:*',
      'Resource arn:aws:s3:::stack-reports-xxxxxxxxxxxx/secret/*',
    ]);
  });
  it('a value that alone kept a Deny from applying', () => {
    const facts = { ...office, principalTags: { team: 'audit' } };
    const coverage = coverageOf(estate, [allowed(estate, 'App', 's3:GetObject', 'Reports/secret/x', facts)]);
    expect(statement(coverage, 'role App › read', 1).decided).toBe(false);
    expect(decidedValues(coverage, 'role App › read', 1)).toEqual([
      'Condition StringNotEquals aws:PrincipalTag/team audit',
    ]);
  });
  it('each kind of policy that must allow', () => {
    const coverage = coverageOf(estate, [allowed(estate, 'Administrator', 'sqs:SendMessage')]);
    expect(decidedValues(coverage, 'policy Edge')).toEqual(['Action sqs:*', 'Resource *']);
  });
  it('no statement decides an implicit deny, nor what depends', () => {
    const asked = [
      denied(estate, 'App', 's3:PutObject', 'Reports/x', office),
      ...asserted((one) =>
        one.toBeAllowedTo.call({ isNot: true }, estate.principal('App'), 's3:GetObject', 'Reports/x', {
          unknown: ['aws:SourceIp'],
        }),
      ),
    ];
    expect(coverageOf(estate, asked).statements.decided).toBe(0);
  });
  it('everybody who is asked in reachable only by', () => {
    const coverage = coverageOf(estate, [onlyBy(estate, 'Public/site/x', [], 's3:GetObject')]);
    expect(decidedValues(coverage, 'Public › PublicPolicy')).toEqual([
      'Principal *',
      'Action s3:GetObject',
      'Resource arn:aws:s3:::stack-public-xxxxxxxxxxxx/site/*',
    ]);
  });
});

describe('where it stands', () => {
  it('file and path of statements, also where parts of one policy are joined', () => {
    const actions = { one: 'sqs:ReceiveMessage', two: 'sqs:SendMessage' };
    const joined = new Estate({
      resources: [
        {
          arn: 'arn:aws:sqs:eu-west-1:111122223333:jobs',
          account: '111122223333',
          type: 'AWS::SQS::Queue',
          names: ['Jobs'],
          policies: (['one', 'two'] as const).map((name) => ({
            name,
            origin: { file: `${name}.json`, path: 'Policy' },
            document: {
              ...(name === 'two' ? { Version: '2012-10-17' as const } : {}),
              Statement: [
                { Sid: name, Effect: 'Allow' as const, Principal: '*', Action: actions[name], Resource: '*' },
                { Effect: 'Deny' as const, Principal: '*', Action: 'sqs:PurgeQueue', Resource: '*' },
              ],
            },
          })),
        },
      ],
    });
    const coverage = coverageOf(joined, [allowed(joined, 'anonymous', 'sqs:SendMessage', 'Jobs')]);
    expect(coverage.policies.map(({ policy, file, path }) => [policy, file, path])).toEqual([
      ['Jobs › one', 'one.json', 'Policy'],
      ['Jobs › two', 'two.json', 'Policy'],
    ]);
    expect(statement(coverage, 'Jobs › two').decided).toBe(true);
    expect(coverage.statements.decided).toBe(1);
    expect(statement(coverage, 'Jobs › two').path).toBe('Statement[0]');
    expect(formatCoverage(coverage)).toContain('one.json Policy.Statement[0]');
    expect(formatCoverage(coverage)).toContain('decided at least one of 1 assertions');
  });
  it('policies as JSON text are read, malformed ones are nobody’s', () => {
    const text = (document: string) =>
      new Estate({
        principals: [
          {
            kind: 'user',
            arn: 'arn:aws:iam::111122223333:user/ana',
            account: '111122223333',
            name: 'ana',
            names: [],
            groups: [],
            policies: [{ name: 'text', document }],
          },
        ],
      });
    const good = text('{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}');
    expect(coverageOf(good, [allowed(good, 'ana', 's3:ListAllMyBuckets')]).values).toEqual({
      total: 2,
      decided: 2,
    });
    expect(
      coverageOf(text('{"Statement":{"Effect":"Allow","Effect":"Deny","Action":"s3:*","Resource":"*"}}'), [])
        .policies,
    ).toEqual([]);
  });
});

describe('several test files', () => {
  const one = coverageOf(estate, [allowed(estate, 'App', 's3:GetObject', 'Reports/x', office)]);
  const two = coverageOf(estate, [denied(estate, 'App', 's3:GetObject', 'Reports/secret/x', office)]);
  it('the same policy counts once, and what decided in either', () => {
    const merged = mergeCoverage([one, two]);
    expect(merged.assertions).toBe(2);
    expect(merged.statements).toEqual({ total: 9, decided: 2 });
    expect(merged.values.total).toBe(one.values.total);
  });
  it('another text is another policy', () => {
    const other = coverageOf(estateOf('Resources: { Other: { Type: AWS::S3::Bucket } }'), []);
    expect(mergeCoverage([one, other]).statements).toEqual(one.statements);
    expect(mergeCoverage([]).statements).toEqual({ total: 0, decided: 0 });
  });
  it('law: coverage of all assertions is the merged coverage of their parts', () => {
    const all = [
      allowed(estate, 'App', 's3:GetObject', 'Reports/x', office),
      denied(estate, 'App', 's3:GetObject', 'Reports/secret/x', office),
      allowed(estate, 'Administrator', 'sqs:SendMessage'),
      onlyBy(estate, 'Public/site/x', [], 's3:GetObject'),
      onlyBy(estate, 'Public', ['Administrator', '444455556666'], 's3:PutObject'),
    ];
    fc.assert(
      fc.property(fc.subarray(all), fc.subarray(all), (a: Assertion[], b: Assertion[]) => {
        const merged = mergeCoverage([coverageOf(estate, a), coverageOf(estate, b)]);
        expect(merged).toEqual(coverageOf(estate, [...a, ...b]));
      }),
      { numRuns: 15 },
    );
  });
});

describe('in words', () => {
  it('what decided nothing, with file and path', () => {
    const said = formatCoverage(
      coverageOf(estate, [allowed(estate, 'App', 's3:GetObject', 'Reports/x', office)]),
    );
    expect(said).toMatch(/^Policy coverage: 1 of 9 \(11 %\) statements/);
    expect(said).toContain(
      '  - statement 2 "Keep" (Deny) decided nothing\n    stack.yaml Resources.App.Properties.Policies[0].PolicyDocument.Statement[1]',
    );
    expect(said).toContain('      - Action s3:GetObjectVersion decided nothing');
    expect(said).not.toContain('- Action s3:GetObject decided');
  });
});
