import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { account, estateTerminal, fixture, place, role, template } from './fixtures.js';
import { allow, policy, type Terminal } from './terminal.js';

const terminal = estateTerminal();
afterAll(() => terminal.remove());
const ask = (...argv: string[]) => terminal.run(['who-can', 's3:GetObject', ...argv]);
const report = 'reports/2026.csv';

describe('files', () => {
  it.each([
    ['--account', 'account.json', 'arn:aws:s3:::elsewhere/x'],
    ['--cfn', 'template.yaml', 'Reports/x'],
    ['--terraform', 'plan.json', 'arn:aws:s3:::elsewhere/x'],
    ['--resource-policies', 'buckets.json', report],
    ['--org', 'organization.json', 'arn:aws:s3:::elsewhere/x'],
  ])('%s - reads standard input', async (flag, file, resource) => {
    const given = await ask(resource, flag, file);
    const piped = await terminal.run(['who-can', 's3:GetObject', resource, flag, '-'], {
      stdin: fixture(file),
    });
    expect([0, 1, 3]).toContain(given.code);
    const alone = (text: string) => text.replace(/ +/g, ' ');
    expect(alone(piped.out)).toBe(alone(given.out.replace(/\btemplate([-/])/g, 'stdin$1')));
    expect(piped.code).toBe(given.code);
  });

  it('standard input only once', async () => {
    const { code, err } = await terminal.run(
      ['who-can', 's3:GetObject', report, '--account', '-', '--org', '-'],
      {
        stdin: fixture('account.json'),
      },
    );
    expect(code).toBe(2);
    expect(err).toContain('--org: `-` stands twice, but standard input can be read only once');
  });

  it('are laid over one another in the order given', async () => {
    const app = (action: string) => ({
      RoleDetailList: [
        {
          RoleName: 'app',
          Arn: role('app'),
          Tags: [],
          AssumeRolePolicyDocument: policy({
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'sts:AssumeRole',
          }),
          RolePolicyList: [{ PolicyName: 'work', PolicyDocument: policy(allow(action)) }],
        },
      ],
    });
    terminal.write({ 'before.json': app('sqs:*'), 'after.json': app('sns:*') });
    const allowed = async (action: string, ...files: string[]) => {
      const flags = files.flatMap((file) => [`--account=${file}`, '--org', 'organization.json']).slice(0, -2);
      return (await terminal.run(['can', 'app', action, ...flags])).code === 0;
    };
    const [first, second] = [
      ['before.json', 'after.json'],
      ['after.json', 'before.json'],
    ] as const;
    expect(await allowed('sns:ListTopics', ...first)).toBe(true);
    expect(await allowed('sqs:ListQueues', ...first)).toBe(false);
    expect(await allowed('sqs:ListQueues', ...second)).toBe(true);
    expect(await allowed('sns:ListTopics', ...second)).toBe(false);
  });

  it('pages are one account, however they are given', async () => {
    const whole = await ask(report, ...account);
    const resources = account.slice(2);
    for (const pages of [
      ['--account', 'page-1.json', 'page-2.json'],
      ['--account', 'page-2.json', '--account=page-1.json'],
    ]) {
      const { out, err } = await ask(report, ...pages, ...resources);
      expect(out).toBe(whole.out);
      expect(err).toBe(whole.err.replaceAll('account.json', 'page-1.json'));
    }
    const alone = await ask(report, '--account', 'page-1.json', ...resources);
    expect(alone.err).toContain('page-1.json:input.IsTruncated missingValue');
  });

  it('parameters, imports and nested stacks of templates', async () => {
    expect(await terminal.run(['who-can', 'sqs:SendMessage', 'Jobs', ...template])).toMatchObject({
      code: 1,
      err: '',
    });
    terminal.write({
      'import.yaml':
        "Resources:\n  Q: { Type: AWS::SQS::Queue, Properties: { QueueName: !ImportValue 'app:Name' } }\n",
    });
    const { out } = await terminal.run([
      'who-can',
      'sqs:SendMessage',
      'Q',
      '--cfn',
      'import.yaml',
      ...place,
      '--import',
      'app:Name=jobs',
    ]);
    expect(out).toContain('arn:aws:sqs:eu-west-1:111122223333:jobs');
  });

  it('a parameter that one of several templates takes is not said to be ignored, one that none takes is, once', async () => {
    const queue = (name: string) =>
      `Parameters: { ${name}: { Type: String } }\nResources: { ${name}Queue: { Type: AWS::SQS::Queue } }\n`;
    terminal.write({ 'one.yaml': queue('One'), 'two.yaml': queue('Two') });
    const templates = ['--cfn', 'one.yaml', '--cfn', 'two.yaml', ...place];
    const both = ['--parameter', 'One=1', '--parameter', 'Two=2'];
    const asked = ['who-can', 'sqs:SendMessage', 'OneQueue', ...templates];
    expect((await terminal.run([...asked, ...both, '--strict'])).err).not.toContain('ignored');
    const { code, err } = await terminal.run([...asked, ...both, '--parameter', 'Oen=1', '--strict']);
    expect(code).toBe(2);
    expect(err.match(/ ignored /g)).toHaveLength(1);
    expect(err).toContain('Oen');
  });

  it('the management account of an organization', async () => {
    const { organization: _, ...rest } = JSON.parse(fixture('organization.json'));
    terminal.write({ 'headless.json': rest });
    const flags = [report, ...account, '--org', 'headless.json'];
    expect((await ask(...flags)).err).toMatch(
      /headless\.json:input missingValue .*; write --management-account ID/,
    );
    expect((await ask(...flags, '--management-account', '999999999999')).err).not.toContain('headless.json');
  });

  it('cdk.out is found in the folder of the app', async () => {
    const { code, out } = await ask('App/Bucket/x', '--cdk', '.');
    expect(code).toBe(0);
    expect(out).toBe((await ask('App/Bucket/x', '--cdk', 'cdk.out')).out);
  });

  it('stages of an app are read, what is only uploaded is not', async () => {
    const manifest = fixture('cdk.out/manifest.json');
    terminal.write({
      'staged/manifest.json': {
        version: '36.0.0',
        artifacts: {
          'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
        },
      },
      'staged/assembly-Prod/manifest.json': manifest,
      'staged/assembly-Prod/App.template.json': fixture('cdk.out/App.template.json'),
      'staged/asset.1234/manifest.json': '{ not JSON',
      'staged/tree.json': '{ not JSON',
    });
    expect(await ask('App/Bucket/x', '--cdk', 'staged')).toMatchObject({ code: 0, err: '' });
  });
});

