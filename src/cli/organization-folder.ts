import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decodeText } from './decode.js';
import { Fault } from './fault.js';
import { systemWords } from './source.js';

/** The JSON files of a folder that holds an organization, by their names; undefined for what is no folder. */
export function organizationFolder(name: string, cwd: string): Record<string, string> | undefined {
  const folder = resolve(cwd, name);
  if (name === '-' || !isFolder(folder)) return undefined;
  try {
    const names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.json'))
      .map((entry) => entry.name)
      .sort();
    if (!names.includes('accounts.json'))
      throw new Fault(`--org: ${name} has no accounts.json; write the file or folder of an organization`);
    return Object.fromEntries(names.map((one) => [one, decodeText(readFileSync(join(folder, one)))]));
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(`--org: cannot read ${name}: ${systemWords(error)}`);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // What cannot be read is said where it is read as a file.
    return false;
  }
}
