import { closestNames } from '../account/closest.js';
import { InvalidInputError } from '../account/error.js';
import type { Issue } from '../error.js';
import { isPlainObject } from '../value/plain.js';

/** Options of all loaders: one object may be given to several. */
const known: readonly string[] = [
  'strict',
  'file',
  'accountId',
  'region',
  'partition',
  'managementAccount',
  'stackName',
  'parameters',
  'stackParameters',
  'imports',
  'nested',
  'names',
];
/** So many letters may differ for an option to be taken for a slip. */
const slip = 3;

/**
 * The options of a loader. One that is misspelt would not count: what cannot be taken over would be no error, or another account be meant.
 * @throws InvalidInputError for an option that no loader has
 */
export function optionsOf<Options extends object>(given: Options): Options {
  if (!isPlainObject(given)) {
    const hint = "write an object such as { accountId: '111122223333' }";
    throw new InvalidInputError([
      { path: 'options', code: 'ERR_IAM_TYPE', message: 'the options are not an object', hint },
    ]);
  }
  const issues = Object.entries(given).flatMap(([name, value]): readonly Issue[] => {
    if (known.includes(name) || value === undefined) return [];
    const [alike] = closestNames(name, known, slip);
    const message = `there is no option \`${name}\``;
    const hint = alike === undefined ? `write one of ${known.join(', ')}` : `did you mean ${alike}`;
    return [{ path: `options.${name}`, code: 'ERR_IAM_UNKNOWN_MEMBER', message, hint }];
  });
  if (issues.length > 0) throw new InvalidInputError(issues);
  return given;
}
