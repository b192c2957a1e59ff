import { existsSync, readFileSync } from 'node:fs';

export interface Manifest {
  readonly version: string;
  readonly description: string;
}

/** The nearest package.json above a module: that of this package, for `dist/cli.js` as for the sources. */
export function readManifest(module: string): Manifest {
  let url = new URL('package.json', module);
  while (!existsSync(url)) {
    const above = new URL('../package.json', url);
    if (above.href === url.href) return { version: 'unknown', description: 'iam-verdict' };
    url = above;
  }
  return JSON.parse(readFileSync(url, 'utf8')) as Manifest;
}
