/** Writes plans and states as `terraform show -json` of several versions does. */

export type Values = Readonly<Record<string, unknown>>;

export interface Block {
  readonly type: string;
  readonly name: string;
  readonly mode?: 'data';
  readonly index?: string | number;
  readonly values?: Values;
  readonly unknown?: Values;
  readonly expressions?: Values;
  readonly forEach?: unknown;
  readonly count?: unknown;
  readonly actions?: readonly string[];
  readonly before?: Values;
  /** A data source that was read while planning. */
  readonly prior?: boolean;
  readonly provider?: string;
  readonly provisioners?: readonly unknown[];
}

export interface Module {
  readonly blocks?: readonly Block[];
  readonly modules?: Readonly<Record<string, ModuleUse>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface ModuleUse extends Module {
  readonly keys?: readonly (string | number)[];
  readonly expressions?: Values;
  readonly forEach?: unknown;
  /** Blocks of one instance, where instances differ. */
  readonly blocksOf?: (key: string | number | undefined) => readonly Block[];
}

export type Version = '0.12' | '0.13' | '0.14' | '0.15' | '1.0' | '1.3' | '1.5' | '1.9' | '1.12';

const formats: Readonly<Record<Version, string>> = {
  '0.12': '0.1',
  '0.13': '0.1',
  '0.14': '0.1',
  '0.15': '0.2',
  '1.0': '0.2',
  '1.3': '1.1',
  '1.5': '1.2',
  '1.9': '1.2',
  '1.12': '1.2',
};

/** The expression of one reference, with the shorter ones that Terraform lists after it. */
export function ref(...references: readonly string[]) {
  return {
    references: references.flatMap((one) => {
      const root = /^((?:data\.)?[\w-]+\.[\w-]+)(\[[^\]]*\])?/.exec(one) ?? [one];
      return [...new Set([one, ...(root[0] === undefined ? [] : [root[0]])])];
    }),
  };
}
export const constant = (value: unknown) => ({ constant_value: value });

/** Up to 0.14 only the resource is named. */
function dated(expression: unknown, old: boolean): unknown {
  if (!old || typeof expression !== 'object' || expression === null) return expression;
  if (Array.isArray(expression)) return expression.map((one) => dated(one, old));
  return Object.fromEntries(
    Object.entries(expression).map(([name, value]) => {
      if (name !== 'references') return [name, dated(value, old)];
      const short = (value as string[]).map((one) =>
        /^(?:var|local|each|count|module)\b/.test(one)
          ? one
          : one.replace(/^((?:data\.)?[\w-]+\.[\w-]+).*$/, '$1'),
      );
      return [name, short.filter((one, i) => one !== short[i - 1])];
    }),
  );
}

const bracket = (key: string | number | undefined): string =>
  key === undefined ? '' : typeof key === 'number' ? `[${key}]` : `["${key}"]`;

interface Placed {
  readonly block: Block;
  readonly module: string;
  readonly address: string;
}

function place(module: Module, path: string): Placed[] {
  const here = (module.blocks ?? []).map((block): Placed => {
    const local = `${block.mode === 'data' ? 'data.' : ''}${block.type}.${block.name}${bracket(block.index)}`;
    return { block, module: path, address: path === '' ? local : `${path}.${local}` };
  });
  const below = Object.entries(module.modules ?? {}).flatMap(([name, use]) =>
    (use.keys ?? [undefined]).flatMap((key) => {
      const inner = `${path === '' ? '' : `${path}.`}module.${name}${bracket(key)}`;
      return place({ ...use, blocks: [...(use.blocks ?? []), ...(use.blocksOf?.(key) ?? [])] }, inner);
    }),
  );
  return [...here, ...below];
}

const written = ({ block, address }: Placed) => ({
  address,
  mode: block.mode ?? 'managed',
  type: block.type,
  name: block.name,
  ...(block.index === undefined ? {} : { index: block.index }),
  provider_name: 'registry.terraform.io/hashicorp/aws',
});

function configurationOf(module: Module, old: boolean): object {
  const seen = new Set<string>();
  const blocks = [
    ...(module.blocks ?? []),
    ...((module as ModuleUse).blocksOf?.((module as ModuleUse).keys?.[0]) ?? []),
  ].filter(({ mode, type, name }) => seen.size !== seen.add(`${mode}.${type}.${name}`).size);
  return {
    resources: blocks.map((block) => ({
      address: `${block.mode === 'data' ? 'data.' : ''}${block.type}.${block.name}`,
      mode: block.mode ?? 'managed',
      type: block.type,
      name: block.name,
      provider_config_key: block.provider ?? 'aws',
      expressions: dated(block.expressions ?? {}, old),
      schema_version: 0,
      ...(block.provisioners === undefined ? {} : { provisioners: block.provisioners }),
      ...(block.forEach === undefined ? {} : { for_each_expression: dated(block.forEach, old) }),
      ...(block.count === undefined ? {} : { count_expression: dated(block.count, old) }),
    })),
    ...(module.outputs === undefined
      ? {}
      : {
          outputs: Object.fromEntries(
            Object.entries(module.outputs).map(([name, expression]) => [
              name,
              { expression: dated(expression, old) },
            ]),
          ),
        }),
    ...(module.variables === undefined ? {} : { variables: module.variables }),
    ...(module.modules === undefined
      ? {}
      : {
          module_calls: Object.fromEntries(
            Object.entries(module.modules).map(([name, use]) => [
              name,
              {
                source: `./modules/${name}`,
                expressions: dated(use.expressions ?? {}, old),
                ...(use.forEach === undefined ? {} : { for_each_expression: dated(use.forEach, old) }),
                module: configurationOf(use, old),
              },
            ]),
          ),
        }),
  };
}

