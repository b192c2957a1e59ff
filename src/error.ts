/** Every code an error or one of its issues may carry, and its meaning for `docs/errors.md`: no bundle holds the table. */
export const errorCodes = {
  ERR_IAM_INVALID_POLICY: 'one or more policy documents are malformed; see `issues`',
  ERR_IAM_INVALID_REQUEST: 'the request is malformed; see `issues`',
  ERR_IAM_JSON: 'the policy text is not JSON',
  ERR_IAM_DUPLICATE_MEMBER: 'the same member stands twice in one JSON object (L9)',
  ERR_IAM_TYPE: 'a value has the wrong JSON type',
  ERR_IAM_UNKNOWN_MEMBER: 'a member that the policy grammar does not have (L2, L12)',
  ERR_IAM_MISSING_MEMBER: 'a required member is absent',
  ERR_IAM_CONFLICT: 'two elements exclude each other (L14), or two things are one',
  ERR_IAM_FORBIDDEN_ELEMENT: 'this kind of policy does not have this element (L22, E96)',
  ERR_IAM_VALUE: 'a value is not one of those allowed here',
  ERR_IAM_ACTION: 'an action is not `*` or `prefix:name` (L23, L24)',
  ERR_IAM_RESOURCE: 'a resource is not `*` or an ARN this kind of policy accepts (L31–L39)',
  ERR_IAM_PRINCIPAL: 'a principal has a form IAM refuses (L43–L52)',
  ERR_IAM_OPERATOR: 'a condition operator does not exist (L68, L69)',
  ERR_IAM_CONDITION_VALUE: 'a condition value cannot be read by its operator (U5)',
  ERR_IAM_INVALID_INPUT: 'a file given to a loader is not what the loader reads; see `issues`',
  ERR_IAM_DIAGNOSTICS: 'a loader met things it cannot take over as they stand, and `strict` was asked for',
  ERR_IAM_NAME: 'a name fits nothing in the estate, or several things',
} as const;

/** What is wrong, for programs; docs/errors.md says what each code means. */
export type IamErrorCode = keyof typeof errorCodes;

/** One thing that is wrong: where (JSON path), what, and what to write instead. */
export interface Issue {
  /** JSON path to the culprit, such as `policies.identityPolicies[0].document.Statement[1].Effect`. */
  readonly path: string;
  /** What is wrong, for programs. */
  readonly code: IamErrorCode;
  /** What is wrong. */
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
  /** 1-based; only where the input was text. */
  readonly line?: number;
  /** 1-based; only where the input was text. */
  readonly column?: number;
}

/** ESM and CommonJS copies of this module may meet in one process: a registered symbol joins them. */
const brand = Symbol.for('iam-verdict/error');

/** The root of every error thrown by this library. */
export class IamError extends Error {
  /** Of an `InvalidPolicyError`, `ERR_IAM_INVALID_POLICY`; each issue has its own, finer code. */
  readonly code: IamErrorCode;
  /** Everything that is wrong, in the order of the input. */
  readonly issues: readonly Issue[];

  constructor(code: IamErrorCode, issues: readonly Issue[]) {
    const first = issues[0];
    const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
    super(first === undefined ? code : `${first.path}: ${first.message}; ${first.hint}${more}`);
    this.code = code;
    this.issues = issues;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Policy documents that IAM would refuse. `issues` holds all of them, of all documents. */
export class InvalidPolicyError extends IamError {
  override readonly name = 'InvalidPolicyError';

  constructor(issues: readonly Issue[]) {
    super('ERR_IAM_INVALID_POLICY', issues);
  }
}

/** A request whose own fields do not parse. */
export class InvalidRequestError extends IamError {
  override readonly name = 'InvalidRequestError';

  constructor(issues: readonly Issue[]) {
    super('ERR_IAM_INVALID_REQUEST', issues);
  }
}

/**
 * True for errors of any copy of this library: `instanceof` fails where ESM and CommonJS meet in one process.
 *
 * @example
 * ```ts
 * try {
 *   parsePolicy('{}', { kind: 'identityPolicies' });
 * } catch (error) {
 *   if (!isIamError(error)) throw error;
 *   console.log(error.code, error.issues[0]?.path); // ERR_IAM_INVALID_POLICY policy.Statement
 * }
 * ```
 */
export function isIamError(value: unknown): value is IamError {
  try {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  } catch {
    return false;
  }
}
