import { type EvaluationInput, evaluate } from '../../../src/index.js';
import {
  type Account,
  type Document,
  id,
  kinds,
  type Role,
  resourceArn,
  roleArn,
  sessionArn,
  type Tags,
  type User,
  userArn,
} from './account.js';

/** Who asks what, by ARNs. */
export interface Question {
  readonly caller: { readonly user: User } | { readonly role: Role };
  readonly action: string;
  readonly arn: string;
  readonly tags: Tags;
  readonly policy: Document | undefined;
}

export const facts = { sourceIp: '203.0.113.7', context: { 'aws:SecureTransport': true } };

/** Everybody, everything. */
export function questionsOf({ users, roles, resources }: Account): readonly Question[] {
  const callers = [...users.map((user) => ({ user })), ...roles.map((role) => ({ role }))];
  const targets = [
    ...resources.flatMap((one) => {
      const { actions, within } = kinds[one.kind];
      const arn = resourceArn(one);
      const beyond = (within?.[1] ?? []).map((action) => ({ action, arn: `${arn}${within![0]}` }));
      return [...actions.map((action) => ({ action, arn })), ...beyond].map((asked) => ({
        ...asked,
        tags: one.tags,
        policy: one.policy,
      }));
    }),
    ...roles.flatMap((role) => [
      { action: 'sts:AssumeRole', arn: roleArn(role), tags: role.tags, policy: role.trust },
      // A trust policy decides only who assumes the role.
      { action: 'iam:PassRole', arn: roleArn(role), tags: role.tags, policy: role.trust },
    ]),
  ];
  return callers.flatMap((caller) => targets.map((target) => ({ caller, ...target })));
}

/** The same put together by hand. */
export function truth({ groups, managed }: Account, { caller, action, arn, tags, policy }: Question): string {
  const one = 'user' in caller ? caller.user : caller.role;
  const granted = 'user' in caller ? [one, ...caller.user.groups.map((place) => groups[place]!)] : [one];
  const identityPolicies = granted.flatMap(({ inline, attached }) => [
    ...inline,
    ...attached.map((place) => managed[place]!.document),
  ]);
  const principal =
    'user' in caller
      ? { arn: userArn(caller.user) }
      : { arn: sessionArn(caller.role), issuer: roleArn(caller.role) };
  const input = {
    request: {
      principal: { ...principal, tags: one.tags },
      action,
      resource: { arn, accountId: id, tags },
      ...facts,
    },
    policies: {
      identityPolicies,
      ...(one.boundary === undefined ? {} : { permissionsBoundary: managed[one.boundary]!.document }),
      ...(policy === undefined ? {} : { resourcePolicy: policy }),
    },
  };
  return evaluate(input as unknown as EvaluationInput).decision;
}
