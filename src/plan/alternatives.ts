import type { ResourceTest } from '../match/resource.js';
import { lettersIn } from '../value/wildcard.js';
import type { Alternative, Leaf, PlanNode, StatementPlan } from './plan.js';

/**
 * A statement, once for each of its resources. Where an entry is one text or one beginning of the whole ARN, the beginning says
 * all that its leaf would say.
 */
export function alternativesOf(statement: StatementPlan): readonly Alternative[] {
  const { beyondAction } = statement;
  const found = beyondAction.find((node) => resourcesOf(node) !== undefined);
  if (found === undefined) return [alternative(statement, anywhere, false, 0, beyondAction)];
  const others = beyondAction.filter((node) => node !== found);
  return resourcesOf(found)!.map((leaf) => {
    const { whole, rest } = leaf.test;
    const letters = rest?.fixed === undefined ? 0 : lettersIn(rest.fixed);
    if (whole === undefined)
      return alternative(statement, beginningOf(leaf.test), false, letters, [leaf, ...others]);
    return alternative(
      statement,
      { beginning: whole.text, whole: true },
      whole.kind === 'exact',
      letters,
      others,
    );
  });
}

type Beginning = Pick<Alternative, 'beginning' | 'whole'>;
const anywhere: Beginning = { beginning: '', whole: true };

/** All in one shape; what is looked at first stands first, near to each other in memory. */
const alternative = (
  statement: StatementPlan,
  { beginning, whole }: Beginning,
  exact: boolean,
  letters: number,
  nodes: readonly PlanNode[],
): Alternative => {
  const only = nodes.length === 1 ? nodes[0] : undefined;
  return { letters, beginning, whole, exact, only, nodes, statement };
};

type ResourceLeaf = Leaf & { readonly element: 'Resource' };

const isResource = (node: PlanNode): node is ResourceLeaf =>
  node.kind === 'test' && node.element === 'Resource';

/** The entries of the element Resource; undefined where a node is something else. */
function resourcesOf(node: PlanNode): readonly ResourceLeaf[] | undefined {
  if (isResource(node)) return [node];
  return node.kind === 'any' && node.of.every(isResource) ? node.of : undefined;
}

/** How all resources begin that an entry of several patterns matches. */
function beginningOf({ head, rest }: ResourceTest): Beginning {
  const [piece] = rest?.pieces ?? [];
  if (head === undefined || typeof piece !== 'string') return anywhere;
  if (head.some(({ kind }) => kind !== 'exact')) return { beginning: piece, whole: false };
  return {
    beginning: [...head.map((part) => (part as { text: string }).text), piece].join(':'),
    whole: true,
  };
}
