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

/** Members of the objects written within a declaration, but for those of one line, which what stands around them describes. */
function literalsIn(node: ts.Node): readonly ts.PropertySignature[] {
  const found: ts.PropertySignature[] = [];
  const visit = (one: ts.Node): void => {
    if (ts.isTypeLiteralNode(one) && one.getText().includes('\n'))
      found.push(...one.members.filter(ts.isPropertySignature));
    if (!ts.isBlock(one)) ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

it('so does each member of an object within a type', () => {
  const members = [...exported].flatMap(({ name, declarations }) =>
    literalsIn(declarations![0]!).map((member) => ({ name: `${name}.${member.name.getText()}`, member })),
  );
  expect(members.length).toBeGreaterThan(10);
  const silent = members.filter(({ member }) => ts.getJSDocCommentsAndTags(member).length === 0);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

it('every function that can refuse what it is given says so', () => {
  const functions = [...exported].filter(({ flags }) => flags & ts.SymbolFlags.Function);
  const silent = functions.filter((one) => {
    const declaration = one.declarations![0] as ts.FunctionDeclaration;
    const throws = one.getJsDocTags(checker).some(({ name }) => name === 'throws');
    return declaration.parameters.length > 0 && !throws;
  });
  // It answers whatever it is given.
  expect(silent.map(({ name }) => name)).toEqual(['isIamError']);
});

it('every function has an example', () => {
  const functions = [...exported].filter(({ flags }) => flags & ts.SymbolFlags.Function);
  const bare = functions.filter((one) => one.getJsDocTags(checker).every(({ name }) => name !== 'example'));
  expect(functions.length).toBeGreaterThan(20);
  expect(bare.map(({ name }) => name)).toEqual([]);
});
