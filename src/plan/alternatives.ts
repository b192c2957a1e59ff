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
  if (found === undefined)
    return [{ statement, beginning: '', whole: true, exact: false, letters: 0, nodes: beyondAction }];
  const others = beyondAction.filter((node) => node !== found);
  return resourcesOf(found)!.map((leaf) => {
    const { whole, rest } = leaf.test;
    const letters = rest?.fixed === undefined ? 0 : lettersIn(rest.fixed);
    if (whole !== undefined)
      return {
        statement,
        beginning: whole.text,
        whole: true,
        exact: whole.kind === 'exact',
        letters,
        nodes: others,
      };
    return { statement, ...beginningOf(leaf.test), exact: false, letters, nodes: [leaf, ...others] };
  });
}

type ResourceLeaf = Leaf & { readonly element: 'Resource' };

const isResource = (node: PlanNode): node is ResourceLeaf =>
  node.kind === 'test' && node.element === 'Resource';

/** The entries of the element Resource; undefined where a node is something else. */
function resourcesOf(node: PlanNode): readonly ResourceLeaf[] | undefined {
  if (isResource(node)) return [node];
  return node.kind === 'any' && node.of.every(isResource) ? node.of : undefined;
}

/** How all resources begin that an entry of several patterns matches. */
function beginningOf({ head, rest }: ResourceTest): Pick<Alternative, 'beginning' | 'whole'> {
  const [piece] = rest?.pieces ?? [];
  if (head === undefined || typeof piece !== 'string') return { beginning: '', whole: true };
  if (head.some(({ kind }) => kind !== 'exact')) return { beginning: piece, whole: false };
  return {
    beginning: [...head.map((part) => (part as { text: string }).text), piece].join(':'),
    whole: true,
  };
}
