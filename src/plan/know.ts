import { sourceKey } from '../request/derive.js';
import type { Request } from '../request/request.js';
import { matchPattern, patternOf, STAR } from '../value/wildcard.js';
import { testLeaf } from './leaf.js';
import type { Leaf, PlanNode, StatementPlan } from './plan.js';

/** True, false, or undefined for "not known". */
export type Truth = boolean | undefined;

/** The condition keys a leaf names, folded: its own, and those of its policy variables. */
export function keysNamed(leaf: Leaf): readonly string[] {
  if (leaf.element === 'Condition') return [leaf.test.key, ...leaf.test.values.flatMap(({ keys }) => keys)];
  if (leaf.element !== 'Resource' && leaf.element !== 'NotResource') return [];
  const pieces = leaf.test.rest?.pieces ?? [];
  return pieces.flatMap((piece) => (typeof piece === 'object' ? [piece.key] : []));
}

/** The keys that these are read from. */
export const leafKeys = (leaf: Leaf): readonly string[] => keysNamed(leaf).map(sourceKey);

/** All leaves of a statement. */
export function leavesOf({ parts }: StatementPlan): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (node: PlanNode): void => {
    if (node.kind === 'test') leaves.push(node);
    else if (node.kind === 'not') visit(node.of);
    else node.of.forEach(visit);
  };
  for (const { node } of parts) visit(node);
  return leaves;
}

/** Whether a node holds when some keys are not known: the same fold as deciding, in three values (Kleene). */
export function know(node: PlanNode, request: Request, unknown: ReadonlySet<string>): Truth {
  switch (node.kind) {
    case 'test':
      return knowLeaf(node, request, unknown);
    case 'not': {
      const truth = know(node.of, request, unknown);
      return truth === undefined ? undefined : !truth;
    }
    case 'any': {
      let open = false;
      for (const child of node.of) {
        const truth = know(child, request, unknown);
        if (truth === true) return true;
        open ||= truth === undefined;
      }
      return open ? undefined : false;
    }
  }
}

function knowLeaf(leaf: Leaf, request: Request, unknown: ReadonlySet<string>): Truth {
  if (!leafKeys(leaf).some((key) => unknown.has(key))) return testLeaf(leaf, request) > 0;
  if (leaf.element !== 'Resource' && leaf.element !== 'NotResource') return undefined;
  // Whatever the variables hold: if even `*` in their place does not match, nothing will.
  const { rest } = leaf.test;
  const { parts } = request.resource;
  if (rest === undefined || parts === undefined) return testLeaf(leaf, request) > 0;
  const widest = patternOf(rest.pieces.map((piece) => (typeof piece === 'object' ? STAR : piece)));
  const heads = leaf.test.head?.every((pattern, i) => matchPattern(pattern, parts[i]!)) === true;
  return heads && matchPattern(widest, parts[5]!) ? undefined : false;
}

/** Whether a statement applies; undefined when that hangs on a key that is not known. */
export function knowStatement(
  statement: StatementPlan,
  request: Request,
  unknown: ReadonlySet<string>,
): Truth {
  let truth: Truth = true;
  for (const part of statement.parts) {
    const one = know(part.node, request, unknown);
    if (one === false) return false;
    if (one === undefined) truth = undefined;
  }
  return truth;
}
