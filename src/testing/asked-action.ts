import { UnknownNameError } from '../account/error.js';
import { findAction } from '../catalog/index.js';
import { InvalidRequestError } from '../error.js';
import { closestActions } from '../query/closest-actions.js';

/** More candidates than these nobody reads. */
const shown = 3;

/**
 * Refuses an action that the catalog does not know: what is misspelt is denied to everybody and reached by nobody, so that an assertion
 * on it would be green forever.
 * @throws UnknownNameError with the closest actions
 * @throws InvalidRequestError for what is not one action
 */
export function checkAction(action: unknown): asserts action is string {
  if (typeof action !== 'string' || !/^[^:*?]+:[^:*?]+$/s.test(action)) {
    const hint = 'write one action, for example "s3:GetObject"';
    throw new InvalidRequestError([
      { path: 'action', code: 'ERR_IAM_ACTION', message: 'the action is not `prefix:Name`', hint },
    ]);
  }
  if (findAction(action) !== undefined) return;
  const close = closestActions(action).slice(0, shown);
  const meant = close.length === 0 ? '' : `did you mean ${close.join(', ')}; `;
  const message = `the catalog has no action \`${action.slice(0, 200)}\``;
  const hint = `${meant}an action newer than the catalog is asked with estate.can and estate.whoCan`;
  throw new UnknownNameError([{ path: 'action', code: 'ERR_IAM_NAME', message, hint }]);
}
