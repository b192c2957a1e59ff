import { describe, expect, it } from 'vitest';
import { account, fresh, load, read, shared } from './loading.js';
import { type Block, newRole, ref, state } from './plan-builder.js';

describe('policies on holders', () => {
  it('of a queue of unknown name go to this queue', () => {
    const { data, said, estate } = load(
      {
        type: 'aws_sqs_queue',
        name: 'q',
        values: { name_prefix: 'jobs-' },
        unknown: { ...fresh, url: true, name: true, policy: true },
      },
      {
        type: 'aws_sqs_queue_policy',
        name: 'p',
        values: { policy: shared('sqs:SendMessage') },
        unknown: { queue_url: true },
        expressions: { queue_url: ref('aws_sqs_queue.q.url') },
      },
    );
    expect(said).toEqual([]);
    expect(data.resources).toHaveLength(1);
    expect(estate.can('444455556666', 'sqs:SendMessage', 'aws_sqs_queue.q').decision).toBe('allowed');
  });

  it('by URL and name find one of several regions, or make their own', () => {
    const queue = (region: string): Block => ({
      type: 'aws_sqs_queue',
      name: region,
      values: { name: 'q', arn: `arn:aws:sqs:${region}:${account}:q` },
    });
    const china = 'https://sqs.cn-north-1.amazonaws.com.cn/444455556666/c';
    const policy = (name: string, queue_url: string): Block => ({
      type: 'aws_sqs_queue_policy',
      name,
      values: { queue_url, policy: shared('sqs:*') },
    });
    const regions = ['eu-west-1', 'eu-west-2', 'eu-west-3'];
    const { data } = read(
      state({ blocks: [...regions.map(queue), policy('china', china), policy('bare', 'q')] }),
      { region: 'ap-south-1' },
    );
    expect(data.resources.map(({ arn, policies }) => [arn, policies.length])).toEqual([
      ...regions.map((region) => [`arn:aws:sqs:${region}:${account}:q`, 0]),
      ['arn:aws-cn:sqs:cn-north-1:444455556666:c', 1],
      [`arn:aws:sqs:ap-south-1:${account}:q`, 1],
    ]);
  });

  it('by name alone go to the one thing of that name', () => {
    const { data } = read(
      state({
        blocks: [
          {
            type: 'aws_ecr_repository',
            name: 'r',
            values: { name: 'app', arn: `arn:aws:ecr:eu-west-3:${account}:repository/app` },
          },
          {
            type: 'aws_ecr_repository_policy',
            name: 'p',
            values: { repository: 'app', policy: shared('ecr:*') },
          },
          {
            type: 'aws_kms_key_policy',
            name: 'k',
            values: { key_id: `arn:aws:kms:eu-west-3:${account}:key/1`, policy: shared('kms:*') },
          },
          { type: 'aws_cloudwatch_event_bus_policy', name: 'b', values: { policy: shared('events:*') } },
          {
            type: 'aws_cloudwatch_log_resource_policy',
            name: 'l',
            values: { policy_document: shared('logs:*') },
          },
        ],
      }),
      { region: 'eu-west-1' },
    );
    expect(data.resources.map(({ arn, policies }) => [arn, policies.length])).toEqual([
      [`arn:aws:ecr:eu-west-3:${account}:repository/app`, 1],
      [`arn:aws:kms:eu-west-3:${account}:key/1`, 1],
      [`arn:aws:events:eu-west-1:${account}:event-bus/default`, 1],
    ]);
  });

  it('a domain declared twice is one identity with both names', () => {
    const { data, estate } = load(
      {
        type: 'aws_ses_domain_identity',
        name: 'd',
        values: { domain: 'example.com' },
        unknown: { arn: true },
      },
      {
        type: 'aws_sesv2_email_identity',
        name: 'e',
        values: { email_identity: 'example.com' },
        unknown: { arn: true },
      },
      {
        type: 'aws_ses_identity_policy',
        name: 'p',
        values: { identity: 'example.com', policy: shared('ses:SendEmail') },
      },
    );
    expect(data.resources).toMatchObject([
      { names: ['example.com', 'aws_ses_domain_identity.d', 'aws_sesv2_email_identity.e'] },
    ]);
    expect(estate.can('444455556666', 'ses:SendEmail', 'aws_sesv2_email_identity.e').decision).toBe(
      'allowed',
    );
  });

  it('tables are told by name, namespace and bucket', () => {
    const bucket = (name: string): Block => ({
      type: 'aws_s3tables_table_bucket',
      name,
      values: { name },
      unknown: { arn: true },
    });
    const table = (name: string, of: string): Block => ({
      type: 'aws_s3tables_table',
      name,
      values: { name: 'orders', namespace: 'shop' },
      unknown: { arn: true, table_bucket_arn: true, table_id: true },
      expressions: { table_bucket_arn: ref(`aws_s3tables_table_bucket.${of}.arn`) },
    });
    const policy = (values: object, unknown: object = {}, name: object = {}): Block => ({
      type: 'aws_s3tables_table_policy',
      name: 'p',
      values: { namespace: 'shop', resource_policy: shared('s3tables:*'), ...values },
      unknown: { table_bucket_arn: true, ...unknown },
      expressions: { table_bucket_arn: ref('aws_s3tables_table_bucket.b.arn'), name },
    });
    const held = (one: Block) => {
      const { data } = load(bucket('a'), bucket('b'), table('ta', 'a'), table('tb', 'b'), one);
      const tables = data.resources.filter(({ type }) => type === 'AWS::S3Tables::Table');
      return tables.map(({ policies }) => policies.length);
    };
    expect(held(policy({ name: 'orders' }))).toEqual([0, 1]);
    expect(held(policy({ name: 'orders', namespace: 'other' }))).toEqual([0, 0, 1]);
    // Which one it is nobody knows: each may have it.
    const open = policy({}, { name: true }, { references: ['local.table'] });
    expect(held(open)).toEqual([1, 1, 1]);
  });

  it('functions and layers are called by parts of ARNs, and their callers by anything', () => {
    const name = { text: ['f-', { hole: 'aws_lambda_function.f.function_name' }] };
    const { data, said } = load(
      { type: 'random_pet', name: 'p', values: {}, unknown: { id: true } },
      {
        type: 'aws_lambda_function',
        name: 'f',
        values: { function_name_prefix: 'f-' },
        unknown: { ...fresh, function_name: true, qualified_arn: true },
      },
      ...['function_name', 'arn'].map(
        (attribute): Block => ({
          type: 'aws_lambda_permission',
          name: attribute,
          values: {
            action: 'lambda:InvokeFunction',
            event_source_token: 'amzn1.ask.skill.1',
            invoked_via_function_url: true,
          },
          unknown: { function_name: true, principal: true, statement_id: true, source_arn: true },
          expressions: {
            function_name: ref(`aws_lambda_function.f.${attribute}`),
            principal: attribute === 'arn' ? ref('aws_iam_role.r.arn') : ref('random_pet.p.id'),
            source_arn: { references: ['local.source'] },
          },
        }),
      ),
      newRole('r', { values: { name: undefined }, unknown: { name: true } }),
    );
    expect(said).toEqual([
      'missingValue aws_iam_role.r.name',
      'unresolvedReference aws_lambda_permission.function_name.source_arn',
      'unresolvedReference aws_lambda_permission.arn.source_arn',
    ]);
    const [fn] = data.resources;
    const pet = { hole: 'random_pet.p.id' };
    const statement = (use: number) =>
      (
        fn!.policies[use] as unknown as {
          document: { Statement: { Principal: object; Condition: object }[] };
        }
      ).document.Statement[0];
    expect(data.resources).toHaveLength(1);
    expect(fn?.arn).toEqual({ text: [`arn:aws:lambda:eu-west-1:${account}:function:f-`, name.text[1]] });
    expect(statement(0)?.Principal).toEqual({ AWS: pet, Service: pet });
    expect(statement(1)?.Principal).toEqual({
      AWS: { text: [`arn:aws:iam::${account}:role/`, { hole: 'aws_iam_role.r.name' }] },
    });
    expect(statement(0)?.Condition).toEqual({
      StringEquals: { 'lambda:EventSourceToken': 'amzn1.ask.skill.1' },
      ArnLike: { 'aws:SourceArn': { hole: 'aws_lambda_permission.function_name.source_arn' } },
      Bool: { 'lambda:InvokedViaFunctionUrl': 'true' },
    });
    const layer = load({
      type: 'aws_lambda_layer_version_permission',
      name: 'l',
      values: {
        layer_name: `arn:aws:lambda:eu-west-1:${account}:layer:tools`,
        version_number: 1,
        principal: account,
        action: 'lambda:GetLayerVersion',
      },
      unknown: { statement_id: true },
    });
    expect(layer.data.resources).toMatchObject([
      {
        arn: `arn:aws:lambda:eu-west-1:${account}:layer:tools:1`,
        policies: [{ name: 'permission aws_lambda_layer_version_permission.l' }],
      },
    ]);
  });

  it('ARNs of functions in other attributes, and of APIs, are made from theirs', () => {
    const fn: Block = {
      type: 'aws_lambda_function',
      name: 'f',
      values: { function_name: 'f' },
      unknown: { ...fresh, qualified_arn: true, invoke_arn: true, version: true, source_code_hash: true },
    };
    const source = (attribute: string) => {
      const { data } = load(fn, {
        type: 'aws_lambda_permission',
        name: 'p',
        values: { action: 'lambda:InvokeFunction', principal: 'sns.amazonaws.com', function_name: 'g' },
        unknown: { source_account: true },
        expressions: { source_account: ref(`aws_lambda_function.f.${attribute}`) },
      });
      const [use] = data.resources.find(({ arn }) => String(arn).endsWith(':g'))!.policies;
      return (use as unknown as { document: { Statement: { Condition: { StringEquals: object } }[] } })
        .document.Statement[0]?.Condition.StringEquals;
    };
    const arn = `arn:aws:lambda:eu-west-1:${account}:function:f`;
    const key = 'aws:SourceAccount';
    expect(source('qualified_arn')).toEqual({
      [key]: { text: [`${arn}:`, { hole: 'aws_lambda_function.f.version' }] },
    });
    expect(source('invoke_arn')).toEqual({
      [key]: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
    });
    expect(source('source_code_hash')).toEqual({ [key]: { hole: 'aws_lambda_function.f.source_code_hash' } });
    const api = read(
      state({
        blocks: [
          {
            type: 'aws_api_gateway_rest_api',
            name: 'a',
            values: { id: 'ab12', arn: 'arn:aws:apigateway:eu-west-1::/restapis/ab12', name: 'a' },
          },
        ],
      }),
    );
    expect(api.data.resources[0]?.arn).toBe(`arn:aws:execute-api:eu-west-1:${account}:ab12`);
  });
});
