import { condition } from './conditions.js';
import type { Dice } from './dice.js';
import * as words from './vocabulary.js';

export type Json = Record<string, unknown>;

/** What a document is built for: its kind decides which elements it may have (L22). */
export type DocumentKind = 'identity' | 'resource' | 'trust' | 'endpoint' | 'scp' | 'rcp';

/** The facts of the request that a policy is likely to speak of. */
export interface Target {
  readonly action: string;
  readonly resource: string;
  readonly principal: Json;
  readonly hasBoundary: boolean;
}

function actionPattern(dice: Dice, target: Target, kind: DocumentKind, cover: number): string {
  const action = dice.chance(cover) ? target.action : dice.pick(words.actions);
  const [prefix = '', name = ''] = action.split(':');
  // A trust policy speaks of STS alone.
  const service = kind === 'trust' ? 'sts' : prefix;
  if (kind === 'trust' && prefix !== 'sts') return dice.pick(['sts:AssumeRole', 'sts:*', 'sts:TagSession']);
  const pattern = dice.weighted([
    [40, `${service}:${name}`],
    [20, `${service}:*`],
    [12, kind === 'trust' ? 'sts:Assume*' : '*'],
    [10, `${service}:${name.slice(0, 3)}*`],
    [6, `${service}:*${name.slice(-4)}`],
    [5, `${service}:${name.slice(0, 2)}?${name.slice(3)}`],
    [3, kind === 'trust' ? 'sts:Set*' : '*:*'],
    [2, `${service}:${name} `],
    [2, `${service}:\${username}`],
  ]);
  return dice.recased(pattern);
}

/** Patterns around an ARN; in IAM ARNs no wildcard stands before the first slash (L39). */
function arnPattern(dice: Dice, arn: string, kind: DocumentKind): string {
  const [, , service = '', region = '', account = '', ...rest] = arn.split(':');
  const name = rest.join(':');
  const points = [...name];
  const until = (end: number): string => points.slice(0, end).join('');
  const lead = `arn:aws:${service}:${region}:${account}`;
  const first = name.indexOf('/') + 1;
  const cut = first > 0 ? first : 2;
  // Neither a code point nor a variable is cut in two.
  const end = name.includes('${') ? name.indexOf('${') : points.length;
  const at = cut + dice.upTo(Math.max(end - cut - 1, 0));
  const filled = name
    .replace('alice', dice.pick(['${aws:username}', '${AWS:Username}', "${aws:PrincipalTag/team, 'alice'}"]))
    .replace(
      'red',
      dice.pick(['${aws:PrincipalTag/team}', "${aws:PrincipalTag/team, 'red'}", '${s3:prefix}', 'r?d']),
    );
  const anywhere = service === 'iam' ? lead : `arn:aws:${service}:*:*`;
  // L37: short ARNs are padded; outside identity policies only with a star, and never in an RCP.
  const short = ['iam', 's3'].includes(service) ? anywhere : `arn:aws:${service}:${region}`;
  const shortened = kind === 'identity' ? dice.pick([`arn:aws:${service}`, `${short}:*`]) : `${short}:*`;
  return dice.weighted([
    [26, arn],
    [22, `${lead}:${until(cut)}*`],
    [12, `${lead}:*`],
    [8, `${lead}:${until(at)}*`],
    [6, `${lead}:${until(at)}?${points.slice(at + 1).join('')}`],
    [6, `${lead}:${until(at)}*${points.at(-1)}`],
    [12, `${lead}:${filled}`],
    [6, `${anywhere}:${name}`],
    [3, `arn:*:${service}:${region}:${account === '' ? '' : '*'}:${name}`],
    [4, service === 'iam' || kind === 'rcp' ? `${lead}:*` : shortened],
    [2, `${lead}:${name}\${*}`],
    [3, `${lead}:${name}${dice.pick(['${s3:prefix}', "${s3:prefix, ''}", "${aws:TagKeys, ''}"])}`],
    [2, service === 'iam' || account === '' ? arn : arn.replace(account, '${aws:PrincipalAccount}')],
    [2, `${lead}:${name}\${`],
  ]);
}

function resourcePattern(dice: Dice, target: Target, kind: DocumentKind, cover: number): string {
  const covered = dice.chance(cover);
  if (dice.chance(covered ? 40 : 8)) return '*';
  const arn = covered && target.resource !== '*' ? target.resource : dice.pick(words.resources);
  return arn === '*' ? '*' : arnPattern(dice, arn, kind);
}

/** Entries for every level of the caller (E29), the lowest first. */
function levels(principal: Json): string[] {
  const arn = principal.arn;
  if (typeof arn !== 'string') return [];
  const [, , , , account = '', name = ''] = arn.split(':');
  const role = principal.issuer ?? `arn:aws:iam::${account}:role/${name.split('/')[1]}`;
  const own = name.startsWith('assumed-role/') ? [arn, String(role)] : [arn];
  return [...own, account];
}

function entry(dice: Dice, target: Target): string {
  const named = levels(target.principal);
  // Names the caller may be taken for: other paths of its role, the user of its name (E13, E18).
  const [, , , , account = '', name = ''] = String(target.principal.arn).split(':');
  const [type, first = ''] = name.split('/');
  const alike = (list: readonly string[]): string[] =>
    list.filter((arn) => arn.includes(account) && arn.endsWith(`/${first}`));
  if (type === 'assumed-role') named.push(...alike(words.roles));
  if (type === 'federated-user') named.push(...alike(words.users));
  if (typeof target.principal.issuer === 'string') named.push(target.principal.issuer);
  const strangers = [
    words.users,
    words.roles,
    words.sessions,
    words.federatedUsers,
    words.roots,
    words.nobodies,
  ];
  return named.length > 0 && dice.chance(60) ? dice.pick(named) : dice.pick(dice.pick(strangers));
}

