import { grammars } from './grammar.js';
import type { PolicyKind, PrincipalEntry } from './policy.js';
import { classifyPrincipal } from './principal.js';
import type { Reader } from './reader.js';

/** Principal or NotPrincipal; undefined where there is none (L43–L55, E96). */
export function readPrincipalElement(
  reader: Reader,
  principal: unknown,
  notPrincipal: unknown,
  effect: unknown,
  kind: PolicyKind,
  path: string,
): PrincipalEntry[] | undefined {
  const grammar = grammars[kind];
  const value = notPrincipal !== undefined ? notPrincipal : principal;
  const name = notPrincipal !== undefined ? 'NotPrincipal' : 'Principal';
  if (value === undefined) {
    return grammar.principal === 'required'
      ? reader.fail(
          path,
          'ERR_IAM_MISSING_MEMBER',
          'there is no Principal',
          'say whom the statement is about',
        )
      : undefined;
  }
  const where = `${path}.${name}`;
  if (grammar.principal === 'forbidden')
    return reader.fail(
      where,
      'ERR_IAM_FORBIDDEN_ELEMENT',
      `this kind of policy has no ${name}`,
      'leave it out',
    );
  if (name === 'NotPrincipal') {
    if (!grammar.notPrincipal)
      return reader.fail(
        where,
        'ERR_IAM_FORBIDDEN_ELEMENT',
        'this kind of policy has no NotPrincipal',
        'write Principal',
      );
    if (effect === 'Allow')
      return reader.fail(
        where,
        'ERR_IAM_CONFLICT',
        'NotPrincipal does not go with Allow',
        'name the principals',
      ); // L55, E30
  }
  if (kind === 'resourceControlPolicies' && value !== '*')
    return reader.fail(
      where,
      'ERR_IAM_PRINCIPAL',
      'the principal of a resource control policy is `*`',
      'write "*"',
    );
  if (value === '*') {
    if (kind === 'trustPolicy')
      return reader.fail(
        where,
        'ERR_IAM_PRINCIPAL',
        'a role trust policy refuses the bare `*`',
        'write {"AWS": "*"}',
      ); // L45
    return [{ type: 'AWS', text: '*', form: 'everyone' }];
  }
  const types = reader.object(value, where, name);
  if (types === undefined) return undefined;
  const entries: PrincipalEntry[] = [];
  for (const type of Object.keys(types)) {
    if (type !== 'AWS' && type !== 'Service' && type !== 'Federated' && type !== 'CanonicalUser') {
      reader.fail(
        `${where}.${type}`,
        'ERR_IAM_PRINCIPAL',
        `\`${type}\` is no principal type`,
        'use AWS, Service, Federated or CanonicalUser',
      );
      continue;
    }
    for (const text of reader.strings(types[type], `${where}.${type}`, 'the principal')) {
      const entry = classifyPrincipal(type, text, kind);
      if (entry === undefined)
        reader.fail(
          `${where}.${type}`,
          'ERR_IAM_PRINCIPAL',
          `\`${text.slice(0, 200)}\` is no principal`,
          'write an account, user, role or session without wildcards',
        );
      else entries.push(entry);
    }
  }
  return entries;
}
