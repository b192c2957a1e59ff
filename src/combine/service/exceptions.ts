import type { Request } from '../../request/request.js';
import type { ExceptionEffect, ServiceException } from './exception.js';
import { kms } from './kms.js';
import { s3 } from './s3.js';
import { sts } from './sts.js';

/** The ordered list of everything a service does differently; a service that is not here follows the general rule. */
export const serviceExceptions: readonly ServiceException[] = [...sts, ...kms, ...s3];

/** What a service does differently. So few that comparing is quicker than a look-up. */
export function exceptionsOf(service: string): readonly ServiceException[] | undefined {
  return service === 's3' ? s3 : service === 'sts' ? sts : service === 'kms' ? kms : undefined;
}

/** Whether the service of the request does anything differently. */
export const isExceptional = ({ action }: Request): boolean => exceptionsOf(action.service) !== undefined;

/** The first exception with this effect that the request falls under. */
export function exceptionFor(request: Request, effect: ExceptionEffect): ServiceException | undefined {
  const exceptions = exceptionsOf(request.action.service);
  if (exceptions === undefined) return undefined;
  for (const exception of exceptions)
    if (exception.effect === effect && exception.applies(request)) return exception;
  return undefined;
}
