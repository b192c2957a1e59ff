import type { Text } from '../../account/estate-data.js';
import type { Diagnostic } from '../diagnostic.js';
import { withoutModules } from './address.js';
import { attributeText, holeOf } from './attribute-text.js';
import { at, filledText, type JsonPath } from './json-value.js';
import type { Place, Places } from './places.js';
import type { ObjectTarget, ReferenceResolver, Target } from './reference-resolver.js';
import type { ResourceIndex } from './resource-index.js';
import { attributePath, isOpen, type TerraformResource } from './terraform-resource.js';

export type Finding = Omit<Diagnostic, 'file'>;

/** What an argument refers to: up to Terraform 0.14 references do not name the attribute. */
export interface Meaning {
  /** The attribute meant where the reference names none. */
  readonly attribute: string;
  /** Types it may refer to: of several references they tell which one is meant, and no other may leave a hole. */
  readonly types?: readonly string[];
}

/** One file while it is read. */
export class Reading {
  readonly index: ResourceIndex;
  readonly resolver: ReferenceResolver;
  readonly places: Places;
  readonly report: (finding: Finding) => void;
  readonly #open = new Set<string>();

  constructor(
    index: ResourceIndex,
    resolver: ReferenceResolver,
    places: Places,
    report: (finding: Finding) => void,
  ) {
    this.index = index;
    this.resolver = resolver;
    this.places = places;
    this.report = report;
  }

  readonly placeOf = (resource: TerraformResource): Place => this.places.of(resource);

  /** The text of an attribute of a resource; a hole when nothing is known of it. */
  attribute(resource: TerraformResource, attribute: string): Text {
    return attributeText(resource, attribute, {
      placeOf: this.placeOf,
      argument: (one, name) => this.#referred(one, [name], { attribute: 'id' }),
    });
  }

  /**
   * The value of an argument: as written, or what it refers to; a hole, reported, when it is known only after apply and its expression
   * does not say what it is. Undefined when the argument is not there.
   */
  argument(resource: TerraformResource, path: JsonPath, meaning: Meaning): Text | undefined {
    const known = filledText(at(resource.values, path));
    if (known !== undefined) return known;
    if (!isOpen(resource, path)) return undefined;
    return this.#referred(resource, path, meaning) ?? this.#unresolved(resource, path);
  }

  /** An argument that has to be there. */
  required(resource: TerraformResource, path: JsonPath, meaning: Meaning): Text {
    return (
      this.argument(resource, path, meaning) ??
      this.#referred(resource, path, meaning) ??
      this.#unresolved(resource, path)
    );
  }

  /** The instances of which `count.index` chooses one, where the expression of an argument says no more. */
  candidates(resource: TerraformResource, path: JsonPath): readonly TerraformResource[] | undefined {
    const targets = this.resolver.targetsAt(resource, path).filter((one) => one.kind !== 'value');
    const [target, ...others] = targets;
    const chosen = target?.kind === 'object' && target.oneOf === true && others.length === 0;
    return chosen ? target.instances : undefined;
  }

  #unresolved(resource: TerraformResource, path: JsonPath): Text {
    const candidates = this.candidates(resource, path);
    if (candidates !== undefined) {
      this.report({
        code: 'ambiguous',
        path: attributePath(resource, path),
        message: `count.index chooses ${oneOf(candidates)}; a plan does not say which`,
        hint: 'use for_each with each.key, or load the state after apply',
      });
      return holeOf(resource, path);
    }
    this.report({
      code: 'unresolvedReference',
      path: attributePath(resource, path),
      message: 'this is known only after apply, and its expression does not tell what it refers to',
      hint: 'answers that hang on it depend on this value; load the state after apply to settle them',
    });
    return holeOf(resource, path);
  }

  #referred(resource: TerraformResource, path: JsonPath, meaning: Meaning): Text | undefined {
    const name = attributePath(resource, path);
    if (this.#open.has(name)) return undefined;
    this.#open.add(name);
    const text = this.#textOfTargets(this.resolver.targetsAt(resource, path), meaning);
    this.#open.delete(name);
    return text === undefined || fits(text, meaning) ? text : undefined;
  }

  /** The text of the one thing that references lead to; undefined when that cannot be told. */
  #textOfTargets(targets: readonly Target[], meaning: Meaning): Text | undefined {
    const objects = targets.filter((one) => one.kind === 'object');
    const wanted =
      objects.length > 1 && meaning.types !== undefined
        ? objects.filter(({ instances }) => meaning.types?.includes(instances[0]!.type))
        : objects;
    const [target, ...others] = wanted;
    // What is known only after apply is more than the known values in its expression.
    if (target === undefined) return undefined;
    if (others.some((one) => one.instances[0] !== target.instances[0])) return undefined;
    return this.targetText(target, meaning);
  }

  /** The text of an attribute that a reference names, or means. */
  targetText(target: ObjectTarget, meaning: Meaning): Text | undefined {
    const [instance, ...others] = target.instances;
    if (instance === undefined || others.length > 0) return undefined;
    const { path } = target;
    if (path.length === 0) return this.attribute(instance, meaning.attribute);
    const known = filledText(at(instance.values, path));
    if (path.length > 1) return known ?? holeOf(instance, path);
    return this.attribute(instance, String(path[0]));
  }
}

/** Instances of which one is meant, for people. */
export const oneOf = (instances: readonly TerraformResource[]): string =>
  `one of ${instances
    .map(({ address }) => address)
    .slice(0, 2)
    .join(', ')}${instances.length > 2 ? ', …' : ''}`;

/** A hole that something else leaves, such as a random name, may stand for any thing of these types. */
function fits(text: Text, { types }: Meaning): boolean {
  if (types === undefined || typeof text === 'string') return true;
  const pieces = 'hole' in text ? [text] : text.text;
  return pieces.every((piece) => {
    if (typeof piece === 'string') return true;
    const local = withoutModules(piece.hole);
    return types.some((type) => local.startsWith(`${type}.`));
  });
}
