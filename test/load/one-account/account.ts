/** One made-up account, written without any of the formats that hold it. */
export interface Account {
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly roles: readonly Role[];
  /** Of the account; attached by their places. */
  readonly managed: readonly Managed[];
  readonly resources: readonly Resource[];
}

export interface Document {
  readonly Version: string;
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

export interface Granted {
  readonly name: string;
  readonly inline: readonly Document[];
  /** Places in `managed`. */
  readonly attached: readonly number[];
}
interface Principal extends Granted {
  readonly path: string;
  readonly tags: Tags;
  /** A place in `managed`. */
  readonly boundary: number | undefined;
}
export interface User extends Principal {
  /** Places in `groups`. */
  readonly groups: readonly number[];
}
export interface Role extends Principal {
  readonly trust: Document;
}
export type Group = Granted;
export interface Managed {
  readonly name: string;
  readonly path: string;
  readonly document: Document;
}
export type Tags = Readonly<Record<string, string>>;

export interface Resource {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly tags: Tags;
  readonly policy: Document | undefined;
}
export type ResourceKind = keyof typeof kinds;

export const id = '111122223333';
export const region = 'eu-west-1';

/** Of each kind of resource: its ARN, what is asked on it, and what of it is asked beside itself. */
export const kinds = {
  bucket: {
    arn: (name: string) => `arn:aws:s3:::${name}`,
    actions: ['s3:ListBucket', 's3:GetBucketPolicy'],
    within: ['/red/a.csv', ['s3:GetObject', 's3:PutObject']],
    tagged: false,
  },
  queue: {
    arn: (name: string) => `arn:aws:sqs:${region}:${id}:${name}`,
    actions: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
    within: undefined,
    tagged: true,
  },
  topic: {
    arn: (name: string) => `arn:aws:sns:${region}:${id}:${name}`,
    actions: ['sns:Publish', 'sns:Subscribe'],
    within: undefined,
    tagged: true,
  },
  table: {
    arn: (name: string) => `arn:aws:dynamodb:${region}:${id}:table/${name}`,
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    within: ['/index/by-date', ['dynamodb:Query']],
    tagged: true,
  },
  repository: {
    arn: (name: string) => `arn:aws:ecr:${region}:${id}:repository/${name}`,
    actions: ['ecr:BatchGetImage', 'ecr:PutImage'],
    within: undefined,
    tagged: true,
  },
  key: {
    arn: (name: string) => `arn:aws:kms:${region}:${id}:key/${name}`,
    actions: ['kms:Decrypt', 'kms:Encrypt'],
    within: undefined,
    tagged: true,
  },
} as const satisfies Record<
  string,
  {
    arn: (name: string) => string;
    actions: readonly string[];
    within: readonly [string, readonly string[]] | undefined;
    tagged: boolean;
  }
>;

export const userArn = ({ path, name }: User): string => `arn:aws:iam::${id}:user${path}${name}`;
export const roleArn = ({ path, name }: Role): string => `arn:aws:iam::${id}:role${path}${name}`;
export const managedArn = ({ path, name }: Managed): string => `arn:aws:iam::${id}:policy${path}${name}`;
export const resourceArn = ({ kind, name }: Resource): string => kinds[kind].arn(name);
export const sessionArn = ({ name }: Role): string => `arn:aws:sts::${id}:assumed-role/${name}/s1`;

/** The stack of the template, with which names begin that it leaves to CloudFormation. */
export const stackName = 'shop';

/** Whether a name was made by CloudFormation, or an id by KMS. */
export const isGenerated = (name: string): boolean => /shop-|-4000-/.test(name);
