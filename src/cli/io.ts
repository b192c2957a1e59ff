/** What the command line touches besides the files it is told to read; `main.ts` wires the process to it. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  readStdin(): string;
  /** Directory from which relative file names and patterns start. */
  readonly cwd: string;
  /** Whether `stderr` is a terminal, on which a progress bar may be drawn. */
  readonly isTTY: boolean;
  /** Whether `stdout` may be coloured. */
  readonly colour: boolean;
}

/** 0 allowed, passed, valid; 1 denied, failed, issues found; 2 no answer; 3 it depends on what is unknown. */
export type ExitCode = 0 | 1 | 2 | 3;
