import { visibleText } from '../value/visible-text.js';
import { checkCoverage } from './check-given.js';
import { coverageStyle } from './coverage-style.js';
import { percent, placeWords, statementWords } from './coverage-text.js';
import type { Counted, Coverage, CoveredPolicy, CoveredStatement } from './covered.js';

/** Kinds of policy as AWS names them. */
const kindWords: Readonly<Record<CoveredPolicy['kind'], string>> = {
  identityPolicies: 'identity-based policy',
  permissionsBoundary: 'permissions boundary',
  sessionPolicies: 'session policy',
  resourcePolicy: 'resource-based policy',
  trustPolicy: 'trust policy',
  serviceControlPolicies: 'service control policy',
  resourceControlPolicies: 'resource control policy',
  vpcEndpointPolicy: 'VPC endpoint policy',
};

/**
 * Coverage as one page of HTML that loads nothing and runs nothing: light or dark as the reader has it.
 *
 * @example
 * ```ts
 * const page = coverageHtml(coverageOf(new Estate(), []));
 * console.log(page.startsWith('<!doctype html>'), page.includes('<script')); // true false
 * ```
 * @throws InvalidRequestError for anything that is no coverage
 */
export function coverageHtml(coverage: Coverage): string {
  checkCoverage(coverage);
  const { assertions, statements, values, policies } = coverage;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Policy coverage</title>
<style>${coverageStyle}</style>
</head>
<body>
<h1>Policy coverage</h1>
<p class="soft">What decided at least one of ${assertions} assertions.</p>
<div class="totals">
${total('statements', statements)}
${total('values', values)}
</div>
<input type="checkbox" id="open"><label for="open"> only what decided nothing</label>
${policies.map(policyCard).join('\n')}
</body>
</html>
`;
}

const total = (what: string, counted: Counted): string => {
  const whole = Math.floor(percent(counted));
  return `<div class="total"><b>${whole} %</b>${counted.decided} of ${counted.total} ${what}<div class="bar"><i style="width: ${whole}%"></i></div></div>`;
};

function policyCard(policy: CoveredPolicy): string {
  const { statements } = policy;
  const decided = statements.filter((one) => one.decided).length;
  const whole = statements.every((one) => stateOf(one) === 'all');
  const place = [policy.file, policy.path].filter((part) => part !== undefined).join(' ');
  return `<details class="${whole ? 'all' : 'some'}"${whole ? '' : ' open'}>
<summary><b>${escaped(policy.policy)}</b><span class="soft">${kindWords[policy.kind]}</span><span>${decided}/${statements.length}</span>${
    place === '' ? '' : `<code>${escaped(place)}</code>`
  }</summary>
<ol>
${statements.map((statement) => statementItem(policy, statement)).join('\n')}
</ol>
</details>`;
}

/** All of it decided something, only a part of it, or nothing. */
function stateOf({ decided, values }: CoveredStatement): 'all' | 'some' | 'none' {
  if (!decided) return 'none';
  return values.every((value) => value.decided) ? 'all' : 'some';
}

function statementItem(policy: CoveredPolicy, statement: CoveredStatement): string {
  const state = stateOf(statement);
  const words = state === 'none' ? ' decided nothing' : '';
  return `<li class="${state}">${escaped(statementWords(statement))}${words}
<div class="place"><code>${escaped(placeWords(policy, statement.path))}</code></div>
<dl>${elements(statement)}</dl></li>`;
}

function elements({ values }: CoveredStatement): string {
  const byElement = new Map<string, string[]>();
  for (const { element, text, decided } of values) {
    const list = byElement.get(element) ?? [];
    byElement.set(element, list);
    const [mark, title] = decided
      ? ['', ' title="decided an assertion"']
      : [' class="none"', ' title="decided nothing"'];
    list.push(`<code${mark}${title}>${escaped(text)}</code>`);
  }
  return [...byElement]
    .map(([element, list]) => `<dt>${escaped(element)}</dt><dd>${list.join('<br>')}</dd>`)
    .join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => visibleText(text).replace(/[&<>"']/g, (one) => entities[one]!);
