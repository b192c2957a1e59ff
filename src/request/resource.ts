import { type ArnParts, accountOf, parseArn, partitions } from '../value/arn.js';
import { lettersOf } from '../value/wildcard.js';

export interface Resource {
  /** The ARN, or `*` for an action that takes no resource. */
  readonly arn: string;
  /** The six parts; absent for `*`. */
  readonly parts: ArnParts | undefined;
  /** The owner's account as the ARN says; absent when it does not. */
  readonly account: string | undefined;
  /** The letters of the sixth part, as `lettersOf` tells them. */
  readonly letters: number;
  /** It is an IAM role: its resource policy is then a role trust policy (L22). */
  readonly role: boolean;
}

/** What an action that takes no resource is asked for. */
export const noResource: Resource = {
  arn: '*',
  parts: undefined,
  account: undefined,
  letters: 0,
  role: false,
};

/** A resource by its ARN, or `*`; undefined for anything else. */
export function resourceOf(arn: string): Resource | undefined {
  if (arn === '*') return noResource;
  const parts = parseArn(arn);
  if (parts === undefined || !partitions.has(parts[1]) || parts[2] === '' || parts[5] === '')
    return undefined;
  return {
    arn,
    parts,
    account: accountOf(parts[4]),
    letters: lettersOf(parts[5]),
    role: parts[2] === 'iam' && parts[5].startsWith('role/'),
  };
}
