import type { Diagnostic } from '../diagnostic.js';
import { type Configuration, constantOf, isConstant } from './configuration.js';
import { at, filledText, isMembers, type Members, own, textOf } from './json-value.js';
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
  readonly accountId?: string;
  readonly region?: string;
  readonly partition?: string;
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
  readonly #report: (finding: Omit<Diagnostic, 'file'>) => void;
  readonly #configuration: Configuration;
  readonly #resolver: ReferenceResolver;
  readonly #reported = new Set<string>();

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
    this.#general = { ...learned(index), ...given(options) };
  }

  of(resource: TerraformResource): Place {
    const arn = arnPattern.exec(textOf(own(resource.values, 'arn')) ?? '');
    const provider = this.#provider(resource);
    const general = this.#general;
    const region =
      filledText(own(resource.values, 'region')) ??
      (arn?.[2] || undefined) ??
      provider.region ??
      general.region;
    const account = arn?.[3] ?? provider.account ?? general.account;
    const invented = (option: 'accountId' | 'region') => this.#invented(option);
    // Only what is asked for is invented: the ARN of a role has no region.
    return {
      get account() {
        return account ?? invented('accountId');
      },
      get region() {
        return region ?? invented('region');
      },
      partition: arn?.[1] ?? general.partition ?? partitionOf(region ?? ''),
    };
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

  #invented(option: 'accountId' | 'region'): string {
    const value = option === 'region' ? exampleRegion : exampleAccount;
    if (!this.#reported.has(option)) {
      this.#reported.add(option);
      this.#report({
        code: 'missingValue',
        path: `options.${option}`,
        message: `nothing says which ${option === 'region' ? 'region' : 'account'} this is for; ${value} is assumed`,
        hint: `pass { ${option}: '…' }`,
      });
    }
    return value;
  }

  /** What the provider block of a resource says by constants and variables. */
  #provider(resource: TerraformResource): Partial<Place> {
    const key = textOf(own(resource.configuration, 'provider_config_key'));
    if (key === undefined) return {};
    const known = this.#byProvider.get(key);
    if (known !== undefined) return known;
    const expressions = own(own(this.#configuration.providers, key), 'expressions');
    const value = (expression: unknown): string | undefined => {
      if (isConstant(expression)) return filledText(constantOf(expression));
      const [target, ...others] = this.#resolver.targetsOf({ ...resource, module: '' }, expression);
      return target?.kind === 'value' && others.length === 0 ? filledText(target.value) : undefined;
    };
    const region = value(own(expressions, 'region'));
    const role = value(at(expressions, ['assume_role', 0, 'role_arn'])) ?? '';
    const account = /^arn:[^:]*:iam::(\d{12}):/.exec(role)?.[1];
    const found = {
      ...(region === undefined ? {} : { region }),
      ...(account === undefined ? {} : { account }),
    };
    this.#byProvider.set(key, found);
    return found;
  }
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
