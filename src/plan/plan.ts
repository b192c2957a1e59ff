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
  /** The entries of Action as written; undefined for NotAction. */
  readonly actionTexts: readonly string[] | undefined;
}

/** A statement with one of its resources. It applies when the resource is as its form says and all nodes hold. */
export interface Alternative {
  /** Letters that the sixth part of every such resource has, as `lettersOf` tells them. */
  readonly letters: number;
  /** Characters that every such resource has at certain places, as `markOf` tells them. */
  readonly mark: number;
  /** What `text` is to the whole ARN. Where it is nothing but the entry as it was written, the nodes say all. */
  readonly form: 'exact' | 'prefix' | 'open';
  readonly text: string;
  /** How many nodes there are. */
  readonly cost: number;
  /** What is not settled by the form, the element Action aside. Made when it is asked for: most are never. */
  readonly nodes: readonly PlanNode[];
  /** The node, where there is one: without a list around it there is less to visit. */
  readonly only: PlanNode | undefined;
  /** How every such resource begins. */
  readonly beginning: Beginning;
  readonly statement: StatementPlan;
}

/** How all resources of an entry begin; an empty text where nothing can be said. */
export interface Beginning {
  readonly text: string;
  /** Of the whole ARN, not of its sixth part. */
  readonly whole: boolean;
}

/** Where a statement stands. */
export interface StatementReference {
  /** The kind of its policy. */
  readonly kind: PolicyKind;
  /** The policy's name, or its index among the policies of its kind. */
  readonly policy: string | number;
  /** Level of a service or resource control policy, the root being 0. */
  readonly level?: number;
  /** The Sid, where it has one. */
  readonly sid?: string;
  /** Index of the statement in its document. */
  readonly index: number;
  /** JSON path to the statement in the input. */
  readonly path: string;
}
