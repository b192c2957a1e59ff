export type { Caller, Facts } from '../account/facts.js';
export type { Answer } from './answer.js';
export { Estate, type PrincipalHandle, type ResourceHandle } from './estate.js';
export { type Graph, type GraphEdge, type GraphFacts, type GraphNode, graph } from './graph.js';
export type { GraphAccess } from './graph-access.js';
export { mermaid } from './graph-mermaid.js';
export { svg } from './graph-svg.js';
export { type WhatCan, type WhatCanEntry, type WhatCanFacts, whatCan } from './what-can.js';
export type { Who, WhoCan, WhoCanFacts } from './who-can.js';
export {
  type Asked,
  type Chain,
  formatChain,
  type Hop,
  type Party,
  type WhoCanAssume,
  type WhoCanAssumeFacts,
  whoCanAssume,
} from './who-can-assume.js';
