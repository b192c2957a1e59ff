import { InvalidRequestError } from '../error.js';
import { isListOf } from '../value/argument.js';

/**
 * The names that an assertion lists; one may stand for a list of one.
 * @throws InvalidRequestError for what is no list of names
 */
export function askedNames(names: unknown): readonly string[] {
  const list = typeof names === 'string' ? [names] : names;
  if (isListOf(list, (name) => typeof name === 'string')) return list as readonly string[];
  const hint = "write for example ['App'], or [] for nobody";
  throw new InvalidRequestError([
    { path: 'names', code: 'ERR_IAM_VALUE', message: 'the names are no list of strings', hint },
  ]);
}
