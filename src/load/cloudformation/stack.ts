import { decide } from './conditions.js';
import { evaluateNode } from './evaluate.js';
import { expandLoops, hasLoops, type OpenLoops } from './for-each.js';
import { parameterValue } from './parameters.js';
import { pseudoParameter } from './pseudo-parameters.js';
import { Resource } from './resource.js';
import { attributeOf, referenceTo } from './resource-names.js';
import type { Scope, Settings } from './scope.js';
import type { Session } from './session.js';
import { type Finding, Symbolic, Undecided, UnknownTexts, type Value } from './symbolic.js';

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

export interface StackInput {
  readonly template: Readonly<Record<string, unknown>>;
  readonly settings: Settings;
  readonly session: Session;
  /** Values for parameters and for dynamic references. */
  readonly parameters: ReadonlyMap<string, Value>;
  readonly imports: Pick<ReadonlyMap<string, Value>, 'get'>;
  /** Begins the names of holes, so that stacks do not share them. */
  readonly prefix: string;
  /** Begins every path in diagnostics. */
  readonly path: string;
  /** The stack in which this one is nested. */
  readonly parent?: Stack;
  /** All stacks of the app, this one among them. */
  readonly siblings?: readonly Stack[];
  /** The stack of a nested stack resource, if its template is there. */
  readonly nested: (parent: Stack, resource: Resource) => Stack | undefined;
}

/** One template with the values it is deployed with. */
export class Stack implements Scope {
  readonly input: StackInput;
  readonly settings: Settings;
  readonly session: Session;
  readonly resources: ReadonlyMap<string, Resource> = new Map();
  /** The parameters as they are declared. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly #conditions: Readonly<Record<string, unknown>> = {};
  readonly #mappings: Readonly<Record<string, unknown>>;
  /** Identifiers of loops over what is not known: each stands for one item or another. */
  readonly #openIdentifiers = new Set<string>();
  readonly #known = new Map<string, Value>();
  readonly #decided = new Map<string, boolean | undefined>();
  readonly #open = new Set<string>();
  readonly #children = new Map<string, Stack | undefined>();

