import type { Dice } from '../../differential/dice.js';
import {
  type Account,
  type Granted,
  kinds,
  type Managed,
  type ResourceKind,
  type Role,
  roleArn,
  stackName,
  type Tags,
  type User,
  userArn,
} from './account.js';
import { identityDocument, resourceDocument } from './documents.js';

const paths = ['/', '/', '/team/', '/a/b/'];
const kindNames = Object.keys(kinds) as ResourceKind[];
/** The key's id is its name: whoever makes a key does not choose it. */
const keyId = '1a2b3c4d-0000-4000-8000-00000000000';

export function makeAccount(dice: Dice): Account {
  const count = (last: number) => Array.from({ length: 1 + dice.upTo(last) }, (_, i) => i);
  const named = (chosen: string, logical: string) =>
    dice.chance(30) ? `${stackName}-${logical}-1A2B3C4D5E6F` : chosen;
  const users = count(1).map((i) => ({ name: named(`ana-${i}`, `User${i}`), path: dice.pick(paths) }));
  const roles = count(2).map((i) => ({ name: named(`app-${i}`, `Role${i}`), path: dice.pick(paths) }));
  const resources = count(3).map((i) => {
    const kind = dice.pick(kindNames);
    const name = named(`data-${i}`, `Resource${i}`);
    return {
      kind,
      name: kind === 'key' ? `${keyId}${i}` : lowered.includes(kind) ? name.toLowerCase() : name,
    };
  });
  const arns = {
    principals: [...users.map((one) => userArn(one as User)), ...roles.map((one) => roleArn(one as Role))],
    roles: roles.map((one) => roleArn(one as Role)),
    resources: resources.map((one) => kinds[one.kind].arn(one.name)),
  };
  const managed = count(2).map(
    (i): Managed => ({
      name: named(`rules-${i}`, `Managed${i}`),
      path: dice.pick(paths),
      document: identityDocument(dice, arns),
    }),
  );
  const some = (last: number, of: readonly unknown[]): number[] => [
    ...new Set(Array.from({ length: dice.upTo(last) }, () => dice.upTo(of.length - 1))),
  ];
  const granted = (): Omit<Granted, 'name'> => ({
    inline: Array.from({ length: dice.upTo(2) }, () => identityDocument(dice, arns)),
    attached: some(2, managed),
  });
  const tags = (): Tags => ({
    ...(dice.chance(60) ? { team: dice.pick(['red', 'blue']) } : {}),
    ...(dice.chance(30) ? { Stage: dice.pick(['prod', 'red']) } : {}),
  });
  const groups = count(1).map((i) => ({ name: `crew-${i}`, ...granted() }));
  const boundary = () => (dice.chance(25) ? dice.upTo(managed.length - 1) : undefined);
  return {
    users: users.map((one) => ({
      ...one,
      ...granted(),
      tags: tags(),
      boundary: boundary(),
      groups: some(2, groups),
    })),
    groups,
    roles: roles.map((one) => ({
      ...one,
      ...granted(),
      tags: tags(),
      boundary: boundary(),
      trust: resourceDocument(dice, 'sts:AssumeRole', undefined, arns.principals),
    })),
    managed,
    resources: resources.map((one) => {
      const { actions, tagged, arn } = kinds[one.kind];
      return {
        ...one,
        tags: tagged ? tags() : {},
        policy:
          one.kind === 'key' || dice.chance(60)
            ? resourceDocument(
                dice,
                dice.pick([...actions, `${actions[0]!.split(':')[0]}:*`]),
                arn(one.name),
                arns.principals,
              )
            : undefined,
      };
    }),
  };
}

/** Kinds whose names have no capital letters. */
const lowered: readonly ResourceKind[] = ['bucket', 'repository'];
