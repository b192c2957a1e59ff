import type { Finding, Symbolic, Undecided, UnknownTexts, Value } from './symbolic.js';

/** Where a stack lives; a value that the caller did not give is reported when it is used. */
export interface Settings {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly stackName: string;
}

/** What intrinsic functions may ask of the template they stand in. */
export interface Scope {
  readonly settings: Settings;
  /** The value of a part of the template. */
  evaluate(node: unknown, path: string): Value;
  /** Whether a named condition holds; undefined when that depends on what is not known. */
  condition(name: string, path: string): boolean | undefined;
  /** What `Ref` returns. */
  reference(name: string, path: string): Value;
  /** What `Fn::GetAtt` returns. */
  attribute(id: string, name: string, path: string): Value;
  /** The raw mapping, or nothing. */
  mapping(name: string): unknown;
  /** A value given for an export of another stack, or for a dynamic reference. */
  given(kind: 'import' | 'reference', name: string): Value | undefined;
  /** A named hole; the finding is reported if the hole reaches what decides about access. */
  hole(name: string, finding?: Finding): Symbolic;
  undecided(
    name: string,
    finding: Finding,
    alternatives?: readonly Value[],
    known?: readonly Value[],
  ): Undecided;
  /** A list of texts that is not known, but for those that it begins with. */
  unknownTexts(name: string, finding: Finding, known?: readonly Value[]): UnknownTexts;
  /** Why a value is not known, if that was said. */
  reasonOf(value: Value): Finding | undefined;
}

/** An intrinsic function: argument as written, and its path. */
export type Intrinsic = (scope: Scope, argument: unknown, path: string) => Value;

export const malformed = (path: string, message: string, hint: string): Finding => ({
  code: 'malformed',
  path,
  message,
  hint,
});
