import { Writable } from 'node:stream';
import { Presets, SingleBar } from 'cli-progress';
import type { Io } from './io.js';

/** A run shorter than this needs no bar. */
const patienceMilliseconds = 1000;

/** A bar on a terminal's stderr for runs that take a while; otherwise nothing. */
export class Progress {
  readonly #io: Io;
  readonly #total: number;
  readonly #work: string;
  readonly #start = Date.now();
  #bar: SingleBar | undefined;

  /** @param work what is going on, in a word */
  constructor(io: Io, total: number, work: string) {
    this.#io = io;
    this.#total = total;
    this.#work = work;
  }

  update(done: number): void {
    if (this.#bar !== undefined) this.#bar.update(done);
    else if (this.#io.isTTY && Date.now() - this.#start > patienceMilliseconds) {
      this.#bar = this.#open();
      this.#bar.start(this.#total, done);
    }
  }

  stop(): void {
    this.#bar?.stop();
  }

  #open(): SingleBar {
    const { stderr } = this.#io;
    const stream = new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, done) => {
        stderr(text);
        done();
      },
    });
    const terminal = Object.assign(stream, { isTTY: true });
    const format = `${this.#work} {bar} {percentage} %`;
    return new SingleBar({ stream: terminal, format, clearOnComplete: true }, Presets.shades_classic);
  }
}

/** A bar while a question is asked that tells how far it is. */
export function whileAsking<T>(io: Io, ask: (onProgress: (done: number, of: number) => void) => T): T {
  const parts = 100;
  const progress = new Progress(io, parts, 'asking');
  try {
    return ask((done, of) => progress.update((parts * done) / of));
  } finally {
    progress.stop();
  }
}
