import { sharedTagKey } from '../request/derive.js';
import { foldedName } from '../value/ascii.js';
import { parseDate } from '../value/date.js';
import { parseIp } from '../value/ip.js';
import { isObject } from './case-file.js';
import { Fault } from './fault.js';
import type { Pair } from './flag-value.js';

/** The flags that say what a condition key is. */
export interface KeyFlags {
  readonly principal?: string | undefined;
  readonly issuer?: string;
  readonly principalTag?: readonly Pair[];
  readonly resourceTag?: readonly Pair[];
  readonly resourceAccount?: string;
  /** True: present, age unknown. */
  readonly mfa?: boolean | number;
  readonly sourceIp?: string;
  readonly time?: string;
  readonly vpcEndpoint?: string;
  readonly context?: readonly Pair[];
  readonly unknown?: readonly string[];
  readonly unknownRest?: boolean;
}

/** What one flag says of one key. */
interface Said {
  readonly flag: string;
  readonly key: string;
  /** Undefined: the key is absent. */
  readonly value: string | undefined;
}

/** Keys that are read from the same flag go by one name: folded, tags of the resource under `aws:`. */
function sharedKey(key: string): string {
  const name = sharedTagKey(foldedName(key));
  return alike.get(name) ?? name;
}

const alike: ReadonlyMap<string, string> = new Map([
  ['s3:resourceaccount', 'aws:resourceaccount'],
  ['aws:epochtime', 'aws:currenttime'],
]);

/** Values that mean the same, in the same form. */
function meaning(key: string, value: string): string {
  switch (key) {
    case 'aws:currenttime':
      return String(parseDate(value) ?? value);
    case 'aws:sourceip':
      return parseIp(value)?.bytes.join() ?? value;
    case 'aws:multifactorauthpresent':
      return value.toLowerCase();
    default:
      return value;
  }
}

/** What the flags besides `--context` say of keys. */
function saidBy(flags: KeyFlags): readonly Said[] {
  const { mfa, sourceIp, time, issuer, resourceAccount, vpcEndpoint } = flags;
  const one = (flag: string, key: string, value: string | undefined): Said[] =>
    value === undefined ? [] : [{ flag: `${flag} ${value}`, key, value }];
  const tags = (flag: string, prefix: string, pairs: readonly Pair[] = []): Said[] =>
    pairs.map(([tag, value]) => ({
      flag: `${flag} ${tag}=${value}`,
      key: `${prefix}${foldedName(tag)}`,
      value,
    }));
  // Of a federated user the issuer is another one than the principal.
  const session = /:assumed-role\//.test(flags.principal ?? '');
  // What the name of an endpoint stands for, the estate says.
  const endpoint = vpcEndpoint?.startsWith('vpce-') === true ? vpcEndpoint : undefined;
  return [
    ...(mfa === undefined ? [] : ofMfa(mfa)),
    ...one('--source-ip', 'aws:sourceip', sourceIp),
    ...one('--time', 'aws:currenttime', time),
    ...one('--issuer', 'aws:principalarn', session ? issuer : undefined),
    ...one('--resource-account', 'aws:resourceaccount', resourceAccount),
    ...one('--vpc-endpoint', 'aws:sourcevpce', endpoint),
    ...tags('--principal-tag', 'aws:principaltag/', flags.principalTag),
    ...tags('--resource-tag', 'aws:resourcetag/', flags.resourceTag),
  ];
}

function ofMfa(mfa: boolean | number): readonly Said[] {
  const present = 'aws:multifactorauthpresent';
  const age = 'aws:multifactorauthage';
  if (mfa === true) return [{ flag: '--mfa', key: present, value: 'true' }];
  if (mfa === false)
    return [present, age].map((key) => ({
      flag: '--no-mfa',
      key,
      value: key === age ? undefined : 'false',
    }));
  const flag = `--mfa=${mfa}`;
  return [
    { flag, key: present, value: 'true' },
    { flag, key: age, value: String(mfa) },
  ];
}

const inContext = ({ context = [] }: KeyFlags): readonly Said[] =>
  context.map(([key, value]) => ({ flag: `--context ${key}=${value}`, key: sharedKey(key), value }));

/** Refuses flags that say different things of one key, of which one would silently not count. */
export function refuseClashes(flags: KeyFlags): void {
  const said = saidBy(flags);
  const context = inContext(flags);
  for (const { flag, key, value } of context) {
    const other = said.find(
      (one) =>
        one.key === key && (one.value === undefined || meaning(key, one.value) !== meaning(key, value!)),
    );
    if (other !== undefined) throw clash(other.flag, flag);
  }
  const [one] = flags.unknown ?? [];
  if (one !== undefined && flags.unknownRest === true)
    throw new Fault(
      `--unknown ${one} and --unknown-rest do not go together: with the rest, every key that nothing gives is unknown already; leave one of them out`,
    );
  for (const unknown of flags.unknown ?? []) {
    const given = [...said, ...context].find(({ key }) => covers(unknown, key));
    if (given !== undefined) throw clash(`--unknown ${unknown}`, given.flag);
  }
}

const clash = (first: string, second: string): Fault =>
  new Fault(`${first} and ${second} contradict each other; leave one of them out`);

/** What is unknown has no value, also where something else gives it one. */
const covers = (unknown: string, key: string): boolean => {
  const name = sharedKey(unknown);
  return name.endsWith('/*') ? key.startsWith(name.slice(0, -1)) : key === name;
};

/** The request of a case file without what flags say otherwise: its context and its unknown keys would win over them. */
export function withoutSaid(
  request: Readonly<Record<string, unknown>>,
  flags: KeyFlags,
): Record<string, unknown> {
  const { context, unknown, ...others } = request;
  const rest: Record<string, unknown> = { ...others };
  const said = saidBy(flags);
  const keys = new Set(said.map(({ key }) => key));
  if (isObject(context))
    rest.context = Object.fromEntries(Object.entries(context).filter(([key]) => !keys.has(sharedKey(key))));
  else if (context !== undefined) rest.context = context;
  if (!Array.isArray(unknown)) return unknown === undefined ? rest : { ...rest, unknown };
  const given = [...said, ...inContext(flags)];
  const left = unknown.filter((one) => !given.some(({ key }) => key === sharedKey(String(one))));
  // Some of the keys behind a slash are given: which ones are unknown, the case has to say by name.
  for (const one of left) {
    const other = given.find(({ key }) => covers(String(one), key));
    if (other !== undefined) throw clash(`the unknown ${one} of the case`, other.flag);
  }
  return left.length === 0 && unknown.length > 0 ? rest : { ...rest, unknown: left };
}