function principals(dice: Dice, target: Target, trust: boolean): '*' | Json {
  const { service, federated } = target.principal;
  if (!trust && dice.chance(15)) return '*';
  const built: Json = {};
  const unsigned = target.principal.arn === undefined;
  if (unsigned ? dice.chance(40) : dice.chance(96)) {
    const count = dice.index(2, 60, 38);
    built.AWS = dice.listed(count, () => (dice.chance(14) ? '*' : entry(dice, target)));
  }
  const provider = (): unknown => dice.pick([federated ?? words.samlProvider, ...words.webProviders]);
  if (dice.chance(service === undefined ? 6 : 80)) {
    built.Service = dice.listed(1, () =>
      dice.chance(75) && service !== undefined ? service : dice.pick(words.services),
    );
  }
  if (trust && dice.chance(federated === undefined ? 8 : 85)) built.Federated = dice.listed(1, provider);
  if (!trust && dice.chance(4)) built.CanonicalUser = words.canonicalUser;
  if (Object.keys(built).length === 0) built.AWS = '*';
  return built;
}

/** A list that spares the caller, or nearly does. */
function notPrincipals(dice: Dice, target: Target): Json {
  const { service } = target.principal;
  if (service !== undefined) return { Service: dice.chance(70) ? service : dice.pick(words.services) };
  const spared = levels(target.principal).filter(() => dice.chance(84));
  if (dice.chance(30)) spared.push(entry(dice, target));
  return { AWS: spared };
}

/** One statement for its kind of document, with what it grants or denies often about the request. */
export function statement(
  dice: Dice,
  target: Target,
  kind: DocumentKind,
  allow: boolean,
  variables: boolean,
): Json {
  const built: Json = { Effect: allow ? 'Allow' : 'Deny' };
  const cover = allow ? 92 : 80;
  const count = (): number => 1 + dice.index(65, 25, 10);
  if (kind === 'rcp') built.Principal = '*';
  if (kind === 'resource' || kind === 'trust' || kind === 'endpoint') {
    // Beside a boundary, NotPrincipal is settled for users and roles in resource policies only (E29b).
    const settled =
      !target.hasBoundary ||
      (kind === 'resource' && !String(target.principal.arn).includes(':federated-user/'));
    if (!allow && kind !== 'trust' && settled && dice.chance(40))
      built.NotPrincipal = notPrincipals(dice, target);
    else if (kind === 'endpoint' && dice.chance(70)) built.Principal = '*';
    else built.Principal = principals(dice, target, kind === 'trust');
  }
  if (kind !== 'rcp' && dice.chance(9))
    built.NotAction = dice.listed(count(), () => actionPattern(dice, target, kind, 15));
  else built.Action = dice.listed(count(), () => actionPattern(dice, target, kind, cover));
  if (kind !== 'trust') {
    if (dice.chance(8))
      built.NotResource = dice.listed(count(), () => resourcePattern(dice, target, kind, 15));
    else built.Resource = dice.listed(count(), () => resourcePattern(dice, target, kind, cover));
  }
  if (dice.chance(allow ? 16 : 52)) built.Condition = condition(dice, variables);
  return built;
}

/** A document of `count` statements, its first an Allow where the kind has any. */
export function policy(dice: Dice, target: Target, kind: DocumentKind, denies: number): Json {
  const must = kind === 'scp' || kind === 'rcp';
  const version = must
    ? '2012-10-17'
    : dice.weighted([
        [80, '2012-10-17'],
        [10, '2008-10-17'],
        [10, undefined],
      ]);
  const variables = version === '2012-10-17';
  const statements: Json[] = [];
  const count = 1 + dice.index(45, 40, 15);
  for (let at = 0; at < count; at++) {
    const allow = kind !== 'rcp' && !dice.chance(at === 0 ? denies / 3 : denies);
    const built = statement(dice, target, kind, allow, variables);
    // L16: only letters and digits, no two alike; resource policies are freer.
    if (dice.chance(10)) built.Sid = kind === 'resource' ? `Rule no-${at}` : `Rule${at}`;
    statements.push(built);
  }
  return {
    ...(version === undefined ? {} : { Version: version }),
    ...(dice.chance(4) ? { Id: 'policy-1' } : {}),
    Statement: statements.length === 1 && dice.chance(50) ? statements[0] : statements,
  };
}

/** An identity policy on everything whose condition alone decides. */
export function conditional(dice: Dice): Json {
  const version = dice.weighted([
    [85, '2012-10-17'],
    [15, '2008-10-17'],
  ]);
  const Effect = dice.pick(['Allow', 'Deny', 'Deny']);
  const everything = { Action: '*', Resource: '*' };
  const Condition = condition(dice, version === '2012-10-17');
  const allowed = Effect === 'Deny' ? [{ Effect: 'Allow', ...everything }] : [];
  return { Version: version, Statement: [...allowed, { Effect, ...everything, Condition }] };
}

/** What SCPs and endpoints have by default: everything. */
export const fullAccess = (kind: DocumentKind): Json => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', ...(kind === 'endpoint' ? { Principal: '*' } : {}), Action: '*', Resource: '*' },
  ],
});
