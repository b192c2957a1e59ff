import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/evaluate.js';
import { managedPolicyDocument } from '../../src/managed-policies/index.js';
import { listed } from '../../src/trace/entries.js';
import { formatTrace } from '../../src/trace/render.js';

const entries = (...texts: string[]) => texts.map((text) => ({ text }));
const many = Array.from({ length: 40 }, (_, i) => `ec2:Describe${i}`);
const plainly = (text: string) => text.replace(/ … and \d+ more$/, '').split(', ');

describe('a list of a policy', () => {
  it.each([[undefined], [''], ['ec2:Describe7']])(
    'is whole up to 20 entries, in their order: %j',
    (request) => {
      expect(listed(entries(...many.slice(0, 20)), request)).toBe(many.slice(0, 20).join(', '));
    },
  );
  it('shows of more the 20 that begin most like the request, and says how many are left', () => {
    const text = listed(entries(...many, 's3:Get*', 's3:PutObjectAcl', 's3:PutObject'), 's3:PutObject');
    expect(plainly(text)).toEqual(['s3:PutObjectAcl', 's3:PutObject', 's3:Get*', ...many.slice(0, 17)]);
    expect(text).toMatch(/ … and 23 more$/);
  });
  it('is whole where no request is given', () => {
    expect(listed(entries(...many))).toBe(many.join(', '));
  });
  it('says what a variable stands for', () => {
    const team = { text: '${aws:PrincipalTag/team}', substituted: null };
    const name = { text: '${aws:username}', substituted: 'ana' };
    expect(listed([team, name], 'x')).toBe('${aws:PrincipalTag/team} = (no value), ${aws:username} = ana');
  });
});

describe('an explanation of a policy with a thousand actions', () => {
  const evaluation = evaluate({
    request: {
      principal: { arn: 'arn:aws:iam::111122223333:user/ana' },
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::reports/2026.csv',
      sourceIp: '10.0.0.77',
    },
    policies: {
      identityPolicies: [
        managedPolicyDocument('arn:aws:iam::aws:policy/ReadOnlyAccess')!,
        {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Deny',
            Action: 's3:*',
            Resource: '*',
            Condition: {
              IpAddress: { 'aws:SourceIp': Array.from({ length: 99 }, (_, i) => `10.0.0.${i}/32`) },
            },
          },
        },
      ],
    },
  });
  const trace = evaluation.explain();
  it('fits a screen, and shows what comes near', () => {
    const lines = formatTrace(trace).split('\n');
    for (const line of lines) expect(line.length).toBeLessThan(1000);
    expect(
      lines.filter((line) => /IpAddress .*policy \[10\.0\.0\.77\/32, .* … and 79 more\]/.test(line)),
    ).toHaveLength(1);
  });
  it('is whole where everything is shown, and in its data', () => {
    const whole = formatTrace(trace, { verbose: true }).split('\n');
    expect(whole.some((line) => /policy \[10\.0\.0\.0\/32, .*10\.0\.0\.98\/32\]/.test(line))).toBe(true);
    const { statements } = trace.layers.find(({ kind }) => kind === 'identityPolicies')!.levels[0]!;
    expect(
      statements[0]!.elements.find(({ element }) => element === 'Action')!.entries.length,
    ).toBeGreaterThan(500);
  });
});
