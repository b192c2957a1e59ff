/** Line and column, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Plain data read from a file, and where in the file each path stands. */
export interface Data {
  readonly value: unknown;
  /** Position of a path such as `data[2].request.action`, or of its nearest parent in the text. */
  readonly locate: (path: string) => Position;
}