describe('diagnostics', () => {
  const line =
    'account.json:input.UserDetailList[2].AttachedManagedPolicies[0].PolicyArn unresolvedReference the policy arn:aws:iam::111122223333:policy/auditors is not in the file; answers that hang on it depend on it\n';

  it('stand on stderr, one a line', async () => {
    expect((await ask(report, ...account)).err).toBe(line);
  });

  it('speak of flags', async () => {
    const { err } = await ask('Reports/x', '--cfn', 'template.yaml');
    expect(err).toContain('; write --account-id ID\n');
    expect(err).toContain('; write --region REGION\n');
    expect(err).toContain("; write --parameter 'Stage=VALUE'\n");
    expect(err).toContain('; write --nested Data=FILE\n');
    expect((await ask('Reports/x', ...template)).err).toBe('');
  });

  it('many are counted, unless all are asked for', async () => {
    const users = Array.from({ length: 30 }, (_, i) => ({
      UserName: `u${i}`,
      Arn: `arn:aws:iam::111122223333:user/u${i}`,
      Tags: [],
      AttachedManagedPolicies: [{ PolicyName: 'x', PolicyArn: `arn:aws:iam::111122223333:policy/x${i}` }],
    }));
    terminal.write({ 'many.json': { UserDetailList: users } });
    const list = (...argv: string[]) => terminal.run(['who-can', 'iam:ListUsers', ...argv]);
    const { err } = await list('--account=many.json');
    expect(err.split('\n')).toHaveLength(12);
    expect(err).toContain('… and 20 more; --verbose shows all\n');
    expect((await list('--account=many.json', '--verbose')).err.split('\n')).toHaveLength(31);
    const { out } = await list('--account=many.json', '--json');
    expect(JSON.parse(out).diagnostics).toHaveLength(30);
  });

  it('are errors with --strict, also for programs', async () => {
    for (const more of [[], ['--json']]) {
      const { code, out, err } = await ask(report, ...account, '--strict', ...more);
      const errors = ['--strict: 1 thing in the files cannot be taken over as it stands'];
      expect(code).toBe(2);
      expect(out).toBe(more.length === 0 ? '' : `${JSON.stringify({ errors }, null, 2)}\n`);
      expect(err).toBe(`${line}error: --strict: 1 thing in the files cannot be taken over as it stands\n`);
    }
    expect((await ask('Reports/x', ...template, '--strict')).code).toBe(0);
  });
});

