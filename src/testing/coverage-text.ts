import type { Counted, Coverage, CoveredPolicy, CoveredStatement } from './coverage.js';

/** `12 of 15 (80 %)` */
export const share = ({ total, decided }: Counted): string =>
  `${decided} of ${total} (${Math.floor(percent({ total, decided }))} %)`;

/** 100 where there is nothing to decide. */
export const percent = ({ total, decided }: Counted): number => (total === 0 ? 100 : (decided / total) * 100);

/** `statement 2 "Read" (Allow)` */
export const statementWords = ({ index, sid, effect }: CoveredStatement): string =>
  `statement ${index + 1}${sid === undefined ? '' : ` "${sid}"`} (${effect})`;

/** `stack.yaml Resources.App…PolicyDocument.Statement[1]` */
export const placeWords = ({ file, path }: CoveredPolicy, within: string): string =>
  [file, path === undefined ? within : `${path}.${within}`].filter((part) => part !== undefined).join(' ');

/** What decided no assertion, with file and path. */
export function formatCoverage(coverage: Coverage): string {
  const lines = [
    `Policy coverage: ${share(coverage.statements)} statements and ${share(coverage.values)} values decided one of ${coverage.assertions} assertions`,
  ];
  for (const policy of coverage.policies) {
    const open = policy.statements.filter(
      (one) => !one.decided || one.values.some(({ decided }) => !decided),
    );
    if (open.length === 0) continue;
    lines.push('', policy.policy);
    for (const statement of open) lines.push(...statementLines(policy, statement));
  }
  return visible(lines).join('\n');
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

/** Names come from files: what would steer a terminal is shown as its code. */
const visible = (lines: readonly string[]): readonly string[] =>
  lines.map((line) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
    line.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    }),
  );
