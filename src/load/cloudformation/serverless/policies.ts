import { managedPolicyArn } from '../../../managed-policies/index.js';
import type { Finding } from '../symbolic.js';
import { lostPart } from './lost-part.js';
import type { Statement } from './policy-statement.js';
import { policyTemplates } from './policy-templates.js';

export type Raw = Readonly<Record<string, unknown>>;

export const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const none: Raw = { Ref: 'AWS::NoValue' };

/** What the `Policies` of a function become on its role. */
export interface RolePolicies {
  /** Entries of `ManagedPolicyArns`. */
  readonly managed: unknown[];
  /** Entries of `Policies`. */
  readonly inline: unknown[];
}

type Report = (finding: Finding) => void;

/**
 * Sorts the `Policies` property: names and ARNs of managed policies, documents, and policy templates, in a list or alone.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
 */
export function rolePolicies(id: string, value: unknown, path: string, report: Report): RolePolicies {
  const out: RolePolicies = { managed: [], inline: [] };
  const items = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  items.forEach((item, i) => {
    for (const one of lists(item)) {
      const { managed, inline } = sort(id, one, i, `${path}[${i}]`, report);
      if (managed !== undefined) out.managed.push(managed);
      if (inline !== undefined) out.inline.push(inline);
    }
  });
  return out;
}

/** A choice between lists as one choice for each place in them. */
function lists(item: unknown): unknown[] {
  const choice = isRaw(item) ? item['Fn::If'] : undefined;
  if (!Array.isArray(choice) || !(Array.isArray(choice[1]) || Array.isArray(choice[2]))) return [item];
  const [condition, yes, no] = [choice[0], [choice[1]].flat(), [choice[2]].flat()];
  const longer = yes.length > no.length ? yes : no;
  return longer.map((_, i) => ({ 'Fn::If': [condition, yes[i] ?? none, no[i] ?? none] }));
}

interface Sorted {
  readonly managed?: unknown;
  readonly inline?: unknown;
}

function sort(id: string, item: unknown, i: number, path: string, report: Report): Sorted {
  if (typeof item === 'string') {
    if (item.startsWith('arn:') || managedPolicyArn(item) !== undefined)
      return { managed: managedPolicy(item) };
    const message = `${item} is no managed policy of AWS that is known here`;
    const hint = 'write its ARN';
    return { managed: lostPart({ code: 'unresolvedReference', path, message, hint }, report) };
  }
  if (!isRaw(item)) return {};
  const names = Object.keys(item);
  const [name] = names;
  const policyName = `${id}RolePolicy${i}`;
  const choice = item['Fn::If'];
  if (name === 'Fn::If' && Array.isArray(choice)) {
    const [yes, no] = [1, 2].map((branch) => sort(id, choice[branch], i, `${path}[${branch}]`, report)) as [
      Sorted,
      Sorted,
    ];
    const either = (a: unknown, b: unknown) =>
      a === undefined && b === undefined ? undefined : { 'Fn::If': [choice[0], a ?? none, b ?? none] };
    return { managed: either(yes.managed, no.managed), inline: either(yes.inline, no.inline) };
  }
  if (names.length === 1 && name === 'Ref' && item.Ref === 'AWS::NoValue') return {};
  if (names.length === 1 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::')))
    return { managed: item };
  if ('Statement' in item) return { inline: { PolicyName: policyName, PolicyDocument: item } };
  if (names.length === 1 && name !== undefined) {
    const document = fromTemplate(name, item[name], path, report);
    return { inline: { PolicyName: policyName, PolicyDocument: document } };
  }
  return {
    inline: { PolicyName: policyName, PolicyDocument: unknownPolicy(path, names.join(', '), report) },
  };
}

function fromTemplate(name: string, argument: unknown, path: string, report: Report): unknown {
  const statements = policyTemplates.get(name);
  const values = isRaw(argument) ? argument : {};
  if (statements === undefined) return unknownPolicy(path, name, report);
  const missing = JSON.stringify(statements)
    .match(/(?<!\$)\{\w+\}/g)
    ?.map((parameter) => parameter.slice(1, -1))
    .find((parameter) => !Object.hasOwn(values, parameter));
  if (missing !== undefined) {
    const message = `the policy template ${name} needs ${missing}`;
    return lostPart({ code: 'malformed', path, message, hint: `give ${missing}` }, report);
  }
  return { Statement: statements.map((statement) => written(statement, values)) };
}

function unknownPolicy(path: string, name: string, report: Report): unknown {
  const message = `${name} is no policy template that is known here`;
  return lostPart({ code: 'unsupportedType', path, message, hint: 'write the policy out' }, report);
}

function written([service, actions, resources, condition]: Statement, values: Raw): unknown {
  const fill = (pattern: string): unknown => {
    if (pattern === '*') return '*';
    const start = /^\{\w+\}$/.test(pattern) ? '' : 'arn:${AWS::Partition}:';
    return { 'Fn::Sub': [start + pattern.replace(/(?<!\$)\{(\w+)\}/g, '${$1}'), values] };
  };
  const list = actions.split(' ').map((action) => `${service}:${action}`);
  return {
    Effect: 'Allow',
    Action: list,
    Resource: typeof resources === 'string' ? fill(resources) : resources.map(fill),
    ...(condition === undefined
      ? {}
      : { Condition: { StringEquals: { [condition[0]]: fill(condition[1]) } } }),
  };
}

/** A managed policy of AWS by its name, or any by its ARN; names are looked up whatever their path is. */
export function managedPolicy(name: string): unknown {
  if (name.startsWith('arn:')) return name;
  const partition = '${AWS::Partition}';
  return { 'Fn::Sub': managedPolicyArn(name, partition) ?? `arn:${partition}:iam::aws:policy/${name}` };
}