describe('a file that is none of what the flag reads', () => {
  it.each([
    ['--account', 'plan.json', 'it looks like a Terraform plan or state: write --terraform FILE'],
    ['--account', 'buckets.json', 'it looks like policies of resources: write --resource-policies FILE'],
    [
      '--cfn',
      'account.json',
      'it looks like the output of get-account-authorization-details: write --account FILE',
    ],
    ['--cfn', 'cdk.out/manifest.json', 'it looks like the manifest of a CDK app: write --cdk DIR'],
    ['--terraform', 'template.yaml', 'it looks like a CloudFormation template: write --cfn FILE'],
    ['--terraform', 'cdk.out/App.template.json', 'it looks like a CloudFormation template: write --cfn FILE'],
    ['--org', 'buckets.json', 'it looks like policies of resources: write --resource-policies FILE'],
    ['--resource-policies', 'organization.json', 'it looks like an organization: write --org FILE'],
    [
      '--resource-policies',
      'one.json',
      'write [{ "Resource": "arn:…", "Policy": { … }, "Account": "111122223333" }]',
    ],
    [
      '--account',
      'one.json',
      'it looks like one policy document: write --resource-policies FILE with the ARN it belongs to',
    ],
    ['--account', 'by-arn.json', 'it looks like policies of resources: write --resource-policies FILE'],
    ['--account', 'text.json', 'pass the output of `aws iam get-account-authorization-details`'],
    ['--cdk', 'template.yaml', 'template.yaml is no folder; write the folder that `cdk synth` writes'],
    ['--cdk', 'absent', 'absent is not there; write the folder that `cdk synth` writes'],
    ['--cdk', '-', '- is not there; write the folder that `cdk synth` writes'],
    ['--cdk', 'empty', 'empty has no manifest.json; write the folder that `cdk synth` writes'],
  ])('%s %s', async (flag, file, message) => {
    terminal.write({
      'one.json': policy(allow('*')),
      'by-arn.json': { 'arn:aws:s3:::reports': { Policy: null } },
      'text.json': '7',
      'empty/readme.txt': '',
    });
    const { code, out, err } = await ask(flag, file);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(new RegExp(`^error: ${flag}: `));
    expect(err).toContain(message);
  });
});

