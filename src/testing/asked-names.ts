import { InvalidRequestError } from '../error.js';

/**
 * The names that an assertion lists; one may stand for a list of one.
 * @throws InvalidRequestError for what is no list of names
 */
export function askedNames(names: unknown): readonly string[] {
  const list = typeof names === 'string' ? [names] : names;
  if (Array.isArray(list) && list.every((name) => typeof name === 'string')) return list;
  const hint = "write for example ['App'], or [] for nobody";
  throw new InvalidRequestError([
    { path: 'names', code: 'ERR_IAM_VALUE', message: 'the names are no list of strings', hint },
  ]);
}
