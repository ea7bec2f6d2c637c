import { drawLayout } from './draw.js';
import { outcomeMark } from './icons.js';
import { layoutPicture } from './layout.js';
import type { Picture } from './picture.js';
import { SIZES } from './sizes.js';
import { colorRules, DARK, LIGHT, SHAPE_RULES } from './style.js';
import { countOutcomes, summarize } from './summary.js';
import { escapeMarkup, textWidth } from './text.js';

/** Above the columns: the title and the legend. */
const HEAD = 52;
const LEGEND = ['verified', 'failed', 'unverified'] as const;

/**
 * The picture as one SVG document without scripts or outside resources. It follows the reader's light or dark theme.
 *
 * @returns the document, ending in a line feed
 */
export function renderSvg(picture: Picture): string {
  const layout = layoutPicture(picture);
  const summary = summarize(picture);
  const counts = countOutcomes(picture);
  let legend = '';
  let left: number = SIZES.margin;
  for (const outcome of LEGEND) {
    const text = `${counts[outcome]} ${outcome}`;
    legend += `${outcomeMark(outcome, left + 7, 46, 7)}<text x="${left + 20}" y="46.5">${text}</text>`;
    left += Math.ceil(textWidth(text, 11)) + 44;
  }
  const width = Math.max(layout.width, left + SIZES.margin, 420);
  const height = layout.height + HEAD;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="picture-title picture-summary">
<title id="picture-title">Token exchange graph</title>
<desc id="picture-summary">${escapeMarkup(summary)}</desc>
<style>
${SHAPE_RULES}
${colorRules((name) => LIGHT[name])}
@media (prefers-color-scheme:dark){
${colorRules((name) => DARK[name])}
}
</style>
<rect class="paper" width="100%" height="100%"/>
<text class="title" x="${SIZES.margin}" y="22">Token exchange</text>
<g class="legend">${legend}</g>
<g transform="translate(0 ${HEAD})">
${drawLayout(picture, layout, { interactive: false })}
</g>
</svg>
`;
}
