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

/** All there is to a plan: disjunction, negation, and leaves; a statement is the conjunction of its parts. */
export type PlanNode =
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
  /** The same once for each of its resources, which is told apart by how the ARN begins before anything else is asked. */
  readonly alternatives: readonly Alternative[];
  /** The principal part, when there is one: its leaves say how strongly an Allow names the caller (E13). */
  readonly principal: Part | undefined;
  readonly source: StatementReference;
  /** Its number among the statements of its level, in the order of the documents. */
  readonly position: number;
  /** What the action index may skip by; undefined for NotAction. */
  readonly actions: readonly ActionTest[] | undefined;
  /** The same as written, so that those of other services are not compiled. */
  readonly actionTexts: readonly string[] | undefined;
}

/** A statement with one of its resources. It applies when the resource begins as said and all nodes hold. */
export interface Alternative {
  /** Letters that the sixth part of every such resource has, as `lettersOf` tells them. */
  readonly letters: number;
  /** How every resource begins that the entry matches; empty where nothing can be said. */
  readonly beginning: string;
  /** Of the whole ARN, not of its sixth part. */
  readonly whole: boolean;
  /** The resource is nothing but its beginning. */
  readonly exact: boolean;
  /** What is not settled by the beginning, the element Action aside: where it is one node, also without the list. */
  readonly only: PlanNode | undefined;
  readonly nodes: readonly PlanNode[];
  readonly statement: StatementPlan;
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
