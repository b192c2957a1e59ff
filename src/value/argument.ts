import { InvalidRequestError } from '../error.js';

/**
 * Refuses what a function does not take: plain JavaScript passes anything, often a variable that nobody has set.
 * @throws InvalidRequestError
 */
export function checkArgument(fits: boolean, path: string, hint: string): asserts fits {
  if (fits) return;
  const message = 'this is not what is taken here';
  throw new InvalidRequestError([{ path, code: 'ERR_IAM_TYPE', message, hint }]);
}

/**
 * The same for text, with an example of it.
 * @throws InvalidRequestError
 */
export function checkText(value: unknown, path: string, example: string): asserts value is string {
  checkArgument(typeof value === 'string', path, `write text, for example '${example}'`);
}

/** Whether it is a list of such entries. `every` would pass over those that a sparse list does not have. */
export function isListOf(value: unknown, fits: (one: unknown) => boolean): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!fits(value[i])) return false;
  return true;
}
