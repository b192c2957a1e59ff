import type { Diagnostic } from '../diagnostic.js';
import { type Configuration, constantOf, isConstant } from './configuration.js';
import { at, filledText, isMembers, listOf, type Members, own, textOf } from './json-value.js';
import { keyOf, Providers } from './providers.js';
import type { ReferenceResolver } from './reference-resolver.js';
import type { ResourceIndex } from './resource-index.js';
import type { TerraformResource } from './terraform-resource.js';

/** Where a resource lives. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

export interface PlaceOptions {
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
  readonly partition?: string | undefined;
}

/** The account of AWS's own examples: clearly nobody's. */
const exampleAccount = '123456789012';
const exampleRegion = 'us-east-1';

const arnPattern = /^arn:(aws[a-z-]*):[^:]*:([a-z0-9-]*):(\d{12})?:/;

/**
 * Finds account, region and partition of a resource: from its own ARN, from its provider, from the data sources that ask for them, from
 * the options. What nobody says is invented once, and reported.
 */
export class Places {
  readonly #byProvider = new Map<unknown, Partial<Place>>();
  readonly #general: Partial<Place>;
  readonly #given: Partial<Place>;
  readonly #providers: Providers;
  readonly #invented = new Map<string, string>();
  readonly #report: (finding: Omit<Diagnostic, 'file'>) => void;
  readonly #configuration: Configuration;
  readonly #resolver: ReferenceResolver;

  constructor(
    index: ResourceIndex,
    configuration: Configuration,
    resolver: ReferenceResolver,
    options: PlaceOptions,
    report: (finding: Omit<Diagnostic, 'file'>) => void,
  ) {
    this.#report = report;
    this.#configuration = configuration;
    this.#resolver = resolver;
    this.#given = given(options);
    this.#general = { ...learned(index), ...this.#given };
    this.#providers = new Providers(index, configuration);
  }

  of(resource: TerraformResource): Place {
    const arn = arnPattern.exec(textOf(own(resource.values, 'arn')) ?? '');
    const provider = this.#provider(resource);
    const region =
      filledText(own(resource.values, 'region')) ??
      (arn?.[2] || undefined) ??
      provider.region ??
      this.#learned('region', resource);
    const account = arn?.[3] ?? provider.account ?? this.#learned('account', resource);
    const invented = (fact: 'account' | 'region') => this.#invent(fact, resource);
    // Only what is asked for is invented: the ARN of a role has no region.
    return {
      get account() {
        return account ?? invented('account');
      },
      get region() {
        return region ?? invented('region');
      },
      partition: arn?.[1] ?? this.#general.partition ?? partitionOf(region ?? ''),
    };
  }

  /** Several providers may lead to several accounts: what is known of one says nothing of another. */
  #learned(fact: 'account' | 'region', resource: TerraformResource): string | undefined {
    if (this.#providers.single(fact)) return this.#general[fact];
    const known = this.#providers.get(fact, resource) ?? this.#given[fact];
    return known ?? (keyOf(resource) === undefined ? this.#general[fact] : undefined);
  }

  /**
   * The default tags of the provider of a resource, as constants; undefined when nobody knows them. Without any, `tags_all` holds
   * what `tags` holds, although older providers call it unknown.
   */
  defaultTags(resource: TerraformResource): Members | undefined {
    const key = textOf(own(resource.configuration, 'provider_config_key'));
    if (key === undefined) return undefined;
    const blocks = own(own(own(this.#configuration.providers, key), 'expressions'), 'default_tags');
    if (blocks === undefined) return {};
    const tags = constantOf(at(blocks, [0, 'tags']));
    return isMembers(tags) ? tags : undefined;
  }

  #invent(fact: 'account' | 'region', resource: TerraformResource): string {
    const key = this.#providers.single(fact) ? undefined : keyOf(resource);
    const group = `${fact} ${key === undefined ? '' : this.#providers.group(fact, key)}`;
    const known = this.#invented.get(group);
    if (known !== undefined) return known;
    // Several accounts of which nothing is known are several all the same.
    const before = [...this.#invented.keys()].filter((one) => one.startsWith(`${fact} [`)).length;
    const first = key === undefined || before === 0 ? exampleAccount : String(before + 1).padStart(12, '0');
    const value = fact === 'region' ? exampleRegion : first;
    this.#invented.set(group, value);
    const option = fact === 'region' ? 'region' : 'accountId';
    const whose = key === undefined ? 'this' : `the provider ${key}`;
    this.#report({
      code: 'missingValue',
      path: `options.${option}`,
      message: `nothing says which ${fact} ${whose} is for; ${value} is assumed`,
      hint:
        key === undefined
          ? `pass { ${option}: '…' }`
          : `read data.${fact === 'region' ? 'aws_region' : 'aws_caller_identity'} with this provider`,
    });
    return value;
  }

  /** What the provider block of a resource says by constants and variables. */
  #provider(resource: TerraformResource): Partial<Place> {
    const key = textOf(own(resource.configuration, 'provider_config_key'));
    if (key === undefined) return {};
    const known = this.#byProvider.get(key);
    if (known !== undefined) return known;
    const expressions = own(own(this.#configuration.providers, key), 'expressions');
    const plain = (expression: unknown): unknown => {
      if (isConstant(expression)) return constantOf(expression);
      const [target, ...others] = this.#resolver.targetsOf({ ...resource, module: '' }, expression);
      return target?.kind === 'value' && others.length === 0 ? target.value : undefined;
    };
    const value = (expression: unknown): string | undefined => filledText(plain(expression));
    const region = value(own(expressions, 'region'));
    const role = value(at(expressions, ['assume_role', 0, 'role_arn'])) ?? '';
    const account =
      /^arn:[^:]*:iam::(\d{12}):/.exec(role)?.[1] ?? onlyOne(plain(own(expressions, 'allowed_account_ids')));
    const found = {
      ...(region === undefined ? {} : { region }),
      ...(account === undefined ? {} : { account }),
    };
    this.#byProvider.set(key, found);
    return found;
  }
}

/** The account of a provider that may lead to this one alone. */
function onlyOne(accounts: unknown): string | undefined {
  const [account, ...others] = listOf(accounts).map(textOf);
  return others.length === 0 && account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

function given(options: PlaceOptions): Partial<Place> {
  return {
    ...(options.accountId === undefined ? {} : { account: options.accountId }),
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.partition === undefined ? {} : { partition: options.partition }),
  };
}

/** What data sources and known ARNs say of the account and region that this is for. */
function learned(index: ResourceIndex): Partial<Place> {
  const data = (type: string, ...names: string[]): string | undefined => {
    const values = index.ofType(`data.${type}`).map((one) => one.values);
    return values.flatMap((one) => names.flatMap((name) => filledText(own(one, name)) ?? []))[0];
  };
  const account = data('aws_caller_identity', 'account_id', 'id') ?? ofArns(index, 3);
  const region = data('aws_region', 'region', 'name', 'id') ?? ofArns(index, 2);
  const partition = data('aws_partition', 'partition', 'id');
  return {
    ...(account === undefined || !/^\d{12}$/.test(account) ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(partition === undefined ? {} : { partition }),
  };
}

/** The account (3) or region (2) of the first managed object that exists already. */
function ofArns(index: ResourceIndex, part: 2 | 3): string | undefined {
  for (const { mode, values } of index.all) {
    const found = mode === 'managed' ? arnPattern.exec(textOf(own(values, 'arn')) ?? '')?.[part] : undefined;
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}

/** https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