/** `root_module` with nested `child_modules`, as values are written. */
function nested(placed: readonly Placed[]): object {
  const modules = new Map<string, { address?: string; resources: object[]; child_modules: object[] }>();
  const at = (path: string): { address?: string; resources: object[]; child_modules: object[] } => {
    const known = modules.get(path);
    if (known !== undefined) return known;
    const made = { ...(path === '' ? {} : { address: path }), resources: [], child_modules: [] };
    modules.set(path, made);
    if (path !== '')
      at(path.replace(/(?:^|\.)module\.[\w-]+(?:\["[^"]*"\]|\[\d+\])?$/, '')).child_modules.push(made);
    return made;
  };
  at('');
  for (const one of placed) {
    at(one.module).resources.push({
      ...written(one),
      schema_version: 0,
      ...(one.block.values === undefined ? {} : { values: one.block.values }),
    });
  }
  return at('');
}

export interface PlanOptions extends Module {
  readonly version?: Version;
  readonly providers?: Values;
  readonly given?: Readonly<Record<string, unknown>>;
  readonly more?: Values;
}

export function plan({ version = '1.9', providers, given, more, ...root }: PlanOptions) {
  const placed = place(root, '');
  const old = ['0.12', '0.13', '0.14'].includes(version);
  const deleted = (one: Placed) => one.block.actions?.[0] === 'delete' && one.block.actions.length === 1;
  const current = placed.filter((one) => one.block.prior !== true);
  const prior = placed.filter((one) => one.block.prior === true);
  return {
    format_version: formats[version],
    terraform_version: `${version}.0`,
    ...(given === undefined
      ? {}
      : { variables: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value }])) }),
    planned_values: { root_module: nested(current.filter((one) => !deleted(one))) },
    resource_changes: current.map((one) => ({
      ...written(one),
      ...(one.module === '' ? {} : { module_address: one.module }),
      change: {
        actions: one.block.actions ?? (one.block.mode === 'data' ? ['read'] : ['create']),
        before: one.block.before ?? null,
        after: deleted(one) ? null : (one.block.values ?? {}),
        after_unknown: deleted(one) ? false : (one.block.unknown ?? {}),
      },
    })),
    ...(prior.length === 0
      ? {}
      : {
          prior_state: {
            format_version: formats[version],
            terraform_version: `${version}.0`,
            values: { root_module: nested(prior) },
          },
        }),
    configuration: {
      provider_config: providers ?? { aws: { name: 'aws' } },
      root_module: configurationOf(root, old),
    },
    ...more,
  };
}

/** `terraform show -json` of a state. */
export function state(root: Module, version: Version = '1.9') {
  return {
    format_version: version === '0.12' ? '0.1' : '1.0',
    terraform_version: `${version}.0`,
    values: { root_module: nested(place(root, '')) },
  };
}

/** A state file, version 4. */
export function stateFile(root: Module) {
  const groups = new Map<string, { head: object; instances: object[] }>();
  for (const { block, module } of place(root, '')) {
    const key = `${module} ${block.mode} ${block.type} ${block.name}`;
    const group = groups.get(key) ?? {
      head: {
        ...(module === '' ? {} : { module }),
        mode: block.mode ?? 'managed',
        type: block.type,
        name: block.name,
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      },
      instances: [],
    };
    group.instances.push({
      schema_version: 0,
      ...(block.index === undefined ? {} : { index_key: block.index }),
      ...(block.values === undefined ? {} : { attributes: block.values }),
    });
    groups.set(key, group);
  }
  return {
    version: 4,
    terraform_version: '1.9.0',
    serial: 7,
    lineage: '00000000-0000-0000-0000-000000000000',
    outputs: {},
    resources: [...groups.values()].map(({ head, instances }) => ({ ...head, instances })),
  };
}

export const trust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

export const allow = (action: string | readonly string[], resource: string | readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
  });

/** A new role as the provider plans it: all that it computes is unknown. */
export const newRole = (name: string, more: Partial<Block> & { block?: string } = {}): Block => ({
  type: 'aws_iam_role',
  name: more.block ?? name,
  ...more,
  values: {
    name,
    path: '/',
    assume_role_policy: trust('lambda.amazonaws.com'),
    permissions_boundary: null,
    tags: null,
    ...more.values,
  },
  unknown: {
    arn: true,
    id: true,
    unique_id: true,
    create_date: true,
    inline_policy: true,
    managed_policy_arns: true,
    name_prefix: true,
    tags_all: true,
    ...more.unknown,
  },
  expressions: {
    name: constant(name),
    assume_role_policy: {},
    ...more.expressions,
  },
});

export const newBucket = (name: string, more: Partial<Block> = {}): Block => ({
  type: 'aws_s3_bucket',
  name: name.replaceAll('-', '_'),
  ...more,
  values: { bucket: name, tags: null, ...more.values },
  unknown: { arn: true, id: true, policy: true, region: true, tags_all: true, ...more.unknown },
  expressions: { bucket: constant(name), ...more.expressions },
});
