import type { Dice } from '../../differential/dice.js';
import {
  type Account,
  id,
  isGenerated,
  managedArn,
  type Resource,
  region,
  resourceArn,
  roleArn,
  type Tags,
  userArn,
} from './account.js';

const listed = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const tagged = (tags: Tags) => (Object.keys(tags).length === 0 ? {} : { Tags: listed(tags) });

/** A template that makes the account, each thing in one of the ways in which a template may say it. */
export function asTemplate(account: Account, dice: Dice): object {
  const { users, groups, roles, managed, resources } = account;
  const out: Record<string, object> = {};
  const logical = new Map<string, string>([
    ...users.map((one, i) => [userArn(one), `User${i}`] as const),
    ...roles.map((one, i) => [roleArn(one), `Role${i}`] as const),
    ...resources.map((one, i) => [resourceArn(one), `Resource${i}`] as const),
  ]);
  /** An ARN, written, or referred to where nobody knows how it is written. */
  const arn = (text: string, name = logical.get(text)): unknown => {
    if (name === undefined || (!isGenerated(text) && dice.chance(50))) return pseudo(text, dice);
    const parts: unknown[] = [
      { 'Fn::GetAtt': [name, 'Arn'] },
      { 'Fn::GetAtt': `${name}.Arn` },
      { 'Fn::Sub': `\${${name}.Arn}` },
    ];
    return dice.pick(text.includes(':sns:') ? [{ Ref: name }] : parts);
  };
  const words = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(words);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, words(of)]));
    if (typeof value !== 'string') return value;
    const found = [...logical].find(([text]) => value === text || value.startsWith(`${text}/`));
    if (found === undefined) return value;
    const [text, name] = found;
    const rest = value.slice(text.length);
    if (rest === '') return arn(text);
    const begins = arn(text, name);
    return dice.chance(50) || rest.includes('$')
      ? { 'Fn::Join': ['', [begins, rest]] }
      : { 'Fn::Sub': [`\${A}${rest}`, { A: begins }] };
  };
  const inline = (documents: readonly object[]) =>
    documents.map((document, i) => ({ PolicyName: `inline-${i}`, PolicyDocument: words(document) }));

  for (const [i, one] of managed.entries()) {
    out[`Managed${i}`] = {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        ...named('ManagedPolicyName', one.name),
        Path: one.path,
        PolicyDocument: words(one.document),
      },
    };
  }
  const managedRef = (place: number): unknown =>
    dice.pick([
      { Ref: `Managed${place}` },
      { 'Fn::Sub': `\${Managed${place}}` },
      ...(isGenerated(managed[place]!.name) ? [] : [managedArn(managed[place]!)]),
    ]);
  /** Inline and attached policies: at the principal, or by what stands beside it. */
  const grant = (
    name: string,
    physical: string,
    list: 'Users' | 'Groups' | 'Roles',
    { inline: documents, attached }: { inline: readonly object[]; attached: readonly number[] },
  ): object => {
    const within: Record<string, unknown[]> = { Policies: [], ManagedPolicyArns: [] };
    const ref = () => (isGenerated(physical) || dice.chance(50) ? { Ref: name } : physical);
    for (const [i, policy] of inline(documents).entries()) {
      const way = dice.upTo(2);
      if (way === 0) within.Policies!.push(policy);
      else if (way === 1)
        out[`${name}Policy${i}`] = { Type: 'AWS::IAM::Policy', Properties: { ...policy, [list]: [ref()] } };
      else {
        const kind = list.slice(0, -1);
        out[`${name}Own${i}`] = {
          Type: `AWS::IAM::${kind}Policy`,
          Properties: { ...policy, [`${kind}Name`]: ref() },
        };
      }
    }
    for (const place of attached) {
      if (dice.chance(60)) within.ManagedPolicyArns!.push(managedRef(place));
      else {
        const { Properties } = out[`Managed${place}`] as { Properties: Record<string, unknown[]> };
        Properties[list] = [...(Properties[list] ?? []), ref()];
      }
    }
    return Object.fromEntries(Object.entries(within).filter(([, some]) => some.length > 0));
  };
  const bounded = (place: number | undefined) =>
    place === undefined ? {} : { PermissionsBoundary: managedRef(place) };

  for (const [i, one] of groups.entries()) {
    out[`Group${i}`] = {
      Type: 'AWS::IAM::Group',
      Properties: { ...named('GroupName', one.name), ...grant(`Group${i}`, one.name, 'Groups', one) },
    };
  }
  for (const [i, one] of users.entries()) {
    const names: unknown[] = [];
    for (const place of one.groups) {
      const { name } = groups[place]!;
      const ref = isGenerated(name) || dice.chance(50) ? { Ref: `Group${place}` } : name;
      if (dice.chance(60)) names.push(ref);
      else
        out[`Member${i}of${place}`] = {
          Type: 'AWS::IAM::UserToGroupAddition',
          Properties: {
            GroupName: ref,
            Users: [isGenerated(one.name) || dice.chance(50) ? { Ref: `User${i}` } : one.name],
          },
        };
    }
    out[`User${i}`] = {
      Type: 'AWS::IAM::User',
      Properties: {
        ...named('UserName', one.name),
        Path: one.path,
        ...tagged(one.tags),
        ...(names.length === 0 ? {} : { Groups: names }),
        ...bounded(one.boundary),
        ...grant(`User${i}`, one.name, 'Users', one),
      },
    };
  }
  for (const [i, one] of roles.entries()) {
    out[`Role${i}`] = {
      Type: 'AWS::IAM::Role',
      Properties: {
        ...named('RoleName', one.name),
        ...(one.path === '/' ? {} : { Path: one.path }),
        AssumeRolePolicyDocument: words(one.trust),
        ...tagged(one.tags),
        ...bounded(one.boundary),
        ...grant(`Role${i}`, one.name, 'Roles', one),
      },
    };
  }
  for (const [i, one] of resources.entries()) Object.assign(out, resource(one, `Resource${i}`, words, dice));
  const entries = Object.entries(out);
  return { Resources: Object.fromEntries(dice.chance(50) ? entries : entries.reverse()) };
}

