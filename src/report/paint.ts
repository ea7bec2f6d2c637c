type Brush = (text: string) => string;

/** The roles that colour has in the pretty report. */
export interface Paint {
  readonly error: Brush;
  readonly warning: Brush;
  readonly info: Brush;
  readonly success: Brush;
  /** What a reader looks for first: the file, the rule. */
  readonly strong: Brush;
  /** What a reader looks at last: line numbers, gutters. */
  readonly faint: Brush;
  /** Places that explain the finding, and headings of notes. */
  readonly related: Brush;
}

const unpainted: Brush = (text) => text;

/** Text without any colour. */
export const plainPaint: Paint = {
  error: unpainted,
  warning: unpainted,
  info: unpainted,
  success: unpainted,
  strong: unpainted,
  faint: unpainted,
  related: unpainted,
};
