import { checkCaller } from '../account/caller.js';
import { checkIsData } from '../account/check-data.js';
import { InvalidInputError } from '../account/error.js';
import {
  type EstateData,
  type EstatePrincipal,
  type EstateResource,
  emptyEstate,
  type Text,
} from '../account/estate-data.js';
import type { Caller, Facts } from '../account/facts.js';
import { type LinkedEstate, linkEstate } from '../account/link.js';
import { mergeEstates } from '../account/merge.js';
import { isText, textKey, textWords } from '../account/text.js';
import { isPlainObject } from '../value/plain.js';
import type { Answer } from './answer.js';
import { awsManagedPolicy } from './aws-managed.js';
import { callerNamed } from './caller-named.js';
import { askCaller } from './can.js';
import { noAction, noName, resourceNamed, unknownName } from './names.js';
import { type WhatCan, type WhatCanFacts, whatCan } from './what-can.js';
import { type WhoCan, type WhoCanFacts, whoCan } from './who-can.js';
import { type WhoCanAssume, type WhoCanAssumeFacts, whoCanAssume } from './who-can-assume.js';

/** A caller of an estate, looked up: for matchers, and to ask several questions of. */
export interface PrincipalHandle {
  /** Where it was looked up. */
  readonly estate: Estate;
  /** As `can` of the linked estate takes it. */
  readonly caller: Caller;
  /** Its ARN, holes as `{Name}`; of a service or provider its name. */
  readonly arn: string;
  /** All names it may be called by. */
  readonly names: readonly string[];
  /** What kind of caller it is. */
  readonly kind: 'user' | 'role' | Exclude<Caller['kind'], 'principal'>;
}

/** A resource of an estate, looked up. */
export interface ResourceHandle {
  /** Where it was looked up. */
  readonly estate: Estate;
  /** Its ARN, holes and all. */
  readonly text: Text;
  /** Its ARN, holes as `{Name}`. */
  readonly arn: string;
  /** All names it may be called by. */
  readonly names: readonly string[];
  /** Told apart from principals by it. */
  readonly kind: 'resource';
}

/**
 * Accounts, what they hold, and the organization above them: what questions are asked of. Immutable; `toJSON` is its data, and
 * `new Estate(data)` reads it back.
 *
 * @example
 * ```ts
 * const estate = new Estate({
 *   ...emptyEstate,
 *   principals: [
 *     {
 *       kind: 'role', arn: 'arn:aws:iam::111122223333:role/app', account: '111122223333', name: 'app', names: ['AppRole'],
 *       policies: [
 *         {
 *           name: 'read',
 *           document: {
 *             Version: '2012-10-17',
 *             Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' },
 *           },
 *         },
 *       ],
 *       trustPolicy: {
 *         name: 'trust',
 *         document: {
 *           Version: '2012-10-17',
 *           Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
 *         },
 *       },
 *     },
 *   ],
 *   resources: [
 *     {
 *       arn: 'arn:aws:s3:::reports', account: '111122223333', type: 'AWS::S3::Bucket', names: ['Reports'], policies: [],
 *     },
 *   ],
 * });
 * console.log(estate.can('AppRole', 's3:GetObject', 'Reports/2026.csv').decision); // allowed
 * console.log(estate.can('app', 's3:PutObject', 'Reports/2026.csv').decision); // implicitDeny
 * console.log(estate.whoCan('s3:GetObject', 'Reports/2026.csv').allowed[0]?.arn); // arn:aws:iam::111122223333:role/app
 * ```
 */
export class Estate {
  readonly #data: EstateData;
  #linked: LinkedEstate | undefined;

  /** @throws InvalidInputError for what is no data of an estate; what is wrong in it is said when it is first needed */
  constructor(data: Partial<EstateData> = {}) {
    checkIsData(data);
    // Undefined is absent, as in JSON.
    const given = Object.entries(data).filter(([, value]) => value !== undefined);
    this.#data = { ...emptyEstate, ...Object.fromEntries(given) };
  }

  /** The index over the data, made when it is first needed. */
  get linked(): LinkedEstate {
    this.#linked ??= linkEstate(this.#data, awsManagedPolicy);
    return this.#linked;
  }

  /** Users and roles. */
  get principals(): readonly EstatePrincipal[] {
    return this.#data.principals;
  }

  /** What the estate knows besides principals. */
  get resources(): readonly EstateResource[] {
    return this.#data.resources;
  }