describe('a file that is broken', () => {
  const cut = (name: string, length: number) => ({ [`cut-${name}`]: fixture(name).slice(0, length) });

  it.each([
    ['--account', 'account.json', 'cut-account.json:', 'not JSON'],
    ['--org', 'organization.json', 'cut-organization.json:', 'not JSON'],
    ['--terraform', 'plan.json', 'cut-plan.json:', 'not JSON'],
    ['--resource-policies', 'buckets.json', 'cut-buckets.json:', 'not JSON'],
  ])('%s cut off', async (flag, name, where, message) => {
    terminal.write(cut(name, 300));
    const { code, err } = await ask(flag, `cut-${name}`);
    expect(code).toBe(2);
    expect(err).toMatch(new RegExp(`^error: ${flag}: ${where.replace('.', '\\.')}\\d+:\\d+ `));
    expect(err).toContain(message);
  });

  it('speaks in no words of the library that reads YAML', async () => {
    terminal.write({
      'two.yaml': 'Resources: {}\n---\nResources: {}\n',
      'deep.yaml': Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    });
    const read = async (file: string) => (await terminal.run(['graph', '--cfn', file])).err;
    expect(await read('two.yaml')).not.toContain('YAML.parse');
    expect(await read('deep.yaml')).not.toContain('call stack');
    expect((await terminal.run(['graph', '--cdk', ''])).err).toContain('The name is empty');
  });

  it('YAML says line and column', async () => {
    terminal.write({ 'bad.yaml': 'Resources:\n  A: [\n' });
    expect((await ask('--cfn', 'bad.yaml')).err).toMatch(/^error: --cfn: bad\.yaml:\d+:\d+ /);
  });

  it('the page that is wrong is named', async () => {
    terminal.write(cut('page-2.json', 200));
    expect((await ask('--account', 'page-1.json', 'cut-page-2.json')).err).toMatch(
      /^error: --account: cut-page-2\.json:\d+:\d+ /,
    );
    expect((await ask('--account', 'page-1.json', 'plan.json')).err).toMatch(
      /^error: --account: plan\.json ERR_IAM_INVALID_INPUT there is none /,
    );
  });

  it('is named as file, path, code, message', async () => {
    terminal.write({
      'list.json': { Resources: [] },
      'child.json': { a: 1 },
      'cut-child.json': '{"a":',
      'module.json': { format_version: '1.0', planned_values: { root_module: { resources: 3 } } },
      'nodes.json': { nodes: [{ id: 4 }] },
      'root/accounts.json': '{',
    });
    const place = async (...argv: string[]) => / \S+ ERR_IAM_\w+ .*;/.exec((await ask(...argv)).err)?.[0];
    const code = 'ERR_IAM_INVALID_INPUT';
    expect(await place('--cfn', 'list.json')).toBe(
      ` list.json:Resources ${code} the template has no Resources;`,
    );
    const child = async (file: string) =>
      await place('--cfn', 'template.yaml', '--parameter', 'Stage=prod', '--nested', `Data=${file}`);
    expect(await child('child.json')).toBe(` child.json:Resources ${code} the template has no Resources;`);
    expect(await child('cut-child.json')).toBe(` cut-child.json:1:6 ${code} the template is not JSON;`);
    expect(await place('--terraform', 'module.json')).toBe(
      ` module.json:planned_values.root_module.resources ${code} this is no list;`,
    );
    expect(await place('--org', 'nodes.json')).toBe(
      ` nodes.json:nodes[0] ${code} this is no node of an organization;`,
    );
    expect(await place('--org', 'root')).toMatch(/^ root\/accounts\.json:1:2 ERR_IAM_JSON /);
    const absent = await ask('--cfn', 'template.yaml', '--nested', 'Data=absent.json');
    expect(absent.err).toMatch(/^error: --nested: cannot read absent\.json: /);
  });

  it('missing, a folder, not UTF-8, empty', async () => {
    terminal.write({ 'latin.json': new Uint8Array([0x7b, 0xe9, 0x7d]), 'nothing.json': '' });
    const err = async (file: string) => (await ask('--account', file)).err;
    expect(await err('absent.json')).toBe(
      'error: --account: cannot read absent.json: there is no such file; check the name and the directory it is relative to\n',
    );
    expect(await err('cdk.out')).toContain('cannot read cdk.out: it is a directory');
    expect(await err('latin.json')).toContain('it is not UTF-8 text');
    expect(await err('nothing.json')).toContain('nothing.json ERR_IAM_JSON the text is empty');
  });

  it('a manifest or template of an app', async () => {
    terminal.write({
      'broken/manifest.json': fixture('cdk.out/manifest.json'),
      'broken/App.template.json': '{ "Resources": ',
      'manifest-only/manifest.json': '{',
    });
    expect((await ask('--cdk', 'broken')).err).toMatch(
      /^error: --cdk: broken:App:1:\d+ ERR_IAM_INVALID_INPUT the template is not JSON; /,
    );
    expect((await ask('--cdk', 'manifest-only')).err).toMatch(
      /^error: --cdk: manifest-only\/manifest\.json ERR_IAM_INVALID_INPUT this is not JSON/,
    );
  });
});

