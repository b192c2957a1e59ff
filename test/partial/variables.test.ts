import { describe, expect, it } from 'vitest';
import { evaluatePartial, type PartialEvaluationInput } from '../../src/partial/index.js';

const own = 'aws:RequestTag/team';
const other = 'aws:PrincipalTag/team';
const variable = `\${${other}}`;

/** One statement that allows, asked with some keys unknown. */
function ask(statement: object, unknown: readonly string[], context: Record<string, string> = {}) {
  const policy = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...statement },
  };
  return evaluatePartial({
    request: {
      principal: { arn: 'arn:aws:iam::111122223333:user/alice', tags: { dept: 'hr' } },
      action: 's3:GetObject',
      resource: { arn: 'arn:aws:s3:::home/red-1', accountId: '111122223333' },
      context,
      unknown,
    },
    policies: { identityPolicies: [policy] },
  } as unknown as PartialEvaluationInput);
}
const readings = (answer: ReturnType<typeof evaluatePartial>, decision: string) =>
  answer.reachable.find((one) => one.decision === decision)?.context[other];

describe('a default value of a variable', () => {
  it('stands for an absent and an empty value, and for no other', () => {
    const answer = ask({ Resource: `arn:aws:s3:::home/\${${other}, 'red'}-1` }, [other]);
    expect(answer).toMatchObject({ decision: 'depends', exact: true, dependsOn: [other] });
    expect(answer.allowedIf).toEqual([
      [{ operator: 'StringEqualsIfExists', key: other, values: ['', 'red'] }],
    ]);
    expect(readings(answer, 'allowed')).toEqual([]);
    expect(readings(answer, 'implicitDeny')?.join()).not.toMatch(/^(?:red)?$/);
  });

  it('in a condition as well', () => {
    const condition = { StringEquals: { [own]: `\${${other}, 'red'}` } };
    expect(ask({ Condition: condition }, [other], { [own]: 'red' }).decision).toBe('depends');
    const absent = { ...condition, Null: { [other]: 'true' } };
    expect(ask({ Condition: absent }, [other], { [own]: 'red' }).reachable).toHaveLength(2);
    const answer = ask({ Condition: absent }, [own, other]);
    expect(answer.reachable[0]).toMatchObject({ decision: 'allowed', context: { [own]: ['red'] } });
  });
});

describe('a variable beside a known value', () => {
  it.each([
    [`team-${variable}`, 'team-red', 'red'],
    [`\${aws:PrincipalTag/dept}-${variable}`, 'hr-red', 'red'],
    [`${variable}-\${aws:PrincipalTag/dept}`, 'red-hr', 'red'],
  ])('%s is %s for one value alone', (text, known, value) => {
    const answer = ask({ Condition: { StringEquals: { [own]: text } } }, [other], { [own]: known });
    expect(answer).toMatchObject({ decision: 'depends', exact: true, dependsOn: [other] });
    expect(readings(answer, 'allowed')).toEqual([value]);
  });

  it('finds what a pattern leaves to it', () => {
    const pattern = { StringLike: { [own]: `*-${variable}-?` } };
    const answer = ask({ Condition: pattern }, [other], { [own]: 'a-b-c' });
    expect(readings(answer, 'allowed')).toEqual(['b']);
  });

  it('never matches where another variable has no value', () => {
    const text = `\${aws:PrincipalTag/none}-${variable}`;
    for (const operator of ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike']) {
      const answer = ask({ Condition: { [operator]: { [own]: text } } }, [other], { [own]: 'x-y' });
      expect(answer).toMatchObject({ decision: 'implicitDeny', exact: true, dependsOn: [] });
    }
    const arn = { ArnEquals: { 'aws:SourceArn': 'arn:aws:iam::1:role/${aws:PrincipalTag/none}' } };
    expect(ask({ Condition: arn }, ['aws:SourceArn']).decision).toBe('implicitDeny');
  });

  it('may differ in letter case alone', () => {
    const condition = {
      StringEqualsIgnoreCase: { [own]: `${variable}-a` },
      StringNotEquals: { [own]: `${variable}-A` },
    };
    const [value] = readings(ask({ Condition: condition }, [other], { [own]: 'red-A' }), 'allowed') ?? [];
    expect(value).not.toBe('red');
    expect(value?.toLowerCase()).toBe('red');
  });

  it('is a truth value in any letter case', () => {
    const answer = ask({ Condition: { Bool: { [own]: variable } } }, [other], { [own]: 'True' });
    expect(readings(answer, 'allowed')?.[0]?.toLowerCase()).toBe('true');
  });

  it('with two unknown variables it depends on both, and says that not all was tried', () => {
    const unknown = [other, 's3:prefix'];
    const condition = { StringEquals: { [own]: `${variable}-\${s3:prefix}` } };
    const answer = ask({ Condition: condition }, unknown, { [own]: 'a-b' });
    expect(answer).toMatchObject({ decision: 'depends', exact: false, dependsOn: unknown });
    expect(answer.reachable[0]?.context).toEqual({ [other]: ['a'], 's3:prefix': ['b'] });
    const resource = `arn:aws:s3:::home/${variable}-\${s3:prefix}`;
    expect(ask({ Resource: resource }, unknown)).toMatchObject({
      exact: false,
      allowedIf: [[{ operator: 'ArnLike', key: 'resource', values: [resource] }]],
    });
  });

  it('a resource that no value can make fit leaves nothing open', () => {
    expect(ask({ Resource: `arn:aws:s3:::other/${variable}` }, [other]).decision).toBe('implicitDeny');
    const short = ask({ Resource: `arn:aws:s3:::home/red-1${variable}` }, [other]);
    expect(short).toMatchObject({ decision: 'implicitDeny', exact: true });
  });
});

