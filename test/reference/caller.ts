import { type Caller, listed, type Principals, type Request } from './documents.js';
import { arnParts, date, fold } from './values.js';

/** Each kind of caller with its `aws:PrincipalType`, if it has one. */
const types = {
  user: 'User',
  role: 'AssumedRole',
  session: 'AssumedRole',
  federatedUser: 'FederatedUser',
  root: 'Account',
  service: undefined,
  federated: undefined,
  anonymous: 'Anonymous',
};
export type Kind = keyof typeof types;

export function kindOf(caller: Caller): Kind {
  if (caller.service !== undefined) return 'service';
  if (caller.federated !== undefined) return 'federated';
  if (caller.arn === undefined) return 'anonymous';
  const name = nameOf(caller.arn);
  if (name === 'root') return 'root';
  if (name.startsWith('user/')) return 'user';
  if (name.startsWith('role/')) return 'role';
  return name.startsWith('assumed-role/') ? 'session' : 'federatedUser';
}

/** Services that have a spelling of their own for the tags of a resource. */
const ownTagKeys =
  'autoscaling ec2 ecr ecr-public ecs elasticloadbalancing elasticmapreduce glacier iotanalytics license-manager ram sagemaker secretsmanager ssm'.split(
    ' ',
  );

const nameOf = (arn: string): string => arnParts(arn)[5] ?? '';
const lastOf = (path: string): string => path.split('/').at(-1) ?? '';

/** The account of a caller that has an ARN. */
export const accountOf = (caller: Caller): string | undefined =>
  caller.arn === undefined ? undefined : arnParts(caller.arn)[4];

/** E18: the role of a session; without an issuer its path is not known, and none is assumed. */
export function roleArn(caller: Caller): string | undefined {
  const kind = kindOf(caller);
  if (kind === 'role') return caller.arn;
  if (kind !== 'session' || caller.arn === undefined) return undefined;
  const [, partition, , , account, name = ''] = arnParts(caller.arn);
  return caller.issuer ?? `arn:${partition}:iam::${account}:role/${name.split('/')[1]}`;
}

/** E42: the session of a service-linked role. */
export const isServiceLinked = (caller: Caller): boolean =>
  nameOf(roleArn(caller) ?? '').startsWith('role/aws-service-role/');

/** E11: the owner of the resource, as far as it is written down. */
export function ownerOf(request: Request): string | undefined {
  if (request.resource === '*') return accountOf(request.principal);
  const written = request.resource.accountId ?? arnParts(request.resource.arn)[4] ?? '';
  return /^\d{12}$/.test(written) ? written : accountOf(request.principal);
}

/** E13 */
export type Strength = 'any' | 'direct' | 'role' | 'account';

/** L46: by its number, or by the ARN of its root user, which has the partition of the caller. */
function namesAccountOf(entry: string, caller: Caller): boolean {
  if (caller.arn === undefined) return false;
  const [, partition, , , account] = arnParts(caller.arn);
  return entry === account || entry === `arn:${partition}:iam::${account}:root`;
}

function namesRoleOf(entry: string, caller: Caller): boolean {
  const role = roleArn(caller);
  if (role === undefined) return false;
  if (entry === role) return true;
  if (kindOf(caller) === 'role' || caller.issuer !== undefined) return false;
  // E18: without an issuer account and role name decide, whatever the path of the entry.
  const [asked, named] = [arnParts(role), arnParts(entry)];
  const sameAccount = [1, 2, 4].every((part) => asked[part] === named[part]);
  return sameAccount && nameOf(entry).startsWith('role/') && lastOf(nameOf(entry)) === lastOf(nameOf(role));
}

/** E13: a federated-user session is the IAM user that asked for it; by its mere name only in a Deny. */
function namesUserOf(entry: string, caller: Caller, effect: 'Allow' | 'Deny'): boolean {
  if (kindOf(caller) !== 'federatedUser' || !nameOf(entry).startsWith('user/')) return false;
  if (caller.issuer !== undefined) return entry === caller.issuer;
  const [asked, named] = [arnParts(caller.arn ?? ''), arnParts(entry)];
  const sameAccount = [1, 4].every((part) => asked[part] === named[part]);
  return effect === 'Deny' && sameAccount && lastOf(nameOf(entry)) === lastOf(asked[5] ?? '');
}

function strengthOf(entry: string, caller: Caller, effect: 'Allow' | 'Deny'): Strength | undefined {
  if (entry === '*') return 'any';
  if (caller.arn === undefined) return undefined;
  if (namesAccountOf(entry, caller)) return kindOf(caller) === 'root' ? 'direct' : 'account';
  if (namesRoleOf(entry, caller) || namesUserOf(entry, caller, effect)) return 'role';
  return entry === caller.arn ? 'direct' : undefined;
}

