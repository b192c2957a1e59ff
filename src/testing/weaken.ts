import type { PolicyKind } from '../policy/policy.js';
import { isPlainObject } from '../value/plain.js';
import type { WrittenStatement } from './places.js';
import { conditionLines } from './values.js';

/** A statement as a careless hand might have left it. */
export interface Weakening {
  /** What was done, for people. */
  readonly change: string;
  /** Absent: the statement is gone. */
  readonly statement?: WrittenStatement;
}

/**
 * The statement with one thing changed at a time: gone; without one line of its conditions; an Allow with every action of its services,
 * with every resource, or for everybody.
 */
export function weakenings(statement: WrittenStatement, kind: PolicyKind): readonly Weakening[] {
  const effect = String(statement.Effect);
  return [
    { change: `the ${effect} is gone` },
    ...withoutOneLine(statement),
    ...(effect === 'Allow'
      ? [...widerAction(statement, kind), ...widerResource(statement), ...widerPrincipal(statement, kind)]
      : []),
  ];
}

function withoutOneLine(statement: WrittenStatement): readonly Weakening[] {
  const { Condition, ...rest } = statement;
  return conditionLines(statement).map(({ operator, key }) => {
    const block = Condition as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    const keys = Object.fromEntries(Object.entries(block[operator]!).filter(([name]) => name !== key));
    const others = Object.entries(block).filter(([name]) => name !== operator);
    const left = Object.fromEntries([
      ...others,
      ...(Object.keys(keys).length === 0 ? [] : [[operator, keys] as const]),
    ]);
    const empty = Object.keys(left).length === 0;
    return {
      change: `without the condition ${operator} ${key}`,
      statement: empty ? rest : { ...rest, Condition: left },
    };
  });
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** All actions of the same services. What an assumed role's trust policy may allow is of one service anyway. */
function widerAction(
  { Action, NotAction, ...rest }: WrittenStatement,
  kind: PolicyKind,
): readonly Weakening[] {
  if (kind === 'trustPolicy') return [];
  if (NotAction !== undefined)
    return [{ change: 'NotAction becomes Action *', statement: { ...rest, Action: '*' } }];
  const actions = listOf(Action);
  if (!actions.every((one) => typeof one === 'string')) return [];
  const wide = [...new Set(actions.map((one) => one.replace(/:.*/s, ':*')))];
  if (actions.every((one) => one === '*' || one.endsWith(':*'))) return [];
  return [{ change: `Action becomes ${wide.join(', ')}`, statement: { ...rest, Action: wide } }];
}

function widerResource({ Resource, NotResource, ...rest }: WrittenStatement): readonly Weakening[] {
  if (Resource === undefined && NotResource === undefined) return [];
  if (NotResource === undefined && listOf(Resource).includes('*')) return [];
  const element = NotResource === undefined ? 'Resource' : 'NotResource';
  return [{ change: `${element} becomes Resource *`, statement: { ...rest, Resource: '*' } }];
}

/** A trust policy for everybody names them as AWS principals. */
function widerPrincipal({ Principal, ...rest }: WrittenStatement, kind: PolicyKind): readonly Weakening[] {
  if (Principal === undefined) return [];
  const everyone = isPlainObject(Principal) ? listOf(Principal.AWS).includes('*') : Principal === '*';
  if (everyone) return [];
  const statement = { ...rest, Principal: kind === 'trustPolicy' ? { AWS: '*' } : '*' };
  return [{ change: 'Principal becomes *', statement }];
}

/**
 * The statement so that no request makes it apply: a key would have to be absent and to have a value. What stands in for the only
 * statement of a policy, since a policy without statements is malformed and one that is gone is another thing.
 */
export const inert = (statement: WrittenStatement): WrittenStatement => ({
  ...statement,
  Condition: { Null: { 'aws:PrincipalArn': 'true' }, StringLike: { 'aws:PrincipalArn': '*' } },
});
