import type { EstateGroup, EstateRole, EstateUser, PolicyUse } from '../../account/estate-data.js';
import { policyUse, type Report } from '../document.js';
import { listOf, member, tagsOf, textMember } from '../json-input.js';
import type { Accounts } from './accounts.js';

/** What users, groups and roles have in common. */
interface Common {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly policies: readonly PolicyUse[];
  readonly origin: { readonly file?: string; readonly path: string };
}

/** Reads users, groups and roles. */
export class IdentityReader {
  readonly #accounts: Accounts;
  readonly #report: Report;
  readonly #file: { readonly file?: string };
  /** Some principal of the snapshot carries tags; old tools carry none. */
  readonly #tagged: boolean;

  constructor(accounts: Accounts, report: Report, file: string | undefined, tagged: boolean) {
    this.#accounts = accounts;
    this.#report = report;
    this.#file = file === undefined ? {} : { file };
    this.#tagged = tagged;
  }

  user(value: unknown, path: string): EstateUser | undefined {
    const common = this.#common(value, path, 'User');
    if (common === undefined) return undefined;
    const groups = listOf(member(value, 'GroupList'));
    const names = groups?.map((group) =>
      typeof group === 'string' ? group : textMember(group, 'GroupName'),
    );
    const known = names?.filter((name) => name !== undefined) ?? [];
    // What a group that is not known allows or denies is not known.
    const lost =
      known.length === groups?.length ? [] : [this.#unreadable(`${path}.GroupList`, 'a group of the user')];
    return {
      kind: 'user',
      ...common,
      policies: [...common.policies, ...lost],
      groups: known,
      ...this.#boundary(value, path),
      ...this.#tags(value, path),
    };
  }

  group(value: unknown, path: string): EstateGroup | undefined {
    const common = this.#common(value, path, 'Group');
    return common === undefined ? undefined : { kind: 'group', ...common };
  }

  role(value: unknown, path: string): EstateRole | undefined {
    const common = this.#common(value, path, 'Role');
    if (common === undefined) return undefined;
    const where = `${path}.AssumeRolePolicyDocument`;
    const origin = { ...this.#file, path: where };
    const text = member(value, 'AssumeRolePolicyDocument');
    const profiles = (listOf(member(value, 'InstanceProfileList')) ?? []).flatMap(
      (one) => textMember(one, 'Arn') ?? [],
    );
    return {
      kind: 'role',
      ...common,
      trustPolicy: policyUse('trust policy', text, 'trustPolicy', origin, this.#report),
      ...(profiles.length === 0 ? {} : { instanceProfiles: profiles }),
      ...this.#boundary(value, path),
      ...this.#tags(value, path),
    };
  }

  #common(value: unknown, path: string, kind: 'User' | 'Group' | 'Role'): Common | undefined {
    const written = textMember(value, 'Arn') ?? '';
    const home = this.#accounts.homeOf(written, path);
    if (home === undefined) {
      this.#malformed(
        `${path}.Arn`,
        `\`${written.slice(0, 100)}\` is no ARN of a ${kind.toLowerCase()}, which is left out`,
      );
      return undefined;
    }
    const name = textMember(value, `${kind}Name`) ?? home.arn.slice(home.arn.lastIndexOf('/') + 1);
    return {
      arn: home.arn,
      account: home.account,
      name,
      // An ARN that had to be changed still finds what it names.
      names: home.arn === written ? [name] : [name, written],
      policies: [...this.#inline(value, path, `${kind}PolicyList`), ...this.#attached(value, path)],
      origin: { ...this.#file, path },
    };
  }

  #inline(value: unknown, path: string, list: string): readonly PolicyUse[] {
    const entries = listOf(member(value, list));
    if (entries === undefined) return [this.#unreadable(`${path}.${list}`, 'inline policies')];
    return entries.map((one, i) => {
      const name = textMember(one, 'PolicyName') ?? `policy ${i + 1}`;
      const origin = { ...this.#file, path: `${path}.${list}[${i}].PolicyDocument` };
      return policyUse(name, member(one, 'PolicyDocument'), 'identityPolicies', origin, this.#report);
    });
  }

  #attached(value: unknown, path: string): readonly PolicyUse[] {
    const where = `${path}.AttachedManagedPolicies`;
    const entries = listOf(member(value, 'AttachedManagedPolicies'));
    if (entries === undefined) return [this.#unreadable(where, 'attached policies')];
    return entries.map((one, i) => {
      const arn = textMember(one, 'PolicyArn');
      const origin = { ...this.#file, path: `${where}[${i}].PolicyArn` };
      if (arn !== undefined && arn !== '') return { arn, origin };
      return this.#unreadable(
        `${where}[${i}].PolicyArn`,
        textMember(one, 'PolicyName') ?? `attached policy ${i + 1}`,
      );
    });
  }

  #boundary(value: unknown, path: string): { permissionsBoundary?: PolicyUse } {
    const boundary = member(value, 'PermissionsBoundary');
    if (boundary === undefined || boundary === null) return {};
    const where = `${path}.PermissionsBoundary.PermissionsBoundaryArn`;
    const arn = textMember(boundary, 'PermissionsBoundaryArn') ?? '';
    const permissionsBoundary =
      arn === ''
        ? this.#unreadable(where, 'permissions boundary')
        : { arn, origin: { ...this.#file, path: where } };
    return { permissionsBoundary };
  }

  #tags(value: unknown, path: string): Pick<EstateUser, 'tags' | 'tagsUnresolved'> {
    const tags = tagsOf(member(value, 'Tags'));
    if (tags === undefined) {
      this.#malformed(`${path}.Tags`, 'the tags are no list of Key and Value');
      return { tagsUnresolved: true };
    }
    if (!this.#tagged) return { tagsUnresolved: true };
    return Object.keys(tags).length === 0 ? {} : { tags };
  }

  #unreadable(path: string, name: string): PolicyUse {
    this.#malformed(path, `${name} cannot be read`);
    return { name, unresolved: 'cannot be read from the file', origin: { ...this.#file, path } };
  }

  #malformed(path: string, message: string): void {
    this.#report('malformed', path, message, 'pass the output as the AWS CLI writes it');
  }
}
