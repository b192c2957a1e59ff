import { comparesTo, testCondition } from '../condition/condition.js';
import { operatorName } from '../condition/operators.js';
import type { ResourceTest } from '../match/resource.js';
import { readValues, singleValue } from '../request/derive.js';
import { isAccountPrincipal } from '../request/principal.js';
import type { Request } from '../request/request.js';
import { type OutcomeName, outcomeName } from '../value/outcome.js';
import { substitute, textOf } from '../value/variable.js';
import { testLeaf } from './leaf.js';
import type { Leaf, Part, PlanNode, StatementPlan } from './plan.js';

/** One entry of an element, and its outcome. */
export interface EntryTrace {
  /** As written in the policy. */
  readonly text: string;
  /** A resource after substitution; null when a variable has no value (L61). Absent when there is no variable. */
  readonly substituted?: string | null;
  /** Why it matches, or does not. */
  readonly outcome: OutcomeName;
}

/** An element other than Condition. */
export interface ElementTrace {
  /** Negated elements keep their names: `NotAction`, `NotResource`, `NotPrincipal`. */
  readonly element: Exclude<Leaf['element'], 'Condition'>;
  /** JSON path to the element in the input. */
  readonly path: string;
  /** Whether the element lets the statement apply, its negation included. */
  readonly matched: boolean;
  /** What the request has in this place. */
  readonly request: string;
  /** Every entry that was compared, in the order of the policy. */
  readonly entries: readonly EntryTrace[];
}

/** One value of a condition line, compared to what the request has. */
export interface PolicyValueTrace {
  /** As written in the policy. */
  readonly text: string;
  /** The value after substitution; null when a variable has none (L61). Absent when there is no variable. */
  readonly substituted?: string | null;
  /** Whether some value of the request compares equal (less, …) to it, before any negation. */
  readonly matched: boolean;
}

/** One line of a condition block. */
export interface ConditionTrace {
  /** As the language spells it, set operator and IfExists included. */
  readonly operator: string;
  /** As the policy spells it. */
  readonly key: string;
  /** JSON path to the line in the input. */
  readonly path: string;
  /** Whether the line holds. */
  readonly matched: boolean;
  /** Why it holds, or does not. */
  readonly outcome: OutcomeName;
  /** Each value of the line by itself. */
  readonly policyValues: readonly PolicyValueTrace[];
  /** The request's values; null when the key is missing. */
  readonly requestValues: readonly string[] | null;
}

/** One statement, with the outcome of each of its elements and condition lines. */
export interface StatementTrace {
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
  /** What it does when it applies. */
  readonly effect: 'Allow' | 'Deny';
  /** Whether the statement applies to the request. */
  readonly matched: boolean;
  /** Action, Resource and Principal or their negations, where the statement has them. */
  readonly elements: readonly ElementTrace[];
  /** All lines must hold (L65). */
  readonly conditions: readonly ConditionTrace[];
}

/** Everything about one statement: no part is skipped, and no index is asked. */
export function explainStatement(statement: StatementPlan, request: Request): StatementTrace {
  const elements: ElementTrace[] = [];
  const conditions: ConditionTrace[] = [];
  let matched = true;
  for (const part of statement.parts) {
    if (part.element === 'Condition') {
      const condition = explainCondition(part, request);
      conditions.push(condition);
      matched &&= condition.matched;
    } else {
      const element = explainElement(part, request);
      elements.push(element);
      matched &&= element.matched;
    }
  }
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
    else entries.push(entryOf(node, outcome, request));
    return code > 0;
  }
  if (node.kind === 'not') return !visit(node.of, request, entries);
  let found = false;
  for (const child of node.of) if (visit(child, request, entries)) found = true;
  return found;
}

function entryOf(leaf: Leaf, outcome: OutcomeName, request: Request): EntryTrace {
  const { text, rest } = leaf.test as { readonly text: string; readonly rest?: ResourceTest['rest'] };
  if (rest === undefined || rest.fixed !== undefined) return { text, outcome };
  const found = textOf(rest, (key) => singleValue(request, key));
  const before = text.slice(0, text.length - rest.source.length);
  return { text, outcome, substituted: found === undefined ? null : before + found };
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
