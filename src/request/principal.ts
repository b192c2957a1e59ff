import { accountOf, parseArn, partitions } from '../value/arn.js';
import { foldedName } from '../value/ascii.js';

/**
 * Who calls, told apart once (E, section 2). All kinds have one shape (`nobody`), what a kind has not being undefined: to an
 * engine, callers of several shapes are several cases wherever one is asked.
 */
export type Principal =
  | {
      readonly kind: 'user' | 'root';
      readonly arn: string;
      readonly account: string;
      readonly partition: string;
    }
  | {
      readonly kind: 'role';
      readonly arn: string;
      readonly account: string;
      readonly partition: string;
      /** Last part of the role's path: all that a session ARN carries (E18). */
      readonly roleName: string;
      /** The role's own ARN, when known: given as `issuer`, or the caller itself. */
      readonly roleArn: string | undefined;
      /** Absent for the role itself as caller. */
      readonly session: string | undefined;
    }
  | {
      readonly kind: 'federatedUser';
      readonly arn: string;
      readonly account: string;
      readonly partition: string;
      readonly name: string;
      readonly issuer: string | undefined;
    }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'anonymous' };

/** The kinds that sign with credentials of an account. */
export type AccountPrincipal = Extract<Principal, { account: string }>;

export const isAccountPrincipal = (principal: Principal): principal is AccountPrincipal =>
  (principal as { readonly account?: string }).account !== undefined;

/** A caller without credentials, and the shape of all others. */
export const nobody = {
  kind: 'anonymous',
  arn: undefined,
  account: undefined,
  partition: undefined,
  roleName: undefined,
  roleArn: undefined,
  session: undefined,
  name: undefined,
  issuer: undefined,
  service: undefined,
  provider: undefined,
} as const;

/** A caller by its ARN alone. */
export const principalOf = (arn: string): Principal | undefined => readArn(arn, undefined);

/** E13, E18: a session's role is its issuer, or account and role name. */
export function readArn(arn: string, issuer: string | undefined): Principal | undefined {
  const parts = parseArn(arn);
  if (parts === undefined || /[*?]/.test(arn)) return undefined;
  const [, partition, service, region, owner, rest] = parts;
  const account = accountOf(owner);
  if (!partitions.has(partition) || region !== '' || account === undefined) return undefined;
  const base = { ...nobody, arn, account, partition: foldedName(partition) };
  const last = (text: string) => text.slice(text.lastIndexOf('/') + 1);
  if (service === 'iam') {
    if (issuer !== undefined) return undefined;
    if (rest === 'root') return { ...base, kind: 'root' };
    if (last(rest) === '') return undefined;
    if (rest.startsWith('user/')) return { ...base, kind: 'user' };
    return rest.startsWith('role/')
      ? { ...base, kind: 'role', roleName: last(rest), roleArn: arn }
      : undefined;
  }
  if (service !== 'sts') return undefined;
  const found = /^(assumed-role|federated-user)\/([^/]+)(?:\/([^/]+))?$/.exec(rest);
  if (found === null) return undefined;
  const [, form, name, session] = found as unknown as [string, string, string, string | undefined];
  const by = issuer === undefined ? undefined : parseArn(issuer);
  if (
    issuer !== undefined &&
    (by === undefined ||
      by[1] !== partition ||
      by[2] !== 'iam' ||
      by[3] !== '' ||
      by[4] !== account ||
      /[*?]/.test(issuer))
  )
    return undefined;
  if (form === 'federated-user') {
    if (session !== undefined || (by !== undefined && !by[5].startsWith('user/'))) return undefined;
    return { ...base, kind: 'federatedUser', name, issuer };
  }
  if (session === undefined) return undefined;
  if (by !== undefined && !(by[5].startsWith('role/') && last(by[5]) === name)) return undefined;
  return {
    ...base,
    kind: 'role',
    roleName: name,
    session,
    roleArn: issuer,
  };
}
