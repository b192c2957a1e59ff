import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs', 'testing.md'), 'utf8');
/** Blocks of code of the page, by language. */
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((found) => found[1]!);
const minutes = 300_000;
let project = '';

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

function run(command: string, args: readonly string[], cwd = project): Ended {
  const { IAM_VERDICT_RECORD: _, ...env }: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  return { code: status, out: `${stdout}${stderr}` };
}
const vitest = ['node_modules/vitest/vitest.mjs', 'run'];
const inProject = (name: string, text: string): void => writeFileSync(join(project, name), text);

/** An empty project with the packed package and Vitest in it, and the first example of the page on testing. */
beforeAll(() => {
  if (!existsSync(join(root, 'dist', 'testing', 'vitest.js')))
    run(join(root, 'node_modules/.bin/tsup'), [], root);
  project = mkdtempSync(join(tmpdir(), 'iam-verdict-new-user-'));
  const packed = spawnSync('npm', ['pack', '--json', '--pack-destination', project], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
  inProject('package.json', '{ "name": "new-user", "version": "1.0.0", "private": true, "type": "module" }');
  const cache = join(project, 'cache');
  const installed = run('npm', [
    'install',
    '--offline',
    '--no-audit',
    '--no-fund',
    '--cache',
    cache,
    `./${filename}`,
  ]);
  expect(installed.code, installed.out).toBe(0);
  // Installed beside it, as npm would, without the network.
  for (const name of ['vitest', 'expect'])
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  inProject('reports.yaml', blocks('yaml')[0]!);
  inProject('reports.test.ts', blocks('typescript')[0]!);
}, minutes);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('the first example of the page on testing', () => {
  it(
    'is green',
    () => {
      const { code, out } = run(process.execPath, vitest);
      expect(out).toContain('1 passed');
      expect(code).toBe(0);
    },
    minutes,
  );
  it(
    'is red with the reason that the page shows, when the grant is gone',
    () => {
      const whole = blocks('yaml')[0]!;
      inProject('reports.yaml', whole.slice(0, whole.indexOf('      Policies:')));
      const { code, out } = run(process.execPath, vitest);
      inProject('reports.yaml', whole);
      expect(code).toBe(1);
      for (const line of blocks('text')[0]!.split('\n')) expect(out).toContain(line);
      expect(out).toContain('because no identity-based policy allows the s3:GetObject action');
    },
    minutes,
  );
  it(
    'type-checks',
    () => {
      const compilerOptions = {
        module: 'nodenext',
        target: 'es2022',
        lib: ['ES2022'],
        strict: true,
        noEmit: true,
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
        skipLibCheck: true,
      };
      inProject('tsconfig.json', JSON.stringify({ compilerOptions, files: ['reports.test.ts'] }));
      expect(run(join(root, 'node_modules/.bin/tsc'), ['-p', '.']).out).toBe('');
      const wrong = blocks('typescript')[0]!.replace(
        "toBeAllowedTo('s3:GetObject', 'Reports/2026.csv')",
        'toBeAllowedTo(1)',
      );
      mkdirSync(join(project, 'wrong'), { recursive: true });
      inProject('wrong/wrong.test.ts', wrong);
      inProject('wrong/tsconfig.json', JSON.stringify({ compilerOptions, files: ['wrong.test.ts'] }));
      const { out } = run(join(root, 'node_modules/.bin/tsc'), ['-p', 'wrong']);
      rmSync(join(project, 'wrong'), { recursive: true });
      expect(out).toContain("Argument of type 'number' is not assignable to parameter of type 'string'");
    },
    minutes,
  );
  it(
    'what the page does by hand runs as it stands',
    () => {
      const [hand, coverage] = ['extend(matchers)', 'extend(matchersRecording'].map((call) =>
        blocks('typescript').find((one) => one.includes(call)),
      );
      inProject('hand.test.ts', `${hand}import { test } from 'vitest';\ntest('is extended', () => {});\n`);
      inProject('coverage.test.ts', coverage!);
      const { code, out } = run(process.execPath, [...vitest, 'hand.test.ts', 'coverage.test.ts']);
      for (const name of ['hand.test.ts', 'coverage.test.ts']) rmSync(join(project, name));
      expect(out).toContain('2 passed');
      expect(out).toContain('Policy coverage: 1 of 2 (50 %) statements');
      expect(code).toBe(0);
    },
    minutes,
  );
});

describe('in Jest', () => {
  const template = JSON.stringify({ Resources: { Reports: { Type: 'AWS::S3::Bucket' } } });
  it(
    'the setup file extends the global expect',
    () => {
      inProject(
        'jest.cjs',
        `const { expect } = require('expect');
      globalThis.expect = expect;
      require('iam-verdict/testing/jest');
      const { loadCloudFormation } = require('iam-verdict/load');
      const { estate } = loadCloudFormation(${template}, { accountId: '111122223333', region: 'eu-west-1' });
      expect(estate.resource('Reports')).toBeReachableOnlyBy([], 's3:GetObject');
      try { expect(estate.principal('anonymous')).toBeAllowedTo('s3:GetObject', 'Reports/x'); } catch ({ message }) { console.log(message); }`,
      );
      expect(run(process.execPath, ['jest.cjs']).out).toMatch(
        /^expected anonymous to be allowed to s3:GetObject/,
      );
      inProject('early.cjs', "require('iam-verdict/testing/jest');");
      expect(run(process.execPath, ['early.cjs']).out).toContain(
        "setupFilesAfterEnv: ['iam-verdict/testing/jest']",
      );
    },
    minutes,
  );
  it(
    'type-checks with the globals of @types/jest, and with expect itself, the types of the package too',
    () => {
      const folder = join(project, 'jest');
      mkdirSync(folder, { recursive: true });
      const code = `
      const { estate } = loadCloudFormation('', { accountId: '111122223333', region: 'eu-west-1' });
      expect(estate.principal('App')).not.toBeDeniedTo('s3:GetObject', '*', { by: 'permissionsBoundary', sourceIp: '192.0.2.1' });
      expect(estate.resource('Reports')).toBeReachableOnlyBy(['App'], 's3:GetObject', { roots: true });
      // @ts-expect-error no kind of policy is called so
      expect(estate.principal('App')).toBeDeniedTo('s3:GetObject', '*', { by: 'boundary' });
      // @ts-expect-error the names come first
      expect(estate.resource('Reports')).toBeReachableOnlyBy('s3:GetObject');
    `;
      const files = {
        'globals.test.ts': `import { matchers } from 'iam-verdict/testing';\nimport { loadCloudFormation } from 'iam-verdict/load';\nexpect.extend(matchers);${code}`,
        // Where packages do not see those of others, expect is there for @types/jest alone.
        'alone.test.ts': `import 'iam-verdict/testing/jest';\nimport { loadCloudFormation } from 'iam-verdict/load';${code}`,
        'imported.test.ts': `import { expect } from 'expect';\nimport 'iam-verdict/testing/jest';\nimport { loadCloudFormation } from 'iam-verdict/load';${code}`,
      };
      const typeRoots = [join(root, 'node_modules/@types')];
      const common = {
        module: 'nodenext',
        target: 'es2022',
        lib: ['ES2022'],
        strict: true,
        noEmit: true,
        typeRoots,
        skipLibCheck: false,
      };
      const link = join(project, 'node_modules/expect');
      for (const [name, text] of Object.entries(files)) {
        writeFileSync(join(folder, name), text);
        const compilerOptions = { ...common, types: name === 'imported.test.ts' ? ['node'] : ['jest'] };
        if (name === 'alone.test.ts') rmSync(link);
        writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [name] }));
        expect(run(join(root, 'node_modules/.bin/tsc'), ['-p', folder]).out, name).toBe('');
        if (name === 'alone.test.ts') symlinkSync(join(root, 'node_modules/expect'), link);
      }
      rmSync(folder, { recursive: true });
    },
    minutes,
  );
});

