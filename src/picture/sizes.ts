/** All measures of the drawing, in pixels at zoom 1. */
export const SIZES = {
  nodeWidth: 232,
  nodeHeight: 54,
  /** Between two nodes of a column. */
  rowGap: 22,
  /** Between edges that pass a column. */
  edgeGap: 8,
  /** Between two columns, before labels and the sides of stacks take their room. */
  columnGap: 46,
  /** Between a stack's side and what it holds. */
  stackPadding: 14,
  stackTitle: 24,
  /** Between parts of the picture that nothing connects. */
  partGap: 30,
  /** One labelled edge at the side of its node. */
  port: 25,
  labelHeight: 19,
  labelMaximum: 250,
  labelFont: 10.5,
  nodeFont: 13,
  detailFont: 11,
  stackFont: 12,
  margin: 28,
} as const;
