import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readManifest } from '../../src/cli/manifest.js';
import { estateTerminal, fixture } from './fixtures.js';
import { alice, Terminal } from './terminal.js';

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
