import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/run.js';

export interface Output {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A directory with files, and what a command run in it prints. */
export class Terminal {
  readonly cwd = realpathSync(mkdtempSync(join(tmpdir(), 'iam-verdict-')));

  constructor(files: Record<string, unknown> = {}) {
    this.write(files);
  }

  /** Data is written as JSON, text as it is. */
  write(files: Record<string, unknown>): void {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.cwd, name);
      mkdirSync(dirname(path), { recursive: true });
      const raw = typeof content === 'string' || content instanceof Uint8Array;
      writeFileSync(path, raw ? content : JSON.stringify(content, null, 2));
    }
  }

  async run(argv: readonly string[], io: Partial<Io> & { stdin?: string } = {}): Promise<Output> {
    let out = '';
    let err = '';
    const code = await run(argv, {
      stdout: (text) => {
        out += text;
      },
      stderr: (text) => {
        err += text;
      },
      readStdin: () => io.stdin ?? '',
      cwd: this.cwd,
      isTTY: false,
      colour: false,
      ...io,
    });
    return { code, out, err };
  }

  remove(): void {
    rmSync(this.cwd, { recursive: true, force: true });
  }
}

export const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
export const allow = (Action: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
export const deny = (Action: unknown, more: object = {}) => ({
  Effect: 'Deny',
  Action,
  Resource: '*',
  ...more,
});

export const alice = 'arn:aws:iam::111122223333:user/alice';
export const object = 'arn:aws:s3:::reports/2026.csv';
