import { bracket, parseSteps, primaryReferences, type Step } from './address.js';
import { type Configuration, constantOf, declarationKey, isConstant, referencesOf } from './configuration.js';
import { type Chooser, chooserOf } from './instance-choice.js';
import { at, isMembers, type JsonPath, type Members, own } from './json-value.js';
import type { ResourceIndex } from './resource-index.js';
import { expressionsOf, type InstanceKey, type TerraformResource } from './terraform-resource.js';

/** Instances of a resource; the path is that of the attribute, empty where the reference does not name it. */
export interface ObjectTarget {
  readonly kind: 'object';
  readonly instances: readonly TerraformResource[];
  readonly path: JsonPath;
  /** `count.index` chooses one of the instances, and nobody can tell which. */
  readonly oneOf?: true;
}

/** What a reference leads to. */
export type Target =
  | ObjectTarget
  | { readonly kind: 'value'; readonly value: unknown }
  /** Something of which the file does not say what it is, such as a local value. */
  | { readonly kind: 'open'; readonly reference: string };

/** Where an expression stands: the instance of a module, and the block with its key when that has `count` or `for_each`. */
interface Frame {
  readonly module: string;
  readonly key?: InstanceKey;
  readonly forEach?: unknown;
}

/** More steps from variable to output to variable than people write. */
const longestChain = 48;
/** More alternatives than a link can be told from. */
const mostTargets = 32;

/** Follows references through modules. */
export class ReferenceResolver {
  readonly #configuration: Configuration;
  readonly #index: ResourceIndex;
  readonly #variables: Members;
  readonly #known = new Map<string, readonly Target[]>();

  constructor(configuration: Configuration, index: ResourceIndex, variables: unknown) {
    this.#configuration = configuration;
    this.#index = index;
    this.#variables = isMembers(variables) ? variables : {};
  }

  /** What the expression of an argument refers to, in the order of the references; none for constants. */
  targetsAt(resource: TerraformResource, path: JsonPath): readonly Target[] {
    return this.targetsOf(resource, at(expressionsOf(resource), path));
  }

  targetsOf(resource: TerraformResource, expression: unknown): readonly Target[] {
    return this.#expression(expression, frameOf(resource), 0);
  }

  #expression(expression: unknown, frame: Frame, depth: number): readonly Target[] {
    const references = referencesOf(expression);
    if (references === undefined) {
      return isConstant(expression) ? [{ kind: 'value', value: constantOf(expression) }] : [];
    }
    const primary = primaryReferences(references);
    const out: Target[] = [];
    for (const [i, reference] of primary.entries()) {
      if (out.length >= mostTargets) return [{ kind: 'open', reference: 'too many references' }];
      out.push(...this.#follow(reference, frame, chooserOf(primary, i), depth));
    }
    return out.length > mostTargets ? [{ kind: 'open', reference: 'too many references' }] : out;
  }

  #follow(reference: string, frame: Frame, chooser: Chooser, depth: number): readonly Target[] {
    const open: Target[] = [{ kind: 'open', reference }];
    if (depth > longestChain) return open;
    const memory = `${chooser} ${frame.module}\n${frame.key ?? ''}\n${typeof frame.key}\n${reference}`;
    // A value of `each` depends on the block; everything else only on where it stands.
    const memorable = !reference.startsWith('each.');
    const known = memorable ? this.#known.get(memory) : undefined;
    if (known !== undefined) return known;
    if (memorable) this.#known.set(memory, open); // Ends a circle.
    const steps = parseSteps(reference);
    const found = steps === undefined ? open : (this.#steps(steps, frame, chooser, depth) ?? open);
    if (memorable) this.#known.set(memory, found);
    return found;
  }

