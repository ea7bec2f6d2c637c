/** The colours of a theme by what they are for. */
export interface Palette {
  readonly paper: string;
  readonly card: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly stack: string;
  readonly stackLine: string;
  readonly accent: string;
  readonly verified: string;
  readonly failed: string;
  readonly failedCard: string;
  readonly unverified: string;
  readonly unverifiedCard: string;
  readonly info: string;
  /** On a mark that is filled with one of the colours above. */
  readonly mark: string;
}

export const LIGHT: Palette = {
  paper: '#fbfbfd',
  card: '#ffffff',
  line: '#c3c9d4',
  text: '#1a202c',
  muted: '#5b6577',
  stack: '#f1f3f8',
  stackLine: '#d3d9e4',
  accent: '#3155d4',
  verified: '#187a41',
  failed: '#c4232f',
  failedCard: '#fff3f3',
  unverified: '#94610a',
  unverifiedCard: '#fff9eb',
  info: '#3155d4',
  mark: '#ffffff',
};

export const DARK: Palette = {
  paper: '#0f131a',
  card: '#1d2430',
  line: '#465064',
  text: '#e8ecf3',
  muted: '#a3aec0',
  stack: '#151b25',
  stackLine: '#2d3646',
  accent: '#8ea8ff',
  verified: '#5dd190',
  failed: '#ff8087',
  failedCard: '#3a1d23',
  unverified: '#efb54b',
  unverifiedCard: '#33290f',
  info: '#8ea8ff',
  mark: '#11151c',
};

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** What colours the drawing, as CSS; `color` turns the name of a colour into a value. */
export function colorRules(color: (name: keyof Palette) => string): string {
  const rules: readonly (readonly [selector: string, declarations: string])[] = [
    ['.paper', `fill:${color('paper')}`],
    ['.stack rect', `fill:${color('stack')};stroke:${color('stackLine')}`],
    ['.stack text, .column, .detail, .legend text', `fill:${color('muted')}`],
    ['.title, .label', `fill:${color('text')}`],
    ['.rule', `stroke:${color('stackLine')}`],
    ['.card', `fill:${color('card')};stroke:${color('line')}`],
    ['.icon', `stroke:${color('accent')}`],
    ['.wire', `stroke:${color('line')}`],
    ['.tip', `fill:${color('line')}`],
    ['.tag rect', `fill:${color('card')};stroke:${color('line')}`],
    ['.tag text', `fill:${color('muted')}`],
    ['.mark path', `stroke:${color('mark')}`],
    ['.badge text', `fill:${color('mark')}`],
    ['.badge rect, .info circle', `fill:${color('info')}`],
    ...(['verified', 'failed', 'unverified'] as const).flatMap((status): [string, string][] => [
      [`.mark.${status} circle, .badge.${status} rect, .edge.${status} .tip`, `fill:${color(status)}`],
      [`.edge.${status} .wire, .edge.${status} .tag rect`, `stroke:${color(status)}`],
      [`.edge.${status} .tag text`, `fill:${color(status)}`],
    ]),
    ['.node.failed .card', `fill:${color('failedCard')};stroke:${color('failed')}`],
    ['.node.unverified .card', `fill:${color('unverifiedCard')};stroke:${color('unverified')}`],
    ['.node.unresolved .icon', `stroke:${color('muted')}`],
    ['text.cause, .mark.lost circle', `fill:${color('failed')}`],
    ['.bar', `stroke:${color('failed')}`],
    // A lost identity is as loud as an error: its label is filled.
    ['.edge.lost .tag rect', `fill:${color('failed')};stroke:${color('failed')}`],
    ['.edge.lost .tag text', `fill:${color('mark')}`],
    ['.edge.lost .mark.lost circle', `fill:${color('mark')}`],
    ['.edge.lost .mark.lost path', `stroke:${color('failed')}`],
  ];
  return rules.map(([selector, declarations]) => `${selector}{${declarations}}`).join('\n');
}

/** All else about the look of the drawing, as CSS. */
export const SHAPE_RULES = `
text{font-family:${FONT};dominant-baseline:central}
.title{font-size:17px;font-weight:650}
.column{font-size:12px;font-weight:600}
.stack text{font-size:12px;font-weight:600}
.label{font-size:13px;font-weight:600}
.detail{font-size:12px}
text.cause{font-size:12px;font-weight:650}
.icon{fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.card{stroke-width:1}
.bar{fill:none;stroke-width:4;stroke-linecap:round}
.node.failed .card{stroke-width:1.8}
.node.unverified .card{stroke-width:1.6}
.node.unresolved .card{stroke-dasharray:2 3}
.node.conditional .card{stroke-dasharray:6 4}
.wire{fill:none;stroke-width:1.4}
.edge.failed .wire{stroke-width:2.2}
.edge.unverified .wire{stroke-width:1.8}
.edge.verified .wire{stroke-width:1.5;stroke-opacity:.6}
.edge.conditional .wire{stroke-dasharray:6 4}
.tag text{font-size:12px;font-weight:600}
.tag rect{stroke-width:1}
.edge.conditional .tag rect{stroke-dasharray:4 3}
.mark path{fill:none;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.badge text{font-size:12px;font-weight:700;text-anchor:middle}
.legend text{font-size:12px}
`.trim();
