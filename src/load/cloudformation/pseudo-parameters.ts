import type { Hole } from '../../partial/holes.js';
import type { Scope } from './scope.js';
import { concat, noValue, type Value } from './symbolic.js';

/** The hole for the UUID that a stack gets when it is made. */
export const stackIdEnd = 'AWS::StackId';
export const isStackIdEnd = ({ hole }: Hole): boolean => hole.split('/').at(-1) === stackIdEnd;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export function pseudoParameter(scope: Scope, name: string, path: string): Value | undefined {
  const { settings } = scope;
  switch (name) {
    case 'AWS::AccountId':
      return settings.account;
    case 'AWS::Region':
      return settings.region;
    case 'AWS::Partition':
      return settings.partition;
    case 'AWS::URLSuffix':
      return urlSuffix(settings.partition);
    case 'AWS::StackName':
      return settings.stackName;
    case 'AWS::StackId': {
      const { account, region, partition, stackName } = settings;
      const start = `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/`;
      return concat([start, scope.hole(stackIdEnd)]);
    }
    case 'AWS::NoValue':
      return noValue;
    case 'AWS::NotificationARNs':
      return scope.undecided(name, {
        code: 'missingValue',
        path,
        message: 'the notification topics of the stack are not known',
        hint: 'write their ARNs out',
      });
    default:
      return undefined;
  }
}

export const urlSuffix = (partition: string): string =>
  partition === 'aws-cn' ? 'amazonaws.com.cn' : partition === 'aws-eusc' ? 'amazonaws.eu' : 'amazonaws.com';
