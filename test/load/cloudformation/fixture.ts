import { readFileSync } from 'node:fs';
import { loadCloudFormation } from '../../../src/load/cloudformation/load-cloudformation.js';
import type { CloudFormationOptions } from '../../../src/load/cloudformation/options.js';
import type { Loaded } from '../../../src/load/diagnostic.js';

export const fixture = (name: string): string =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

export const place = { accountId: '111122223333', region: 'eu-west-1', stackName: 'app' } as const;

export const load = (template: string | object, options: CloudFormationOptions = {}): Loaded =>
  loadCloudFormation(template, { ...place, ...options });

/** A role with one statement, and whatever else the template holds. */
export const roleWith = (statement: object, more: object = {}, rest: object = {}) => ({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } }],
      },
    },
    ...more,
  },
  ...rest,
});
