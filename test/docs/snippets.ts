import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { formatWithOptions } from 'node:util';
import ts from 'typescript';
import { expect } from 'vitest';
import * as account from '../../src/account/index.js';
import * as batch from '../../src/batch/index.js';
import * as catalog from '../../src/catalog/index.js';
import * as core from '../../src/index.js';
import * as load from '../../src/load/index.js';
import * as managedPolicies from '../../src/managed-policies/index.js';
import * as partial from '../../src/partial/index.js';
import * as query from '../../src/query/index.js';
import * as testing from '../../src/testing/index.js';

const api = {
  ...core,
  ...partial,
  ...account,
  ...batch,
  ...catalog,
  ...managedPolicies,
  ...query,
  ...testing,
  ...load,
};

/** Code of a page that is run: where it stands, and what it must print. */
export interface Snippet {
  readonly name: string;
  readonly code: string;
}

/** The `ts` blocks of a Markdown page. */
export function markdownSnippets(file: URL): Snippet[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((found) => named(file, text, found));
}

/** The `ts` blocks of doc comments. */
export function docCommentSnippets(file: URL): Snippet[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^ \* ```ts\n([\s\S]*?)^ \* ```$/gm)].map((found) => {
    const { name, code } = named(file, text, found);
    return { name, code: code.replace(/^ \* ?/gm, '') };
  });
}

function named(file: URL, text: string, found: RegExpMatchArray): Snippet {
  const line = text.slice(0, found.index).split('\n').length;
  return { name: `${file.pathname.split('/').slice(-2).join('/')}:${line}`, code: found[1]! };
}

/** What the code prints, and what its `// …` comments behind `console.log` promise. */
export function runSnippet({ code }: Snippet): { printed: string[]; promised: string[] } {
  const promised = [...code.matchAll(/console\.log\(.*\);?(?: +|\n *)\/\/ (.*)$/gm)].map(
    (found) => found[1]!,
  );
  const plain = code
    .replace(/^import \{([^}]*)\} from 'iam-verdict(?:\/[a-z-]+)?';$/gm, 'const {$1} = api;')
    .replace(/^import \{ ([^}]*) \} from 'vitest';$/gm, '')
    .replace(
      /^import \{([^}]*)\} from '(aws-cdk-lib[^']*)';$/gm,
      (_, names: string, from: string) => `const {${names.replaceAll(' as ', ': ')}} = require('${from}');`,
    );
  const script = ts.transpileModule(plain, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;
  const printed: string[] = [];
  const log = (...values: unknown[]) =>
    printed.push(formatWithOptions({ breakLength: Number.POSITIVE_INFINITY }, ...values));
  const tests: (() => void)[] = [];
  const test = (_: string, body: () => void) => tests.push(body);
  const names = code.includes("from 'iam-verdict") ? '' : `const { ${Object.keys(api).join(', ')} } = api;`;
  const run = new Function('api', 'console', 'test', 'expect', 'require', `${names}\n${script}`);
  run(api, { log }, test, expect, createRequire(import.meta.url));
  for (const body of tests) body();
  return { printed, promised };
}
