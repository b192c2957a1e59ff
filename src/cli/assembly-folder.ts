import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decodeText } from './decode.js';
import { Fault } from './fault.js';
import { systemWords } from './source.js';

const written = 'write the folder that `cdk synth` writes, for example --cdk cdk.out';

/** The manifests, templates and asset lists of `cdk.out`, by their path in it. What is only uploaded stays unread: it may be large. */
export function readAssemblyFolder(name: string, cwd: string): Record<string, string> {
  const asked = resolve(cwd, name);
  if (name === '-' || !isKind(asked, 'isDirectory')) {
    const what = name !== '-' && isKind(asked, 'isFile') ? 'is no folder' : 'is not there';
    throw new Fault(`--cdk: ${name} ${what}; ${written}`);
  }
  // The folder of the app in place of the one inside it.
  const inside = join(asked, 'cdk.out');
  const folder =
    !isKind(join(asked, 'manifest.json'), 'isFile') && isKind(join(inside, 'manifest.json'), 'isFile')
      ? inside
      : asked;
  if (!isKind(join(folder, 'manifest.json'), 'isFile'))
    throw new Fault(`--cdk: ${name} has no manifest.json; ${written}`);
  const files: Record<string, string> = {};
  const read = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = `${below}${entry.name}`;
      if (entry.isDirectory()) {
        if (/^assembly-/.test(entry.name)) read(`${path}/`);
      } else if (/\.json$/.test(entry.name) && entry.name !== 'tree.json') {
        files[path] = decodeText(readFileSync(join(folder, path)));
      }
    }
  };
  try {
    read('');
  } catch (error) {
    throw new Fault(`--cdk: cannot read ${name}: ${systemWords(error)}`);
  }
  return files;
}

function isKind(path: string, kind: 'isDirectory' | 'isFile'): boolean {
  try {
    return statSync(path)[kind]();
  } catch {
    return false;
  }
}
