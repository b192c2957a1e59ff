import { InvalidInputError } from '../account/error.js';
import { Estate } from '../query/estate.js';
import type { Loaded } from './diagnostic.js';
import { settleTwins } from './twins.js';

/** What a loader makes of its input. */
export interface LoadedEstate extends Loaded {
  /** The data, to ask questions of. */
  readonly estate: Estate;
}

/** How a loader takes what it cannot take over. */
export interface Strict {
  /** Anything that cannot be taken over as it stands is an error. */
  readonly strict?: boolean | undefined;
}

/**
 * The estate of what was loaded.
 * @throws InvalidInputError (`ERR_IAM_DIAGNOSTICS`) when `strict` is asked for and there is any diagnostic
 */
export function loadedEstate(loaded: Loaded, strict: boolean | undefined): LoadedEstate {
  const { data, diagnostics } = settleTwins(loaded);
  if (strict === true && diagnostics.length > 0) {
    const issues = diagnostics.map(({ path, message, hint, file }) => ({
      path: file === undefined ? path : `${file}: ${path}`,
      code: 'ERR_IAM_DIAGNOSTICS' as const,
      message,
      hint,
    }));
    throw new InvalidInputError(issues, 'ERR_IAM_DIAGNOSTICS');
  }
  return { data, diagnostics, estate: new Estate(data) };
}