it.each([
  ['--account-id', '1234', 'Write the 12 digits of the account.'],
  ['--parameter', 'Stage', 'Write key=value.'],
  ['--parameter', 'Stage=other', 'The name stands twice; keep one of them.'],
  ['--region', 'eu-west-2', 'The flag stands twice; keep one of them.'],
])('%s %s is wrong usage', async (flag, value, message) => {
  const { code, err } = await ask('Reports/x', ...template, flag, value);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

it.each([
  [
    '--account-id 111122223333',
    '--org organization.json',
    '--account, --cfn, --cdk, --terraform or --resource-policies',
  ],
  ['--region eu-west-1', '--account account.json --org organization.json', '--cfn, --cdk or --terraform'],
  ['--parameter Stage=prod', '--account account.json', '--cfn or --cdk'],
  ['--import a=b', '--terraform plan.json', '--cfn or --cdk'],
  ['--nested Data=data.yaml', '--cdk cdk.out', '--cfn'],
  ['--management-account 999999999999', '--account account.json', '--org'],
])('%s beside %s is wrong usage', async (flag, files, takers) => {
  const given = [...files.split(' '), ...flag.split(' ')];
  const refused = {
    code: 2,
    out: '',
    err: `error: ${flag.split(' ')[0]} says something of ${takers}, which is not given; leave it out\n`,
  };
  for (const question of [['who-can', 's3:GetObject'], ['can', 'alice', 's3:GetObject'], ['graph']])
    expect(await terminal.run([...question, ...given])).toEqual(refused);
});

it('an organization in a folder', async () => {
  const { organization, policyTypes, nodes, policies } = JSON.parse(fixture('organization.json'));
  const byId = Object.fromEntries(nodes.map((node: { id: string }) => [node.id, node]));
  terminal.write({
    'org/organization.json': { Organization: organization },
    'org/roots.json': [{ ...nodes[0], PolicyTypes: policyTypes }],
    'org/ous.json': { [nodes[1].id]: byId[nodes[1].id] },
    'org/accounts.json': { [nodes[2].id]: byId[nodes[2].id] },
    'org/scps.json': policies,
    'empty/ous.json': {},
  });
  const { code, out } = await terminal.run([
    'can',
    'app',
    's3:PutObject',
    report,
    ...account,
    '--org',
    'org',
    '--explain',
  ]);
  expect(code).toBe(1);
  expect(out).toContain('org/scps.json:input.p-nouploads');
  expect((await ask(report, '--org', 'empty')).err).toMatch(/^error: --org: empty has no accounts\.json; /);
});

it('a long run draws a bar on a terminal, on stderr, and takes it away', async () => {
  const clock = Date.now;
  let now = clock();
  Date.now = () => {
    now += 2000;
    return now;
  };
  try {
    const run = (isTTY: boolean) =>
      (terminal as Terminal).run(['who-can', 's3:GetObject', report, ...account], { isTTY });
    const { out, err } = await run(true);
    expect(err).toContain('reading');
    expect(out).not.toContain('reading');
    expect((await run(false)).err).not.toContain('reading');
  } finally {
    Date.now = clock;
  }
});

it('inputs stay as they are', () => {
  expect(readFileSync(join(terminal.cwd, 'account.json'), 'utf8')).toBe(fixture('account.json'));
});
