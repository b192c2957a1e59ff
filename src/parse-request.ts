import type { RequestInput } from './request/input.js';
import { parseRequest as read } from './request/parse.js';
import type { Request } from './request/request.js';

/** A request that was read and checked once. It holds a private copy: what is changed in the input afterwards does not count. */
export class ParsedRequest {
  readonly #request: Request;

  constructor(input: RequestInput) {
    this.#request = read(input);
  }

  /** No plain object: where only plain requests are taken, this one is refused and not read as an empty one. */
  get [Symbol.toStringTag](): string {
    return 'ParsedRequest';
  }

  /** What was read; undefined for anything else. */
  static reading(value: unknown): Request | undefined {
    try {
      // Mostly so, and told sooner than that a private member is missing.
      if ((value as object).constructor === Object) return undefined;
    } catch {
      // Null, or a proxy that throws: what is wrong with it is said where it is read.
      return undefined;
    }
    return typeof value === 'object' && value !== null && #request in value ? value.#request : undefined;
  }
}

/**
 * Reads and checks a request once, to ask it of any number of compiled policies, which answer as they would answer the request
 * as it is written. Where they are few, reading the request is most of a decision.
 *
 * @example
 * ```ts
 * const request = parseRequest({
 *   principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
 *   action: 's3:GetObject',
 *   resource: { arn: 'arn:aws:s3:::reports/2026.csv', accountId: '111122223333' },
 * });
 * const allowing = (Action: string) =>
 *   compile({ identityPolicies: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } }] });
 * const decisions = ['s3:Get*', 's3:Put*'].map((action) => allowing(action).evaluate(request).decision);
 * console.log(decisions.join(' ')); // allowed implicitDeny
 * ```
 * @throws InvalidRequestError with every issue of the request
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/intro-structure.html
 */
export function parseRequest(input: RequestInput): ParsedRequest {
  return new ParsedRequest(input);
}
