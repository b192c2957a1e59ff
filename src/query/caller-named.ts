import type { Text } from '../account/estate-data.js';
import type { Caller } from '../account/facts.js';
import type { LinkedEstate } from '../account/link.js';
import type { NamedThing } from '../account/name-index.js';
import { textKey, textWords } from '../account/text.js';
import { isAccountId, parseArn } from '../value/arn.js';
import { ambiguousName, thingsNamed, unknownName } from './names.js';

/** Names of providers that AWS knows without an ARN. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const builtInProviders: ReadonlySet<string> = new Set([
  'cognito-identity.amazonaws.com',
  'www.amazon.com',
  'graph.facebook.com',
  'accounts.google.com',
]);

const callerKinds = ['user', 'role', 'workload', 'instanceProfile', 'resource'] as const;

/**
 * The caller that a name stands for: a name or ARN of a user, role, session, workload or instance profile, a service principal, an
 * account, a provider, or `anonymous`.
 * @throws UnknownNameError
 */
export function callerNamed(linked: LinkedEstate, name: string): Caller {
  const own = linked.principal(name);
  if (own !== undefined) return { kind: 'principal', key: own.key };
  const things = thingsNamed(linked, name, callerKinds);
  const callers = distinct(things.flatMap((thing) => callersOf(linked, thing, name)));
  if (callers.length === 1) return callers[0]!;
  if (callers.length > 1) return ambiguousName('caller', name, callers.map(words));
  if (name.startsWith('arn:')) return byArn(linked, name);
  if (name === 'anonymous') return { kind: 'anonymous' };
  if (isAccountId(name))
    return { kind: 'outside', arn: `arn:${partitionOf(linked, name)}:iam::${name}:root` };
  if (builtInProviders.has(name)) return { kind: 'federated', provider: name };
  // Some, as those of Alexa, are of amazon.com.
  if (/^[a-z0-9.-]+\.amazon(?:aws)?\.com(?:\.cn)?$/.test(name)) return { kind: 'service', service: name };
  // Of whom the files only attach something to, what is known is taken along; the rest is not known.
  const targets = [...new Set(thingsNamed(linked, name, ['target']).map(({ key }) => key))];
  if (targets.length > 1) return ambiguousName('caller', name, targets);
  const [target] = targets;
  if (target !== undefined) return { kind: 'outside', arn: target };
  return unknownName(linked, 'caller', name, [
    ...callerKinds.filter((kind) => kind !== 'resource'),
    'target',
  ]);
}

/** Who asks when this thing does; nobody for a resource that runs nothing. */
function callersOf(linked: LinkedEstate, { kind, key, index }: NamedThing, name: string): readonly Caller[] {
  switch (kind) {
    case 'user':
    case 'role':
      return [{ kind: 'principal', key }];
    case 'instanceProfile':
      return [{ kind: 'principal', key: textKey(linked.data.principals[index]!.arn) }];
    case 'workload':
      return roleOf(linked, index, name);
    case 'resource': {
      const { type, arn, names, account } = linked.data.resources[index]!;
      if (/^AWS::IAM::(?:OIDC|SAML)Provider$/.test(type)) return [{ kind: 'federated', provider: arn }];
      if (linked.names.get(name)?.some((other) => other.kind === 'workload')) return [];
      // The workload of the same names is what runs behind the ARN.
      return names.flatMap((one) =>
        thingsNamed(linked, one, ['workload'])
          .filter((other) => account === undefined || other.account === account)
          .flatMap((other) => roleOf(linked, other.index, name)),
      );
    }
    default:
      return [];
  }
}

/** The role a workload runs with, by ARN, by plain name, or through an instance profile. */
function roleOf(linked: LinkedEstate, index: number, name: string): readonly Caller[] {
  const { role, account } = linked.data.workloads[index]!;
  const key = textKey(role);
  if (linked.principal(key) !== undefined) return [{ kind: 'principal', key }];
  const things = thingsNamed(linked, textWords(role), ['role', 'instanceProfile']).filter(
    (thing) => thing.account === account,
  );
  const found = distinct(
    things.map(
      (thing): Caller => ({ kind: 'principal', key: textKey(linked.data.principals[thing.index]!.arn) }),
    ),
  );
  if (found.length > 0) return found;
  // A role that is not in the files is still known by its ARN.
  if (key.startsWith('arn:')) return [{ kind: 'outside', arn: textWords(role) }];
  return unknownName(linked, `role \`${textWords(role)}\` behind`, name, ['role']);
}

function byArn(linked: LinkedEstate, arn: string): Caller {
  const parts = parseArn(arn);
  const [, partition, service, , account, rest = ''] = parts ?? [];
  if (service === 'iam' && /^(?:oidc|saml)-provider\//.test(rest))
    return { kind: 'federated', provider: arn };
  const session = /^assumed-role\/([^/]+)\/([^/]+)$/.exec(rest);
  if (service === 'sts' && session !== null) {
    const role = thingsNamed(linked, session[1]!, ['role']).find(
      (thing) =>
        thing.account === account &&
        thing.key.startsWith(`arn:${partition}:`) &&
        thing.key.endsWith(`/${session[1]}`),
    );
    if (role !== undefined) return { kind: 'principal', key: role.key, session: session[2]! };
  }
  const caller = service === 'iam' ? /^(?:root$|user\/|role\/)/.test(rest) : service === 'sts';
  return caller ? { kind: 'outside', arn } : unknownName(linked, 'caller', arn, ['user', 'role', 'workload']);
}

const partitionOf = (linked: LinkedEstate, account: string): string =>
  linked.data.accounts.find(({ id }) => id === account)?.partition ?? 'aws';

const words = (caller: Caller): string =>
  caller.kind === 'principal'
    ? caller.key
    : caller.kind === 'outside'
      ? caller.arn
      : textWords((caller as { provider?: Text }).provider ?? caller.kind);

/** Several names of one role are one caller. */
function distinct(callers: readonly Caller[]): readonly Caller[] {
  return [...new Map(callers.map((caller) => [`${caller.kind} ${words(caller)}`, caller])).values()];
}