/** What CloudFormation names itself is not named. */
const named = (member: string, name: string) => (isGenerated(name) ? {} : { [member]: name });

const pseudo = (text: string, dice: Dice): unknown =>
  dice.chance(50)
    ? text
    : {
        'Fn::Sub': text
          .replace('arn:aws:', 'arn:${AWS::Partition}:')
          .replace(id, '${AWS::AccountId}')
          .replace(region, '${AWS::Region}'),
      };

function resource(
  { kind, name, tags, policy }: Resource,
  logical: string,
  words: (value: unknown) => unknown,
  dice: Dice,
): Record<string, object> {
  const of = (Type: string, Properties: object, more: object = {}) => ({
    [logical]: { Type, Properties: { ...Properties, ...tagged(tags) } },
    ...more,
  });
  const beside = (Type: string, Properties: object) =>
    policy === undefined
      ? {}
      : { [`${logical}Policy`]: { Type, Properties: { ...Properties, PolicyDocument: words(policy) } } };
  switch (kind) {
    case 'bucket': {
      const block = { PublicAccessBlockConfiguration: { RestrictPublicBuckets: false } };
      const Bucket = isGenerated(name) || dice.chance(50) ? { Ref: logical } : name;
      return of(
        'AWS::S3::Bucket',
        { ...named('BucketName', name), ...block },
        beside('AWS::S3::BucketPolicy', { Bucket }),
      );
    }
    case 'queue':
      return of(
        'AWS::SQS::Queue',
        named('QueueName', name),
        beside('AWS::SQS::QueuePolicy', { Queues: [{ Ref: logical }] }),
      );
    case 'topic':
      return of(
        'AWS::SNS::Topic',
        named('TopicName', name),
        beside('AWS::SNS::TopicPolicy', { Topics: [{ Ref: logical }] }),
      );
    case 'table':
      return of('AWS::DynamoDB::Table', {
        ...named('TableName', name),
        ...(policy === undefined ? {} : { ResourcePolicy: { PolicyDocument: words(policy) } }),
      });
    case 'repository':
      return of('AWS::ECR::Repository', {
        ...named('RepositoryName', name),
        ...(policy === undefined ? {} : { RepositoryPolicyText: words(policy) }),
      });
    case 'key':
      return of('AWS::KMS::Key', { KeyPolicy: words(policy) });
  }
}
