import { foldedName } from '../value/ascii.js';
import { parseDate } from '../value/date.js';
import { isAccountPrincipal, type Principal } from './principal.js';
import type { Request } from './request.js';

/** What a key is derived from: undefined means that the request has no such key. */
export type Derivation = (request: Request) => string | undefined;

const account: Derivation = ({ principal }) =>
  isAccountPrincipal(principal)
    ? principal.account
    : principal.kind === 'anonymous'
      ? 'anonymous'
      : undefined;

const owner: Derivation = ({ resourceAccount }) => resourceAccount;

const serviceName: Derivation = ({ principal }) =>
  principal.kind === 'service' ? principal.service : undefined;

const principalTypes: Readonly<Partial<Record<Principal['kind'], string>>> = {
  user: 'User',
  role: 'AssumedRole',
  federatedUser: 'FederatedUser',
  root: 'Account',
  anonymous: 'Anonymous',
};

/** The services that a call came through with the caller's credentials, in order (E85). */
const calledVia = ({ context }: Request): readonly string[] => {
  const values = context.get('aws:calledvia');
  return typeof values === 'string' ? [values] : (values ?? []);
};

/** The table of derived keys; names are folded. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const derivations: ReadonlyMap<string, Derivation> = new Map<string, Derivation>([
  [
    'aws:principalarn',
    ({ principal }) => {
      if (!isAccountPrincipal(principal)) return undefined;
      if (principal.kind !== 'role') return principal.arn;
      // E18: never the session ARN; without an issuer the role is taken to have no path.
      return (
        principal.roleArn ?? `arn:${principal.partition}:iam::${principal.account}:role/${principal.roleName}`
      );
    },
  ],
  ['aws:principalaccount', account],
  ['kms:calleraccount', ({ principal }) => (isAccountPrincipal(principal) ? principal.account : undefined)],
  ['aws:principaltype', ({ principal }) => principalTypes[principal.kind]],
  [
    'aws:principalisawsservice',
    ({ principal }) =>
      principal.kind === 'service' ? 'true' : isAccountPrincipal(principal) ? 'false' : undefined,
  ],
  ['aws:principalservicename', serviceName],
  ['aws:principalservicenameslist', serviceName],
  [
    'aws:userid',
    ({ principal }) => {
      if (principal.kind === 'root') return principal.account;
      if (principal.kind === 'federatedUser') return `${principal.account}:${principal.name}`;
      return principal.kind === 'anonymous' ? 'anonymous' : undefined;
    },
  ],
  [
    'aws:username',
    ({ principal }) =>
      principal.kind === 'user' ? principal.arn.slice(principal.arn.lastIndexOf('/') + 1) : undefined,
  ],
  ['aws:multifactorauthpresent', ({ mfa }) => (mfa === undefined ? undefined : String(mfa.present))],
  [
    'aws:multifactorauthage',
    ({ mfa }) => (mfa?.ageSeconds === undefined ? undefined : String(mfa.ageSeconds)),
  ],
  [
    'aws:federatedprovider',
    ({ principal }) => (principal.kind === 'federated' ? principal.provider : undefined),
  ],
  ['aws:sourceip', ({ sourceIp }) => sourceIp],
  ['aws:resourceaccount', owner],
  ['s3:resourceaccount', owner],
  ['aws:currenttime', ({ time }) => time],
  [
    'aws:epochtime',
    ({ time, memory }) => (time === undefined ? undefined : memory.by(epochSeconds).of(time)),
  ],
  [
    'aws:viaawsservice',
    (request) => (isAccountPrincipal(request.principal) ? String(calledVia(request).length > 0) : undefined),
  ],
  ['aws:calledviafirst', (request) => calledVia(request)[0]],
  ['aws:calledvialast', (request) => calledVia(request).at(-1)],
]);

/** The time is known to parse: it was read with the request. */
const epochSeconds = (time: string): string => String(parseDate(time)! / 1_000_000_000n);

/** Services that have a spelling of their own for tags of the resource, next to `aws:ResourceTag/`; or several, by type of resource. */
const ownResourceTag =
  /^(?:(autoscaling|ec2|ecr|ecr-public|ecs|elasticloadbalancing|elasticmapreduce|glacier|iam|iotanalytics|license-manager|ram|sagemaker|secretsmanager|ssm):resourcetag|(rds|dms):.*-tag|(s3|s3express):(?:bucket|accesspoint)tag)\/$/;

/** Services that know the spelling of another one, whose resources they act on. */
const borrowedResourceTag: ReadonlyMap<string, string> = new Map([
  ['sts', 'iam'],
  ['ec2-instance-connect', 'ec2'],
  ['arc-zonal-shift', 'elasticloadbalancing'],
]);
const resourceTagPrefix = 'aws:resourcetag/';
const principalTagPrefix = 'aws:principaltag/';

