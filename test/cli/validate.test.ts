import { afterAll, expect, it } from 'vitest';
import { allow, policy, Terminal } from './terminal.js';

const bad = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "s3", "Resource": "*" },
    { "Effect": "Allow", "Action": "s3:*", "Resources": "*" }
  ]
}
`;
const terminal = new Terminal({
  'p/good.json': policy(allow('s3:*')),
  'p/bad.json': bad,
  'trust.json': policy({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'ec2.amazonaws.com' },
  }),
  'latin.json': Uint8Array.from([0xff]),
});
afterAll(() => terminal.remove());
const validate = async (...argv: string[]) => await terminal.run(['validate', ...argv]);

it('valid documents', async () => {
  expect(await validate('p/good.json', '--kind', 'identityPolicies')).toEqual({
    code: 0,
    out: '1 file valid\n',
    err: '',
  });
  expect((await validate('trust.json', '--kind', 'trustPolicy')).code).toBe(0);
  expect((await validate('trust.json', '--kind', 'identityPolicies')).code).toBe(1);
});

it('issues by file, line and column', async () => {
  const { code, out, err } = await validate('p/*.json', '--kind', 'identityPolicies');
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/^p\/bad\.json:4:26 ERR_IAM_ACTION .+ \(.+\)$/),
    expect.stringMatching(
      /^p\/bad\.json:5:44 ERR_IAM_UNKNOWN_MEMBER `Resources` is no element .+ \(write Resource\)$/,
    ),
    expect.stringMatching(/^p\/bad\.json:5:5 ERR_IAM_MISSING_MEMBER .+$/),
    '3 issues in 1 of 2 files',
    '',
  ]);
});

it('text that is not JSON is an issue', async () => {
  const at = async (stdin: string) =>
    await terminal.run(['validate', '-', '--kind', 'sessionPolicies'], { stdin });
  expect((await at('{')).out).toBe(
    '<stdin>:1:2 ERR_IAM_JSON not JSON: line 1 column 2: a closing } is missing (write one JSON object)\n1 issue in 1 of 1 file\n',
  );
  expect((await at('['.repeat(200))).out).toMatch(/^<stdin>:1:1 ERR_IAM_JSON the text is nested too deeply/);
  expect((await at(bad)).out).toMatch(/^<stdin>:4:26 /);
});

it('JSON', async () => {
  const { code, out } = await validate('p/*.json', '--kind', 'identityPolicies', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    valid: false,
    files: 2,
    errors: [],
    issues: [
      { file: 'p/bad.json', line: 4, column: 26, code: 'ERR_IAM_ACTION', path: 'policy.Statement[0].Action' },
      { code: 'ERR_IAM_UNKNOWN_MEMBER', hint: 'write Resource' },
      { code: 'ERR_IAM_MISSING_MEMBER' },
    ],
  });
  expect(JSON.parse((await validate('p/good.json', '--kind', 'identityPolicies', '--json')).out)).toEqual({
    valid: true,
    files: 1,
    issues: [],
    errors: [],
  });
});

it('unreadable files are errors, beside what the others say', async () => {
  const { code, out, err } = await validate('latin.json', 'p/*.json', '--kind', 'identityPolicies');
  expect(code).toBe(2);
  expect(out).toContain('3 issues in 1 of 2 files');
  expect(err).toBe('error: cannot read latin.json: it is not UTF-8 text; save it as UTF-8\n');
  expect((await validate('latin.json', '--kind', 'identityPolicies', '--json')).out).toContain(
    '"valid": false',
  );
  expect((await validate('latin.json', '--kind', 'identityPolicies', '--json')).err).toBe('');
  expect((await validate('absent/*.json', '--kind', 'identityPolicies')).code).toBe(2);
});

it('--kind is required and one of the kinds', async () => {
  const kinds =
    'identityPolicies, permissionsBoundary, sessionPolicies, resourcePolicy, trustPolicy, vpcEndpointPolicy, ' +
    'serviceControlPolicies, resourceControlPolicies';
  expect((await validate('p/good.json')).err).toBe(`error: --kind is missing; write one of ${kinds}\n`);
  const { code, err } = await validate('p/good.json', '--kind', 'scp');
  expect(code).toBe(2);
  expect(err).toContain(`'scp' is invalid. Allowed choices are ${kinds}.`);
  for (const kind of kinds.split(', '))
    expect((await validate('p/good.json', '--kind', kind)).code).toBeLessThan(2);
  expect((await validate('--kind', 'trustPolicy')).err).toContain("missing required argument 'pattern'");
});

it('an empty pattern is wrong usage', async () => {
  expect(await validate('', '--kind', 'identityPolicies')).toEqual({
    code: 2,
    out: '',
    err: "error: a pattern is empty; write which files to take, for example '**/*.json'\n",
  });
});
