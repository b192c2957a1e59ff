import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { recordTo } from '../../src/cli/coverage-recording.js';
import { allowed, denied } from '../testing/asking.js';
import { estateOf, office, template } from '../testing/build.js';
import { Terminal } from './terminal.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const minutes = 120_000;

const config = (more: string) => `
import { PolicyCoverageReporter } from './reporter.mjs';
export default {
  resolve: { alias: [
    { find: 'iam-verdict/load', replacement: ${JSON.stringify(join(root, 'src/load/index.ts'))} },
  ] },
  test: { include: ['*.test.ts'], setupFiles: [${JSON.stringify(join(root, 'src/cli/coverage-vitest.ts'))}], reporters: ['default'${more}] },
};
`;
const testFile = (assertions: string) => `
import { readFileSync } from 'node:fs';
import { loadCloudFormation } from 'iam-verdict/load';
import { expect, test } from 'vitest';
const options = { accountId: '111122223333', region: 'eu-west-1', file: 'stack.yaml' };
const { estate } = loadCloudFormation(readFileSync('stack.yaml', 'utf8'), options);
const office = { sourceIp: '192.0.2.7' };
test('access', () => { ${assertions} });
`;
const terminal = new Terminal({
  'stack.yaml': template,
  'vitest.config.mjs': config(', new PolicyCoverageReporter({ threshold: { statements: 20, values: 90 } })'),
  'one.test.ts': testFile(
    "expect(estate.principal('App')).toBeAllowedTo('s3:GetObject', 'Reports/x', office);",
  ),
  'two.test.ts': testFile(
    "expect(estate.principal('App')).toBeDeniedTo('s3:GetObject', 'Reports/secret/x', office);",
  ),
});
// Vitest loads its configuration with Node alone, which cannot read the sources.
buildSync({
  entryPoints: [join(root, 'src/cli/coverage-reporter.ts')],
  outfile: join(terminal.cwd, 'reporter.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
});
symlinkSync(join(root, 'node_modules'), join(terminal.cwd, 'node_modules'));
afterAll(() => terminal.remove());

describe('the coverage reporter', () => {
  it(
    'puts test files and workers together, prints, writes and fails below the threshold',
    async () => {
      const { IAM_VERDICT_RECORD: _, ...env } = process.env;
      const run = spawnSync(process.execPath, [vitest, 'run'], { cwd: terminal.cwd, env, encoding: 'utf8' });
      const out = `${run.stdout}${run.stderr}`;
      expect(out).toContain('2 passed');
      expect(out).toContain('Policy coverage: 2 of 9 (22 %) statements');
      expect(out).toContain('of 2 assertions');
      expect(out).toContain('stack.yaml Resources.App.Properties.AssumeRolePolicyDocument.Statement');
      expect(out).toMatch(/Policy coverage of values is \d+ %, less than the threshold of 90 %/);
      expect(out).not.toContain('coverage of statements is');
      expect(run.status).toBe(1);
      const folder = join(terminal.cwd, 'coverage/policies');
      expect(JSON.parse(readFileSync(join(folder, 'coverage.json'), 'utf8')).statements).toEqual({
        total: 9,
        decided: 2,
      });
      expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('<!doctype html>');
    },
    minutes,
  );
});

describe('mutate', () => {
  const command = [process.execPath, vitest, 'run'];
  it(
    'runs the tests once and replays what they assert',
    async () => {
      const { code, out, err } = await terminal.run(['mutate', '--json', '--', ...command]);
      expect([code, err]).toEqual([1, '']);
      const { mutants, noticed, survivors } = JSON.parse(out);
      expect(noticed).toBe(mutants - survivors.length);
      const read = survivors.filter((one: { policy: string }) => one.policy === 'role App › read');
      expect(read).toContainEqual({
        policy: 'role App › read',
        kind: 'identityPolicies',
        file: 'stack.yaml',
        path: 'Resources.App.Properties.Policies[0].PolicyDocument.Statement[0]',
        statement: 'statement 1 "Read"',
        change: 'without the condition IpAddress aws:SourceIp',
        asked: true,
      });
      // The other test file notices these.
      expect(read.map((one: { change: string }) => one.change)).not.toContain('the Deny is gone');
      expect(read.map((one: { change: string }) => one.change)).not.toContain('the Allow is gone');
    },
    minutes,
  );
  it('tests that fail are an error with their output', async () => {
    const failing = [process.execPath, '-e', 'console.log("red"); process.exit(3)'];
    const { code, err } = await terminal.run(['mutate', '--', ...failing]);
    expect(code).toBe(2);
    expect(err).toContain('red\n');
    expect(err).toMatch(/the tests fail already: `.*` ended with 3/);
    const missing = await terminal.run(['mutate', 'no-such-program']);
    expect([missing.code, missing.err]).toEqual([
      2,
      'error: cannot run `no-such-program`: there is no such command; check its name, and that it is installed\n',
    ]);
    terminal.write({ 'plain.txt': '' });
    expect((await terminal.run(['mutate', './plain.txt'])).err).toContain(
      'it may not be run; check the permissions',
    );
    expect((await terminal.run(['mutate', 'a\0b'])).code).toBe(2);
  });
  it('tests that record nothing are an error that says what to write', async () => {
    const { code, err } = await terminal.run(['mutate', '--', process.execPath, '-e', '']);
    expect(code).toBe(2);
    expect(err).toContain("setupFiles: ['iam-verdict/testing/vitest']");
  });
});

describe('recordings', () => {
  const estate = estateOf();
  const asked = [
    allowed(estate, 'App', 's3:GetObject', 'Reports/x', office),
    denied(estate, 'App', 's3:GetObject', 'Reports/secret/x', office),
  ];
  const recorded = (name: string, assertions = asked) => {
    const folder = join(terminal.cwd, name);
    const record = recordTo(folder);
    for (const one of assertions) record(estate, one);
    return folder;
  };
  it('survivors are printed with file, path and what was weakened', async () => {
    const { code, out } = await terminal.run(['mutate', '--recorded', recorded('kept')]);
    expect(code).toBe(1);
    expect(out).toContain('No test asks about\n');
    expect(out).toContain(
      'No test notices\n  role App › read, statement 1 "Read": without the condition IpAddress aws:SourceIp\n' +
        '    stack.yaml Resources.App.Properties.Policies[0].PolicyDocument.Statement[0]\n',
    );
    expect(out).toMatch(/^\d+ of \d+ mutants are noticed$/m);
  });
  it('one process after the other adds to them', async () => {
    const folder = recorded('added', asked.slice(0, 1));
    const both = await terminal.run(['mutate', '--recorded', folder, '--', 'npx', 'vitest']);
    expect(both).toEqual({
      code: 2,
      out: '',
      err: 'error: --recorded runs no tests, and a command is given; keep one of them\n',
    });
    const before = JSON.parse((await terminal.run(['mutate', '--json', '--recorded', folder])).out);
    recorded('added', asked.slice(1));
    const after = JSON.parse((await terminal.run(['mutate', '--json', '--recorded', folder])).out);
    expect(after.mutants).toBe(before.mutants);
    expect(after.noticed).toBeGreaterThan(before.noticed);
  });
  it('assertions that are not green are left out, and said so', async () => {
    const folder = recorded('red', [...asked, { ...asked[0]!, not: true }]);
    expect((await terminal.run(['mutate', '--recorded', folder])).err).toBe(
      'note: 1 of the recorded assertions are not green and were left out\n',
    );
    const json = await terminal.run(['mutate', '--json', '--recorded', folder]);
    expect(json.err).toBe('');
    expect(JSON.parse(json.out).notes).toEqual([
      '1 of the recorded assertions are not green and were left out',
    ]);
  });
  it('nothing survives where there is nothing to weaken', async () => {
    const empty = estateOf('Resources: { Reports: { Type: AWS::S3::Bucket } }');
    const folder = join(terminal.cwd, 'empty');
    recordTo(folder)(empty, denied(empty, 'anonymous', 's3:GetObject', 'Reports/x'));
    expect(await terminal.run(['mutate', '--recorded', folder])).toEqual({
      code: 0,
      out: '0 of 0 mutants are noticed\n',
      err: '',
    });
  });
  it('a folder that is not there is no folder without assertions', async () => {
    const { code, err } = await terminal.run(['mutate', '--recorded', 'absent']);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: --recorded: absent is no folder that is there; write the folder that IAM_VERDICT_RECORD named\n',
    });
  });
  it('what is cut off is an error with the file', async () => {
    const folder = recorded('cut');
    terminal.write({ 'cut/more.jsonl': '{"estate":' });
    const { code, err } = await terminal.run(['mutate', '--recorded', folder]);
    expect([code, err]).toEqual([2, expect.stringMatching(/more\.jsonl is not what was recorded/)]);
    expect(existsSync(folder)).toBe(true);
  });
});
