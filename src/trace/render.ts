import type { ConditionTrace, StatementTrace } from '../plan/explain.js';
import type { PolicySetKey } from '../policy/policy.js';
import { checkArgument } from '../value/argument.js';
import { visibleText } from '../value/visible-text.js';
import { listed, written } from './entries.js';
import type { LayerTrace, NearMiss, Trace } from './trace.js';

/** How an explanation is printed. */
export interface FormatOptions {
  /** Also every statement of every policy. */
  readonly verbose?: boolean | undefined;
  /** Wraps parts of the text, for instance in terminal colours. */
  readonly style?: ((part: 'allowed' | 'denied' | 'heading' | 'dim', text: string) => string) | undefined;
}

type Style = NonNullable<FormatOptions['style']>;

/** AWS's own words for the kinds of policy. */
const kindWords: Readonly<Record<PolicySetKey, string>> = {
  serviceControlPolicies: 'service control policy',
  resourceControlPolicies: 'resource control policy',
  vpcEndpointPolicy: 'VPC endpoint policy',
  resourcePolicy: 'resource-based policy',
  identityPolicies: 'identity-based policy',
  permissionsBoundary: 'permissions boundary',
  sessionPolicies: 'session policy',
};

const shown = 3;

/**
 * An explanation for a person: AWS's sentence, the statement that decided, what would change the answer; with `verbose`
 * everything else.
 *
 * @example
 * ```ts
 * const evaluation = evaluate({
 *   request: { principal: { anonymous: true }, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' },
 *   policies: {},
 * });
 * console.log(formatTrace(evaluation.explain()).split('\n')[0]); // DENIED (implicitDeny)
 * ```
 * @throws InvalidRequestError for anything that is no explanation
 */
export function formatTrace(trace: Trace, options: FormatOptions = {}): string {
  // From plain JavaScript they may be null.
  const verbose = options?.verbose === true;
  const style = options?.style ?? unstyled;
  checkArgument(typeof style === 'function', 'options.style', 'pass a function (part, text) => …');
  let plain = '';
  try {
    plain = printed(trace, verbose, unstyled);
  } catch {
    checkArgument(false, 'trace', 'pass what explain() returns');
  }
  // What a style of the caller's throws is not about the trace.
  return style === unstyled ? plain : printed(trace, verbose, style);
}

const unstyled: Style = (_, text) => text;

function printed(trace: Trace, verbose: boolean, style: Style): string {
  const shownTrace = visible(trace);
  const { decision, assumptions, layers } = shownTrace;
  const allowed = decision === 'allowed';
  return [
    [
      style(allowed ? 'allowed' : 'denied', `${allowed ? 'ALLOWED' : 'DENIED'} (${decision})`),
      sentence(shownTrace),
    ],
    section('Decided by', decidingLines(shownTrace, verbose, style), style),
    section('What would change the answer', changeLines(shownTrace, verbose, style), style),
    ...assumptions.map((assumption) => ['', `Assumed: ${assumption}`]),
    ...(verbose ? layers : []).map((layer) => ['', ...layerLines(layer, style)]),
  ]
    .flat()
    .join('\n');
}

/** Names and values come from anywhere: what would break a line or steer a terminal is shown as its code. */
function visible(trace: Trace): Trace {
  return JSON.parse(JSON.stringify(trace), (_, value: unknown) =>
    typeof value === 'string' ? visibleText(value) : value,
  ) as Trace;
}

const section = (title: string, lines: readonly string[], style: Style): string[] =>
  lines.length === 0 ? [] : ['', style('heading', title), ...lines];

/** As much of a list as helps, and how much is left. */
function some<T>(
  list: readonly T[],
  verbose: boolean,
  style: Style,
  print: (item: T) => readonly string[],
): string[] {
  const limit = verbose ? list.length : shown;
  const left = list.length - limit;
  const more = `  … and ${left} more statement${left === 1 ? '' : 's'} (verbose shows all)`;
  return [...list.slice(0, limit).flatMap((item) => print(item)), ...(left > 0 ? [style('dim', more)] : [])];
}

/** The sentence of an AccessDenied error. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function sentence({ request, decision, decidedBy, reason }: Trace): string {
  const { principal, action, resource } = request;
  const on = `perform: ${action} on resource: ${resource}`;
  const { kind } = decidedBy;
  if (decision === 'allowed') {
    const by = kind === 'service' ? `: ${reason ?? ''}` : ` by ${article(nameOf(kind, request))}`;
    return `User: ${principal} is authorized to ${on}${by} [${decidedBy.rule}]`;
  }
  const denied = `User: ${principal} is not authorized to ${on}`;
  if (kind === 'service')
    return `${denied} because ${reason ?? 'the service refuses it'} [${decidedBy.rule}]`;
  if (decision === 'explicitDeny')
    return `${denied} with an explicit deny in ${article(nameOf(kind, request))} [${decidedBy.rule}]`;
  const name = nameOf(kind, request) + place(decidedBy.level);
  return `${denied} because no ${name} allows the ${action} action [${decidedBy.rule}]`;
}

const article = (name: string): string => `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;

const place = (level: number | undefined): string => (level === undefined ? '' : ` at level ${level}`);

/** The resource policy of a role has a name of its own (E4). */
const nameOf = (kind: PolicySetKey, { action, resource }: Trace['request']): string =>
  kind === 'resourcePolicy' && /^sts:/i.test(action) && /:iam::\d*:role\//.test(resource)
    ? 'role trust policy'
    : kindWords[kind];