  #steps(
    steps: readonly Step[],
    frame: Frame,
    chooser: Chooser,
    depth: number,
  ): readonly Target[] | undefined {
    const [first, second] = steps.map((step) => ('name' in step ? step.name : undefined));
    // Known while planning, so never the reason why something is not known.
    if (first === 'count' || first === 'path' || first === 'terraform') return [];
    if (first === 'each') return second === 'key' ? [] : this.#each(steps.slice(2), frame, depth);
    if (first === 'var' && second !== undefined) return this.#variable(second, steps.slice(2), frame, depth);
    if (first === 'module' && second !== undefined) return this.#output(second, steps.slice(2), frame, depth);
    return this.#resource(steps, frame, chooser);
  }

  #resource(steps: readonly Step[], frame: Frame, chooser: Chooser): readonly Target[] | undefined {
    const names = steps.map((step) => ('name' in step ? step.name : undefined));
    const data = names[0] === 'data' && steps.length > 2;
    const [type, name] = data ? names.slice(1, 3) : names;
    if (type === undefined || name === undefined) return undefined;
    const declaration = `${data ? 'data.' : ''}${type}.${name}`;
    const declared = this.#index.declared(frame.module, declaration);
    const rest = steps.slice(data ? 3 : 2);
    const [next] = rest;
    const keyed = next !== undefined && 'key' in next;
    let instances = declared;
    if (keyed) instances = this.#index.instance(frame.module, declaration, next.key);
    else if (chooser === 'each.key' && declared.length > 0 && declared[0]!.index !== undefined) {
      instances = this.#index.instance(frame.module, declaration, frame.key);
    }
    if (instances.length === 0) return undefined;
    const path = pathOf(keyed ? rest.slice(1) : rest);
    const oneOf = !keyed && chooser === 'count.index' && frame.key !== undefined && instances.length > 1;
    return [{ kind: 'object', instances, path, ...(oneOf ? { oneOf } : {}) }];
  }

  #each(rest: readonly Step[], frame: Frame, depth: number): readonly Target[] | undefined {
    if (frame.key === undefined) return undefined;
    const { module, key, forEach } = frame;
    if (isConstant(forEach)) {
      return [{ kind: 'value', value: at(own(constantOf(forEach), key), pathOf(rest)) }];
    }
    const targets = this.#expression(forEach, { module }, depth + 1);
    const [target, ...others] = targets;
    if (target === undefined || others.length > 0) return undefined;
    if (target.kind === 'value') {
      return [{ kind: 'value', value: at(own(target.value, key), pathOf(rest)) }];
    }
    // `for_each = aws_iam_role.team`: the value of a key is the instance of that key.
    if (target.kind !== 'object' || target.path.length > 0) return undefined;
    const [any] = target.instances;
    if (any === undefined) return undefined;
    const instances = this.#index.instance(any.module, declarationKey(any.mode, any.type, any.name), key);
    return instances.length === 0 ? undefined : [{ kind: 'object', instances, path: pathOf(rest) }];
  }

  #variable(name: string, rest: readonly Step[], frame: Frame, depth: number): readonly Target[] | undefined {
    const declared = own(own(this.#configuration.module(frame.module)?.content, 'variables'), name);
    const byDefault = (): readonly Target[] | undefined =>
      isMembers(declared) && Object.hasOwn(declared, 'default')
        ? [{ kind: 'value', value: at(declared.default, pathOf(rest)) }]
        : undefined;
    if (frame.module === '') {
      const given = own(this.#variables, name);
      if (!isMembers(given) || !Object.hasOwn(given, 'value')) return byDefault();
      return [{ kind: 'value', value: at(given.value, pathOf(rest)) }];
    }
    const call = this.#configuration.call(frame.module);
    if (call === undefined) return undefined;
    const expression = own(own(call.content, 'expressions'), name);
    if (expression === undefined) return byDefault();
    const outside: Frame = {
      module: call.parent,
      forEach: call.content.for_each_expression,
      ...(call.key === undefined ? {} : { key: call.key }),
    };
    return extend(this.#expression(expression, outside, depth + 1), rest);
  }

  #output(name: string, rest: readonly Step[], frame: Frame, depth: number): readonly Target[] | undefined {
    const [next] = rest;
    const keyed = next !== undefined && 'key' in next;
    const inner = keyed ? rest.slice(1) : rest;
    const [output, ...below] = inner;
    if (output === undefined || !('name' in output)) return undefined;
    const within = frame.module === '' ? '' : `${frame.module}.`;
    const instance = `${within}module.${name}${keyed ? bracket(next.key) : ''}`;
    const content = this.#configuration.module(instance)?.content;
    const expression = own(own(own(content, 'outputs'), output.name), 'expression');
    if (expression === undefined) return undefined;
    return extend(this.#expression(expression, { module: instance }, depth + 1), below);
  }
}

const pathOf = (steps: readonly Step[]): JsonPath =>
  steps.map((step) => ('name' in step ? step.name : step.key));

/** What lies below the value of an expression. With several references nobody can tell in which of them. */
function extend(targets: readonly Target[], rest: readonly Step[]): readonly Target[] | undefined {
  if (rest.length === 0) return targets;
  const [target, ...others] = targets;
  if (target === undefined || others.length > 0 || target.kind === 'open') return undefined;
  const path = pathOf(rest);
  if (target.kind === 'value') return [{ kind: 'value', value: at(target.value, path) }];
  const [index, ...inner] = path;
  // A splat made a list, of which one item is taken.
  if (typeof index === 'number' && target.path.length === 0 && target.instances.length > index) {
    return [{ ...target, instances: [target.instances[index]!], path: inner }];
  }
  return [{ ...target, path: [...target.path, ...path] }];
}

const frameOf = (resource: TerraformResource): Frame => ({
  module: resource.module,
  forEach: own(resource.configuration, 'for_each_expression'),
  ...(resource.index === undefined ? {} : { key: resource.index }),
});
