import { type ConditionTest, type ConditionValue, testCondition, testValue } from '../condition/condition.js';
import { operatorName } from '../condition/operators.js';
import { contextValues, singleValue } from '../request/derive.js';
import { isAccountPrincipal, type Request } from '../request/request.js';
import { type OutcomeName, outcomeName } from '../value/outcome.js';
import { substitute } from '../value/variable.js';
import { testLeaf } from './leaf.js';
import type { Leaf, Part, PlanNode, StatementPlan } from './plan.js';

/** One entry of an element, and its outcome. */
export interface EntryTrace {
  readonly text: string;
  readonly outcome: OutcomeName;
}

/** An element other than Condition. */
export interface ElementTrace {
  readonly element: Exclude<Leaf['element'], 'Condition'>;
  readonly path: string;
  readonly matched: boolean;
  /** What the request has in this place. */
  readonly request: string;
  readonly entries: readonly EntryTrace[];
}

export interface PolicyValueTrace {
  readonly text: string;
  /** The value after substitution; null when a variable has none (L61). Absent when there is no variable. */
  readonly substituted?: string | null;
  /** Whether some value of the request compares equal (less, …) to it, before any negation. */
  readonly matched: boolean;
}

/** One line of a condition block. */
export interface ConditionTrace {
  readonly operator: string;
  readonly key: string;
  readonly path: string;
  readonly matched: boolean;
  readonly outcome: OutcomeName;
  readonly policyValues: readonly PolicyValueTrace[];
  /** The request's values; null when the key is missing. */
  readonly requestValues: readonly string[] | null;
}

export interface StatementTrace {
  readonly policy: string | number;
  readonly level?: number;
  readonly sid?: string;
  readonly index: number;
  readonly path: string;
  readonly effect: 'Allow' | 'Deny';
  /** Whether the statement applies to the request. */
  readonly matched: boolean;
  readonly elements: readonly ElementTrace[];
  readonly conditions: readonly ConditionTrace[];
}

/** Everything about one statement: no part is skipped, and no index is asked. */
export function explainStatement(statement: StatementPlan, request: Request): StatementTrace {
  const elements: ElementTrace[] = [];
  const conditions: ConditionTrace[] = [];
  for (const part of statement.parts) {
    const { node } = part;
    if (node.kind === 'test' && node.element === 'Condition')
      conditions.push(explainCondition(node.test, node.path, request));
    else elements.push(explainElement(part, request));
  }
  const { policy, level, sid, index, path } = statement.source;
  const matched = elements.every((element) => element.matched) && conditions.every((line) => line.matched);
  return {
    policy,
    index,
    path,
    ...(level === undefined ? {} : { level }),
    ...(sid === undefined ? {} : { sid }),
    effect: statement.effect,
    matched,
    elements,
    conditions,
  };
}

function explainElement(part: Part, request: Request): ElementTrace {
  const entries: EntryTrace[] = [];
  const matched = visit(part.node, request, (leaf, outcome) => {
    const names = leaf.element === 'NotPrincipal' ? leaf.test.entries : [leaf.test as { text: string }];
    for (const { text } of names) entries.push({ text, outcome });
  });
  const element = part.element as ElementTrace['element'];
  return { element, path: part.path, matched, request: requestValue(element, request), entries };
}

/** The same fold as deciding, without stopping early. */
function visit(node: PlanNode, request: Request, see: (leaf: Leaf, outcome: OutcomeName) => void): boolean {
  if (node.kind === 'test') {
    const outcome = testLeaf(node, request);
    see(node, outcomeName(outcome));
    return outcome > 0;
  }
  if (node.kind === 'not') return !visit(node.of, request, see);
  const results = node.of.map((child) => visit(child, request, see));
  return results.some(Boolean);
}

function requestValue(element: ElementTrace['element'], request: Request): string {
  if (element === 'Action' || element === 'NotAction') return request.action;
  return element === 'Resource' || element === 'NotResource' ? request.resource.arn : callerText(request);
}

/** The caller as a person would name it. */
export function callerText({ principal }: Request): string {
  if (isAccountPrincipal(principal)) return principal.arn;
  if (principal.kind === 'service') return principal.service;
  return principal.kind === 'federated' ? principal.provider : 'anonymous';
}

function explainCondition(test: ConditionTest, path: string, request: Request): ConditionTrace {
  const { row } = test.operator;
  const values = contextValues(request, test.key);
  const outcome = testCondition(test, request);
  const policyValues = test.values.map((candidate): PolicyValueTrace => {
    // Value by value, the same row is asked again; its negation is taken back.
    const alone = { ...test, values: [candidate], texts: undefined };
    const holds = (value: string) => testValue(alone, row!, value, request) > 0 !== row!.negated;
    const matched =
      row === undefined ? candidate.parsed === (values === undefined) : (values ?? []).some(holds);
    return { text: candidate.text, matched, ...substituted(candidate, request) };
  });
  return {
    operator: operatorName(test.operator),
    key: test.spelling,
    path,
    matched: outcome > 0,
    outcome: outcomeName(outcome),
    policyValues,
    requestValues: values ?? null,
  };
}

function substituted(candidate: ConditionValue, request: Request): { substituted?: string | null } {
  if (candidate.parsed === undefined || candidate.fixed !== undefined) return {};
  return { substituted: substitute(candidate.text, (key) => singleValue(request, key)) ?? null };
}
