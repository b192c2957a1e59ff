import { visibleText } from '../value/visible-text.js';
import { checkCoverage } from './check-given.js';
import type { Counted, Coverage, CoveredPolicy, CoveredStatement } from './covered.js';

/** `12 of 15 (80 %)` */
const share = ({ total, decided }: Counted): string =>
  `${decided} of ${total} (${Math.floor(percent({ total, decided }))} %)`;

/** 100 where there is nothing to decide. */
export const percent = ({ total, decided }: Counted): number => (total === 0 ? 100 : (decided / total) * 100);

/** `statement 2 "Read" (Allow)` */
export const statementWords = ({ index, sid, effect }: CoveredStatement): string =>
  `statement ${index + 1}${sid === undefined ? '' : ` "${sid}"`} (${effect})`;

/** `stack.yaml Resources.App…PolicyDocument.Statement[1]` */
export const placeWords = ({ file, path }: CoveredPolicy, within: string): string =>
  [file, path === undefined ? within : `${path}.${within}`].filter((part) => part !== undefined).join(' ');

/**
 * What decided no assertion, with file and path.
 *
 * @example
 * ```ts
 * const text = formatCoverage(coverageOf(new Estate(), []));
 * console.log(text.split(' and ')[0]); // Policy coverage: 0 of 0 (100 %) statements
 * ```
 * @throws InvalidRequestError for anything that is no coverage
 */
export function formatCoverage(coverage: Coverage): string {
  checkCoverage(coverage);
  const lines = [
    `Policy coverage: ${share(coverage.statements)} statements and ${share(coverage.values)} values decided at least one of ${coverage.assertions} assertions`,
  ];
  for (const policy of coverage.policies) {
    const open = policy.statements.filter(
      (one) => !one.decided || one.values.some(({ decided }) => !decided),
    );
    if (open.length === 0) continue;
    lines.push('', policy.policy);
    for (const statement of open) lines.push(...statementLines(policy, statement));
  }
  return lines.map(visibleText).join('\n');
}

function statementLines(policy: CoveredPolicy, statement: CoveredStatement): readonly string[] {
  const { decided, values, path } = statement;
  const where = placeWords(policy, path);
  if (!decided) return [`  - ${statementWords(statement)} decided nothing`, `    ${where}`];
  return [
    `  ~ ${statementWords(statement)}`,
    `    ${where}`,
    ...values
      .filter((value) => !value.decided)
      .map(({ element, text }) => `      - ${element} ${text} decided nothing`),
  ];
}
