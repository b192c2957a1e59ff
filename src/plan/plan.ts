import type { ConditionTest } from '../condition/condition.js';
import type { ActionTest } from '../match/action.js';
import type { NotPrincipalTest } from '../match/principal.js';
import type { ResourceTest } from '../match/resource.js';
import type { Effect, PolicyKind, PrincipalEntry } from '../policy/policy.js';

/** A leaf: inert data, given its meaning by `testLeaf`. `path` leads to the element it was read from. */
export type Leaf = { readonly kind: 'test'; readonly path: string } & (
  | { readonly element: 'Action' | 'NotAction'; readonly test: ActionTest }
  | { readonly element: 'Resource' | 'NotResource'; readonly test: ResourceTest }
  | { readonly element: 'Principal'; readonly test: PrincipalEntry; readonly effect: Effect }
  | { readonly element: 'NotPrincipal'; readonly test: NotPrincipalTest }
  | { readonly element: 'Condition'; readonly test: ConditionTest }
);

/** All there is to a plan: conjunction, disjunction, negation, and leaves. */
export type PlanNode =
  | { readonly kind: 'all'; readonly of: readonly PlanNode[] }
  | { readonly kind: 'any'; readonly of: readonly PlanNode[] }
  | { readonly kind: 'not'; readonly of: PlanNode }
  | Leaf;

/** One element of a statement and the node that decides it. Several condition lines are several parts. */
export interface Part {
  readonly element: Leaf['element'];
  readonly path: string;
  readonly node: PlanNode;
}

/** A statement applies when all its parts do (L13); they stand cheapest first. */
export interface StatementPlan {
  readonly effect: Effect;
  readonly parts: readonly Part[];
  /** The nodes of the parts after the action, without those that hold for every request. */
  readonly beyondAction: readonly PlanNode[];
  /** The principal part, when there is one: its leaves say how strongly an Allow names the caller (E13). */
  readonly principal: Part | undefined;
  readonly source: StatementReference;
  /** What the action index may skip by; undefined for NotAction. */
  readonly actions: readonly ActionTest[] | undefined;
}

/** Where a statement stands. */
export interface StatementReference {
  readonly kind: PolicyKind;
  /** The policy's name, or its index among the policies of its kind. */
  readonly policy: string | number;
  /** Level of a service or resource control policy, the root being 0. */
  readonly level?: number;
  readonly sid?: string;
  /** Index of the statement in its document. */
  readonly index: number;
  readonly path: string;
}
