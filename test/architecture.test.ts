import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What everything above the engine may use of it. */
const engine = [
  'combine',
  'plan',
  'policy',
  'match',
  'condition',
  'request',
  'value',
  'trace',
  'error',
  '(top)',
];

/** Folder → folders it may import. Imports go down only; a folder may always import itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  error: [],
  value: ['error'],
  request: ['value', 'error'],
  condition: ['value', 'request', 'error'],
  policy: ['value', 'condition', 'error'],
  match: ['value', 'policy', 'request', 'error'],
  plan: ['value', 'policy', 'request', 'condition', 'match'],
  trace: ['plan', 'policy', 'value'],
  combine: ['plan', 'request', 'policy', 'value', 'trace', 'data'],
  partial: ['combine', 'plan', 'policy', 'condition', 'request', 'value', 'trace', 'error', '(top)'],
  account: ['partial', 'combine', 'plan', 'policy', 'request', 'value', 'trace', 'error', '(top)'],
  catalog: ['match', 'request', 'value', 'error', 'data'],
  'managed-policies': ['policy', 'value', 'error', 'data'],
  batch: engine,
  query: [...engine, 'batch', 'partial', 'account', 'catalog', 'managed-policies'],
  load: [...engine, 'partial', 'account', 'query', 'managed-policies', 'data'],
  testing: [...engine, 'partial', 'account', 'query', 'load', 'catalog'],
};
/** The top-level files are the engine; these stand above it. */
const above = ['partial', 'account', 'catalog', 'managed-policies', 'query', 'load', 'testing', 'cli'];
/** What other packages import; everything that these files reach must run anywhere. */
const entries = [
  'batch/index.ts',
  'index.ts',
  'partial/index.ts',
  'account/index.ts',
  'catalog/index.ts',
  'managed-policies/index.ts',
  'query/index.ts',
  'load/index.ts',
  'testing/index.ts',
];
const typesOnly = new Set(['trace']);
const forbidden =
  /\bDate\.now\b|\bnew Date\(|\bMath\.random\b|\bprocess\.|\blocaleCompare\b|\btoLocale|\bnew RegExp\(/g;
/** The one file with patterns put together from constants. */
const constantPatterns = 'value/ip.ts';

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}
const root = new URL('../src/', import.meta.url);
const files = readdirSync(root, { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'))
  .sort();
const text = new Map(files.map((name) => [name, readFileSync(new URL(name, root), 'utf8')]));

/** Without comments, which may name what code must not do. */
const code = (name: string): string => text.get(name)!.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');

function importsOf(name: string): Import[] {
  const still = /^(?:import|export)\s(type\s)?(?:[^;'"=]*?from\s*)?['"]([^'"]+)['"]/gm;
  const called = /(?<!\w)(?:import|require)(\()\s*['"]([^'"]+)/g;
  const found = [still, called].flatMap((pattern) => [...code(name).matchAll(pattern)]);
  return found.map(([, type, written]) => {
    const source = () => posix.join(posix.dirname(name), written!).replace(/\.js$/, '.ts');
    return { target: written!.startsWith('.') ? source() : written!, typeOnly: type?.trim() === 'type' };
  });
}

/** `value/ip.ts` → value; `compile.ts` → (top); `../data/x.json` → data; error.ts is a layer of its own. */
function layerOf(path: string): string {
  if (path === 'error.ts') return 'error';
  if (path.startsWith('../')) return path.split('/')[1]!;
  return path.includes('/') ? path.split('/')[0]! : path === 'cli.ts' ? 'cli' : '(top)';
}
const isLocal = ({ target }: Import): boolean => target.startsWith('.') || text.has(target);

function reachable(from: string, seen = new Set<string>()): Set<string> {
  if (seen.has(from) || !text.has(from)) return seen;
  seen.add(from);
  for (const { target } of importsOf(from)) reachable(target, seen);
  return seen;
}

const reached = [...new Set(entries.flatMap((entry) => [...reachable(entry)]))];

describe('imports', () => {
  it.each(files)('%s imports only what lies below it', (name) => {
    const layer = layerOf(name);
    if (layer === 'cli') return;
    for (const one of importsOf(name)) {
      expect(one.target, 'only the command line may use Node').not.toMatch(/^node:/);
      if (!isLocal(one)) continue;
      const below = layerOf(one.target);
      expect(below, `${name} imports ${one.target}`).not.toBe('cli');
      if (layer === '(top)') expect(above, `${name} imports ${one.target}`).not.toContain(below);
      if (layer === '(top)' || below === layer) continue;
      expect(allowed[layer], `the layer table has no row for ${layer}`).toBeDefined();
      expect(allowed[layer], `${name} imports ${one.target}`).toContain(below);
      if (typesOnly.has(layer) && below !== 'value')
        expect(one.typeOnly, `${name} → ${one.target} is not a type import`).toBe(true);
    }
  });

  it('no file imports itself by way of others, not even for a type', () => {
    const within = (name: string) => importsOf(name).filter(({ target }) => text.has(target));
    const below = (name: string): Set<string> => {
      const seen = new Set<string>();
      for (const { target } of within(name)) reachable(target, seen);
      return seen;
    };
    expect(files.filter((name) => below(name).has(name))).toEqual([]);
  });

  it('every import is found in the sources, so that nothing escapes the table', () => {
    for (const name of files) {
      for (const one of importsOf(name).filter(isLocal)) {
        const known = text.has(one.target) || one.target.startsWith('../data/');
        expect(known, `${name}: ${one.target}`).toBe(true);
      }
    }
    expect(files.flatMap(importsOf).length).toBeGreaterThan(100);
  });

  it('other packages are those that the build takes in', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const builds = [manifest.tsup].flat() as {
      readonly platform: string;
      readonly noExternal: readonly string[];
    }[];
    const taken = builds.filter(({ platform }) => platform === 'neutral').flatMap((one) => one.noExternal);
    const packages = reached.flatMap(importsOf).filter((one) => !isLocal(one));
    for (const { target } of packages) expect(taken).toContain(/^(?:@[^/]+\/)?[^/]+/.exec(target)![0]);
  });
});

describe('what the entries reach', () => {
  it.each([...reachable('index.ts')])(
    '%s learns nothing from one call that another one could tell',
    (name) => {
      const learning =
        /^(?:export )?(?:let|var)\b.*|^(?:export )?const .*= (?:new (?:Map|Set|WeakMap|WeakSet)(?:<.*>)?\(\)|\{\});$|^(?:export )?const \w+(?!.*\breadonly\b).* = \[\];$/gm;
      expect(text.has(name) ? code(name).match(learning) : null).toBeNull();
    },
  );

  it.each(reached)('%s has no clock, chance, locale, process or built pattern', (name) => {
    const found = code(name).match(forbidden) ?? [];
    const excused = name === constantPatterns ? found.filter((one) => one !== 'new RegExp(') : found;
    expect(excused).toEqual([]);
  });
  it('is nearly everything', () => expect(reached.length).toBeGreaterThan(50));
});

describe('files', () => {
  it.each(files)('%s is short, named for what it does, and exports by name', (name) => {
    expect(text.get(name)!.trimEnd().split('\n').length).toBeLessThanOrEqual(300);
    expect(name).not.toMatch(/(?:^|\/)(?:utils?|helpers?|common|types)(?:\/|\.ts$)/);
    expect(code(name)).not.toMatch(/\bexport\s*\*/);
  });
});
