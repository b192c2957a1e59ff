import { cpSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Terminal } from './terminal.js';

const folder = fileURLToPath(new URL('fixtures', import.meta.url));

/** A directory with a copy of the fixtures. */
export function estateTerminal(files: Record<string, unknown> = {}): Terminal {
  const terminal = new Terminal();
  cpSync(folder, terminal.cwd, { recursive: true });
  terminal.write(files);
  return terminal;
}

export const fixture = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');

export const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
export const user = (name: string): string => `arn:aws:iam::111122223333:user/${name}`;

/** An account, its bucket policies and its organization. */
export const snapshot = [
  '--account',
  'account.json',
  '--resource-policies',
  'buckets.json',
  '--org',
  'organization.json',
];
/** Without the organization. */
export const account = snapshot.slice(0, 4);
export const place = ['--account-id', '111122223333', '--region', 'eu-west-1'];
export const template = [
  '--cfn',
  'template.yaml',
  '--parameter',
  'Stage=prod',
  '--nested',
  'Data=data.yaml',
  ...place,
];
