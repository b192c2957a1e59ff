import type { EstateData } from '../account/estate-data.js';

/** What a loader met and could not take over as it stands. The estate then says unknown, never nothing. */
export interface Diagnostic {
  /** What kind of thing it met, for programs. */
  readonly code:
    | 'unsupportedType'
    | 'unsupportedFunction'
    | 'unresolvedReference'
    | 'missingValue'
    | 'malformed'
    | 'ambiguous'
    | 'ignored';
  /** Path of the culprit: JSON path, logical id path or Terraform address. */
  readonly path: string;
  /** What it met. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** The file, where the loader was told its name. */
  readonly file?: string;
}

/** What a loader reads from one input, before it becomes an estate. */
export interface Loaded {
  /** The estate as plain data. */
  readonly data: EstateData;
  /** What could not be taken over; nothing where all could. */
  readonly diagnostics: readonly Diagnostic[];
}
