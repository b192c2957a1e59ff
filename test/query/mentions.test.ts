import { describe, expect, it } from 'vitest';
import type { PoliciesInput } from '../../src/policy/document.js';
import { Mentions } from '../../src/query/mentions.js';

const document = (Condition: Record<string, Record<string, string>>, Resource = '*') => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource, Condition },
});
const equals = (key: string) => document({ StringEquals: { [key]: 'x' } });
const of = (...documents: NonNullable<PoliciesInput['identityPolicies']>[number][]) =>
  new Mentions([{ identityPolicies: documents }]);

describe('a key that is not known may matter', () => {
  it.each<[string, Mentions]>([
    ['in a condition', of(equals('aws:PrincipalOrgID'))],
    ['in other letter case', of(equals('AWS:principalORGid'))],
    ['in a variable', of(document({}, 'arn:aws:s3:::${aws:PrincipalOrgID}/*'))],
    ['in a document with a name', of({ name: 'a', document: equals('aws:PrincipalOrgID') })],
    ['in a document that is text', of(JSON.stringify(equals('aws:PrincipalOrgID')))],
    [
      'in text that spells a letter as a number',
      of(JSON.stringify(equals('aws:PrincipalOrgID')).replace('aws', '\\u0061ws')),
    ],
    [
      'beside text that writes a slash with one before it',
      of(JSON.stringify(equals('aws:PrincipalTag/team')).replace('/', '\\/')),
    ],
    ['at a level', new Mentions([{}, { serviceControlPolicies: [[], [equals('aws:PrincipalOrgID')]] }])],
    ['in a policy that stands alone', new Mentions([{ resourcePolicy: equals('aws:PrincipalOrgID') }])],
    ['where nothing can be said', of({ loop: 1n } as never)],
  ])('%s', (_, mentions) => {
    expect(mentions.of('aws:PrincipalOrgID')).toBe(true);
    // Asked again, the same is said.
    expect(mentions.of('aws:PrincipalOrgID')).toBe(true);
  });

  it.each([
    ['aws:ResourceTag/*', 'aws:ResourceTag/team'],
    ['aws:ResourceTag/team', 'ec2:ResourceTag/team'],
    ['aws:ResourceTag/*', 'rds:cluster-tag/team'],
    ['aws:PrincipalTag/*', 'aws:PrincipalTag/team'],
    ['aws:CalledViaFirst', 'aws:CalledVia'],
    ['aws:CalledVia', 'aws:CalledViaLast'],
    ['aws:CalledVia', 'aws:ViaAWSService'],
    ['aws:CalledViaLast', 'aws:ViaAWSService'],
    ['aws:ViaAWSService', 'aws:ViaAWSService'],
    ['ec2:ResourceTag/team', 'aws:ResourceTag/team'],
    ['rds:db-tag/*', 'aws:ResourceTag/team'],
    ['aws:PrincipalTag/Équipe', 'aws:PrincipalTag/Équipe'],
    ['aws:PrincipalTag/"a"', 'aws:PrincipalTag/"a"'],
    ['kms:EncryptionContext:/*', 'kms:EncryptionContext:/a'],
  ])('%s, where %s is asked for', (unknown, asked) => {
    expect(of(equals(asked)).of(unknown)).toBe(true);
  });

  it.each([
    ['aws:ResourceTag/*', 'aws:PrincipalTag/team'],
    ['aws:ResourceTag/team', 'aws:RequestTag/team'],
    ['aws:PrincipalTag/team', 'aws:PrincipalTag/cost'],
    ['aws:PrincipalOrgID', 'aws:ResourceOrgID'],
  ])('%s does not, where %s is asked for', (unknown, asked) => {
    expect(of(equals(asked)).of(unknown)).toBe(false);
    expect(new Mentions([]).of(unknown)).toBe(false);
  });
});
