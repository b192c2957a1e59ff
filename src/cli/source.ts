import { readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { decodeText } from './decode.js';
import { Fault } from './fault.js';
import type { Io } from './io.js';

/** A text and where it came from. */
export interface Source {
  /** As messages name it: relative to the working directory, or `<stdin>`. */
  readonly name: string;
  /** Where file names in the text start from. */
  readonly directory: string;
  readonly text: string;
}

/** What messages call standard input. */
export const stdinName = '<stdin>';

/** Reads files, and `-` as standard input, which can be read only once. */
export class Sources {
  readonly #io: Io;
  #stdinTaken = false;

  constructor(io: Io) {
    this.#io = io;
  }

  /** @param file relative to `directory`, or `-` */
  read(file: string, directory = this.#io.cwd): Source {
    if (file === '-') return this.#stdin();
    if (file === '')
      throw new Fault('a file name is empty; write the name of a file, or - for standard input');
    const path = resolve(directory, file);
    const name = directory === this.#io.cwd ? file : relative(this.#io.cwd, path).split(sep).join('/');
    return { name, directory: dirname(path), text: readText(path, name) };
  }

  /** The same, for a flag: what is wrong with the file is said with it. */
  readFor(flag: string, file: string, hint = ''): Source {
    try {
      return this.read(file);
    } catch (error) {
      throw error instanceof Fault ? new Fault(`${flag}: ${error.message}${hint}`) : error;
    }
  }

  #stdin(): Source {
    if (this.#stdinTaken) {
      throw new Fault(
        '`-` stands twice, but standard input can be read only once; write a file name for the others',
      );
    }
    this.#stdinTaken = true;
    let text: string;
    try {
      text = this.#io.readStdin();
    } catch (error) {
      throw new Fault(`cannot read standard input: ${systemWords(error)}`);
    }
    return { name: stdinName, directory: this.#io.cwd, text };
  }
}

function readText(path: string, name: string): string {
  try {
    return decodeText(readFileSync(path));
  } catch (error) {
    throw new Fault(`cannot read ${name}: ${systemWords(error)}`);
  }
}

/** An error of the operating system, in plain words. */
export function systemWords(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file; check the name and the directory it is relative to';
  if (code === 'EISDIR') return 'it is a directory; write the name of a file in it';
  if (code === 'EACCES') return 'reading it is not permitted; check its permissions';
  return message;
}
