/** What an action does to a resource, as the Service Authorization Reference sorts it. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management';

/** A type of resource that an action works on. */
export interface ActionResourceType {
  /** As in the list of the service. */
  readonly name: string;
  /** The action always needs one; otherwise it may do without. */
  readonly required: boolean;
  /** Condition keys that count when the action works on this type. */
  readonly conditionKeys: readonly string[];
  /** Actions that the caller must be allowed too. */
  readonly dependentActions: readonly string[];
}

/** One action of a service. */
export interface CatalogAction {
  /** With its prefix, `s3:GetObject`. */
  readonly action: string;
  /** The prefix alone, `s3`. */
  readonly service: string;
  /** The name alone, `GetObject`. */
  readonly name: string;
  /** As the Service Authorization Reference sorts it. */
  readonly accessLevel: AccessLevel;
  /** Empty: the action is asked on `*`. */
  readonly resourceTypes: readonly ActionResourceType[];
  /** Condition keys that count whatever it works on. */
  readonly conditionKeys: readonly string[];
  /** Actions that the caller must be allowed too, whatever it works on. */
  readonly dependentActions: readonly string[];
}

/** A type of resource. */
export interface CatalogResourceType {
  /** `bucket` */
  readonly name: string;
  /** With placeholders, `arn:${Partition}:s3:::${BucketName}`; a few types have several. */
  readonly arns: readonly string[];
  /** Condition keys that resources of this type have. */
  readonly conditionKeys: readonly string[];
}

/** A condition key; placeholders stand for any text, `aws:RequestTag/${TagKey}`. */
export interface CatalogConditionKey {
  /** As AWS spells it. */
  readonly key: string;
  /** `String`, `ArrayOfString`, `ARN`, `ArrayOfARN`, `Bool`, `ArrayOfBool`, `Numeric`, `Date`, `IPAddress`. */
  readonly type: string;
}

/** Everything about one service. */
export interface CatalogService {
  readonly prefix: string;
  /** `Amazon S3` */
  readonly name: string;
  readonly conditionKeys: readonly CatalogConditionKey[];
  readonly resourceTypes: readonly CatalogResourceType[];
  /** In order of their names. */
  readonly actions: readonly CatalogAction[];
  /** The same by their folded names. */
  readonly byName: ReadonlyMap<string, CatalogAction>;
}

const levels: Readonly<Record<string, AccessLevel>> = {
  L: 'List',
  R: 'Read',
  W: 'Write',
  T: 'Tagging',
  P: 'Permissions management',
};

const listOf = (text: string, separator: string): readonly string[] =>
  text === '' ? [] : text.split(separator);

/** `key type|key type` */
export const readKeys = (text: string): readonly CatalogConditionKey[] =>
  listOf(text, '|').map((entry) => {
    const space = entry.lastIndexOf(' ');
    return { key: entry.slice(0, space), type: entry.slice(space + 1) };
  });

/** A line of the data; data/catalog.mjs says how it is written. */
export function readService(line: string): CatalogService {
  const [prefix, name, keys, types, groups] = line.split('\t') as [string, string, string, string, string];
  const conditionKeys = readKeys(keys);
  const keysAt = (numbers: string) => listOf(numbers, ',').map((at) => conditionKeys[Number(at)]!.key);
  const usual = `arn:\${Partition}:${prefix}:\${Region}:\${Account}:`;
  const resourceTypes = listOf(types, '|').map((entry): CatalogResourceType => {
    const [type, rest] = entry.split('=') as [string, string];
    const [arns, numbers] = rest.split(' ') as [string, string];
    const whole = arns.split(',').map((arn) => arn.replace('~', () => usual));
    return { name: type, arns: whole, conditionKeys: keysAt(numbers) };
  });
  const typeOf = (text: string): ActionResourceType => {
    const [, at, required, numbers = '', dependents = ''] = /^(\d+)(!?)(?::([\d,]+))?(?:>(.*))?$/.exec(text)!;
    return {
      name: resourceTypes[Number(at)]!.name,
      required: required === '!',
      conditionKeys: keysAt(numbers),
      dependentActions: listOf(dependents, ','),
    };
  };
  const actions = listOf(groups, '|').flatMap((group) => {
    const [tail, names] = group.split('=') as [string, string];
    const [level, on = '', numbers = '', dependents = ''] = tail.split(' ');
    const alike = {
      accessLevel: levels[level!]!,
      resourceTypes: listOf(on, ';').map(typeOf),
      conditionKeys: keysAt(numbers),
      dependentActions: listOf(dependents, ','),
    };
    return names
      .split(' ')
      .map((one): CatalogAction => ({ action: `${prefix}:${one}`, service: prefix, name: one, ...alike }));
  });
  actions.sort((a, b) => (a.name < b.name ? -1 : 1));
  const byName = new Map(actions.map((action) => [action.name.toLowerCase(), action]));
  return { prefix, name, conditionKeys, resourceTypes, actions, byName };
}
