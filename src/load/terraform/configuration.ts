import { moduleCall, moduleNames } from './address.js';
import { isMembers, listOf, type Members, own } from './json-value.js';
import type { InstanceKey } from './terraform-resource.js';

/** One module as it is written: what it declares, calls, puts out. */
export interface ModuleConfiguration {
  readonly content: Members;
  /** By `type.name`, and `data.type.name`. */
  readonly resources: ReadonlyMap<string, Members>;
}

/** How an instance of a module is called. */
export interface ModuleCall {
  readonly parent: string;
  readonly key?: InstanceKey;
  readonly content: Members;
}

export const declarationKey = (mode: unknown, type: unknown, name: unknown): string =>
  `${mode === 'data' ? 'data.' : ''}${type}.${name}`;

/** The `configuration` of a plan: modules by name, whatever the number of their instances. */
export class Configuration {
  readonly #root: ModuleConfiguration | undefined;
  readonly #byNames = new Map<string, ModuleConfiguration | undefined>();
  readonly #calls = new Map<string, ModuleCall | undefined>();
  readonly providers: Members;

  constructor(configuration: unknown) {
    this.#root = indexed(own(configuration, 'root_module'));
    const providers = own(configuration, 'provider_config');
    this.providers = isMembers(providers) ? providers : {};
  }

  /** The configuration of the module that an instance is one of. */
  module(instance: string): ModuleConfiguration | undefined {
    if (instance === '') return this.#root;
    const names = moduleNames(instance);
    if (names === undefined) return undefined;
    const key = names.join('.');
    const known = this.#byNames.get(key);
    if (known !== undefined || this.#byNames.has(key)) return known;
    let module = this.#root;
    for (const name of names) module = this.#child(module, name);
    this.#byNames.set(key, module);
    return module;
  }

  readonly #children = new Map<unknown, ModuleConfiguration | undefined>();

  #child(parent: ModuleConfiguration | undefined, name: string): ModuleConfiguration | undefined {
    const call = own(own(parent?.content, 'module_calls'), name);
    const module = own(call, 'module');
    if (!isMembers(module)) return undefined;
    const known = this.#children.get(module);
    if (known !== undefined) return known;
    const child = indexed(module);
    this.#children.set(module, child);
    return child;
  }

  /** The call that makes an instance; undefined for the root module. */
  call(instance: string): ModuleCall | undefined {
    if (this.#calls.has(instance)) return this.#calls.get(instance);
    const found = moduleCall(instance);
    const content =
      found === undefined
        ? undefined
        : own(own(this.module(found.parent)?.content, 'module_calls'), found.name);
    const call =
      found === undefined || !isMembers(content)
        ? undefined
        : { parent: found.parent, content, ...(found.key === undefined ? {} : { key: found.key }) };
    this.#calls.set(instance, call);
    return call;
  }
}

function indexed(content: unknown): ModuleConfiguration | undefined {
  if (!isMembers(content)) return undefined;
  const resources = new Map<string, Members>();
  for (const one of listOf(content.resources)) {
    if (isMembers(one)) resources.set(declarationKey(one.mode, one.type, one.name), one);
  }
  return { content, resources };
}

/** The references of an expression; undefined for one that is constant or absent. */
export function referencesOf(expression: unknown): readonly string[] | undefined {
  const references = own(expression, 'references');
  if (!Array.isArray(references)) return undefined;
  return references.filter((one): one is string => typeof one === 'string');
}

export const isConstant = (expression: unknown): boolean =>
  isMembers(expression) && Object.hasOwn(expression, 'constant_value');

export const constantOf = (expression: unknown): unknown => own(expression, 'constant_value');