  /**
   * A caller by logical id, construct path, Terraform address, plain name or ARN; also a workload (its role asks), an instance
   * profile, a service principal, an account id (its root user), a provider, or `anonymous`.
   * @throws UnknownNameError that lists the candidates
   */
  principal(name: string): PrincipalHandle {
    if (typeof name !== 'string') return noName('principal', "estate.principal('App')");
    const caller = callerNamed(this.linked, name);
    return { estate: this, caller, ...this.#caller(caller) };
  }

  #caller(caller: Caller): Pick<PrincipalHandle, 'arn' | 'names' | 'kind'> {
    switch (caller.kind) {
      case 'principal': {
        const { principal } = this.linked.principal(caller.key)!;
        return { arn: textWords(principal.arn), names: principal.names, kind: principal.kind };
      }
      case 'outside':
        return { arn: caller.arn, names: [], kind: caller.kind };
      case 'service':
        return { arn: caller.service, names: [], kind: caller.kind };
      case 'federated':
        return { arn: textWords(caller.provider), names: [], kind: caller.kind };
      case 'anonymous':
        return { arn: 'anonymous', names: [], kind: caller.kind };
    }
  }

  /**
   * A resource by name or ARN, or `*`. A path may follow a name: `Bucket/reports/x.csv`.
   * @throws UnknownNameError that lists the candidates
   */
  resource(name: string): ResourceHandle {
    if (typeof name !== 'string') return noName('resource', "estate.resource('Reports')");
    return this.#resource(resourceNamed(this.linked, name));
  }

  #resource(text: Text): ResourceHandle {
    const own = this.linked.resource(textKey(text));
    return { estate: this, text, arn: textWords(text), names: own?.names ?? [], kind: 'resource' };
  }

  /**
   * Whether a caller may do an action on a resource: the decision of the engine on everything the estate knows that bears on it.
   * @throws UnknownNameError when a name fits nothing or several things
   * @throws InvalidRequestError when the action or a fact is malformed
   */
  can(
    principal: string | PrincipalHandle,
    action: string,
    resource: string | ResourceHandle = '*',
    facts: Facts = {},
  ): Answer {
    return askCaller(this.linked, this.#callerOf(principal), action, this.#target(resource, action), facts);
  }

  /**
   * Every user and role that may do an action on a resource, and those for whom it depends.
   * @throws UnknownNameError, InvalidRequestError as `can` does
   */
  whoCan(action: string, resource: string | ResourceHandle = '*', facts: WhoCanFacts = {}): WhoCan {
    return whoCan(this.linked, action, this.#target(resource, action), facts);
  }

  /**
   * What a caller may do: every action of the catalog, on `*`, on each resource that its policies name, and on each resource of the
   * estate; as patterns, or with `expand` by name.
   * @throws UnknownNameError, InvalidRequestError as `can` does
   */
  whatCan(principal: string | PrincipalHandle, facts: WhatCanFacts = {}): WhatCan {
    return whatCan(this.linked, this.#callerOf(principal), facts);
  }

  /**
   * Who can come to act with a role, directly or by way of other roles and of what runs with them; the surest and shortest way of each.
   * @throws UnknownNameError when the name fits no role
   * @throws InvalidRequestError when a fact is malformed
   */
  whoCanAssume(role: string | PrincipalHandle, facts: WhoCanAssumeFacts = {}): WhoCanAssume {
    const caller = this.#callerOf(role);
    const found = caller.kind === 'principal' ? this.linked.principal(caller.key)?.principal : undefined;
    if (found?.kind !== 'role')
      return unknownName(this.linked, 'role', typeof role === 'string' ? role : role.arn, ['role']);
    return whoCanAssume(this.linked, found.arn, facts);
  }

  #callerOf(principal: string | PrincipalHandle): Caller {
    if (typeof principal === 'string') return callerNamed(this.linked, principal);
    if (!isPlainObject(principal) || !isText(principal.arn) || principal.caller === undefined)
      return noName('principal', "'App' or estate.principal('App')");
    checkCaller(principal.caller);
    return principal.caller;
  }

  #target(resource: string | ResourceHandle, action: string): Text {
    if (typeof action !== 'string') return noAction();
    if (typeof resource !== 'string') {
      if (isPlainObject(resource) && isText(resource.text)) return resource.text;
      return noName('resource', "'Reports' or estate.resource('Reports')");
    }
    return resourceNamed(this.linked, resource, action.slice(0, Math.max(0, action.indexOf(':'))));
  }

  /**
   * This estate with another laid over it: of things with the same ARN the other's fields win, policies and names are united; a resource
   * that holds one policy, such as a bucket, has the other's.
   * @throws InvalidInputError for what is no estate
   */
  merge(...others: readonly Estate[]): Estate {
    return new Estate(
      others.reduce((data, other) => mergeEstates(data, dataOf(other, 'others')), this.#data),
    );
  }

  /** The data, plain JSON. */
  toJSON(): EstateData {
    return this.#data;
  }
}

/**
 * The data of an estate, of another copy of this library too.
 * @throws InvalidInputError for what is no estate
 */
export function dataOf(other: unknown, path: string): EstateData {
  const { toJSON } = Object(other) as Partial<Estate>;
  if (typeof toJSON === 'function') return toJSON.call(other as Estate);
  const hint = 'pass an Estate, such as the one that a loader returns';
  throw new InvalidInputError([{ path, code: 'ERR_IAM_TYPE', message: 'this is no estate', hint }]);
}
