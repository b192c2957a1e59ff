import type { EstateData } from '../account/estate-data.js';

/** What a loader met and could not take over as it stands. The estate then says unknown, never nothing. */
export interface Diagnostic {
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
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  readonly file?: string;
}

/** What a loader reads from one input, before it becomes an estate. */
export interface Loaded {
  readonly data: EstateData;
  readonly diagnostics: readonly Diagnostic[];
}