describe('two unknown keys that are compared with one another', () => {
  const unknown = [other, own];

  it('may be the same, and may differ, whatever else is asked of them', () => {
    const both = { StringLike: { [own]: 'a*', [other]: 'a*' } };
    for (const operator of ['StringEquals', 'StringNotEquals']) {
      const answer = ask({ Condition: { ...both, [operator]: { [own]: variable } } }, unknown);
      expect(answer).toMatchObject({ decision: 'depends', exact: true, dependsOn: unknown });
      const { context } = answer.reachable[0]!;
      expect(context[own]![0] === context[other]![0]).toBe(operator === 'StringEquals');
    }
  });

  it('may be the same but for letter case', () => {
    const condition = { StringEqualsIgnoreCase: { [own]: `\${${other}, 'red'}` } };
    expect(ask({ Condition: condition }, unknown)).toMatchObject({
      exact: true,
      allowedIf: [[{ operator: 'StringEqualsIgnoreCase', key: own, values: [`\${${other}, 'red'}`] }]],
    });
    // Whether they differ in letter case alone is not worked out, and nothing is promised.
    const alone = { StringEqualsIgnoreCase: { [own]: variable }, StringNotEquals: { [own]: variable } };
    expect(ask({ Condition: alone }, unknown)).toMatchObject({
      decision: 'depends',
      exact: false,
      dependsOn: unknown,
    });
  });

  it('with text around the variable, or as truth values, not everything is tried', () => {
    for (const condition of [
      { StringEquals: { [own]: `team-${variable}` } },
      { Bool: { [own]: variable } },
    ]) {
      expect(ask({ Condition: condition }, unknown)).toMatchObject({
        decision: 'depends',
        exact: false,
        reachable: [{ decision: 'allowed' }, { decision: 'implicitDeny' }],
      });
    }
  });

  it('a key compared with itself is itself', () => {
    const condition = { StringEquals: { [own]: `\${${own}}` } };
    expect(ask({ Condition: condition }, [own])).toMatchObject({ decision: 'depends', exact: true });
  });

  it('the first and the last service of a chain come from the chain', () => {
    const condition = { StringEquals: { [own]: '${aws:CalledViaFirst}' } };
    const answer = ask({ Condition: condition }, ['aws:CalledVia'], { [own]: 'athena.amazonaws.com' });
    expect(answer.decision).toBe('depends');
    expect(answer.reachable[0]?.context).toEqual({ 'aws:CalledVia': ['athena.amazonaws.com'] });
  });
});

describe('a key that is read in several ways', () => {
  it('as text and as a truth value', () => {
    const condition = {
      Bool: { 'aws:SecureTransport': 'true' },
      StringNotEquals: { 'aws:SecureTransport': 'true' },
    };
    const answer = ask({ Condition: condition }, ['aws:SecureTransport']);
    expect(answer).toMatchObject({ decision: 'depends', exact: true });
    const [value] = answer.reachable[0]?.context['aws:SecureTransport'] ?? [];
    expect(value).not.toBe('true');
    expect(value?.toLowerCase()).toBe('true');
  });

  it('as text and as a number: 5.0 is not tried, and nothing is promised', () => {
    const condition = { NumericEquals: { 's3:max-keys': '5' }, StringNotEquals: { 's3:max-keys': '5' } };
    const answer = ask({ Condition: condition }, ['s3:max-keys']);
    expect(answer).toMatchObject({ decision: 'depends', exact: false, dependsOn: ['s3:max-keys'] });
  });
});

it('what is not needed to decide need not be tried', () => {
  const answer = evaluatePartial({
    request: {
      principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
      action: 's3:ListAllMyBuckets',
      unknown: ['s3:max-keys'],
    },
    policies: {
      identityPolicies: [
        {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Deny', Action: '*', Resource: '*' },
            {
              Effect: 'Allow',
              Action: '*',
              Resource: '*',
              Condition: { NumericEquals: { 's3:max-keys': '5' }, StringNotEquals: { 's3:max-keys': '5' } },
            },
          ],
        },
      ],
    },
  });
  expect(answer).toMatchObject({ decision: 'explicitDeny', exact: true, dependsOn: [] });
});
