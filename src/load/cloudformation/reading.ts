import type { EstateTags, Origin, PolicyUse } from '../../account/estate-data.js';
import type { PolicyKind } from '../../policy/policy.js';
import type { EstateDraft } from './estate-draft.js';
import { policyUse } from './policy-document.js';
import type { Resource } from './resource.js';
import { arnOf, madeEnd, physicalName, shortName } from './resource-names.js';
import type { Stack } from './stack.js';
import {
  asPlain,
  asText,
  type Finding,
  isList,
  isObject,
  type SomeText,
  toText,
  Undecided,
  type Value,
} from './symbolic.js';

/** One resource of a stack while it is read into the draft. */
export class Reading {
  readonly stack: Stack;
  readonly resource: Resource;
  readonly draft: EstateDraft;
  readonly #paths: readonly string[];

  constructor(stack: Stack, resource: Resource, draft: EstateDraft, paths: readonly string[]) {
    this.stack = stack;
    this.resource = resource;
    this.draft = draft;
    this.#paths = paths;
  }

  get account(): string {
    const { account, partition } = this.stack.settings;
    this.draft.accounts.set(account, partition);
    return account;
  }

  get name(): SomeText {
    return physicalName(this.stack, this.resource);
  }

  get arn(): SomeText {
    return arnOf(this.stack, this.resource) ?? this.stack.hole(`${this.resource.id}.Arn`);
  }

  /** Logical id, physical name (if generated, also without its random end), construct paths. */
  get names(): string[] {
    const { id } = this.resource;
    const { name } = this;
    const short = shortName(this.stack, this.resource);
    const made = typeof name === 'string' && name.toUpperCase() === `${short}${madeEnd}`.toUpperCase();
    const outer = this.stack.input.path.replaceAll('Resources.', '');
    return [
      id,
      ...(outer === '' ? [] : [`${outer}.${id}`]),
      ...(typeof name === 'string' ? [name, ...(made ? [short] : [])] : []),
      ...this.#paths,
    ];
  }

  origin(property?: string): Origin {
    const { file } = this.stack.session;
    const path = property === undefined ? this.resource.path : this.resource.pathOf(property);
    return { ...(file === undefined ? {} : { file }), path };
  }

  report(finding: Finding): void {
    this.stack.session.report(finding);
  }

  /** A policy document of a property of this resource. */
  policy(
    name: string,
    kind: PolicyKind,
    property: string,
    value = this.resource.get(property),
    change?: (text: SomeText) => SomeText,
  ): PolicyUse {
    return policyUse({
      name,
      kind,
      value,
      path: this.resource.pathOf(property),
      file: this.stack.session.file,
      doubt: this.resource.doubt,
      report: (finding) => this.report(finding),
      hole: (hole, finding) => this.stack.hole(hole, finding),
      ...(change === undefined ? {} : { resource: change }),
    });
  }

  unresolved(name: string, finding: Finding): PolicyUse {
    this.report(finding);
    return { name, unresolved: finding.message, origin: this.origin() };
  }

  /** A managed policy by ARN. */
  link(value: Value, property: string): PolicyUse {
    const { doubt } = this.resource;
    if (value instanceof Undecided) return this.unresolved(property, value.finding);
    const arn = asText(value);
    if (arn === undefined || doubt !== undefined) {
      const path = this.resource.pathOf(property);
      const message = `${property} is no ARN`;
      return this.unresolved(property, doubt ?? { code: 'malformed', path, message, hint: 'write an ARN' });
    }
    return { arn: toText(arn), origin: this.origin(property) };
  }

  /** Tags as a list of keys and values, or as a map. */
  tags(property = 'Tags'): { tags?: EstateTags; tagsUnresolved?: boolean } {
    const value = this.resource.get(property);
    if (value === undefined) return {};
    const pairs: [Value | undefined, Value | undefined][] = isList(value)
      ? value.map((item) => (isObject(item) ? [item.Key, item.Value] : [undecided(item), undefined]))
      : isObject(value)
        ? Object.entries(value)
        : [[undecided(value), undefined]];
    const tags: [string, ReturnType<typeof toText>][] = [];
    let open = false;
    for (const [key, content] of pairs) {
      const lost = undecided(key) ?? undecided(content);
      if (lost !== undefined) this.report(lost.finding);
      else if (key === undefined) {
        const path = this.resource.pathOf(property);
        const hint = 'write a list of Key and Value';
        this.report({ code: 'malformed', path, message: 'a tag has no Key', hint });
      }
      const name = asPlain(key);
      const text = asText(content ?? '');
      if (name === undefined || text === undefined) open = true;
      else tags.push([name, toText(text)]);
    }
    const { doubt } = this.resource;
    if (doubt !== undefined) open = true;
    return {
      ...(tags.length === 0 ? {} : { tags: Object.fromEntries(tags) }),
      ...(open ? { tagsUnresolved: true } : {}),
    };
  }
}

const undecided = (value: Value | undefined): Undecided | undefined =>
  value instanceof Undecided ? value : undefined;

/** Reads one resource type. */
export type ResourceReader = (reading: Reading) => void;
