import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const binary = (name: string): string => join(root, 'node_modules', '.bin', name);
const built = (name: string): string => readFileSync(join(root, 'dist', name), 'utf8');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly files: readonly string[];
  readonly dependencies?: unknown;
  readonly exports: Readonly<Record<string, unknown>>;
};
const minutes = 180_000;
let project = '';
let packed: string[] = [];

function run(command: string, args: readonly string[], cwd = project): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}
const node = (file: string, text: string): string => {
  writeFileSync(join(project, file), text);
  return run(process.execPath, [file]).trim();
};

beforeAll(() => {
  if (!existsSync(join(root, 'dist', 'index.js'))) run(binary('tsup'), [], root);
  project = mkdtempSync(join(tmpdir(), 'iam-verdict-package-'));
  const [report] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', project], root));
  packed = (report.files as { path: string }[]).map(({ path }) => path).sort();
  writeFileSync(join(project, 'package.json'), '{ "name": "consumer", "version": "1.0.0", "private": true }');
  const cache = join(project, 'cache');
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--cache', cache, `./${report.filename}`]);
}, minutes);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('the tarball', () => {
  it('holds what package.json promises, and nothing else', () => {
    const promised = manifest.files.flatMap((name) => {
      expect(existsSync(join(root, name)), name).toBe(true);
      if (!statSync(join(root, name)).isDirectory()) return [name];
      return readdirSync(join(root, name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'));
    });
    expect(packed).toEqual([...promised, 'package.json'].sort());
  });
  it('holds every file that package.json points to', () => {
    const text = readFileSync(join(root, 'package.json'), 'utf8');
    const pointed = [...text.matchAll(/"\.\/(dist\/[^"*]+)"/g)].map((found) => found[1]!);
    expect(pointed.length).toBeGreaterThan(3);
    for (const path of pointed) expect(packed).toContain(path);
  });
  it('holds every page and file that its pages lead to', () => {
    const pages = packed.filter((path) => path.endsWith('.md'));
    const links = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)\s#:]+)(?:#[^)\s]*)?\)/g)].map((found) =>
        posix.join(posix.dirname(page), found[1]!),
      ),
    );
    expect(links.length).toBeGreaterThan(50);
    const lost = links.filter((link) =>
      link.endsWith('/') ? packed.every((path) => !path.startsWith(link)) : !packed.includes(link),
    );
    expect(lost).toEqual([]);
  });
  it('needs no other package', () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'iam-verdict',
    ]);
  });
});

const question = `{
  request: { principal: { anonymous: true }, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' },
  policies: { resourcePolicy: { Version: '2012-10-17', Statement:
    { Effect: 'Allow', Principal: '*', Action: 's3:Get*', Resource: 'arn:aws:s3:::b/*' } } },
}`;

