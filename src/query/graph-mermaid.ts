import { checkGraph, edgeLabel, type Graph, type GraphNode } from './graph.js';

/** How the text of each kind is enclosed. */
const shapes: Readonly<Record<GraphNode['kind'], readonly [string, string]>> = {
  user: ['([', '])'],
  role: ['[', ']'],
  workload: ['[[', ']]'],
  service: ['{{', '}}'],
  federated: ['{{', '}}'],
  account: ['{{', '}}'],
  outside: ['([', '])'],
  everyone: ['{{', '}}'],
  resource: ['[(', ')]'],
};

/**
 * A graph as the text of a Mermaid flowchart; dotted arrows depend on something that nobody knows.
 *
 * @example
 * ```ts
 * const text = mermaid({
 *   nodes: [
 *     { id: 'n0', kind: 'user', label: 'ana', name: 'arn:aws:iam::111122223333:user/ana' },
 *     { id: 'n1', kind: 'resource', label: 'reports', name: 'arn:aws:s3:::reports' },
 *   ],
 *   edges: [{ from: 'n0', to: 'n1', kind: 'access', verdict: 'allowed', levels: ['read'] }],
 * });
 * console.log(text.split('\n')[3]); //   n0 -->|"read"| n1
 * ```
 * @throws InvalidRequestError for anything that is no graph
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function mermaid(graph: Graph): string {
  checkGraph(graph, shapes);
  const { nodes, edges } = graph;
  const lines = [
    ...nodes.map(({ id, kind, label }) => `${id}${shapes[kind][0]}"${escaped(label)}"${shapes[kind][1]}`),
    ...edges.map((edge) => {
      const arrow = edge.verdict === 'allowed' ? '-->' : '-.->';
      return `${edge.from} ${arrow}|"${escaped(edgeLabel(edge))}"| ${edge.to}`;
    }),
  ];
  return `flowchart LR\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** Everything but plain words as an entity code, which Mermaid shows as the character. */
const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .,:/_?-]/gu, (character) => `#${character.codePointAt(0)};`);
