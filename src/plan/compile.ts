import { compileCondition } from '../condition/condition.js';
import { parseOperator } from '../condition/operators.js';
import { compileAction } from '../match/action.js';
import { compileResource, type Heads, type ResourceTest } from '../match/resource.js';
import type { Policy, PolicyKind, PrincipalEntry, Statement } from '../policy/policy.js';
import { type Asked, alternativesOf } from './alternatives.js';
import type { Alternative, Leaf, Part, PlanNode, StatementPlan, StatementReference } from './plan.js';

export { newHeads } from '../match/resource.js';

/** What the plan of a policy must know of the others, and of its own place. */
export interface Surroundings {
  readonly kind: PolicyKind;
  readonly index: number;
  /** How many statements of the level stand before those of this policy. */
  readonly before?: number;
  readonly level?: number | undefined;
  /** The caller has a permissions boundary (E29b). */
  readonly boundary: boolean;
  readonly heads: Heads;
}

/** Policy → plan. NotAction and NotResource are the negation of an `any` (L30, L41). */
export function compilePolicy(policy: Policy, surroundings: Surroundings): readonly StatementPlan[] {
  return policy.statements.map((statement) => new CompiledStatement(policy, statement, surroundings));
}

type Mutable<T> = { -readonly [Member in keyof T]: T[Member] };

/** Compiled when the action index first hands it out: most statements of an account are never asked. */
class CompiledStatement implements StatementPlan {
  readonly effect: StatementPlan['effect'];
  readonly actionTexts: StatementPlan['actionTexts'];
  readonly #policy: Policy;
  readonly #statement: Statement;
  readonly #around: Surroundings;
  #parts: readonly Part[] | undefined;
  /** The parts but for the action, which most questions do not need once the index has handed out the statement. */
  #others: readonly Part[] | undefined;
  #alternatives: readonly Alternative[] | undefined;

  constructor(policy: Policy, statement: Statement, around: Surroundings) {
    this.effect = statement.effect;
    this.actionTexts = statement.notAction ? undefined : statement.actions;
    this.#policy = policy;
    this.#statement = statement;
    this.#around = around;
  }

  get parts(): readonly Part[] {
    this.#parts ??= [actionPart(this.#statement), ...CompiledStatement.#beyond(this)];
    return this.#parts;
  }

  get principal(): Part | undefined {
    const [first] = CompiledStatement.#beyond(this);
    return first?.element === 'Principal' || first?.element === 'NotPrincipal' ? first : undefined;
  }

  get beyondAction(): readonly PlanNode[] {
    return CompiledStatement.#beyond(this)
      .map(({ node }) => node)
      .filter((node) => !holdsAlways(node));
  }

  get alternatives(): readonly Alternative[] {
    this.#alternatives ??= alternativesOf(this, CompiledStatement.#asked(this));
    return this.#alternatives;
  }

  get source(): StatementReference {
    const { path, index, sid } = this.#statement;
    const { kind, level } = this.#around;
    const policy = this.#policy;
    const name = (Object.hasOwn(policy, 'name') ? policy.name : undefined) ?? this.#around.index;
    const reference: Mutable<StatementReference> = { kind, policy: name, index, path };
    if (level !== undefined) reference.level = level;
    if (sid !== undefined) reference.sid = sid;
    return reference;
  }

  get position(): number {
    return (this.#around.before ?? 0) + this.#statement.index;
  }

  /** What is asked beyond the action: the same that the nodes would tell, without keeping any. */
  static #asked(one: CompiledStatement): Asked {
    const { principals, notPrincipal, resources, notResource, conditions } = one.#statement;
    const named = principals !== undefined && (notPrincipal || !principals.some(isEveryone));
    const others = conditions.length + (named ? 1 : 0) + (notResource ? 1 : 0);
    if (resources === undefined || notResource) return { resources: undefined, others };
    const { heads } = one.#around;
    const { variables } = one.#policy;
    const tests = resources.map((text) => compileResource(text, variables, heads));
    return { resources: tests.some(isAnything) ? undefined : tests, others };
  }

  /** Static, as a private method of its own is kept with every instance. */
  static #beyond(one: CompiledStatement): readonly Part[] {
    one.#others ??= compileOthers(one.#policy, one.#statement, one.#around);
    return one.#others;
  }
}

function actionPart(statement: Statement): Part {
  const element = statement.notAction ? 'NotAction' : 'Action';
  const path = `${statement.path}.${element}`;
  return alternatives(
    element,
    path,
    statement.actions.map((text) => ({ kind: 'test', element, path, test: compileAction(text) })),
  );
}

function compileOthers(
  { variables }: Policy,
  statement: Statement,
  { boundary, heads }: Surroundings,
): readonly Part[] {
  const parts: Part[] = [];
  const principal = principalPart(statement, boundary);
  if (principal !== undefined) parts.push(principal);
  if (statement.resources !== undefined) {
    const element = statement.notResource ? 'NotResource' : 'Resource';
    const path = `${statement.path}.${element}`;
    const leaves = statement.resources.map(
      (text): Leaf => ({ kind: 'test', element, path, test: compileResource(text, variables, heads) }),
    );
    parts.push(alternatives(element, path, leaves));
  }
  for (const line of statement.conditions) {
    const operator = parseOperator(line.operator)!; // Invariant: the reader refused unknown ones.
    const test = compileCondition(operator, line.key, line.values, variables);
    const node: Leaf = { kind: 'test', element: 'Condition', path: line.path, test };
    parts.push({ element: 'Condition', path: line.path, node });
  }
  // A list that was pushed to keeps room for many more.
  return parts.slice();
}

/** `*` as a resource or principal. */
const holdsAlways = (node: PlanNode): boolean => {
  if (node.kind === 'any') return node.of.some(holdsAlways);
  if (node.kind !== 'test') return false;
  return (
    (node.element === 'Resource' && isAnything(node.test)) ||
    (node.element === 'Principal' && isEveryone(node.test))
  );
};

const isAnything = ({ head }: ResourceTest): boolean => head === undefined;
const isEveryone = ({ form }: PrincipalEntry): boolean => form === 'everyone';

/** Values of one element are alternatives; a Not element is their negation (L13). */
function alternatives(element: Leaf['element'], path: string, leaves: readonly Leaf[]): Part {
  const any: PlanNode = leaves.length === 1 ? leaves[0]! : { kind: 'any', of: leaves };
  const negated = element === 'NotAction' || element === 'NotResource';
  return { element, path, node: negated ? { kind: 'not', of: any } : any };
}

function principalPart(statement: Statement, boundary: boolean): Part | undefined {
  if (statement.principals === undefined) return undefined;
  const { principals, effect } = statement;
  if (statement.notPrincipal) {
    // Not a plain negation: who is spared depends on several entries at once (E29).
    const path = `${statement.path}.NotPrincipal`;
    const node: Leaf = {
      kind: 'test',
      element: 'NotPrincipal',
      path,
      test: { entries: principals, boundary },
    };
    return { element: 'NotPrincipal', path, node };
  }
  const path = `${statement.path}.Principal`;
  const leaves = principals.map((test): Leaf => ({ kind: 'test', element: 'Principal', path, test, effect }));
  return alternatives('Principal', path, leaves);
}
