import { describe, expect, it } from 'vitest';
import { emptyEstate } from '../../src/account/index.js';
import { Estate } from '../../src/query/index.js';

const there = '444455556666';
const caller = 'arn:aws:iam::111122223333:user/ana';
const estate = new Estate({
  ...emptyEstate,
  principals: [
    {
      ...{ kind: 'user', arn: caller, account: '111122223333', name: 'ana', names: [], groups: [] },
      policies: [{ name: 'all', document: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } }],
    },
  ],
});
const traceOf = (action: string, resource: string) => estate.can('ana', action, resource).explain();
const formatted = (action: string, resource: string) => estate.can('ana', action, resource).format();

describe('E94: what would help across accounts', () => {
  it.each([
    [
      'ec2:StartInstances',
      `arn:aws:ec2:eu-west-1:${there}:instance/i-1`,
      'ec2 has no resource policies for it (E94)',
    ],
    ['iam:GetUser', `arn:aws:iam::${there}:user/x`, 'iam has no resource policies for it (E94)'],
    ['iam:GetRole', `arn:aws:iam::${there}:role/x`, 'a trust policy decides only who assumes the role (E78)'],
    [
      'rds:StartDBInstance',
      `arn:aws:rds:eu-west-1:${there}:db:x`,
      'rds has no resource policies for it (E94)',
    ],
  ])('%s on %s is a role of the other account', (action, resource, reason) => {
    const { decidedBy, missingAllows } = traceOf(action, resource);
    expect(decidedBy).toMatchObject({ kind: 'resourcePolicy', rule: 'E21' });
    expect(missingAllows).toEqual([]);
    expect(formatted(action, resource)).toContain(
      `What would change the answer\n  no policy: ${reason}; the caller has to assume a role in account ${there}`,
    );
  });

  it('is not said where a resource may have a policy, nor in the same account', () => {
    for (const [action, resource] of [
      ['sts:AssumeRole', `arn:aws:iam::${there}:role/x`],
      ['sqs:SendMessage', `arn:aws:sqs:eu-west-1:${there}:q`],
      ['ec2:StartInstances', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1'],
      ['ec2:DeletePlacementGroup', `arn:aws:ec2:eu-west-1:${there}:placement-group/g`],
    ] as const)
      expect(formatted(action, resource)).not.toContain('has to assume');
  });

  it('is not said of what AWS RAM may share, which has a policy then', () => {
    const group = `arn:aws:ec2:eu-west-1:${there}:placement-group/g`;
    const none = new Estate({
      ...estate.toJSON(),
      resources: [{ arn: group, account: there, type: 'AWS::EC2::PlacementGroup', names: [], policies: [] }],
    });
    expect(none.can('ana', 'ec2:DeletePlacementGroup', group).format()).not.toContain('has to assume');
    expect(estate.can('ana', 'ec2:DeletePlacementGroup', group).decision).toBe('depends');
  });
});
