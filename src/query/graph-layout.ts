import { Graph as LayoutGraph, layout } from '@dagrejs/dagre';
import type { Graph } from './graph.js';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything stands, in the order of the graph. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Middle and size. */
  readonly nodes: readonly (Point & { readonly width: number; readonly height: number })[];
  readonly edges: readonly { readonly points: readonly Point[]; readonly label: Point }[];
}

/** About what a letter takes. */
const letter = 7;
const smallLetter = 5.5;
const height = 34;

/** Layers from left to right. */
export function layoutOf(graph: Graph, labels: readonly string[], edgeLabels: readonly string[]): Layout {
  const drawn = new LayoutGraph({ multigraph: true });
  drawn.setGraph({ rankdir: 'LR', nodesep: 14, edgesep: 10, ranksep: 40, marginx: 12, marginy: 12 });
  graph.nodes.forEach(({ id, kind, type = kind }, at) => {
    const width = Math.max(labels[at]!.length * letter, Math.min(type.length, 40) * smallLetter) + 20;
    drawn.setNode(id, { width: Math.max(70, width), height });
  });
  graph.edges.forEach(({ from, to }, at) => {
    const width = edgeLabels[at]!.length * 6 + 8;
    drawn.setEdge(from, to, { width, height: 14, labelpos: 'c' }, String(at));
  });
  layout(drawn);
  const whole = drawn.graph();
  return {
    width: Math.ceil(whole.width ?? 0),
    height: Math.ceil(whole.height ?? 0),
    nodes: graph.nodes.map(({ id }) => {
      const { x, y, width } = drawn.node(id);
      return { ...rounded({ x, y }), width, height };
    }),
    edges: graph.edges.map(({ from, to }, at) => {
      const { points, x, y } = drawn.edge(from, to, String(at));
      return { points: points.map(rounded), label: rounded({ x, y }) };
    }),
  };
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 });
