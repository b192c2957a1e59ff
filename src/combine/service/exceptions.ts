import type { Request } from '../../request/request.js';
import type { ExceptionEffect, ServiceException } from './exception.js';
import { kms } from './kms.js';
import { s3 } from './s3.js';
import { sts } from './sts.js';

/** The ordered list of everything a service does differently; a service that is not here follows the general rule. */
export const serviceExceptions: readonly ServiceException[] = [...sts, ...kms, ...s3];

const byService = new Map<string, readonly ServiceException[]>([
  ['sts', sts],
  ['kms', kms],
  ['s3', s3],
]);

/** Whether the service of the request does anything differently. */
export const isExceptional = ({ service }: Request): boolean => byService.has(service);

/** The first exception with this effect that the request falls under. */
export function exceptionFor(request: Request, effect: ExceptionEffect): ServiceException | undefined {
  const exceptions = byService.get(request.service);
  if (exceptions === undefined) return undefined;
  for (const exception of exceptions)
    if (exception.effect === effect && exception.applies(request)) return exception;
  return undefined;
}