  constructor(input: StackInput) {
    this.input = input;
    this.settings = input.settings;
    this.session = input.session;
    const { template } = input;
    this.parameters = record(template.Parameters);
    this.#mappings = record(template.Mappings);
    this.#conditions = record(this.#section('Conditions'));
    const doubts = new Map<string, Finding>();
    const resources = this.#section('Resources', {
      identifiers: (names) => {
        for (const name of names) this.#openIdentifiers.add(name);
      },
      member: (id, finding) => doubts.set(id, finding),
    });
    this.resources = new Map(
      Object.entries(record(resources)).flatMap(([id, raw]) =>
        id.startsWith('Fn::') ? [] : [[id, new Resource(this, id, record(raw), doubts.get(id))]],
      ),
    );
    // What a loop repeats is found before there are resources: what it took for missing may be one.
    this.#known.clear();
  }

  /** A section of the template with its loops written out. */
  #section(name: string, open?: OpenLoops): unknown {
    const section = this.input.template[name];
    const path = this.path(name);
    const evaluate = (node: unknown, where: string) => this.evaluate(node, where);
    return hasLoops(section)
      ? expandLoops(section, path, evaluate, (finding) => this.session.report(finding), open)
      : section;
  }

  path(below: string): string {
    return this.input.path === '' ? below : `${this.input.path}.${below}`;
  }

  /** The outputs, not yet evaluated. */
  outputs(): Readonly<Record<string, unknown>> {
    return record(this.#section('Outputs'));
  }

  evaluate(node: unknown, path: string): Value {
    return evaluateNode(this, node, path);
  }

  mapping(name: string): unknown {
    return Object.hasOwn(this.#mappings, name) ? this.#mappings[name] : undefined;
  }

  given(kind: 'import' | 'reference', name: string): Value | undefined {
    return (kind === 'import' ? this.input.imports : this.input.parameters).get(name);
  }

  hole(name: string, finding?: Finding): Symbolic {
    const short = this.session.holeName(this.input.prefix + name);
    if (finding !== undefined) this.session.explain(short, finding);
    return new Symbolic([{ hole: short }]);
  }

  undecided(
    name: string,
    finding: Finding,
    alternatives: readonly Value[] = [],
    known: readonly Value[] = [],
  ): Undecided {
    return new Undecided(this.session.holeName(name), finding, alternatives, known);
  }

  unknownTexts(name: string, finding: Finding, known: readonly Value[] = []): UnknownTexts {
    return new UnknownTexts(this.session.holeName(name), finding, known);
  }

  reasonOf(value: Value): Finding | undefined {
    if (value instanceof Undecided) return value.finding;
    const pieces = value instanceof Symbolic ? value.pieces : [];
    for (const piece of pieces) {
      const reason = typeof piece === 'string' ? undefined : this.session.reasonOf(piece.hole);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  condition(name: string, path: string): boolean | undefined {
    if (this.#decided.has(name)) return this.#decided.get(name);
    const where = this.path(`Conditions.${name}`);
    if (!Object.hasOwn(this.#conditions, name)) {
      const message = `there is no condition ${name}`;
      this.session.report({ code: 'malformed', path, message, hint: 'declare it under Conditions' });
      return undefined;
    }
    if (this.#open.has(where)) {
      const message = `the condition ${name} depends on itself`;
      this.session.report({ code: 'malformed', path: where, message, hint: 'break the circle' });
      return undefined;
    }
    this.#open.add(where);
    const holds = decide(this, this.#conditions[name], where);
    this.#open.delete(where);
    this.#decided.set(name, holds);
    return holds;
  }

  reference(name: string, path: string): Value {
    return this.#remember(`Ref ${name}`, path, () => {
      const pseudo = pseudoParameter(this, name, path);
      if (pseudo !== undefined) return pseudo;
      if (Object.hasOwn(this.parameters, name)) {
        const where = this.path(`Parameters.${name}`);
        return parameterValue(this, name, this.parameters[name], this.input.parameters.get(name), where);
      }
      const resource = this.resources.get(name);
      const dot = name.indexOf('.');
      if (resource === undefined && dot > 0 && this.resources.has(name.slice(0, dot)))
        return this.attribute(name.slice(0, dot), name.slice(dot + 1), path);
      // Called like the functions that choose, since what is declared here may be meant.
      if (resource === undefined && this.#openIdentifiers.has(name)) return this.hole(`Fn::ForEach ${name}`);
      if (resource === undefined) return this.#missing(name, path);
      return resource.exists === false ? this.#missing(name, path) : referenceTo(this, resource);
    });
  }

  attribute(id: string, name: string, path: string): Value {
    return this.#remember(`GetAtt ${id}.${name}`, path, () => {
      // The serverless transform makes `Function.Alias`.
      const made = this.resources.get(`${id}.${name}`);
      if (made !== undefined) return this.reference(`${id}.${name}`, path);
      const resource = this.resources.get(id);
      if (resource === undefined || resource.exists === false) return this.#missing(`${id}.${name}`, path);
      return attributeOf(this, resource, name, path);
    });
  }

  child(resource: Resource): Stack | undefined {
    if (!this.#children.has(resource.id)) this.#children.set(resource.id, this.input.nested(this, resource));
    return this.#children.get(resource.id);
  }

  #missing(name: string, path: string): Symbolic {
    const message = `${name} is no parameter and no resource of this template`;
    const hint = 'correct the name; it stays unknown';
    return this.hole(name, { code: 'unresolvedReference', path, message, hint });
  }

  /** Values are found once; one that is made of itself is not known. */
  #remember(key: string, path: string, find: () => Value): Value {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#open.has(key)) {
      const message = `${key} depends on itself`;
      return this.hole(key, { code: 'malformed', path, message, hint: 'break the circle' });
    }
    this.#open.add(key);
    const value = find();
    this.#open.delete(key);
    this.#known.set(key, value);
    return value;
  }
}