/** How a key (folded name) follows from the rest of a request; looked up once, when a policy is compiled. */
export function derivationOf(key: string): Derivation {
  const derivation = derivations.get(key);
  if (derivation !== undefined) return derivation;
  if (key.startsWith(principalTagPrefix)) {
    const tag = foldedName(key.slice(principalTagPrefix.length));
    // Of services too: IAM Roles Anywhere brings what a certificate says as tags of its own.
    // https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
    return ({ principal, principalTags }) =>
      isAccountPrincipal(principal) || principal.kind === 'service' ? principalTags.get(tag) : undefined;
  }
  const slash = key.indexOf('/') + 1;
  const prefix = key.slice(0, slash);
  const tag = foldedName(key.slice(slash));
  const carries = resourceTagsUnder(prefix);
  return (request) => (carries(request) ? request.resourceTags.get(tag) : undefined);
}

/** The value or values of a key, or undefined when it is missing. `context` wins over what is derived; an empty list is missing (L95). */
export function readKey(
  request: Request,
  key: string,
  derivation: Derivation,
): string | readonly string[] | undefined {
  const given = request.context.get(key);
  if (given === undefined) return derivation(request);
  return given.length === 0 && typeof given !== 'string' ? undefined : given;
}

/** Whether a request carries the tags of its resource under keys that begin so. */
function resourceTagsUnder(prefix: string): (request: Request) => boolean {
  if (prefix === resourceTagPrefix) return () => true;
  const [, own, byType, storage] = ownResourceTag.exec(prefix) ?? [];
  if (own !== undefined)
    return ({ action: { service } }) => own === service || own === borrowedResourceTag.get(service);
  // Tags of a bucket count for its objects; those of an access point have a key of their own. ARNs of S3 tell them apart by the account.
  if (storage !== undefined)
    return ({ action: { service }, resource: { parts } }) =>
      service === storage &&
      prefix.endsWith(':buckettag/') ===
        (storage === 's3' ? parts?.[4] === '' : parts?.[5].startsWith('bucket/'));
  // rds:db-tag/, dms:rep-tag/ …: the type of the resource, as its ARN begins.
  return ({ action: { service }, resource }) =>
    service === byType && prefix === `${service}:${resource.parts?.[5].split(':', 1)[0] ?? ''}-tag/`;
}

/** The values of a key as `readKey` finds them, as a list. */
export function readValues(
  request: Request,
  key: string,
  derivation: Derivation,
): readonly string[] | undefined {
  const found = readKey(request, key, derivation);
  return typeof found === 'string' ? [found] : found;
}

/** `aws:ResourceTag/…` for a key of the service of the request that reads the same tag; any other key itself. Folded. */
export function tagKey(request: Request, key: string): string {
  const slash = key.indexOf('/') + 1;
  return slash > 0 && resourceTagsUnder(key.slice(0, slash))(request)
    ? resourceTagPrefix + key.slice(slash)
    : key;
}

/** `aws:ResourceTag/…` for a key (folded) under which some service reads the same tag; any other key itself. */
export function sharedTagKey(key: string): string {
  const slash = key.indexOf('/') + 1;
  return ownResourceTag.test(key.slice(0, slash)) ? resourceTagPrefix + key.slice(slash) : key;
}

/** The values of a key as a list, or undefined when it is missing. */
export const contextValues = (request: Request, key: string): readonly string[] | undefined =>
  readValues(request, key, derivationOf(key));

/** The one value of a key, as a policy variable needs it (L60). */
export function singleValue(request: Request, key: string): string | undefined {
  const found = readKey(request, key, request.memory.by(derivationOf).of(key));
  if (typeof found === 'string' || found === undefined) return found;
  return found.length === 1 ? found[0] : undefined;
}

/** Derived keys (folded) that follow from the rest of a request alone, whoever asks. */
const callerless: ReadonlySet<string> = new Set([
  'aws:sourceip',
  'aws:currenttime',
  'aws:epochtime',
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:calledviafirst',
  'aws:calledvialast',
]);

/** Whether two callers may have different values of a key (folded). */
export const followsFromCaller = (key: string): boolean =>
  key.startsWith(principalTagPrefix) || (derivations.has(key) && !callerless.has(key));

/** The key that another one is read from, where both are condition keys: the ends of the chain aws:CalledVia. */
export const sourceKey = (key: string): string =>
  /^aws:calledvia(?:first|last)$/.test(key) ? 'aws:calledvia' : key;

export const viaService = 'aws:viaawsservice';

/**
 * Keys that are not known, with one that is then not known either: a chain says that a service calls, but none does not say that none
 * does, since few services are named in it, and aws:ViaAWSService is true of all.
 */
export const withFollowing = (keys: Iterable<string>): Set<string> => {
  const all = new Set(keys);
  return all.has('aws:calledvia') ? all.add(viaService) : all;
};
