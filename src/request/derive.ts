import { foldedName } from '../value/ascii.js';
import { parseDate } from '../value/date.js';
import { isAccountPrincipal, type Request } from './request.js';

/** What a key is derived from: undefined means that the request has no such key. */
export type Derivation = (request: Request) => string | undefined;

const account: Derivation = ({ principal }) =>
  isAccountPrincipal(principal)
    ? principal.account
    : principal.kind === 'anonymous'
      ? 'anonymous'
      : undefined;

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
  [
    'aws:principaltype',
    ({ principal }) => {
      switch (principal.kind) {
        case 'user':
          return 'User';
        case 'role':
          return 'AssumedRole';
        case 'federatedUser':
          return 'FederatedUser';
        case 'root':
          return 'Account';
        case 'anonymous':
          return 'Anonymous';
        default:
          return undefined;
      }
    },
  ],
  [
    'aws:principalisawsservice',
    ({ principal }) =>
      principal.kind === 'service' ? 'true' : isAccountPrincipal(principal) ? 'false' : undefined,
  ],
  [
    'aws:principalservicename',
    ({ principal }) => (principal.kind === 'service' ? principal.service : undefined),
  ],
  [
    'aws:principalservicenameslist',
    ({ principal }) => (principal.kind === 'service' ? principal.service : undefined),
  ],
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
  ['aws:resourceaccount', ({ resourceAccount }) => resourceAccount],
  ['aws:currenttime', ({ time }) => time],
  [
    'aws:epochtime',
    ({ time, memory }) => (time === undefined ? undefined : memory.by(epochSeconds).of(time)),
  ],
  ['aws:viaawsservice', ({ principal }) => (isAccountPrincipal(principal) ? 'false' : undefined)],
  ['aws:calledviafirst', ({ context }) => listOf(context.get('aws:calledvia'))[0]],
  ['aws:calledvialast', ({ context }) => listOf(context.get('aws:calledvia')).at(-1)],
]);

/** The time is known to parse: it was read with the request. */
const epochSeconds = (time: string): string => String(parseDate(time)! / 1_000_000_000n);

const listOf = (values: string | readonly string[] | undefined): readonly string[] =>
  typeof values === 'string' ? [values] : (values ?? []);

/** Spellings of a resource tag, next to `aws:ResourceTag/`, and the services whose requests carry them. */
const resourceTagPrefixes: ReadonlyMap<string, readonly string[]> = new Map([
  ['iam:resourcetag/', ['iam', 'sts']],
  ['ec2:resourcetag/', ['ec2']],
  ['secretsmanager:resourcetag/', ['secretsmanager']],
  ['ssm:resourcetag/', ['ssm']],
]);
const resourceTagPrefix = 'aws:resourcetag/';
const principalTagPrefix = 'aws:principaltag/';

/** How a key (folded name) follows from the rest of a request; looked up once, when a policy is compiled. */
export function derivationOf(key: string): Derivation {
  const derivation = derivations.get(key);
  if (derivation !== undefined) return derivation;
  if (key.startsWith(principalTagPrefix)) {
    const tag = foldedName(key.slice(principalTagPrefix.length));
    return ({ principal, principalTags }) =>
      isAccountPrincipal(principal) ? principalTags.get(tag) : undefined;
  }
  const slash = key.indexOf('/') + 1;
  const prefix = key.slice(0, slash);
  const tag = foldedName(key.slice(slash));
  if (prefix === resourceTagPrefix) return ({ resourceTags }) => resourceTags.get(tag);
  return (request) => (isResourceTag(request, prefix) ? request.resourceTags.get(tag) : undefined);
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

function isResourceTag(request: Request, prefix: string): boolean {
  if (prefix === resourceTagPrefix) return true;
  if (resourceTagPrefixes.get(prefix)?.includes(request.action.service) === true) return true;
  // rds:db-tag/, rds:cluster-tag/ …: the type of the resource, as its ARN begins.
  const type = request.action.service === 'rds' ? request.resource.parts?.[5]?.split(':', 1)[0] : undefined;
  return type !== undefined && prefix === `rds:${type}-tag/`;
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
  return slash > 0 && isResourceTag(request, key.slice(0, slash))
    ? resourceTagPrefix + key.slice(slash)
    : key;
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
