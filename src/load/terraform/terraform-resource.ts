import type { JsonPath, Members } from './json-value.js';
import { at, marks, own } from './json-value.js';

/** The key of one instance of a resource or module with `count` or `for_each`. */
export type InstanceKey = string | number;

/** One instance of a resource or data source, as it will be after the plan, or as it stands in the state. */
export interface TerraformResource {
  readonly address: string;
  /** Address of the instance of the module it stands in; empty for the root module. */
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index?: InstanceKey;
  readonly values: Members;
  /** What is known only after apply: a tree with `true` at its leaves. Absent when the file does not say. */
  readonly unknown?: unknown;
  /** The block in the configuration that declares it; absent in states. */
  readonly configuration?: Members;
  /** The file is a plan, so that attributes without a value are not known rather than absent. */
  readonly planned: boolean;
}

/** Whether an attribute has a value that nobody knows before apply. */
export function isOpen(resource: TerraformResource, path: JsonPath): boolean {
  if (marks(resource.unknown, path)) return true;
  const value = at(resource.values, path);
  if (value !== undefined || !resource.planned) return false;
  // Plans leave out what they do not know; without marks, an argument that is written but has no value is one of these.
  return resource.unknown === undefined && at(expressionsOf(resource), path) !== undefined;
}

export const expressionsOf = (resource: TerraformResource): unknown =>
  own(resource.configuration, 'expressions');

/** `path.attribute[0].inner`, below the address of a resource. */
export const attributePath = (resource: TerraformResource, path: JsonPath): string =>
  resource.address + path.map((name) => (typeof name === 'number' ? `[${name}]` : `.${name}`)).join('');
