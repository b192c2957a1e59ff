import { closestNames } from '../account/closest.js';
import { UnknownNameError } from '../account/error.js';
import type { Text } from '../account/estate-data.js';
import type { LinkedEstate } from '../account/link.js';
import type { NamedThing } from '../account/name-index.js';
import { joinTexts, keyText, textKey, textWords } from '../account/text.js';
import { InvalidRequestError } from '../error.js';

/** One thing a name stands for. */
export interface Found {
  readonly thing: NamedThing;
  /** What stands after the name: a key of a bucket, an alias of a function. */
  readonly suffix: string;
}

/** Errors need not repeat more of a name. */
const shown = (name: string): string => name.slice(0, 200);

/** All things a name stands for, of the given kinds; nothing beyond the name. */
export const thingsNamed = (
  linked: LinkedEstate,
  name: string,
  kinds: readonly NamedThing['kind'][],
): readonly NamedThing[] => (linked.names.get(name) ?? []).filter(({ kind }) => kinds.includes(kind));

/** A name that fits nothing: the closest names there are. */
export function unknownName(
  linked: LinkedEstate,
  what: string,
  name: string,
  kinds: readonly NamedThing['kind'][],
): never {
  const fitting = [...linked.names].filter(([, things]) => things.some(({ kind }) => kinds.includes(kind)));
  // An ARN says nothing that the plain name beside it does not say.
  const names = fitting.map(([one]) => one);
  const plain = names.filter((one) => !one.startsWith('arn:'));
  const examples = plain.length > 0 ? plain : names;
  const close = closestNames(name, names);
  const some =
    fitting.length === 0
      ? 'the estate has no names of this kind'
      : `the estate has for example ${examples.slice(0, 5).join(', ')}`;
  // The name of a host is what the token of an OIDC provider says.
  const provider = what === 'caller' && /^[\w-]+(?:\.[\w-]+)+(?:\/|$)/.test(name);
  const ofProvider = provider ? `, a provider by arn:aws:iam::ACCOUNT:oidc-provider/${shown(name)}` : '';
  const outside = what === 'role' ? '' : `; what is not in it goes by its ARN${ofProvider}`;
  const hint = close.length === 0 ? `${some}${outside}` : `did you mean ${close.join(', ')}`;
  throw new UnknownNameError([
    { path: shown(name), code: 'ERR_IAM_NAME', message: `no ${what} is called \`${shown(name)}\``, hint },
  ]);
}

/** A name that fits several things: all of them. */
export function ambiguousName(what: string, name: string, labels: readonly string[]): never {
  const hint = `write one of ${[...new Set(labels)].sort().slice(0, 20).join(', ')}`;
  throw new UnknownNameError([
    {
      path: shown(name),
      code: 'ERR_IAM_NAME',
      message: `several things are called \`${shown(name)}\`, each could be the ${what}`,
      hint,
    },
  ]);
}

/** Something else in the place of a name: often a variable that nobody has set. */
export function noName(what: 'principal' | 'resource', example: string): never {
  const message = `this is no name of a ${what}`;
  throw new InvalidRequestError([
    { path: what, code: 'ERR_IAM_TYPE', message, hint: `write for example ${example}` },
  ]);
}

export function noAction(): never {
  const message = 'the action is not `prefix:Name`';
  const hint = 'write one action, for example "s3:GetObject"';
  throw new InvalidRequestError([{ path: 'request.action', code: 'ERR_IAM_VALUE', message, hint }]);
}

const resourceKinds = ['resource', 'role', 'user', 'group', 'policy', 'instanceProfile'] as const;

/**
 * The resource that a name, an ARN or `*` stands for. A path may follow a name, as in `Bucket/reports/x.csv`. With the prefix of an
 * action, things of that service count before others of the same name.
 * @throws UnknownNameError
 */
export function resourceNamed(linked: LinkedEstate, name: string, service?: string): Text {
  if (name === '*' || name.startsWith('arn:')) return known(linked, name);
  const { things, suffix } = longest(linked, name);
  if (things.length === 0) return unknownName(linked, 'resource', name, resourceKinds);
  const keys = [...new Set(things.map(({ key }) => key))];
  const fitting = service === undefined ? [] : keys.filter((key) => servesFor(service, key));
  const chosen = keys.length === 1 ? keys : fitting.length > 0 ? fitting : keys;
  if (chosen.length > 1) {
    const labels = things.filter(({ key }) => chosen.includes(key)).map(({ label }) => label);
    return ambiguousName('resource', name, labels);
  }
  return joinTexts(keyText(chosen[0]!), suffix);
}

/** An ARN with holes may be written as people see it, `arn:aws:s3:::{Bucket}/x`. */
function known(linked: LinkedEstate, arn: string): Text {
  if (!arn.includes('{')) return arn;
  const { things, suffix } = longest(linked, arn);
  const [first] = things;
  return first === undefined || textWords(keyText(first.key)) === first.key
    ? arn
    : joinTexts(keyText(first.key), suffix);
}

const named = (linked: LinkedEstate, name: string): readonly NamedThing[] =>
  thingsNamed(linked, name, resourceKinds);

/** The longest beginning of the text that is a name, up to a `/` or `:`. */
function longest(linked: LinkedEstate, text: string): { things: readonly NamedThing[]; suffix: string } {
  const whole = named(linked, text);
  if (whole.length > 0) return { things: whole, suffix: '' };
  for (let end = text.length - 1; end > 0; end--) {
    if (text[end] !== '/' && text[end] !== ':') continue;
    const things = named(linked, text.slice(0, end));
    if (things.length > 0) return { things, suffix: text.slice(end) };
  }
  return { things: [], suffix: '' };
}

/** Whether actions of a service are asked on an ARN; those of STS on roles. */
function servesFor(service: string, key: string): boolean {
  const of = textKey(keyText(key)).split(':')[2];
  return of === service.toLowerCase() || (service.toLowerCase() === 'sts' && of === 'iam');
}
