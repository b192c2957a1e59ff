import type { Issue } from '../error.js';
import type { EstateData, Text } from './estate-data.js';
import { textKey, textWords } from './text.js';

/** One identifier of a thing, and what to call it. */
interface Identifier {
  readonly key: string;
  readonly words: string;
}

const byArn = ({ arn }: { readonly arn: Text }): readonly Identifier[] => [
  { key: textKey(arn), words: `the ARN ${textWords(arn)}` },
];
const byId = ({ id }: { readonly id: Text }): readonly Identifier[] => [
  { key: textKey(id), words: `the id ${textWords(id)}` },
];

/** IAM has one group of a name in an account, whatever its path; members name it by either. */
export const groupName = ({ account, name }: { readonly account: string; readonly name: Text }): string =>
  `${account} ${textKey(name)}`;

type Lists = Omit<EstateData, 'attachments' | 'workloads' | 'organization'>;

/** What AWS has once for each of these. Attachments may repeat themselves, and workloads have no identifier. */
const identifiers: { readonly [K in keyof Lists]: (one: Lists[K][number]) => readonly Identifier[] } = {
  accounts: byId,
  principals: byArn,
  groups: (one) => [
    ...byArn(one),
    { key: groupName(one), words: `the name ${textWords(one.name)} in account ${one.account}` },
  ],
  managedPolicies: byArn,
  resources: byArn,
  vpcEndpoints: byId,
};

/** Things that stand twice: of two policies that hang on one ARN, nobody says which is in force, and neither may be lost. */
export function repeatsIn(data: EstateData): readonly Issue[] {
  const { organization } = data;
  return [
    ...Object.entries(identifiers).flatMap(([list, of]) =>
      repeated(list, data[list as keyof Lists], of as (one: unknown) => readonly Identifier[]),
    ),
    ...(organization === undefined
      ? []
      : [
          ...repeated('organization.nodes', organization.nodes, byId),
          ...repeated('organization.policies', organization.policies, byId),
        ]),
  ];
}

function repeated<T>(
  path: string,
  list: readonly T[],
  identifiersOf: (one: T) => readonly Identifier[],
): readonly Issue[] {
  const places = new Map<string, number>();
  return list.flatMap((one, at): readonly Issue[] => {
    for (const { key, words } of identifiersOf(one)) {
      const first = places.get(key);
      if (first !== undefined)
        return [
          {
            path: `${path}[${at}]`,
            code: 'ERR_IAM_CONFLICT',
            message: `${path}[${first}] has ${words} too`,
            hint: 'write one of them with all that it has, or lay one estate over another with `merge`',
          },
        ];
      places.set(key, at);
    }
    return [];
  });
}
