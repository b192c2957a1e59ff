import type { PolicyKind } from '../policy/policy.js';

/** A value of a statement, and whether a request that an assertion asked about met it and was decided by the statement. */
export interface CoveredValue {
  /** `Action`, `Principal AWS`, `Condition StringEquals aws:SourceVpce` … */
  readonly element: string;
  /** As written. */
  readonly text: string;
  /** Path within the statement. */
  readonly path: string;
  /** Some assertion hangs on it. */
  readonly decided: boolean;
}

/** A statement, whether it decided, and which of its values did. */
export interface CoveredStatement {
  /** The Sid, where it has one. */
  readonly sid?: string;
  /** Index of the statement in its document. */
  readonly index: number;
  /** `Allow` or `Deny`. */
  readonly effect: string;
  /** Path within the document. */
  readonly path: string;
  /** It applied to some request that an assertion asked about, and is one of those that decided it. */
  readonly decided: boolean;
  /** Of all its elements. */
  readonly values: readonly CoveredValue[];
}

/** A policy, and which of its statements decided. */
export interface CoveredPolicy {
  /** Owner and name. */
  readonly policy: string;
  /** What it was read as. */
  readonly kind: PolicyKind;
  /** Where it was written. */
  readonly file?: string;
  /** Path within the file. */
  readonly path?: string;
  /** In the order of the document. */
  readonly statements: readonly CoveredStatement[];
}

/** How many there are, and how many of them decided some assertion. */
export interface Counted {
  /** How many there are. */
  readonly total: number;
  /** How many of them decided some assertion. */
  readonly decided: number;
}

/** Which statements of the policies of an estate, and which values in them, decided at least one assertion. */
export interface Coverage {
  /** How many were recorded. */
  readonly assertions: number;
  /** All statements together. */
  readonly statements: Counted;
  /** All values of all statements together. */
  readonly values: Counted;
  /** Each policy by itself. */
  readonly policies: readonly CoveredPolicy[];
}
