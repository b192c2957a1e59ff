import type { ResourceTest } from '../match/resource.js';
import { lettersOf } from '../value/wildcard.js';
import { anywhere, beginningOf, markOf } from './marks.js';
import type { Alternative, Beginning, Leaf, PlanNode, StatementPlan } from './plan.js';

/** What a statement asks beyond its action, without its nodes being made. */
export interface Asked {
  /** The entries of the element Resource; undefined where there are none, or any resource will do. */
  readonly resources: readonly ResourceTest[] | undefined;
  /** How many nodes there are beside that element. */
  readonly others: number;
}

/** A statement, once for each of its resources. */
export function alternativesOf(
  statement: StatementPlan,
  { resources, others }: Asked = askedBy(statement),
): readonly Alternative[] {
  if (resources === undefined) return [new Entry(statement, undefined, others, 0)];
  return resources.map((test, place) => new Entry(statement, test, others, place));
}

/** The same of a statement whose nodes are there. */
function askedBy({ beyondAction }: StatementPlan): Asked {
  const node = beyondAction.find((one) => resourcesOf(one) !== undefined);
  if (node === undefined) return { resources: undefined, others: beyondAction.length };
  return { resources: resourcesOf(node)!.map(({ test }) => test), others: beyondAction.length - 1 };
}

/** Where an entry is one text or one beginning of the whole ARN, its form says all that its leaf would say. */
class Entry implements Alternative {
  readonly letters: number;
  readonly mark: number;
  readonly form: Alternative['form'];
  readonly text: string;
  readonly cost: number;
  readonly statement: StatementPlan;
  readonly #place: number;
  /** Where in `text` stands how every resource begins, so that it need not be kept beside it. */
  readonly #from: number;
  readonly #length: number;
  #only: PlanNode | undefined;
  #nodes: readonly PlanNode[] | undefined;

  constructor(statement: StatementPlan, test: ResourceTest | undefined, others: number, place: number) {
    const whole = test?.whole;
    this.letters = test === undefined ? 0 : lettersOfAll(test);
    this.mark = test === undefined ? 0 : markOf(test);
    this.form = whole?.kind ?? 'open';
    const written = test?.text ?? '';
    // The policy's own text, where it is the same.
    this.text = whole === undefined || whole.text === written ? written : whole.text;
    this.cost = test === undefined || whole !== undefined ? others : others + 1;
    this.statement = statement;
    this.#place = place;
    const begun = test === undefined ? anywhere : beginningOf(test);
    this.#from = begun.whole ? 0 : written.length - test!.rest!.source.length;
    // An escaped star is written otherwise than it is compared: then nothing is said.
    this.#length = this.text.startsWith(begun.text, this.#from) ? begun.text.length : 0;
  }

  get only(): PlanNode | undefined {
    if (this.cost === 1) this.#only ??= nodesOf(this.statement, this.form, this.#place)[0];
    return this.#only;
  }

  get nodes(): readonly PlanNode[] {
    if (this.cost === 1) return [this.only!];
    this.#nodes ??= nodesOf(this.statement, this.form, this.#place);
    return this.#nodes;
  }

  get beginning(): Beginning {
    if (this.#length === 0) return anywhere;
    return { text: this.text.slice(this.#from, this.#from + this.#length), whole: this.#from === 0 };
  }
}

function nodesOf(
  { beyondAction }: StatementPlan,
  form: Alternative['form'],
  place: number,
): readonly PlanNode[] {
  const found = beyondAction.find((node) => resourcesOf(node) !== undefined);
  if (found === undefined) return beyondAction;
  const others = beyondAction.filter((node) => node !== found);
  return form === 'open' ? [resourcesOf(found)![place]!, ...others] : others;
}

function lettersOfAll({ rest }: ResourceTest): number {
  let letters = 0;
  for (const piece of rest?.pieces ?? []) if (typeof piece === 'string') letters |= lettersOf(piece);
  return letters;
}

type ResourceLeaf = Leaf & { readonly element: 'Resource' };

const isResource = (node: PlanNode): node is ResourceLeaf =>
  node.kind === 'test' && node.element === 'Resource';

/** The entries of the element Resource; undefined where a node is something else, such as an element Principal without entries. */
function resourcesOf(node: PlanNode): readonly ResourceLeaf[] | undefined {
  if (isResource(node)) return [node];
  return node.kind === 'any' && node.of.length > 0 && node.of.every(isResource) ? node.of : undefined;
}
