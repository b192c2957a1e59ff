import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

const entries = [
  'index.ts',
  'account/index.ts',
  'batch/index.ts',
  'catalog/index.ts',
  'load/index.ts',
  'managed-policies/index.ts',
  'partial/index.ts',
  'query/index.ts',
  'testing/index.ts',
].map(source);

const program = ts.createProgram(entries, {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  strict: true,
});
const checker = program.getTypeChecker();

/** Everything that the entries export, once. */
const exported = new Set(
  entries.flatMap((entry) =>
    checker
      .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!)
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)),
  ),
);

const isDescribed = (symbol: ts.Symbol): boolean => symbol.getDocumentationComment(checker).length > 0;

/** Members that an editor offers; of an error its name says what the docstring of the class says. */
function membersOf(symbol: ts.Symbol): readonly ts.Symbol[] {
  const [declaration] = symbol.declarations!;
  if (!ts.isInterfaceDeclaration(declaration!) && !ts.isClassDeclaration(declaration!)) return [];
  return [...(symbol.members?.values() ?? [])].filter(
    ({ name, flags }) =>
      !(flags & ts.SymbolFlags.TypeParameter) &&
      /^[a-zA-Z]/.test(name) &&
      !(ts.isClassDeclaration(declaration) && name === 'name'),
  );
}

it('the entries export what they are known to', () => {
  const names = [...exported].map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['evaluate', 'Trace', 'Estate', 'EstateData', 'mutantsOf']));
});

it('whatever can be imported says what it is', () => {
  expect([...exported].filter((symbol) => !isDescribed(symbol)).map(({ name }) => name)).toEqual([]);
});

it('so does each of its members', () => {
  const silent = [...exported].flatMap((owner) =>
    membersOf(owner)
      .filter((member) => !isDescribed(member))
      .map(({ name }) => `${owner.name}.${name}`),
  );
  expect(silent).toEqual([]);
});

it('every function has an example', () => {
  const functions = [...exported].filter(({ flags }) => flags & ts.SymbolFlags.Function);
  const bare = functions.filter((one) => one.getJsDocTags(checker).every(({ name }) => name !== 'example'));
  expect(functions.length).toBeGreaterThan(20);
  expect(bare.map(({ name }) => name)).toEqual([]);
});
