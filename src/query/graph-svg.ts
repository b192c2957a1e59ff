import { checkGraph, edgeLabel, type Graph, type GraphEdge, type GraphNode } from './graph.js';
import { type Layout, layoutOf } from './graph-layout.js';

const fills: Readonly<Record<GraphNode['kind'], string>> = {
  user: '#dbeafe',
  role: '#e0e7ff',
  workload: '#dcfce7',
  service: '#f1f5f9',
  federated: '#fef3c7',
  account: '#fef3c7',
  outside: '#fef3c7',
  everyone: '#fee2e2',
  resource: '#ffffff',
};
const widest = 40;

/**
 * A graph as the text of an SVG picture: layers from left to right, dashed arrows where something is not known; whole names and actions
 * show under the pointer. The same graph is the same text.
 *
 * @example
 * ```ts
 * const picture = svg({
 *   nodes: [
 *     { id: 'n0', kind: 'user', label: 'ana', name: 'arn:aws:iam::111122223333:user/ana' },
 *     { id: 'n1', kind: 'resource', label: 'reports', name: 'arn:aws:s3:::reports' },
 *   ],
 *   edges: [{ from: 'n0', to: 'n1', kind: 'access', verdict: 'allowed', levels: ['read'] }],
 * });
 * console.log(picture.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')); // true
 * ```
 * @throws InvalidRequestError for anything that is no graph
 */
export function svg(graph: Graph): string {
  checkGraph(graph, fills);
  const labels = graph.nodes.map((node) => cut(node.label));
  const layout = layoutOf(graph, labels, graph.edges.map(edgeLabel).map(cut));
  const { width, height } = layout;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Who can reach what" font-family="system-ui, sans-serif" font-size="12">`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#64748b"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...graph.edges.map((edge, at) => edgeText(edge, layout.edges[at]!)),
    ...graph.nodes.map((node, at) => nodeText(node, labels[at]!, layout.nodes[at]!)),
    '</svg>\n',
  ].join('\n');
}

function nodeText(node: GraphNode, label: string, { x, y, width, height }: Layout['nodes'][number]): string {
  const round = node.kind === 'user' || node.kind === 'outside' ? height / 2 : 4;
  const title = [node.kind, node.type, node.name].filter((one) => one !== undefined).join(' ');
  return [
    `<g><title>${escaped(title)}</title>`,
    `<rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="${round}" fill="${fills[node.kind]}" stroke="#475569"/>`,
    `<text x="${x}" y="${y - 3}" text-anchor="middle" fill="#0f172a">${escaped(label)}</text>`,
    `<text x="${x}" y="${y + 11}" text-anchor="middle" font-size="9" fill="#475569">${escaped(cut(node.type ?? node.kind))}</text></g>`,
  ].join('');
}

function edgeText(edge: GraphEdge, { points, label }: Layout['edges'][number]): string {
  const path = points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const dashed = edge.verdict === 'depends' ? ' stroke-dasharray="4 3"' : '';
  const title = [edgeLabel(edge), ...(edge.actions ?? [])].join('\n');
  return [
    `<g><title>${escaped(title)}</title>`,
    `<path d="${path}" fill="none" stroke="#64748b"${dashed} marker-end="url(#arrow)"/>`,
    `<text x="${label.x}" y="${label.y + 3}" text-anchor="middle" font-size="10" fill="#334155" stroke="#ffffff" stroke-width="3" paint-order="stroke">${escaped(cut(edgeLabel(edge)))}</text></g>`,
  ].join('');
}

const cut = (text: string): string => {
  const characters = [...text];
  return characters.length <= widest ? text : `${characters.slice(0, widest - 1).join('')}…`;
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML, which has no way to write most control characters and halves of characters. */
const escaped = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (one) => (one === '\n' || one === '\t' ? one : '\uFFFD'))
    .replace(/[&<>"]/g, (one) => entities[one]!);
