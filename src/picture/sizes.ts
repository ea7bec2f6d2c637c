/** All measures of the drawing, in pixels at zoom 1. */
export const SIZES = {
  nodeWidth: 218,
  nodeHeight: 54,
  /** Between two nodes of a column. */
  rowGap: 22,
  /** Between edges that pass a column. */
  edgeGap: 8,
  /** Between two columns, before labels and the sides of stacks take their room. */
  columnGap: 38,
  /** Between a stack's side and what it holds. */
  stackPadding: 14,
  stackTitle: 24,
  /** Between parts of the picture that nothing connects. */
  partGap: 30,
  /** Between the labels of two edges that leave one node. */
  labelGap: 6,
  /** Above and below the lines of a label together. */
  labelPadding: 6,
  labelLine: 13,
  /** A line of a label is cut at this width. */
  labelMaximum: 190,
  labelFont: 10.5,
  nodeFont: 13,
  detailFont: 11,
  stackFont: 12,
  margin: 28,
} as const;
