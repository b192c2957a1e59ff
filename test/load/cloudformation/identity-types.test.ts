import { expect, it } from 'vitest';
import { loadCloudFormation } from '../../../src/load/index.js';

it('an instance profile goes by its logical id, for the role that it holds', () => {
  const Role = {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
  };
  const Profile = { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } };
  const read = (Resources: Record<string, unknown>) =>
    loadCloudFormation({ Resources }, { accountId: '111122223333', region: 'eu-west-1' }).estate;
  expect(read({ Role, Profile }).principal('Profile').names).toContain('Role');
  expect(() => read({ Profile }).principal('Profile')).toThrow('is called `Profile`');
});
