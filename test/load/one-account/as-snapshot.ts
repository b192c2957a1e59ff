import { type Account, id, managedArn, resourceArn, roleArn, type Tags, userArn } from './account.js';

const listed = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** What `aws iam get-account-authorization-details` prints. */
export function asDetails({ users, groups, roles, managed }: Account): object {
  const inline = (documents: readonly object[]) =>
    documents.map((PolicyDocument, i) => ({ PolicyName: `inline-${i}`, PolicyDocument }));
  const attached = (places: readonly number[]) =>
    places.map((place) => ({ PolicyName: managed[place]!.name, PolicyArn: managedArn(managed[place]!) }));
  const bounded = (place: number | undefined) =>
    place === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: 'Policy',
            PermissionsBoundaryArn: managedArn(managed[place]!),
          },
        };
  return {
    UserDetailList: users.map((user) => ({
      Path: user.path,
      UserName: user.name,
      Arn: userArn(user),
      GroupList: user.groups.map((place) => groups[place]!.name),
      UserPolicyList: inline(user.inline),
      AttachedManagedPolicies: attached(user.attached),
      Tags: listed(user.tags),
      ...bounded(user.boundary),
    })),
    GroupDetailList: groups.map((group) => ({
      Path: '/',
      GroupName: group.name,
      Arn: `arn:aws:iam::${id}:group/${group.name}`,
      GroupPolicyList: inline(group.inline),
      AttachedManagedPolicies: attached(group.attached),
    })),
    RoleDetailList: roles.map((role) => ({
      Path: role.path,
      RoleName: role.name,
      Arn: roleArn(role),
      AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
      RolePolicyList: inline(role.inline),
      AttachedManagedPolicies: attached(role.attached),
      InstanceProfileList: [],
      Tags: listed(role.tags),
      ...bounded(role.boundary),
    })),
    Policies: managed.map((one) => ({
      PolicyName: one.name,
      Path: one.path,
      Arn: managedArn(one),
      DefaultVersionId: 'v2',
      PolicyVersionList: [
        { VersionId: 'v1', IsDefaultVersion: false, Document: { Version: '2012-10-17', Statement: [] } },
        { VersionId: 'v2', IsDefaultVersion: true, Document: one.document },
      ],
    })),
    IsTruncated: false,
  };
}

/** The list of policies of resources. */
export const asResourcePolicies = ({ resources }: Account): object[] =>
  resources.map((one, i) => ({
    Resource: resourceArn(one),
    Account: id,
    Policy: one.policy === undefined ? null : i % 2 === 0 ? one.policy : JSON.stringify(one.policy),
    Tags: i % 2 === 0 ? listed(one.tags) : one.tags,
  }));
