/** All measures of the drawing, in pixels at zoom 1. No text is smaller than 12 pixels. */
export const SIZES = {
  /** How wide nodes are where nothing else is asked for, and between what they are made to fit a view. */
  nodeWidth: 216,
  leastNodeWidth: 156,
  mostNodeWidth: 248,
  nodeHeight: 52,
  /** Between the first two lines of a node and the sides, and between the others. */
  nodePadding: 9,
  nodeLine: 17,
  /** Between two nodes of a column. */
  rowGap: 18,
  /** Between edges that pass a column. */
  edgeGap: 8,
  /** Between two columns, before labels and the sides of stacks take their room. */
  columnGap: 16,
  /** Between a stack's side and what it holds. */
  stackPadding: 10,
  stackTitle: 24,
  /** Between parts of the picture that nothing connects. */
  partGap: 24,
  /** Between the labels of two edges that leave one node. */
  labelGap: 6,
  /** Above and below the lines of a label together. */
  labelPadding: 6,
  labelLine: 15,
  /** A line of a label is cut at this width. */
  labelMaximum: 168,
  labelFont: 12,
  nodeFont: 13,
  detailFont: 12,
  stackFont: 12,
  margin: 16,
} as const;
