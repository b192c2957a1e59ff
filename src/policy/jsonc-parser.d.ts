declare module 'jsonc-parser/lib/esm/impl/parser.js' {
  export { parseTree, visit } from 'jsonc-parser';
}

declare module 'jsonc-parser/lib/esm/impl/scanner.js' {
  export { createScanner } from 'jsonc-parser';
}
