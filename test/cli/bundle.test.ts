import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'tsup';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readAll } from '../../src/cli/stdin.js';
import { alice, allow, deny, object, policy, Terminal } from './terminal.js';

const terminal = new Terminal({
  'package.json': { type: 'module', version: '7.8.9', description: 'Elsewhere' },
  's3.json': policy(allow('s3:*')),
  'case.yaml': `request: { principal: { arn: ${alice} }, action: 's3:GetObject' }\npolicies: {}\n`,
  'many.json': policy(...Array.from({ length: 600 }, (_, i) => deny('s3:*', { Sid: `Statement${i}` }))),
});
afterAll(() => terminal.remove());
const dist = join(terminal.cwd, 'dist');
const cli = join(dist, 'cli.js');

/** What a file of the bundle imports at once; not what it imports when it is needed. */
const importedBy = (name: string): string[] =>
  [
    ...readFileSync(join(dist, name), 'utf8').matchAll(/^import\s(?:[^'";]*from\s)?["']([^"']+)["'];?$/gm),
  ].map(([, one]) => one!);

beforeAll(async () => {
  mkdirSync(join(terminal.cwd, 'dist'));
  await build({
    config: false,
    entry: { cli: new URL('../../src/cli/main.ts', import.meta.url).pathname },
    outDir: join(terminal.cwd, 'dist'),
    format: 'esm',
    platform: 'node',
    target: 'node20',
    splitting: true,
    silent: true,
    removeNodeProtocol: false,
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  });
}, 60_000);

function node(argv: string[], options: { input?: string | Buffer; env?: Record<string, string> } = {}) {
  const { env, input = '' } = options;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], {
    cwd: terminal.cwd,
    input,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}
const can = ['can', alice, 's3:GetObject', object, '--identity'];

it('is an executable file that needs no package', () => {
  expect(readFileSync(cli, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
  expect(statSync(cli).mode & 0o111).toBe(0o111);
  for (const name of readdirSync(dist)) {
    const imported = importedBy(name);
    expect(imported.length, name).toBeGreaterThan(0);
    for (const one of imported) expect(one.startsWith('./') || isBuiltin(one), one).toBe(true);
  }
});

it('has loaders, catalog and managed policies in files of their own, which are read only when they are needed', () => {
  const read = new Set<string>();
  const visit = (name: string): void => {
    if (read.has(name)) return;
    read.add(name);
    for (const one of importedBy(name)) if (one.startsWith('./')) visit(one.slice(2));
  };
  visit('cli.js');
  const bytes = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
  expect(bytes(read)).toBeLessThan(bytes(readdirSync(dist)) / 2);
});

it('answers by output and exit code', () => {
  const answer = 'allowed by identityPolicies [E8]: "s3.json" statement 1\n';
  expect(node([...can, 's3.json'])).toEqual({ status: 0, stdout: answer, stderr: '' });
  expect(node(['can', '--input', 'case.yaml']).status).toBe(1);
  expect(node([...can, 'absent.json']).status).toBe(2);
  expect(node(['--version']).stdout).toBe('7.8.9\n');
  expect(node(['validate', '*.json', '--kind', 'identityPolicies']).stdout).toContain('package.json:1:1 ');
});

it('reads standard input', () => {
  expect(node([...can, '-'], { input: JSON.stringify(policy(allow('s3:*'))) }).status).toBe(0);
  expect(node([...can, '-'], { input: Buffer.from([0xff]) }).stderr).toMatch(
    /^error: --identity: cannot read standard input: it is not UTF-8 text; save it as UTF-8\n$/,
  );
});

it('has no colour where stdout is no terminal', () => {
  const { stdout } = node([...can, 's3.json', '--verbose'], { env: { FORCE_COLOR: '1' } });
  expect(stdout).not.toContain('\u001b');
});

const script = spawnSync('script', ['--version']).status === 0;
it.runIf(script)('has colour on a terminal, unless NO_COLOR is set', () => {
  const onTerminal = (env: Record<string, string>) => {
    const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
    const command = [process.execPath, cli, ...can, 's3.json'].map((word) => `'${word}'`).join(' ');
    return execFileSync('script', ['-qec', command, '/dev/null'], {
      cwd: terminal.cwd,
      encoding: 'utf8',
      env: { ...rest, TERM: 'xterm', ...env },
    });
  };
  expect(onTerminal({})).toContain('\u001b[32mallowed');
  expect(onTerminal({ NO_COLOR: '1' })).not.toContain('\u001b');
});

it('a reader that stops early is no error', async () => {
  const child = spawn(process.execPath, [cli, ...can, 'many.json', '--json', '--verbose'], {
    cwd: terminal.cwd,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
});

it.runIf(existsSync('/dev/full'))('output that cannot be written is an error', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [cli, ...can, 's3.json'], {
    cwd: terminal.cwd,
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  expect(status).toBe(2);
  expect(stderr).toMatch(/ENOSPC/);
});

it.skipIf(process.platform === 'win32')('waits for a writer of standard input that is not ready yet', () => {
  const fifo = join(terminal.cwd, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(fifo, constants.O_WRONLY);
  spawn('sh', ['-c', 'sleep 0.2; printf late >&3'], { stdio: ['ignore', 'ignore', 'ignore', writer] });
  closeSync(writer);
  expect(readAll(reader)).toBe('late');
  closeSync(reader);
  expect(() => readAll(reader)).toThrow('EBADF');
});

it('the entry point wires the process', async () => {
  const { argv, exitCode } = process;
  const written: string[] = [];
  const write = (text: unknown) => written.push(String(text)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(write),
  );
  try {
    process.argv = ['node', 'iam-verdict', 'can', alice, 'iam:ListUsers'];
    await import('../../src/cli/main.js');
    expect(process.exitCode).toBe(1);
    expect(written).toEqual([
      expect.stringMatching(/^note: no policies were given/),
      'implicitDeny by identityPolicies [E8]\n',
    ]);
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.argv = argv;
    process.exitCode = exitCode;
  }
});
