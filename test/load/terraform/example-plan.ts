import { type Block, constant, newBucket, newRole, plan, ref, trust } from './plan-builder.js';

/** A shop: services on ECS, functions, buckets, queues, people, and a role that GitHub deploys with. */

const text = (statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const arnUnknown = { arn: true, id: true, tags_all: true };
const open = (references: readonly string[]) => ({ references });

interface Statement {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions: readonly string[];
  /** Known resources, or references of unknown ones. */
  readonly resources?: readonly string[];
  readonly refers?: readonly string[];
  readonly principals?: {
    readonly type: string;
    readonly identifiers?: readonly string[];
    readonly refers?: string;
  };
  readonly condition?: {
    readonly test: string;
    readonly variable: string;
    readonly values?: readonly string[];
    readonly refers?: string;
  };
}

/** A data source that is read during apply, because something that it refers to does not exist yet. */
function document(name: string, statements: readonly Statement[], more: Partial<Block> = {}): Block {
  return {
    type: 'aws_iam_policy_document',
    name,
    mode: 'data',
    ...more,
    values: {
      override_policy_documents: null,
      source_policy_documents: null,
      policy_id: null,
      version: null,
      statement: statements.map(({ sid, effect, actions, resources, refers, principals, condition }) => ({
        sid: sid ?? null,
        effect: effect ?? 'Allow',
        actions,
        not_actions: null,
        not_principals: [],
        not_resources: null,
        resources: [...(resources ?? []), ...(refers ?? []).map(() => null)],
        principals:
          principals === undefined
            ? []
            : [{ type: principals.type, identifiers: principals.identifiers ?? [null] }],
        condition:
          condition === undefined
            ? []
            : [{ test: condition.test, variable: condition.variable, values: condition.values ?? [null] }],
      })),
    },
    unknown: {
      id: true,
      json: true,
      minified_json: true,
      statement: statements.map(({ actions, resources, refers, principals, condition }) => ({
        actions: actions.map(() => false),
        resources: [...(resources ?? []).map(() => false), ...(refers ?? []).map(() => true)],
        principals: principals === undefined ? [] : [{ identifiers: [principals.refers !== undefined] }],
        condition: condition === undefined ? [] : [{ values: [condition.refers !== undefined] }],
      })),
    },
    expressions: {
      statement: statements.map(({ sid, effect, actions, resources, refers, principals, condition }) => ({
        ...(sid === undefined ? {} : { sid: constant(sid) }),
        ...(effect === undefined ? {} : { effect: constant(effect) }),
        actions: constant(actions),
        resources: refers === undefined ? constant(resources ?? []) : ref(...refers),
        ...(principals === undefined
          ? {}
          : {
              principals: [
                {
                  type: constant(principals.type),
                  identifiers:
                    principals.refers === undefined
                      ? constant(principals.identifiers)
                      : ref(principals.refers),
                },
              ],
            }),
        ...(condition === undefined
          ? {}
          : {
              condition: [
                {
                  test: constant(condition.test),
                  variable: constant(condition.variable),
                  values: condition.refers === undefined ? constant(condition.values) : ref(condition.refers),
                },
              ],
            }),
      })),
    },
  };
}

const inline = (name: string, role: string, policy: string): Block => ({
  type: 'aws_iam_role_policy',
  name,
  values: { name },
  unknown: { id: true, policy: true, role: true, name_prefix: true },
  expressions: { name: constant(name), role: ref(role), policy: ref(policy) },
});

const attachment = (name: string, role: string, arn: string): Block => ({
  type: 'aws_iam_role_policy_attachment',
  name,
  values: { policy_arn: arn },
  unknown: { id: true, role: true },
  expressions: { policy_arn: constant(arn), role: ref(role) },
});

const bucket = (name: string, block: string): Block[] => [
  { ...newBucket(name), name: block },
  {
    type: 'aws_s3_bucket_versioning',
    name: block,
    values: { versioning_configuration: [{ status: 'Enabled' }] },
    unknown: { id: true, bucket: true },
    expressions: { bucket: ref(`aws_s3_bucket.${block}.id`) },
  },
  {
    type: 'aws_s3_bucket_server_side_encryption_configuration',
    name: block,
    values: { rule: [{ bucket_key_enabled: true }] },
    unknown: { id: true, bucket: true },
    expressions: { bucket: ref(`aws_s3_bucket.${block}.id`) },
  },
];

const bucketPolicy = (block: string, statements: readonly object[]): Block => ({
  type: 'aws_s3_bucket_policy',
  name: block,
  values: { policy: text(statements) },
  unknown: { id: true, bucket: true },
  expressions: { bucket: ref(`aws_s3_bucket.${block}.id`), policy: {} },
});

const onlyTls = (name: string) => ({
  Sid: 'OnlyTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

const storage: readonly Block[] = [
  ...bucket('shop-uploads', 'uploads'),
  ...bucket('shop-reports', 'reports'),
  ...bucket('shop-logs', 'logs'),
  bucketPolicy('uploads', [onlyTls('shop-uploads')]),
  bucketPolicy('reports', [
    onlyTls('shop-reports'),
    {
      Sid: 'NobodyDeletes',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:DeleteObject',
      Resource: 'arn:aws:s3:::shop-reports/*',
    },
  ]),
  {
    type: 'aws_s3_bucket_public_access_block',
    name: 'uploads',
    values: {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    },
    unknown: { id: true, bucket: true },
    expressions: { bucket: ref('aws_s3_bucket.uploads.id') },
  },
  {
    type: 'aws_kms_key',
    name: 'data',
    values: { description: 'data of the shop', enable_key_rotation: true },
    unknown: { ...arnUnknown, key_id: true, policy: true },
    expressions: { description: constant('data of the shop') },
  },
  {
    type: 'aws_kms_alias',
    name: 'data',
    values: { name: 'alias/shop-data' },
    unknown: { arn: true, id: true, target_key_id: true },
    expressions: { name: constant('alias/shop-data'), target_key_id: ref('aws_kms_key.data.key_id') },
  },
];

const queue = (key: string | number | undefined): readonly Block[] => [
  {
    type: 'aws_sqs_queue',
    name: 'this',
    values: { name: `shop-${key}` },
    unknown: { ...arnUnknown, url: true, policy: true, redrive_policy: true },
    expressions: { name: open(['var.name']) },
  },
  {
    type: 'aws_sqs_queue',
    name: 'dead',
    values: { name: `shop-${key}-dead` },
    unknown: { ...arnUnknown, url: true, policy: true },
    expressions: { name: open(['var.name']) },
  },
  document('send', [
    {
      sid: 'Topic',
      actions: ['sqs:SendMessage'],
      refers: ['aws_sqs_queue.this.arn'],
      principals: { type: 'Service', identifiers: ['sns.amazonaws.com'] },
      condition: { test: 'ArnEquals', variable: 'aws:SourceArn', refers: 'var.topic_arn' },
    },
  ]),
  {
    type: 'aws_sqs_queue_policy',
    name: 'send',
    unknown: { id: true, queue_url: true, policy: true },
    values: {},
    expressions: {
      queue_url: ref('aws_sqs_queue.this.id'),
      policy: ref('data.aws_iam_policy_document.send.json'),
    },
  },
];

const service = (key: string | number | undefined): readonly Block[] => [
  newRole(`shop-${key}-task`, {
    block: 'task',
    values: {
      path: '/service/',
      assume_role_policy: trust('ecs-tasks.amazonaws.com'),
      tags: { service: String(key) },
    },
  }),
  newRole(`shop-${key}-execution`, {
    block: 'execution',
    values: { path: '/service/', assume_role_policy: trust('ecs-tasks.amazonaws.com') },
  }),
  document('task', [
    { sid: 'Objects', actions: ['s3:GetObject', 's3:PutObject'], refers: ['var.bucket_arn'] },
    {
      sid: 'Queue',
      actions: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      refers: ['var.queue_arn'],
    },
    {
      sid: 'Table',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      resources: ['arn:aws:dynamodb:eu-central-1:111122223333:table/orders'],
    },
  ]),
  inline('task', 'aws_iam_role.task.name', 'data.aws_iam_policy_document.task.json'),
  attachment(
    'execution',
    'aws_iam_role.execution.name',
    'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy',
  ),
  {
    type: 'aws_ecs_task_definition',
    name: 'this',
    values: { family: `shop-${key}`, network_mode: 'awsvpc', cpu: '256', memory: '512' },
    unknown: { ...arnUnknown, task_role_arn: true, execution_role_arn: true, revision: true },
    expressions: {
      task_role_arn: ref('aws_iam_role.task.arn'),
      execution_role_arn: ref('aws_iam_role.execution.arn'),
    },
  },
  {
    type: 'aws_cloudwatch_log_group',
    name: 'this',
    values: { name: `/shop/${key}`, retention_in_days: 30 },
    unknown: arnUnknown,
    expressions: {},
  },
];

const lambda = (key: string | number | undefined): readonly Block[] => [
  newRole(`shop-${key}`, { block: 'this' }),
  attachment(
    'logs',
    'aws_iam_role.this.name',
    'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  ),
  {
    type: 'aws_iam_role_policy',
    name: 'own',
    values: {
      name: 'own',
      policy: text([
        key === 'thumbnail'
          ? {
              Effect: 'Allow',
              Action: ['s3:GetObject', 's3:PutObject'],
              Resource: 'arn:aws:s3:::shop-uploads/*',
            }
          : key === 'report'
            ? {
                Effect: 'Allow',
                Action: ['s3:PutObject', 's3:DeleteObject'],
                Resource: 'arn:aws:s3:::shop-reports/*',
              }
            : { Effect: 'Allow', Action: 'ses:SendEmail', Resource: '*' },
      ]),
    },
    unknown: { id: true, role: true },
    expressions: { role: ref('aws_iam_role.this.id'), policy: open(['var.policy']) },
  },
  {
    type: 'aws_lambda_function',
    name: 'this',
    values: { function_name: `shop-${key}`, runtime: 'nodejs22.x', handler: 'index.handler' },
    unknown: { ...arnUnknown, role: true, invoke_arn: true, qualified_arn: true, version: true },
    expressions: { role: ref('aws_iam_role.this.arn') },
  },
  {
    type: 'aws_lambda_permission',
    name: 'source',
    values: {
      statement_id: 'Source',
      action: 'lambda:InvokeFunction',
      principal: key === 'thumbnail' ? 's3.amazonaws.com' : 'events.amazonaws.com',
    },
    unknown: { id: true, function_name: true, source_arn: true },
    expressions: {
      function_name: ref('aws_lambda_function.this.function_name'),
      source_arn: open(['var.source_arn']),
    },
  },
  {
    type: 'aws_cloudwatch_log_group',
    name: 'this',
    values: { name: `/aws/lambda/shop-${key}` },
    unknown: arnUnknown,
    expressions: {},
  },
];

const deploy: readonly Block[] = [
  {
    type: 'aws_iam_openid_connect_provider',
    name: 'github',
    values: { url: 'https://token.actions.githubusercontent.com', client_id_list: ['sts.amazonaws.com'] },
    unknown: arnUnknown,
    expressions: { url: constant('https://token.actions.githubusercontent.com') },
  },
  document('trust', [
    {
      actions: ['sts:AssumeRoleWithWebIdentity'],
      principals: { type: 'Federated', refers: 'aws_iam_openid_connect_provider.github.arn' },
      condition: {
        test: 'StringEquals',
        variable: 'token.actions.githubusercontent.com:sub',
        values: ['repo:example/shop:ref:refs/heads/main'],
      },
    },
  ]),
  {
    type: 'aws_iam_policy',
    name: 'boundary',
    values: {
      name: 'deploy-boundary',
      path: '/',
      policy: text([
        { Effect: 'Allow', Action: ['s3:*', 'lambda:*', 'ecs:*'], Resource: '*' },
        { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
      ]),
    },
    unknown: arnUnknown,
    expressions: {},
  },
  newRole('shop-deploy', {
    block: 'deploy',
    values: { path: '/ci/', assume_role_policy: undefined, permissions_boundary: undefined },
    unknown: { assume_role_policy: true, permissions_boundary: true },
    expressions: {
      assume_role_policy: ref('data.aws_iam_policy_document.trust.json'),
      permissions_boundary: ref('aws_iam_policy.boundary.arn'),
    },
  }),
  attachment('admin', 'aws_iam_role.deploy.name', 'arn:aws:iam::aws:policy/AdministratorAccess'),
];

const user = (name: string): Block => ({
  type: 'aws_iam_user',
  name: 'people',
  index: name,
  values: {
    name,
    path: '/people/',
    force_destroy: false,
    permissions_boundary: null,
    tags: { team: name === 'ana' ? 'data' : 'shop' },
  },
  unknown: { arn: true, id: true, unique_id: true, tags_all: true },
  expressions: { name: open(['each.key']) },
});

const root: readonly Block[] = [
  {
    type: 'aws_caller_identity',
    name: 'current',
    mode: 'data',
    prior: true,
    values: { account_id: '111122223333', id: '111122223333', arn: 'arn:aws:iam::111122223333:user/ci' },
  },
  {
    type: 'aws_region',
    name: 'current',
    mode: 'data',
    prior: true,
    values: { name: 'eu-central-1', id: 'eu-central-1' },
  },
  user('ana'),
  user('bob'),
  {
    type: 'aws_iam_group',
    name: 'analysts',
    values: { name: 'analysts', path: '/' },
    unknown: { arn: true, id: true },
    expressions: {},
  },
  {
    type: 'aws_iam_group_policy',
    name: 'reports',
    values: {
      name: 'reports',
      policy: text([
        {
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::shop-reports/${aws:PrincipalTag/team}/*',
        },
      ]),
    },
    unknown: { id: true, group: true },
    expressions: { group: ref('aws_iam_group.analysts.name') },
  },
  {
    type: 'aws_iam_group_membership',
    name: 'analysts',
    values: { name: 'analysts', group: 'analysts', users: ['ana', 'bob'] },
    unknown: { id: true },
    expressions: { group: ref('aws_iam_group.analysts.name'), users: open(['aws_iam_user.people']) },
  },
  {
    type: 'aws_sns_topic',
    name: 'orders',
    values: { name: 'shop-orders' },
    unknown: { ...arnUnknown, policy: true },
    expressions: {},
  },
  {
    type: 'aws_dynamodb_table',
    name: 'orders',
    values: { name: 'orders', hash_key: 'id', billing_mode: 'PAY_PER_REQUEST' },
    unknown: { ...arnUnknown, stream_arn: true },
    expressions: {},
  },
  {
    type: 'aws_secretsmanager_secret',
    name: 'payment',
    values: { name: 'shop/payment' },
    unknown: { ...arnUnknown, policy: true },
    expressions: {},
  },
  document('payment', [
    {
      sid: 'OnlyApi',
      actions: ['secretsmanager:GetSecretValue'],
      resources: ['*'],
      principals: { type: 'AWS', refers: 'module.service["api"].task_role_arn' },
    },
  ]),
  {
    type: 'aws_secretsmanager_secret_policy',
    name: 'payment',
    values: {},
    unknown: { id: true, secret_arn: true, policy: true },
    expressions: {
      secret_arn: ref('aws_secretsmanager_secret.payment.arn'),
      policy: ref('data.aws_iam_policy_document.payment.json'),
    },
  },
  {
    type: 'aws_vpc',
    name: 'main',
    values: { cidr_block: '10.0.0.0/16' },
    unknown: arnUnknown,
    expressions: {},
  },
  ...[0, 1, 2].map(
    (index): Block => ({
      type: 'aws_subnet',
      name: 'private',
      index,
      values: { cidr_block: `10.0.${index}.0/24` },
      unknown: { ...arnUnknown, vpc_id: true },
      expressions: { vpc_id: ref('aws_vpc.main.id') },
    }),
  ),
  {
    type: 'aws_vpc_endpoint',
    name: 's3',
    values: {
      service_name: 'com.amazonaws.eu-central-1.s3',
      vpc_endpoint_type: 'Gateway',
      policy: text([{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::shop-*' }]),
    },
    unknown: { ...arnUnknown, vpc_id: true },
    expressions: { vpc_id: ref('aws_vpc.main.id'), policy: {} },
  },
  {
    type: 'aws_cloudwatch_event_rule',
    name: 'nightly',
    values: { name: 'shop-nightly', schedule_expression: 'rate(1 day)' },
    unknown: arnUnknown,
    expressions: {},
  },
];

export const examplePlan = plan({
  version: '1.9',
  providers: {
    aws: {
      name: 'aws',
      full_name: 'registry.terraform.io/hashicorp/aws',
      expressions: { region: constant('eu-central-1') },
    },
  },
  blocks: root,
  modules: {
    storage: {
      blocks: storage,
      outputs: {
        uploads_arn: ref('aws_s3_bucket.uploads.arn'),
        reports_arn: ref('aws_s3_bucket.reports.arn'),
        key_arn: ref('aws_kms_key.data.arn'),
      },
    },
    queue: {
      keys: ['orders', 'emails'],
      forEach: {},
      expressions: { name: open(['each.key']), topic_arn: ref('aws_sns_topic.orders.arn') },
      outputs: { arn: ref('aws_sqs_queue.this.arn'), url: ref('aws_sqs_queue.this.url') },
      blocksOf: queue,
    },
    service: {
      keys: ['api', 'billing', 'worker'],
      forEach: {},
      expressions: {
        name: open(['each.key']),
        bucket_arn: ref('module.storage.uploads_arn'),
        queue_arn: ref('module.queue["orders"].arn'),
      },
      outputs: { task_role_arn: ref('aws_iam_role.task.arn') },
      blocksOf: service,
    },
    functions: {
      expressions: {
        uploads_arn: ref('module.storage.uploads_arn'),
        nightly_arn: ref('aws_cloudwatch_event_rule.nightly.arn'),
      },
      modules: {
        thumbnail: { expressions: { source_arn: open(['var.uploads_arn']) }, blocks: lambda('thumbnail') },
        report: { expressions: { source_arn: open(['var.nightly_arn']) }, blocks: lambda('report') },
        mailer: { expressions: { source_arn: open(['var.nightly_arn']) }, blocks: lambda('mailer') },
      },
    },
    deploy: { blocks: deploy },
  },
});
