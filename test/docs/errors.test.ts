import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorCodes } from '../../src/error.js';

const file = new URL('../../docs/errors.md', import.meta.url);
const text = `# Errors

Only malformed input throws. Every error is an \`IamError\` with a \`code\` and a list of \`issues\`; each issue has the JSON
\`path\` to the culprit, a \`code\`, a \`message\` and a \`hint\`, and for JSON text \`line\` and \`column\` (from 1).
\`isIamError(value)\` recognises errors of any copy of the library, ESM or CommonJS. Input is plain data, read
as JSON has it: a member that is undefined is absent, and what an object has of its class, such as a getter, does not count. Only an
operator or a key of a Condition must not be undefined, since a policy would say less without it. What the library returned and is
handed back to be printed is refused where it cannot be.

\`InvalidPolicyError\` carries \`ERR_IAM_INVALID_POLICY\`, \`InvalidRequestError\` carries \`ERR_IAM_INVALID_REQUEST\`; the other
codes stand in \`issues\`. Rule ids are those of [semantics.md](semantics.md). This page is written from the code's own table:
\`UPDATE_DOCS=1 npm test\` rewrites it.

| Code | Meaning |
|---|---|
${Object.entries(errorCodes)
  .map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
  .join('\n')}
`;

it('docs/errors.md lists every code', () => {
  if (process.env.UPDATE_DOCS === '1') writeFileSync(file, text);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
});
