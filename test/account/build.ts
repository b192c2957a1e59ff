import {
  type EstateData,
  type EstateResource,
  type EstateRole,
  type EstateUser,
  emptyEstate,
} from '../../src/account/estate-data.js';
import { type IamError, isIamError } from '../../src/index.js';

export const one = '111111111111';
export const two = '222222222222';

export const allow = (Action: string | string[], Resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
export const trust = (Principal: object) => ({
  name: 'trust',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] },
});

export const user = (name: string, more: Partial<EstateUser> = {}): EstateUser => ({
  kind: 'user',
  arn: `arn:aws:iam::${one}:user/${name}`,
  account: one,
  name,
  names: [],
  groups: [],
  policies: [],
  ...more,
});
export const role = (name: string, more: Partial<EstateRole> = {}): EstateRole => ({
  kind: 'role',
  arn: `arn:aws:iam::${one}:role/${name}`,
  account: one,
  name,
  names: [],
  policies: [],
  trustPolicy: trust({ Service: 'lambda.amazonaws.com' }),
  ...more,
});
export const bucket = (name: string, more: Partial<EstateResource> = {}): EstateResource => ({
  arn: `arn:aws:s3:::${name}`,
  account: one,
  type: 'AWS::S3::Bucket',
  names: [],
  policies: [],
  ...more,
});
export const estate = (data: Partial<EstateData>): EstateData => ({ ...emptyEstate, ...data });

/** The error with which something is refused. */
export function refused(act: () => unknown): IamError {
  try {
    act();
  } catch (error) {
    if (isIamError(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
