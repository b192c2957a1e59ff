import { closestNames } from '../account/closest.js';
import { InvalidRequestError } from '../error.js';
import type { DeniedBy } from './assertion.js';

/** Each kind that may deny. */
const kinds: Readonly<Record<DeniedBy, true>> = {
  identityPolicies: true,
  permissionsBoundary: true,
  sessionPolicies: true,
  resourcePolicy: true,
  serviceControlPolicies: true,
  resourceControlPolicies: true,
  vpcEndpointPolicy: true,
  service: true,
};

/**
 * Refuses a kind that no answer names: with `.not` it would be green forever.
 * @throws InvalidRequestError
 */
export function checkBy(by: unknown): void {
  const names = Object.keys(kinds);
  if (by === undefined || names.includes(by as string)) return;
  const [alike] = typeof by === 'string' ? closestNames(by, names) : [];
  const hint = alike === undefined ? `write one of ${names.join(', ')}` : `did you mean ${alike}`;
  // Of what is no text, the text may throw.
  const shown = typeof by === 'string' ? by.slice(0, 200) : typeof by;
  const message = `\`${shown}\` is no kind of policy`;
  throw new InvalidRequestError([{ path: 'by', code: 'ERR_IAM_VALUE', message, hint }]);
}
