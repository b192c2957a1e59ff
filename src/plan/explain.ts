import { comparesTo, testCondition } from '../condition/condition.js';
import { operatorName } from '../condition/operators.js';
import { readValues, singleValue } from '../request/derive.js';
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
  const { parts } = statement;
  // Conditions stand behind the other parts.
  const first = parts.findIndex(({ element }) => element === 'Condition');
  const count = first < 0 ? parts.length : first;
  const elements = parts.slice(0, count).map((part) => explainElement(part, request));
  const conditions = parts.slice(count).map((part) => explainCondition(part, request));
  const matched = elements.every(isMatched) && conditions.every(isMatched);
  // What may be absent is added behind: spreading it costs more than all the tests.
  const { policy, level, sid, index, path } = statement.source;
  const { effect } = statement;
  const trace: { -readonly [Member in keyof StatementTrace]: StatementTrace[Member] } = {
    policy,
    index,
    path,
    effect,
    matched,
    elements,
    conditions,
  };
  if (level !== undefined) trace.level = level;
  if (sid !== undefined) trace.sid = sid;
  return trace;
}

const isMatched = ({ matched }: { readonly matched: boolean }): boolean => matched;

function explainElement({ node, element, path }: Part, request: Request): ElementTrace {
  const entries: EntryTrace[] = [];
  const matched = visit(node, request, entries);
  const of = element as ElementTrace['element'];
  return { element: of, path, matched, request: requestValue(of, request), entries };
}

/** The same fold as deciding, without stopping early. */
function visit(node: PlanNode, request: Request, entries: EntryTrace[]): boolean {
  if (node.kind === 'test') {
    const code = testLeaf(node, request);
    const outcome = outcomeName(code);
    if (node.element === 'NotPrincipal')
      for (const { text } of node.test.entries) entries.push({ text, outcome });
    else entries.push({ text: (node.test as { readonly text: string }).text, outcome });
    return code > 0;
  }
  if (node.kind === 'not') return !visit(node.of, request, entries);
  let found = false;
  for (const child of node.of) if (visit(child, request, entries)) found = true;
  return found;
}

function requestValue(element: ElementTrace['element'], request: Request): string {
  if (element === 'Action' || element === 'NotAction') return request.action.text;
  return element === 'Resource' || element === 'NotResource' ? request.resource.arn : callerText(request);
}

/** The caller as a person would name it. */
export function callerText({ principal }: Request): string {
  if (isAccountPrincipal(principal)) return principal.arn;
  if (principal.kind === 'service') return principal.service;
  return principal.kind === 'federated' ? principal.provider : 'anonymous';
}

function explainCondition({ node, path }: Part, request: Request): ConditionTrace {
  const { test } = node as Leaf & { readonly element: 'Condition' };
  const { row } = test.operator;
  const values = readValues(request, test.key, test.derivation);
  const outcome = testCondition(test, request);
  const policyValues = test.values.map((candidate): PolicyValueTrace => {
    let matched = row === undefined && candidate.parsed === (values === undefined);
    if (row !== undefined && values !== undefined)
      for (const value of values) if (comparesTo(candidate, row, value, request)) matched = true;
    const { text } = candidate;
    return candidate.parsed === undefined || candidate.fixed !== undefined
      ? { text, matched }
      : { text, matched, substituted: substituted(text, request) };
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

const substituted = (text: string, request: Request): string | null =>
  substitute(text, (key) => singleValue(request, key)) ?? null;
