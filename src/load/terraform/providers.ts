import type { Configuration } from './configuration.js';
import { filledText, own, textOf } from './json-value.js';
import type { ResourceIndex } from './resource-index.js';
import type { TerraformResource } from './terraform-resource.js';

/** Arguments that choose the credentials, and with them the account. */
const credentials = [
  'access_key',
  'secret_key',
  'token',
  'profile',
  'assume_role',
  'assume_role_with_web_identity',
  'shared_config_files',
  'shared_credentials_file',
  'shared_credentials_files',
] as const;

type Fact = 'account' | 'region';
const arnPart = /^arn:aws[a-z-]*:[^:]*:([a-z0-9-]*):(\d{12})?:/;

/**
 * What data sources and known ARNs say of the account and region that a provider leads to. Providers with the same credentials lead to
 * one account, those with the same region beside that to one region.
 */
export class Providers {
  readonly #configuration: Configuration;
  readonly #groups = { account: new Map<string, string>(), region: new Map<string, string>() };
  readonly #known = { account: new Map<string, string>(), region: new Map<string, string>() };
  readonly #seen = { account: new Set<string>(), region: new Set<string>() };

  constructor(index: ResourceIndex, configuration: Configuration) {
    this.#configuration = configuration;
    // What is asked for says more than what was found: it is the first to be heard.
    for (const one of index.ofType('data.aws_caller_identity'))
      this.#learn('account', one, accountOf(one.values));
    for (const one of index.ofType('data.aws_region')) this.#learn('region', one, regionOf(one.values));
    for (const one of index.all) {
      if (!one.type.startsWith('aws_')) continue;
      const arn = one.mode === 'managed' ? arnPart.exec(textOf(own(one.values, 'arn')) ?? '') : undefined;
      this.#learn('account', one, arn?.[2]);
      this.#learn('region', one, arn?.[1] || undefined);
    }
  }

  /** Whether all resources of AWS lead to one account or region, so that what is known of one is known of all. */
  single(fact: Fact): boolean {
    return this.#seen[fact].size <= 1;
  }

  get(fact: Fact, resource: TerraformResource): string | undefined {
    const key = keyOf(resource);
    if (key === undefined) return undefined;
    return this.#known[fact].get(key) ?? this.#known[fact].get(this.group(fact, key));
  }

  /** What providers of one account or region have in common. */
  group(fact: Fact, key: string): string {
    const known = this.#groups[fact].get(key);
    if (known !== undefined) return known;
    const provider = own(this.#configuration.providers, key);
    const expressions = own(provider, 'expressions');
    const names = fact === 'account' ? credentials : [...credentials, 'region'];
    // Variables are those of the module that the provider stands in.
    const parts = [own(provider, 'module_address'), ...names.map((name) => own(expressions, name))];
    const group = JSON.stringify(parts.map((one) => one ?? null));
    this.#groups[fact].set(key, group);
    return group;
  }

  #learn(fact: Fact, resource: TerraformResource, value: string | undefined): void {
    const key = keyOf(resource);
    if (key === undefined) return;
    const group = this.group(fact, key);
    this.#seen[fact].add(group);
    if (value === undefined) return;
    const known = this.#known[fact];
    for (const one of [key, group]) if (!known.has(one)) known.set(one, value);
  }
}

/** The key of the provider of a resource; undefined in states, and for resources without a block. */
export const keyOf = (resource: TerraformResource): string | undefined =>
  textOf(own(resource.configuration, 'provider_config_key'));

const accountOf = (values: unknown): string | undefined =>
  ['account_id', 'id'].map((name) => filledText(own(values, name)) ?? '').find((one) => /^\d{12}$/.test(one));

const regionOf = (values: unknown): string | undefined =>
  ['region', 'name', 'id'].map((name) => filledText(own(values, name))).find((one) => one !== undefined);
