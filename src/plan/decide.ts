import { compileAction, mayBeOf, testAction } from '../match/action.js';
import { strengthOf } from '../match/principal.js';
import type { Request } from '../request/request.js';
import { leavesOf } from './know.js';
import { testLeaf } from './leaf.js';
import type { PlanNode, StatementPlan } from './plan.js';

/** Whether a node holds; stops as soon as that is known. */
export function holds(node: PlanNode, request: Request): boolean {
  if (node.kind === 'test') return testLeaf(node, request) > 0;
  if (node.kind === 'not') return !holds(node.of, request);
  for (const child of node.of) if (holds(child, request)) return true;
  return false;
}

/**
 * Whether the action element of a statement matches. Of Action the tests of its leaves are asked, without making the leaves: they
 * are asked once for each action, and not kept.
 */
export function actionMatches(statement: StatementPlan, request: Request): boolean {
  const { actionTexts } = statement;
  if (actionTexts === undefined) return holds(statement.parts[0]!.node, request);
  const { action } = request;
  for (let i = 0; i < actionTexts.length; i++) {
    const text = actionTexts[i]!;
    if (mayBeOf(text, action.service) && testAction(compileAction(text), action) > 0) return true;
  }
  return false;
}

/** The strengths with which the principal part names the caller, as bits of outcomes (E13); 0 for none. */
export function strengths(statement: StatementPlan, request: Request): number {
  return statement.principal === undefined ? 0 : collect(statement.principal.node, request);
}

function collect(node: PlanNode, request: Request): number {
  if (node.kind === 'test') return Math.max(testLeaf(node, request), 0);
  let found = 0;
  if (node.kind === 'any') for (const child of node.of) found |= collect(child, request);
  return found;
}

/** The same for those whom its entries are for. */
export function strengthsMeant(statement: StatementPlan): number {
  let found = 0;
  for (const leaf of leavesOf(statement)) if (leaf.element === 'Principal') found |= strengthOf(leaf.test);
  return found;
}
