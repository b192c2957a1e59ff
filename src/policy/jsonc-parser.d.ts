declare module 'jsonc-parser/lib/esm/impl/parser.js' {
  export { parseTree, visit } from 'jsonc-parser';
}
