import type { Issue } from '../index.js';
import { visibleText } from '../value/visible-text.js';
import type { Position } from './located.js';
import { withSlip } from './policy-slip.js';

/** Where a part of the input was written: a file, or a flag. */
export interface Origin {
  /** Path of the part, such as `policies.identityPolicies[0]`; '' for all of it. */
  readonly path: string;
  /** File name, flag or argument. */
  readonly name: string;
  /** Position of a path in a file that holds more than one document's text; else the issue knows its own. */
  readonly locate?: (path: string) => Position;
  /** Of a file that holds one policy. */
  readonly text?: string;
}

/** An issue with the place where it has to be mended. */
export interface PlacedIssue extends Omit<Issue, 'line' | 'column'> {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Finds the place of an issue: the origin of the longest path that leads to it. */
export function place(issue: Issue, origins: readonly Origin[]): PlacedIssue {
  const { path, code } = issue;
  let origin: Origin | undefined;
  for (const one of origins) {
    const leads = one.path === '' || path === one.path || ['.', '['].includes(path.charAt(one.path.length));
    if (leads && path.startsWith(one.path) && one.path.length >= (origin?.path.length ?? 0)) origin = one;
  }
  const { line, column } = origin?.locate?.(path) ?? issue;
  const { message, hint } = origin?.text === undefined ? issue : withSlip(issue, origin.text);
  return {
    file: origin?.name ?? path,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    path,
    code,
    message,
    hint,
  };
}

/** `file:line:column code message (hint)` */
export function issueLine({ file, line, column, code, message, hint }: PlacedIssue): string {
  const where = line === undefined ? file : `${file}:${line}:${column}`;
  return visibleText(`${where} ${code} ${message} (${hint})`);
}