/** What lacks an Allow: one kind of policy, or several that each need one; or why none would help. */
function advice({ missingAllows, request, layers, decidedBy }: Trace): string[] {
  const reason = layers.find(({ kind }) => kind === decidedBy.kind)?.reason;
  if (reason !== undefined) return [`  no policy: ${reason}`];
  const lines = missingAllows.map(
    ({ kind, level }) =>
      `${article(nameOf(kind, request))}${place(level)} with an Allow for ${request.action} on ${request.resource}`,
  );
  return lines.length > 1
    ? ['  all of:', ...lines.map((line) => `    ${line}`)]
    : lines.map((line) => `  ${line}; no statement there comes near`);
}

function decidingLines(trace: Trace, verbose: boolean, style: Style): string[] {
  const steps = trace.denies.length > 0 ? trace.denies : [trace.decidedBy];
  return steps.flatMap(({ kind, statements }) => {
    const paths = new Set(statements.map(({ path }) => path));
    const found = trace.layers
      .filter((layer) => layer.kind === kind)
      .flatMap(({ levels }) => levels.flatMap((level) => level.statements))
      .filter(({ path }) => paths.has(path));
    return some(found, verbose, style, (statement) => [
      `  ${nameOf(kind as PolicySetKey, trace.request)} ${statementName(statement)}`,
      `    at ${statement.path}`,
      ...statement.conditions.map((line) => `    ${conditionText(line)}`),
    ]);
  });
}

function changeLines(trace: Trace, verbose: boolean, style: Style): string[] {
  // Statements that would only deny explicitly are no help, and come last.
  const helps = ({ decision }: NearMiss) => Number(decision === 'allowed');
  const misses = [...trace.nearMisses].sort((a, b) => helps(b) - helps(a));
  return [
    ...(misses.some(helps) ? [] : advice(trace)),
    ...some(misses, verbose, style, (miss) => missLines(miss, trace.request)),
  ];
}

function statementName({ policy, level, sid, index, effect }: StatementTrace): string {
  const place = level === undefined ? '' : `, level ${level}`;
  const name = typeof policy === 'string' ? `"${policy}"` : `policy ${policy + 1}`;
  return `${name}${place}, statement ${sid ? `"${sid}"` : index + 1} (${effect})`;
}

function missLines(
  { kind, statement, change, decision, alone, differences }: NearMiss,
  request: Trace['request'],
): string[] {
  const what = change === 'apply' ? 'would apply' : 'would no longer apply';
  const together =
    change === 'apply' && differences.length > 1
      ? 'all of'
      : change === 'notApply' && differences.length > 1
        ? 'any of'
        : '';
  const others = alone ? '' : ', together with the other denies';
  const end = differences.length === 0 ? '' : together === '' ? ':' : ` (${together}):`;
  return [
    `  ${decision} if ${nameOf(kind, request)} ${statementName(statement)} ${what}${others}${end}`,
    ...differences.map(({ element, needs, has }) => `    ${element}: needs ${needs}; the request has ${has}`),
  ];
}

function conditionText(
  { operator, key, outcome, policyValues, requestValues }: ConditionTrace,
  whole?: boolean,
): string {
  const has = requestValues === null ? 'missing' : `[${requestValues.join(', ')}]`;
  return `${operator} ${key}: policy [${listed(policyValues, whole ? undefined : (requestValues?.[0] ?? ''))}], request ${has} → ${words(outcome)}`;
}

/** `noValueMatched` → `no value matched`, `matchedKeyMissing` → `matched: key missing`, `matchedNoValue` → `matched: no value fits`. */
const words = (name: string): string =>
  name
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^matched (?=\w)/, 'matched: ')
    .replace(/no value$/, 'no value fits');

function layerLines(layer: LayerTrace, style: Style): string[] {
  const lines = [style('heading', `${kindWords[layer.kind]}: ${words(layer.verdict)}`)];
  if (layer.reason !== undefined) lines.push(`  ${layer.reason}`);
  for (const level of layer.levels) {
    if (layer.levels.length > 1) lines.push(`  level ${level.level}: ${words(level.verdict)}`);
    for (const statement of level.statements) {
      lines.push(
        `  ${statement.matched ? '+' : '-'} ${statementName(statement)} ${statement.matched ? 'applies' : 'does not apply'}`,
      );
      for (const { element, matched, request, entries } of statement.elements) {
        const list = entries.map((entry) => `${written(entry)} (${words(entry.outcome)})`).join(', ');
        lines.push(style('dim', `      ${matched ? '+' : '-'} ${element}: ${list}; request ${request}`));
      }
      for (const line of statement.conditions) {
        lines.push(style('dim', `      ${line.matched ? '+' : '-'} ${conditionText(line, true)}`));
      }
    }
  }
  return lines;
}
