import { describe, expect, it } from 'vitest';
import {
  InvalidInputError,
  loadAuthorizationDetails,
  loadCdk,
  loadCloudFormation,
  loadOrganization,
  loadResourcePolicies,
  loadTerraform,
} from '../../src/load/index.js';

const queue = 'arn:aws:sqs:eu-west-1:111111111111:jobs';
const cdk = {
  'manifest.json': {
    version: '36.0.0',
    artifacts: {
      App: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://111111111111/eu-west-1',
        properties: { templateFile: 'App.template.json' },
        metadata: { '/App/Jobs/Resource': [{ type: 'aws:cdk:logicalId', data: 'Jobs1' }] },
      },
    },
  },
  'App.template.json': {
    Resources: { Jobs1: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } },
  },
};
const state = {
  format_version: '1.0',
  values: {
    root_module: {
      resources: [
        {
          address: 'aws_sqs_queue.jobs',
          mode: 'managed',
          type: 'aws_sqs_queue',
          name: 'jobs',
          values: { name: 'jobs', arn: queue, policy: '' },
        },
      ],
    },
  },
};

it('every loader gives an estate, its data and the diagnostics', () => {
  const place = { accountId: '111111111111', region: 'eu-west-1' };
  const loaded = [
    loadAuthorizationDetails({
      UserDetailList: [{ UserName: 'ana', Arn: 'arn:aws:iam::111111111111:user/ana' }],
    }),
    loadResourcePolicies({ [queue]: null }),
    loadOrganization({ organization: {}, nodes: [] }),
    loadCloudFormation(
      { Resources: { Jobs1: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } } },
      place,
    ),
    loadCdk(cdk),
    loadTerraform(state, place),
  ];
  for (const { estate, data } of loaded) expect(estate.toJSON()).toEqual(data);
  const [account, ...rest] = loaded.map(({ estate }) => estate);
  const all = account!.merge(...rest);
  for (const name of ['jobs', 'Jobs1', 'App/Jobs', 'aws_sqs_queue.jobs', queue])
    expect(all.resource(name).arn, name).toBe(queue);
  expect(all.principal('ana').kind).toBe('user');
});

it('with `strict` a diagnostic is an error, with its place', () => {
  const unsaid = [{ Resource: 'arn:aws:s3:::b', Policy: null }];
  expect(loadResourcePolicies(unsaid).diagnostics).toHaveLength(1);
  for (const file of [undefined, 'r.json']) {
    try {
      loadResourcePolicies(unsaid, { strict: true, ...(file === undefined ? {} : { file }) });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInputError);
      const path = file === undefined ? 'input[0].Account' : 'r.json: input[0].Account';
      expect(error).toMatchObject({
        code: 'ERR_IAM_DIAGNOSTICS',
        issues: [{ path, code: 'ERR_IAM_DIAGNOSTICS' }],
      });
    }
  }
  expect(
    loadResourcePolicies([{ ...unsaid[0], Account: '111111111111' }], { strict: true }).diagnostics,
  ).toEqual([]);
  expect(() => loadAuthorizationDetails({ UserDetailList: [7] }, { strict: true })).toThrow(
    InvalidInputError,
  );
  expect(() => loadOrganization({ organization: {}, nodes: [] }, { strict: true })).toThrow(
    InvalidInputError,
  );
  expect(() =>
    loadCloudFormation({ Resources: { X: { Type: 'AWS::SQS::Queue' } } }, { strict: true }),
  ).toThrow(InvalidInputError);
});

describe('options', () => {
  const loaders = {
    loadAuthorizationDetails: (options: object) => loadAuthorizationDetails({ UserDetailList: [] }, options),
    loadResourcePolicies: (options: object) => loadResourcePolicies([], options),
    loadOrganization: (options: object) =>
      loadOrganization({ nodes: [{ id: '111111111111', type: 'ACCOUNT' }] }, options),
    loadCloudFormation: (options: object) => loadCloudFormation({ Resources: {} }, options),
    loadCdk: (options: object) =>
      loadCdk({ 'manifest.json': '{ "version": "1", "artifacts": {} }' }, options),
    loadTerraform: (options: object) => loadTerraform({ format_version: '1.0', values: {} }, options),
  };
  const shared = { accountId: '111122223333', region: 'eu-west-1', partition: undefined, stric: undefined };

  it.each(['5', 5, null, [], '[]'])('a manifest of an assembly that is %j is refused', (manifest) => {
    expect(() => loadCdk({ 'manifest.json': manifest })).toThrow('the manifest is no object');
  });

  it.each(Object.entries(loaders))('%s refuses one that would not count', (_, load) => {
    expect(() => load(shared)).not.toThrow();
    for (const [options, message] of [
      [{ stric: true }, 'options.stric: there is no option `stric`; did you mean strict'],
      [{ regoin: 'eu-west-1' }, 'options.regoin: there is no option `regoin`; did you mean region'],
      [{ account: '1' }, 'options.account: there is no option `account`; did you mean accountId'],
      [{ elsewhere: 1 }, 'options.elsewhere: there is no option `elsewhere`; write one of strict, '],
      [{ strict: 'true' }, 'options.strict: `strict` cannot be read; write true or false'],
      [{ file: 5 }, 'options.file: `file` cannot be read; write text'],
      [{ parameters: 'Env=prod' }, 'options.parameters: `parameters` cannot be read; write { name: … }'],
      [{ stackParameters: { App: null } }, 'options.stackParameters: `stackParameters` cannot be read'],
      [{ managementAccount: 999 }, 'options.managementAccount: `managementAccount` cannot be read; write 12'],
      [null, 'options: the options are not an object'],
      [new Map(), 'options: the options are not an object'],
    ] as const)
      expect(() => load(options as object)).toThrow(message);
  });
});
