import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { markdownSnippets } from './snippets.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const minute = 60_000;
const pages = ['README.md', ...readdirSync(`${root}docs`).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);
/** Code of the pages by the name of a file, which is nowhere but here; that of CDK is checked with its example. */
const files = new Map(
  pages
    .flatMap((page) => markdownSnippets(new URL(`../../${page}`, import.meta.url)))
    .filter(({ code }) => !code.includes("from 'aws-cdk-lib"))
    .map(({ name, code }) => [`${root}test/docs/${name.replace(/\W/g, '-')}.ts`, code]),
);
/** What is inferred of a list gives each statement, operator and key the others have, as undefined. */
files.set(
  `${root}test/docs/inferred.ts`,
  `import { evaluate } from 'iam-verdict';
const Statement = [
  { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { k: 'a' } } },
  { Sid: 'Deny', Effect: 'Deny', NotAction: '*', Resource: '*', Condition: { StringEquals: { l: 'a' } } },
  { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { k: true } } },
];
evaluate({ request: { principal: { arn: 'arn:aws:iam::111122223333:user/a' }, action: 'sts:GetCallerIdentity' }, policies: { identityPolicies: [{ Statement }] } });`,
);

it(
  'the snippets of the pages type-check in strict mode',
  () => {
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
      noEmit: true,
      types: ['node'],
      typeRoots: [`${root}node_modules/@types`],
      paths: { 'iam-verdict': [`${root}src/index.ts`], 'iam-verdict/*': [`${root}src/*/index.ts`] },
    };
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (name) => files.has(name) || fileExists(name);
    host.readFile = (name) => files.get(name) ?? readFile(name);
    host.getSourceFile = (name, version, ...rest) => {
      const code = files.get(name);
      return code === undefined
        ? getSourceFile(name, version, ...rest)
        : ts.createSourceFile(name, code, version);
    };
    const extra = `${root}src/policy/jsonc-parser.d.ts`;
    const program = ts.createProgram([...files.keys(), extra], options, host);
    const wrong = [...files.keys()].flatMap((name) =>
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(name))
        .map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
    );
    expect(files.size).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  },
  minute,
);
