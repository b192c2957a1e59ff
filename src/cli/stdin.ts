import { readSync } from 'node:fs';
import { decodeText } from './decode.js';

/** All of a file descriptor, standard input being 0. */
export function readAll(descriptor: number): string {
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(65_536);
  for (;;) {
    try {
      const length = readSync(descriptor, chunk);
      if (length === 0) break;
      chunks.push(Buffer.from(chunk.subarray(0, length)));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') break; // Windows, at the end of a pipe
      if (code !== 'EAGAIN') throw error;
      // A pipe that does not block, and whose writer is not ready yet.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
  return decodeText(Buffer.concat(chunks));
}