/** E13, E17, L44: all strengths at which the element names the caller; none where it does not. */
export function strengths(principals: Principals, caller: Caller, effect: 'Allow' | 'Deny'): Strength[] {
  if (principals === '*') return ['any'];
  const found: Strength[] = [];
  for (const [type, entries] of Object.entries(principals)) {
    for (const entry of listed(entries)) {
      const strength = type === 'AWS' ? strengthOf(entry, caller, effect) : undefined;
      if (strength !== undefined) found.push(strength);
      const other = { Service: caller.service, Federated: caller.federated }[type];
      if (entry === other) found.push('direct');
      if (type === 'Federated' && entry === '*' && other !== undefined) found.push('direct');
      // L52: no caller carries a canonical id, so `CanonicalUser` names nobody.
    }
  }
  return found;
}

/** E29: whether a NotPrincipal list has every level of the caller. */
export function isSpared(principals: Principals, caller: Caller): boolean {
  if (principals === '*') return false;
  const kind = kindOf(caller);
  if (kind === 'service') return listed(principals.Service).includes(caller.service ?? '');
  if (kind === 'federated') return listed(principals.Federated).includes(caller.federated ?? '');
  if (kind === 'anonymous') return false;
  const entries = listed(principals.AWS);
  if (!entries.some((entry) => namesAccountOf(entry, caller))) return false;
  if (kind === 'root') return true;
  // The role as such stands for a session of any name, which no list has.
  if (kind === 'role') return false;
  const role = kind !== 'session' || entries.some((entry) => namesRoleOf(entry, caller));
  return role && entries.includes(caller.arn ?? '');
}

/** Every condition key of the request by its folded name (L70), each with the list of its values. */
export type Context = ReadonlyMap<string, readonly string[]>;

export function contextOf(request: Request): Context {
  const context = new Map<string, readonly string[]>();
  const put = (key: string, ...values: (string | number | boolean | undefined)[]): void => {
    if (values[0] !== undefined) context.set(fold(key), values.map(String));
  };
  const { principal, resource, mfa, time } = request;
  const kind = kindOf(principal);
  const account = accountOf(principal);
  const name = nameOf(principal.arn ?? '');

  put('aws:PrincipalArn', roleArn(principal) ?? principal.arn);
  put('aws:PrincipalAccount', kind === 'anonymous' ? 'anonymous' : account);
  put('kms:CallerAccount', account);
  put('aws:PrincipalType', types[kind]);
  if (kind === 'service' || account !== undefined) put('aws:PrincipalIsAWSService', kind === 'service');
  put('aws:PrincipalServiceName', principal.service);
  put('aws:PrincipalServiceNamesList', principal.service);
  put('aws:FederatedProvider', principal.federated);
  if (kind === 'user') put('aws:username', lastOf(name));
  if (kind === 'root') put('aws:userid', account);
  if (kind === 'federatedUser') put('aws:userid', `${account}:${lastOf(name)}`);
  if (kind === 'anonymous') put('aws:userid', 'anonymous');
  for (const [tag, value] of Object.entries(principal.tags ?? {})) put(`aws:PrincipalTag/${tag}`, value);

  put('aws:SourceIp', request.sourceIp);
  put('aws:MultiFactorAuthPresent', mfa?.present);
  put('aws:MultiFactorAuthAge', mfa?.ageSeconds);
  if (time !== undefined) {
    const { units, scale } = date(time) ?? { units: 0n, scale: 0 };
    put('aws:CurrentTime', time);
    put('aws:EpochTime', String(units / 10n ** BigInt(scale)));
  }

  put('aws:ResourceAccount', ownerOf(request));
  put('s3:ResourceAccount', ownerOf(request));
  if (resource !== '*') {
    const service = fold(request.action.split(':')[0] ?? '');
    const type = (arnParts(resource.arn)[5] ?? '').split(':')[0];
    for (const [tag, value] of Object.entries(resource.tags ?? {})) {
      put(`aws:ResourceTag/${tag}`, value);
      if (service === 'iam' || service === 'sts') put(`iam:ResourceTag/${tag}`, value);
      if (service === 'ec2-instance-connect') put(`ec2:ResourceTag/${tag}`, value);
      if (service === 'arc-zonal-shift') put(`elasticloadbalancing:ResourceTag/${tag}`, value);
      if (ownTagKeys.includes(service)) put(`${service}:ResourceTag/${tag}`, value);
      if (service === 'rds' || service === 'dms') put(`${service}:${type}-tag/${tag}`, value);
      if (service === 's3' || service === 's3express') {
        const [, , , , account] = arnParts(resource.arn);
        const point = service === 's3' ? account !== '' : type?.startsWith('accesspoint/') === true;
        const holder = point ? 'AccessPoint' : 'Bucket';
        put(`${service}:${holder}Tag/${tag}`, value);
      }
    }
  }
  // What the request states itself wins, an empty list included (L95).
  for (const [key, value] of Object.entries(request.context ?? {})) {
    context.set(fold(key), listed(value).map(String));
  }
  const chain = context.get('aws:calledvia') ?? [];
  if (!context.has('aws:calledviafirst')) put('aws:CalledViaFirst', chain[0]);
  if (!context.has('aws:calledvialast')) put('aws:CalledViaLast', chain.at(-1));
  if (!context.has('aws:viaawsservice') && account !== undefined) put('aws:ViaAWSService', chain.length > 0);
  return context;
}
