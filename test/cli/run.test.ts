import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readManifest } from '../../src/cli/manifest.js';
import { estateTerminal, fixture } from './fixtures.js';
import { alice, allow, object, policy, Terminal } from './terminal.js';

const terminal = new Terminal();
afterAll(() => terminal.remove());

describe('help', () => {
  it.each([
    [[]],
    [['can']],
    [['who-can']],
    [['what-can']],
    [['who-can-assume']],
    [['graph']],
    [['test']],
    [['validate']],
    [['mutate']],
  ])('of %j has examples and exit codes', async (command) => {
    const { code, out, err } = await terminal.run([...command, '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Examples:\n  $ iam-verdict ');
    expect(out).toContain('Exit code: 0');
    expect(await terminal.run(['help', ...command])).toEqual({ code: 0, out, err: '' });
  });

  it.each([['can'], ['who-can'], ['what-can'], ['who-can-assume'], ['graph']])(
    'of %s: the examples with an estate run as they stand',
    async (command) => {
      const estate = estateTerminal();
      const { out } = await estate.run([command, '--help']);
      const lines = [
        ...out.matchAll(/^ {2}\$ .*\biam-verdict (.* --(?:account|cfn|cdk|terraform) .*?)(?: > .*)?$/gm),
      ];
      expect(lines.length).toBeGreaterThan(1);
      for (const [line, argv] of lines) {
        const run = await estate.run(argv!.split(' '), { stdin: fixture('plan.json') });
        expect(run.code, `${line}\n${run.err}`).not.toBe(2);
      }
      estate.remove();
    },
  );

  it('of validate lists the kinds', async () => {
    expect((await terminal.run(['validate', '--help'])).out.replace(/\s+/g, ' ')).toContain(
      '"trustPolicy", "vpcEndpointPolicy"',
    );
  });
});

it('the version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await terminal.run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

it('a module outside every package has no version', () => {
  const module = pathToFileURL(join(terminal.cwd, 'deep/cli.js')).href;
  expect(readManifest(module).version).toBe('unknown');
  terminal.write({ 'package.json': { version: '7.8.9' } });
  expect(readManifest(module).version).toBe('7.8.9');
});

it('no command, or an unknown one, is wrong usage', async () => {
  const { code, out, err } = await terminal.run([]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('Usage: iam-verdict');
  expect((await terminal.run(['cna'])).err).toContain("unknown command 'cna'\n(Did you mean can?)");
  expect((await terminal.run(['cna'])).code).toBe(2);
  expect((await terminal.run(['--verson'])).code).toBe(2);
});

it('what nobody foresaw is told, with exit code 2', async () => {
  const stdout = () => {
    throw new TypeError('the disk is full');
  };
  const question = ['can', alice, 'sts:GetCallerIdentity'];
  expect(await terminal.run(question, { stdout })).toEqual({
    code: 2,
    out: '',
    err: 'error: unexpected: the disk is full\n',
  });
  const odd = () => {
    throw 'odd';
  };
  expect((await terminal.run(question, { stdout: odd })).err).toBe('error: unexpected: odd\n');
});

describe('--json without an answer', () => {
  const wrong = ['can', alice, 's3:*', 'reports'];
  it('is one object with the errors, which stderr says too', async () => {
    terminal.write({ 'p.json': policy(allow('s3:*')), 'empty.json': '' });
    for (const argv of [
      [...wrong, '--json'],
      ['validate', 'absent.json', '--kind', 'trustPolicy', '--json'],
      ['can', alice, 's3:GetObject', '--idntity', 'p.json', '--json'],
      ['who-can', '--json'],
      ['graph', '--account', 'empty.json', '--format', 'json'],
      ['graph', '--account', 'empty.json', '--format=json'],
      ['mutate', '--recorded', 'absent', '--json', '--', 'true'],
    ]) {
      const { code, out, err } = await terminal.run(argv);
      expect(code, argv.join(' ')).toBe(2);
      const { errors, ...others } = JSON.parse(out);
      expect(others).toEqual({});
      expect(errors.length).toBeGreaterThan(0);
      for (const one of errors) expect(err).toContain(`error: ${one.split('\n')[0]}`);
    }
    expect(JSON.parse((await terminal.run([...wrong, '--json'])).out).errors).toHaveLength(2);
  });

  it('is not asked for by what the command of the tests is told', async () => {
    const argv = ['mutate', '--recorded', 'absent', '--', 'jest', '--json'];
    expect(await terminal.run(argv)).toMatchObject({ code: 2, out: '' });
    expect(await terminal.run(wrong)).toMatchObject({ code: 2, out: '' });
  });
});

describe('an argument that is empty', () => {
  it.each([
    [['can', '', 's3:GetObject'], 'PRINCIPAL'],
    [['can', alice, ' '], 'ACTION'],
    [['can', alice, 's3:GetObject', ''], 'RESOURCE'],
    [['can', '', 's3:GetObject', '--account', 'account.json'], 'PRINCIPAL'],
    [['who-can', '', '--account', 'account.json'], 'ACTION'],
    [['who-can', 's3:GetObject', '', '--account', 'account.json'], 'RESOURCE'],
    [['what-can', '', '--account', 'account.json'], 'PRINCIPAL'],
    [['who-can-assume', '', '--account', 'account.json'], 'ROLE'],
  ])('%j', async (argv, name) => {
    const err = `error: ${name} is empty; write it, or check the variable that should hold it\n`;
    expect(await terminal.run(argv)).toEqual({ code: 2, out: '', err });
  });
});

it('on a terminal, a denial says how to ask why', async () => {
  const estate = estateTerminal({ 'p.json': policy(allow('s3:*')) });
  const note = 'note: --explain says why, and what would change the answer\n';
  const question = ['can', alice, 'iam:ListUsers', '--identity', 'p.json'];
  expect((await estate.run(question, { isTTY: true })).err).toBe(note);
  expect((await estate.run([...question, '--unknown', 'aws:SourceIp'], { isTTY: true })).err).toBe(note);
  expect((await estate.run([...question, '--explain'], { isTTY: true })).err).toBe('');
  expect((await estate.run([...question, '--json'], { isTTY: true })).err).toBe('');
  expect((await estate.run(question)).err).toBe('');
  expect(
    (await estate.run(['can', alice, 's3:ListAllMyBuckets', '--identity', 'p.json'], { isTTY: true })).err,
  ).toBe('');
  const bob = ['can', 'bob', 'iam:ListUsers', '--account', 'account.json'];
  expect((await estate.run(bob, { isTTY: true })).err).toContain(note);
  estate.remove();
});

describe('text that would steer the terminal', () => {
  const red = '\u001b[31m';
  const odd = new Terminal({
    [`${red}.json`]: policy(allow('s3:*')),
    'sid.json': policy(allow('s3:*', { Sid: `a${red}b` })),
    'value.json': policy(
      allow('s3:*', { Condition: { StringEquals: { [`aws:PrincipalTag/${red}`]: `${red}x` } } }),
    ),
    'cases.json': { name: red, request: {}, policies: {}, expect: { decision: 'allowed' } },
    'bad.json': { name: 'a', [red]: 1, expect: { decision: red } },
  });
  afterAll(() => odd.remove());
  const can = ['can', alice, 's3:GetObject', object];

  it.each([
    [[...can, '--identity', `${red}.json`], 0],
    [[...can, '--identity', `no${red}`], 2],
    [[...can, '--identity', 'sid.json'], 2],
    [[...can, '--identity', 'value.json', '--unknown-rest'], 3],
    [[...can, '--identity', 'value.json', '--explain'], 1],
    [['validate', 'sid.json', '--kind', 'identityPolicies'], 1],
    [['test', 'cases.json', 'bad.json'], 2],
  ])('is shown as its code: %j', async (argv, code) => {
    const printed = await odd.run(argv);
    expect(printed.code).toBe(code);
    expect(`${printed.out}${printed.err}`).not.toContain('\u001b');
    expect(`${printed.out}${printed.err}`).toContain('\\u001b');
  });
});
