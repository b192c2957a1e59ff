import { InvalidRequestError } from '../error.js';
import type { PrincipalHandle, ResourceHandle } from '../query/estate.js';
import { Estate } from '../query/estate.js';

/**
 * The principal that an assertion is asked of.
 * @throws InvalidRequestError for anything else
 */
export function principalOf(received: unknown, matcher: string): PrincipalHandle {
  if (isHandle(received, 'caller')) return own(received as PrincipalHandle);
  return refuse(
    `${matcher} is asked of a principal`,
    `write expect(estate.principal('…')).${matcher}('s3:GetObject', '…')`,
  );
}

/**
 * The resource that an assertion is asked of.
 * @throws InvalidRequestError for anything else
 */
export function resourceOf(received: unknown): { estate: Estate; resource: ResourceHandle } {
  if (isHandle(received, 'text')) {
    const resource = own(received as ResourceHandle);
    return { estate: resource.estate, resource };
  }
  return refuse(
    'toBeReachableOnlyBy is asked of a resource',
    "write expect(estate.resource('…')).toBeReachableOnlyBy(['…'], 's3:GetObject')",
  );
}

function refuse(message: string, hint: string): never {
  throw new InvalidRequestError([{ path: 'expect', code: 'ERR_IAM_VALUE', message, hint }]);
}

/** Handles of another copy of this library are as good. */
const isHandle = (value: unknown, member: string): value is { readonly estate: Estate } =>
  typeof value === 'object' && value !== null && 'estate' in value && member in value;

const copies = new WeakMap<object, Estate>();

/** The handle with an estate of this copy of the library. */
function own<T extends { readonly estate: Estate }>(handle: T): T {
  if (handle.estate instanceof Estate) return handle;
  const known = copies.get(handle.estate) ?? new Estate((handle.estate as Estate).toJSON());
  copies.set(handle.estate, known);
  return { ...handle, estate: known };
}
