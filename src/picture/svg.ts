import { drawLayout } from './draw.js';
import { foldEnds } from './fold.js';
import { type Mark, outcomeMark } from './icons.js';
import { layoutPicture } from './layout.js';
import { isTool, lookOfNodes } from './look.js';
import type { Picture } from './picture.js';
import { SIZES } from './sizes.js';
import { colorRules, DARK, LIGHT, SHAPE_RULES } from './style.js';
import { countOutcomes, summarize } from './summary.js';
import { escapeMarkup, textWidth } from './text.js';

/** Above the columns: the title and the legend. */
const HEAD = 52;
const OUTCOMES = ['verified', 'failed', 'unverified'] as const;

/**
 * The picture as one SVG document without scripts or outside resources. It follows the reader's light or dark theme.
 *
 * @returns the document, ending in a line feed
 */
export function renderSvg(whole: Picture): string {
  const picture = foldEnds(whole);
  const layout = layoutPicture(picture);
  const summary = summarize(whole);
  const counts = countOutcomes(picture);
  const looks = lookOfNodes(picture);
  const lost = picture.nodes.filter((node) => isTool(node) && looks.get(node.id)?.lost === true).length;
  const rows: readonly (readonly [mark: Mark, text: string])[] = [
    ...OUTCOMES.map((outcome) => [outcome, `${counts[outcome]} ${outcome}`] as const),
    ['lost', `${lost} with the identity lost`],
  ];
  let legend = '';
  let left: number = SIZES.margin;
  for (const [mark, text] of rows) {
    legend += `${outcomeMark(mark, left + 7, 46, 7)}<text x="${left + 20}" y="46.5">${text}</text>`;
    left += Math.ceil(textWidth(text, 12)) + 44;
  }
  legend += `<path class="bar" d="M${left} 41v10"/><text x="${left + 12}" y="46.5">cause</text>`;
  left += 76;
  legend += `<g class="edge failed conditional"><path class="wire" d="M${left} 46h30"/></g><text x="${left + 40}" y="46.5">only under a condition</text>`;
  left += 200;
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