describe('the reporter and the mutants of the page', () => {
  it(
    'policy coverage is printed, written, and fails below the threshold',
    () => {
      inProject(
        'vitest.config.ts',
        blocks('typescript').find((one) => one.includes('PolicyCoverageReporter'))!,
      );
      const { code, out } = run(process.execPath, vitest);
      rmSync(join(project, 'vitest.config.ts'));
      expect(out).toContain('Policy coverage: 1 of 2 (50 %) statements');
      expect(out).toContain('reports.yaml Resources.AppRole.Properties.AssumeRolePolicyDocument.Statement');
      expect(out).toContain('less than the threshold of 80 %');
      expect(code).toBe(1);
      expect(existsSync(join(project, 'coverage/policies/index.html'))).toBe(true);
    },
    minutes,
  );
  it(
    'mutants that no test notices are listed',
    () => {
      const { code, out } = run('node_modules/.bin/iam-verdict', [
        'mutate',
        '--',
        process.execPath,
        ...vitest,
      ]);
      expect(code).toBe(1);
      expect(out).toContain(
        'No test notices\n  role AppRole › read, statement 1: Resource becomes Resource *',
      );
      expect(out).toContain(
        'No test asks about\n  role AppRole › trust policy, statement 1: the Allow is gone',
      );
      expect(out).not.toContain('Action becomes');
    },
    minutes,
  );
});
