import { IamError, type Issue } from '../error.js';

/**
 * A file that a loader cannot read, or that it cannot take over as it stands while `strict` is asked for; data that is no estate's.
 */
export class InvalidInputError extends IamError {
  override readonly name = 'InvalidInputError';

  constructor(
    issues: readonly Issue[],
    code: 'ERR_IAM_INVALID_INPUT' | 'ERR_IAM_DIAGNOSTICS' = 'ERR_IAM_INVALID_INPUT',
  ) {
    super(code, issues);
  }
}

/** A name that fits nothing in the estate, or more than one thing; the hint lists the candidates. */
export class UnknownNameError extends IamError {
  override readonly name = 'UnknownNameError';

  constructor(issues: readonly Issue[]) {
    super('ERR_IAM_NAME', issues);
  }
}
