import { readdirSync, type Stats, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import micromatch from 'micromatch';
import { Fault } from './fault.js';
import { systemWords } from './source.js';

/** The files that patterns name, each once; `-` stands for itself. A pattern without a file is a fault. */
export function findFiles(patterns: readonly string[], cwd: string): string[] {
  return [...new Set(patterns.flatMap((pattern) => (pattern === '-' ? ['-'] : matches(pattern, cwd))))];
}

function matches(pattern: string, cwd: string): string[] {
  if (pattern === '')
    throw new Fault("a pattern is empty; write which files to take, for example '**/*.json'");
  // A name that exists is that file, whatever signs it holds.
  const stat = statOf(resolve(cwd, pattern));
  if (stat?.isDirectory()) {
    throw new Fault(
      `${pattern} is a directory; write a pattern, for example '${join(pattern, '**/*.json')}'`,
    );
  }
  if (stat !== undefined) return [pattern];
  const { base, glob, negated, isGlob } = micromatch.scan(pattern.split(sep).join('/'));
  if (negated)
    throw new Fault(`${pattern} only excludes; write which files to take, for example '**/*.json'`);
  if (isGlob) {
    const matcher = micromatch.matcher(glob);
    const found: string[] = [];
    walk(resolve(cwd, base), '', glob, (path) => {
      if (matcher(path)) found.push(base === '' ? path : `${base.replace(/\/$/, '')}/${path}`);
    });
    if (found.length > 0) return found.sort();
  }
  throw new Fault(`no file matches ${pattern}; check the name, and that it is relative to ${cwd}`);
}

/** Files below a directory. Hidden directories and `node_modules` are entered only where the pattern names one. */
function walk(top: string, below: string, glob: string, take: (path: string) => void): void {
  const deep = /\*\*|[{(]/.test(glob) || below.split('/').length < glob.split('/').length;
  let entries: ReturnType<typeof list>;
  try {
    entries = list(join(top, below));
  } catch (error) {
    if (below === '' && ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return;
    throw new Fault(`cannot list ${join(top, below)}: ${systemWords(error)}`);
  }
  for (const entry of entries) {
    const path = `${below}${entry.name}`;
    const skipped =
      (entry.name.startsWith('.') || entry.name === 'node_modules') && !glob.includes(entry.name);
    if (entry.isDirectory()) {
      if (deep && !skipped) walk(top, `${path}/`, glob, take);
    } else if (entry.isFile() || statOf(join(top, path))?.isFile()) {
      take(path);
    }
  }
}

const list = (directory: string) => readdirSync(directory, { withFileTypes: true });

/** Undefined for what is not there, or cannot be there: below a file, behind links that turn in a circle. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
