import { undecidedCondition } from './conditions.js';
import type { Scope } from './scope.js';
import {
  asText,
  type Finding,
  isList,
  isObject,
  noValue,
  type SomeText,
  Undecided,
  type Value,
} from './symbolic.js';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Home extends Scope {
  path(below: string): string;
}

/** One resource of a template; its properties are evaluated when they are asked for. */
export class Resource {
  readonly id: string;
  readonly type: string;
  readonly path: string;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly #stack: Home;
  /** Why it is not known whether it is there, its condition aside. */
  readonly #doubt: Finding | undefined;
  readonly #values = new Map<string, Value>();
  #exists: { readonly value: boolean | undefined } | undefined;
  #whole: Value | undefined;

  constructor(stack: Home, id: string, raw: Readonly<Record<string, unknown>>, doubt?: Finding) {
    this.#stack = stack;
    this.#doubt = doubt;
    this.id = id;
    this.raw = raw;
    this.type = typeof raw.Type === 'string' ? raw.Type : '';
    this.path = stack.path(`Resources.${id}`);
  }

  /** Whether it is there; undefined when that is not known. */
  get exists(): boolean | undefined {
    if (this.#exists === undefined) {
      const name = this.raw.Condition;
      const named = typeof name === 'string';
      const always = name === undefined || name === null;
      const value = named ? this.#stack.condition(name, `${this.path}.Condition`) : always || undefined;
      // What a loop repeats that nobody knows may be there if its condition lets it.
      this.#exists = { value: this.#doubt === undefined || value === false ? value : undefined };
    }
    return this.#exists.value;
  }

  /** Why it is not known whether the resource exists. */
  get doubt(): Finding | undefined {
    if (this.exists !== undefined) return undefined;
    if (this.#doubt !== undefined) return this.#doubt;
    const { Condition } = this.raw;
    const path = `${this.path}.Condition`;
    if (typeof Condition === 'string') return undecidedCondition(Condition, path);
    const message = `the Condition of ${this.id} is no name of a condition`;
    return { code: 'malformed', path, message, hint: 'declare it under Conditions, and write its name' };
  }

  pathOf(property: string): string {
    return `${this.path}.Properties.${property}`;
  }

  /** The value of a property; undefined when it is not there. `A.B` asks for a member of a member. */
  get(property: string): Value | undefined {
    const known = this.#values.get(property);
    if (known !== undefined) return known === noValue ? undefined : known;
    const value = this.#read(property) ?? noValue;
    this.#values.set(property, value);
    return value === noValue ? undefined : value;
  }

  #read(property: string): Value | undefined {
    const dot = property.indexOf('.');
    if (dot > 0) {
      const outer = this.get(property.slice(0, dot));
      const inner = property.slice(dot + 1);
      return outer instanceof Undecided ? outer : isObject(outer) ? outer[inner] : undefined;
    }
    const raw = this.raw.Properties;
    if (!isRecord(raw)) return undefined;
    if (!isFunction(raw)) return this.#stack.evaluate(raw[property], this.pathOf(property));
    this.#whole ??= this.#stack.evaluate(raw, `${this.path}.Properties`);
    if (this.#whole instanceof Undecided) return this.#whole;
    return isObject(this.#whole) ? this.#whole[property] : undefined;
  }

  text(property: string): SomeText | undefined {
    return asText(this.get(property));
  }

  /** The items of a list; a single value counts as a list of one. */
  list(property: string): readonly Value[] {
    const value = this.get(property);
    return value === undefined ? [] : isList(value) ? value : [value];
  }
}

/** The whole of the properties is made by a function, or changed by a macro. */
const isFunction = (raw: Record<string, unknown>): boolean =>
  Object.keys(raw).some((name) => name.startsWith('Fn::')) || (Object.keys(raw).length === 1 && 'Ref' in raw);
