import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

/**
 * The build shortens the names of members that only the engine itself uses. One that users can see must keep its name, or it is
 * gone from the published package.
 */
const { tsup } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly tsup: readonly {
    readonly terserOptions?: { readonly mangle?: { readonly properties: { readonly regex: string } } };
  }[];
};
const shortened = tsup.flatMap(({ terserOptions }) => {
  const regex = terserOptions?.mangle?.properties.regex;
  return regex === undefined ? [] : [new RegExp(regex)];
});

const entry = fileURLToPath(new URL('../../src/index.ts', import.meta.url));
const program = ts.createProgram([entry], {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  strict: true,
});
const checker = program.getTypeChecker();

/** The names of all members of what the entry exports, however deep they stand in a type. */
function publicMembers(): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isTypeElement(node) || ts.isClassElement(node)) && node.name && ts.isIdentifier(node.name))
      names.push(node.name.text);
    ts.forEachChild(node, visit);
  };
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!);
  for (const symbol of exported) {
    const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    for (const declaration of own.declarations ?? []) {
      if (!ts.isFunctionDeclaration(declaration)) visit(declaration);
    }
  }
  return names;
}

it('no member that users can see has its name shortened', () => {
  const names = publicMembers();
  expect(names).toEqual(expect.arrayContaining(['decidedBy', 'missingAllows', 'variables']));
  expect(shortened.length).toBeGreaterThan(0);
  expect(names.filter((name) => shortened.some((regex) => regex.test(name)))).toEqual([]);
});