describe('installed', () => {
  it('is imported and required, with the same names and answers', () => {
    const print = (names: string) => `
      const { decision, decidedBy, explain } = ${names}.evaluate(${question});
      console.log(JSON.stringify([Object.keys(${names}).sort(), decision, decidedBy, explain()]));`;
    const esm = node('esm.mjs', `import * as api from 'iam-verdict';${print('api')}`);
    const cjs = node('cjs.cjs', `const api = require('iam-verdict');${print('api')}`);
    expect(JSON.parse(esm)[1]).toBe('allowed');
    expect(JSON.parse(cjs)).toEqual(JSON.parse(esm));
  });
  it('recognises the errors of its other copy', () => {
    const printed = node(
      'errors.mjs',
      `import * as esm from 'iam-verdict';
      import { createRequire } from 'node:module';
      const cjs = createRequire(import.meta.url)('iam-verdict');
      const thrown = ({ parsePolicy }) => {
        try { parsePolicy('', { kind: 'identityPolicies' }); } catch (error) { return error; }
      };
      console.log(esm.IamError === cjs.IamError, esm.isIamError(thrown(cjs)), cjs.isIamError(thrown(esm)));`,
    );
    expect(printed).toBe('false true true');
  });
  it('lets nothing but its entries be imported', () => {
    const printed = node(
      'deep.mjs',
      `import('iam-verdict/dist/index.js').catch((e) => console.log(e.code));`,
    );
    expect(printed).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  const consumer = `
import { compile, evaluate, formatTrace, isIamError, parsePolicy } from 'iam-verdict';
import type { Decision, EvaluationInput, Policy, Trace } from 'iam-verdict';
const input: EvaluationInput = ${question};
const decision: Decision = evaluate(input).decision;
const trace: Trace = compile(input.policies).evaluate(input.request).explain();
const policy: Policy = parsePolicy('{}', { kind: 'identityPolicies' });
// @ts-expect-error the decision is one of three words
const wrong: 'maybe' = evaluate(input).decision;
export const out: [string, string, number, string, boolean] =
  [decision, formatTrace(trace, { verbose: true }), policy.statements.length, wrong, isIamError(0)];
`;
  /** Every entry that needs no other package, by what it exports. */
  const entries = Object.keys(manifest.exports)
    .filter((entry) => !/package\.json|\/(?:vitest|jest|reporter)$/.test(entry))
    .map((entry, i) => `import * as entry${i} from 'iam-verdict${entry.slice(1)}';\nvoid entry${i};\n`)
    .join('');
  const compilers: Record<string, [file: string, options: Record<string, string>]> = {
    'node16, as a module': ['types.mts', { module: 'node16', moduleResolution: 'node16' }],
    'node16, as CommonJS': ['types.cts', { module: 'node16', moduleResolution: 'node16' }],
    nodenext: ['types.mts', { module: 'nodenext', moduleResolution: 'nodenext' }],
    bundler: ['types.ts', { module: 'esnext', moduleResolution: 'bundler' }],
    // What TypeScript 5 does of itself for CommonJS, as in many a CDK app: it knows no `exports`.
    'node10, as CommonJS': [
      'types.ts',
      { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
    ],
  };
  it.each(Object.entries(compilers))(
    'type-checks: %s',
    (_, [file, options]) => {
      const folder = join(project, 'types');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, file), entries + consumer);
      const strict = { strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true };
      const compilerOptions = { ...strict, target: 'es2022', lib: ['ES2022'], types: [], ...options };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
      expect(run(binary('tsc'), ['-p', folder])).toBe('');
    },
    minutes,
  );
  it(
    'the matchers type-check where a program has modules and CommonJS, each with its own declarations',
    () => {
      const folder = join(project, 'both');
      mkdirSync(folder, { recursive: true });
      const matching = `
import type { Estate } from 'iam-verdict/query';
import { matchers } from 'iam-verdict/testing';
declare const estate: Estate;
declare const expect: (received: unknown) => Chai.Assertion;
expect(estate.principal('App')).toBeDeniedTo('s3:GetObject', estate.resource('Reports'), { by: 'service' });
// @ts-expect-error facts are no resource
expect(estate.principal('App')).toBeDeniedTo('s3:GetObject', { mfa: { present: true } });
expect(estate.resource('Reports')).toBeReachableOnlyBy('App', 's3:GetObject');
export const out = matchers;
`;
      const files = ['a.mts', 'b.cts'];
      for (const file of files) writeFileSync(join(folder, file), matching);
      const compilerOptions = {
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        target: 'es2022',
        lib: ['ES2022'],
        types: [],
        module: 'nodenext',
        moduleResolution: 'nodenext',
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
      expect(run(binary('tsc'), ['-p', folder])).toBe('');
    },
    minutes,
  );
});

describe('the build', () => {
  /** What a built file imports or requires. */
  const targets = (text: string): string[] =>
    [...text.matchAll(/\b(?:from|import|require)\s?\(?["']([^"']+)["']/g)].map((found) => found[1]!);
  /** A built file and the files it loads. */
  function loaded(name: string, seen: string[] = []): string[] {
    if (seen.includes(name)) return seen;
    seen.push(name);
    for (const target of targets(built(name))) if (target.startsWith('./')) loaded(target.slice(2), seen);
    return seen;
  }
  it.each(['index.js', 'index.cjs'])('%s and what it loads use nothing of Node', (name) => {
    const files = loaded(name);
    expect(files.length).toBeLessThan(5);
    for (const text of files.map(built)) {
      for (const target of targets(text)) expect(target).toMatch(/^\.\//);
      const global = /(?<![.\w$])(?:process|Buffer|__dirname|global)\b(?!\s*:)/;
      const foreign = /["'`]node:|\beval\(|\bnew Function\b/;
      expect([global.exec(text)?.[0], foreign.exec(text)?.[0]]).toEqual([undefined, undefined]);
    }
  });
  it('index.js and what it loads are at most 30 kB, gzipped', () => {
    const whole = loaded('index.js').map(built).join('\n');
    expect(gzipSync(whole, { level: 9 }).length).toBeLessThanOrEqual(30 * 1024);
  });
  it('is bundled for a browser without anything left over', () => {
    const page = join(project, 'page.mjs');
    const bundle = join(project, 'bundle.js');
    const meta = join(project, 'meta.json');
    const entry = JSON.stringify(join(root, 'dist', 'index.js'));
    writeFileSync(page, `import { evaluate } from ${entry};\nconsole.log(evaluate(${question}).decision);\n`);
    const options = ['--bundle', '--platform=browser', '--format=iife', `--outfile=${bundle}`];
    run(binary('esbuild'), [page, ...options, `--metafile=${meta}`, '--log-level=warning']);
    const { outputs } = JSON.parse(readFileSync(meta, 'utf8')) as {
      outputs: Record<string, { imports: unknown[] }>;
    };
    expect(Object.values(outputs).flatMap(({ imports }) => imports)).toEqual([]);
    expect(readFileSync(bundle, 'utf8').match(/["'`]node:/)).toBeNull();
    expect(run(process.execPath, [bundle]).trim()).toBe('allowed');
  });
  it('leaves out what a consumer does not use', () => {
    const small = join(project, 'small.mjs');
    const bundle = join(project, 'small.js');
    writeFileSync(small, `import ${JSON.stringify(join(root, 'dist', 'index.js'))};\n`);
    run(binary('esbuild'), [
      small,
      '--bundle',
      '--minify',
      '--format=esm',
      `--outfile=${bundle}`,
      '--log-level=error',
    ]);
    expect(readFileSync(bundle, 'utf8').length).toBeLessThan(200);
  });
  it('keeps what an import is for that names nothing', () => {
    const setup = join(project, 'setup.mjs');
    const bundle = join(project, 'setup.js');
    writeFileSync(setup, "import 'iam-verdict/testing/jest';\n");
    run(binary('esbuild'), [setup, '--bundle', '--platform=node', '--format=cjs', `--outfile=${bundle}`]);
    const heard = 'globalThis.expect = { extend: (given) => console.log(Object.keys(given).join()) };';
    const printed = node('setup.cjs', `${heard}\nrequire('./setup.js');`);
    expect(printed).toBe('toBeAllowedTo,toBeDeniedTo,toBeReachableOnlyBy');
  });
});
