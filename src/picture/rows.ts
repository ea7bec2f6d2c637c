import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel, type Point } from '@dagrejs/dagre';
import { SIZES } from './sizes.js';

/** One connected part of a picture, as the layout library sees it. Ids are ours, never a template's. */
export interface Part {
  readonly nodes: readonly {
    readonly id: string;
    readonly column: number;
    readonly height: number;
    readonly stack: string | null;
  }[];
  /** Every stack that holds a node or a stack of this part. */
  readonly stacks: readonly { readonly id: string; readonly parent: string | null }[];
  /** Only edges that lead from a column to a later one. */
  readonly edges: readonly { readonly id: string; readonly from: string; readonly to: string }[];
}

export interface Rows {
  /** Whether nodes of one stack are kept together. */
  readonly grouped: boolean;
  /** The middle of each node, in pixels from an arbitrary zero. */
  readonly nodes: ReadonlyMap<string, number>;
  /** Where an edge passes the columns between its ends, in order. */
  readonly edges: ReadonlyMap<string, readonly number[]>;
}

/** Nodes times stacks that the library arranges in about a second. */
const MOST_NESTING = 20_000;

type WorkingGraph = Graph<GraphLabel, NodeLabel, EdgeLabel>;

/** The library puts the label of an edge into a rank of its own, so that columns are two ranks apart. */
const RANKS_PER_COLUMN = 2;

/**
 * Orders the nodes within their columns so that few edges cross and stacks stay together, and gives each its height on
 * the page. The columns are fixed; the library (dagre: layered drawing after Sugiyama with nested boxes, coordinates
 * after Brandes and Köpf) decides only what is above what. The same part always gets the same rows.
 *
 * Pictures with a dozen stacks and more that refer to each other in all directions can be beyond the library's treatment
 * of nested boxes (about one random picture in seventy): it fails to find coordinates. And its time grows with the
 * number of nodes times that of stacks. Such a part is arranged as if it had no stacks, and says so in `grouped`.
 */
export function arrangeRows(part: Part): Rows {
  const rows = part.nodes.length * part.stacks.length > MOST_NESTING ? null : tryStacks(part);
  if (rows !== null && [...rows.nodes.values()].every(Number.isFinite)) return rows;
  const flat = { ...part, stacks: [], nodes: part.nodes.map((node) => ({ ...node, stack: null })) };
  return { ...runLayout(flat), grouped: false };
}

function tryStacks(part: Part): Rows | null {
  try {
    return runLayout(part);
  } catch {
    return null;
  }
}

function runLayout(part: Part): Rows {
  const graph: WorkingGraph = new Graph({ directed: true, compound: true, multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: SIZES.rowGap,
    edgesep: SIZES.edgeGap,
    ranksep: SIZES.columnGap,
    ranker: rankByColumn,
  });
  for (const stack of part.stacks) graph.setNode(stack.id, { width: 0, height: 0 });
  for (const stack of part.stacks) if (stack.parent !== null) graph.setParent(stack.id, stack.parent);
  for (const { id, column, height, stack } of part.nodes) {
    graph.setNode(id, { rank: column, width: SIZES.nodeWidth, height });
    if (stack !== null) graph.setParent(id, stack);
  }
  for (const { id, from, to } of part.edges) graph.setEdge(from, to, {}, id);
  layout(graph, { customOrder: orderWithTitles, useDynamic: false });

  const nodes = new Map(part.nodes.map(({ id }) => [id, graph.node(id).y ?? 0]));
  const edges = new Map(
    part.edges.map(({ id, from, to }) => {
      const inner: readonly Point[] = graph.edge(from, to, id).points?.slice(1, -1) ?? [];
      return [id, inner.filter((_, index) => index % RANKS_PER_COLUMN === 1).map((point) => point.y)];
    }),
  );
  return { grouped: true, nodes, edges };
}

/**
 * Gives each node the rank of its column, and the two marks that bound a stack the ranks of its first and last column,
 * in place of the library's own ranking, which would place a node by the length of its paths.
 */
function rankByColumn(graph: WorkingGraph): void {
  const step = RANKS_PER_COLUMN * (graph.graph().nodeRankFactor ?? 1);
  for (const id of graph.nodes()) {
    const label = graph.node(id);
    if (label.rank !== undefined) label.rank *= step;
  }
  for (const id of graph.nodes()) {
    const label = graph.node(id);
    if (label.dummy === 'root') label.rank = 0;
    // A mark that edges lead from to a stack's content is its first; the other one has such edges only coming in.
    else if (label.rank === undefined) label.rank = rankOfMark(graph, id, isFirstMark(graph, id));
  }
}

function isFirstMark(graph: WorkingGraph, id: string): boolean {
  return id.startsWith('_bt') && (graph.outEdges(id) ?? []).length > 0;
}

function rankOfMark(graph: WorkingGraph, id: string, first: boolean): number {
  const label = graph.node(id);
  if (label.rank !== undefined) return label.rank;
  const edges = (first ? graph.outEdges(id) : graph.inEdges(id)) ?? [];
  let rank = first ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  for (const edge of edges) {
    if (!graph.edge(edge).nestingEdge) continue;
    const inner = rankOfMark(graph, first ? edge.w : edge.v, first);
    rank = first ? Math.min(rank, inner) : Math.max(rank, inner);
  }
  label.rank = rank;
  return rank;
}

/** Makes room for the title above and the margin below each stack, then lets the library find the order. */
function orderWithTitles(graph: WorkingGraph, order: (graph: WorkingGraph, options: object) => void): void {
  for (const id of graph.nodes()) {
    const label = graph.node(id);
    if (label.dummy !== 'border') continue;
    if (label.borderType === 'borderLeft') label.height = SIZES.stackTitle + SIZES.rowGap / 4;
    if (label.borderType === 'borderRight') label.height = SIZES.rowGap / 4;
  }
  order(graph, {});
}
