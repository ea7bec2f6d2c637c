import { createHash } from 'node:crypto';
import { inertJson } from '../plain/json-text.js';
import { findingMarkup } from './finding.js';
import { foldEnds } from './fold.js';
import { outcomeMark } from './icons.js';
import { pageScript, pageStyle } from './page/generated.js';
import { GROUPED_FROM, SHOWN, type Shown, Views } from './page/view.js';
import type { Picture } from './picture.js';
import { colorRules, DARK, LIGHT, type Palette, SHAPE_RULES } from './style.js';
import { summarize } from './summary.js';
import { counted, escapeMarkup } from './text.js';

/**
 * The picture as one page that needs nothing else: no network, no other file. Its script draws the graph and is the
 * only one that its policy lets run; without scripts the page still lists the findings.
 *
 * @returns the document, ending in a line feed
 */
export function renderHtml(picture: Picture): string {
  const style = [themes(), SHAPE_RULES, colorRules((name) => `var(--${name})`), pageStyle].join('\n');
  const policy = [
    "default-src 'none'",
    `script-src ${hashSource(pageScript)}`,
    `style-src ${hashSource(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Token exchange graph</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
${header(picture)}
<main>
<section id="graph" aria-label="Graph">
<svg id="drawing" role="group" aria-label="${escapeMarkup(summarize(picture))}"><g id="scene"></g></svg>
<noscript><p id="without">The graph is drawn by this page's script, which does not run here. The format svg needs none.</p></noscript>
<p id="nothing" hidden>${picture.nodes.length === 0 ? 'There is no token exchange in these templates.' : 'Nothing fits the filter.'}</p>
<div class="zoom" role="group" aria-label="Zoom"><button type="button" id="zoom-out" aria-label="Zoom out">−</button><output id="zoom-level">100 %</output><button type="button" id="zoom-in" aria-label="Zoom in">+</button><button type="button" id="fit">Fit</button></div>
</section>
<aside id="panel" aria-label="Findings and details">
<section id="details" aria-label="Details" hidden><button type="button" id="close">‹ All findings</button><div id="details-body"></div></section>
<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title" tabindex="-1">Findings</h2>
<p class="count" id="finding-count">${counted(picture.findings.length, 'finding')}</p>
<ol>
${picture.findings.map((finding, index) => `<li>${findingMarkup(finding, index, picture.fixLines?.[index] ?? null)}</li>`).join('\n')}
</ol>
</section>
</aside>
</main>
<footer>${legend()}<span id="summary">${escapeMarkup(summarize(picture))}</span><span id="keys">${KEYS}</span></footer>
<p id="status" class="unseen" role="status"></p>
<script type="application/json" id="picture">${embed(picture)}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

const KEYS = (
  [
    ['← ↑ → ↓', 'walk'],
    ['Enter', 'details'],
    ['/', 'search'],
    ['f', 'filter'],
    ['+ − 0', 'zoom'],
    ['Esc', 'back'],
  ] as const
)
  .map(([key, action]) => `<span><kbd>${key}</kbd> ${action}</span>`)
  .join(' ');

const THEME_ICON =
  '<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7"/><path d="M10 3a7 7 0 0 1 0 14Z" fill="currentColor"/></svg>';

const SHOWN_NAMES: Readonly<Record<Shown, string>> = {
  all: 'All',
  failed: 'Failed',
  lost: 'Identity lost',
  unverified: 'Unverified',
  warnings: 'Warnings',
  verified: 'Verified',
};

function header(picture: Picture): string {
  const folded = foldEnds(picture);
  const counts = new Views(folded).counts('');
  const rules = new Map<string, number>();
  for (const { ruleId } of picture.findings) rules.set(ruleId, (rules.get(ruleId) ?? 0) + 1);
  const options = [...rules]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, count]) => `<option value="${escapeMarkup(id)}">${escapeMarkup(id)} (${count})</option>`);
  const group =
    folded.nodes.length < GROUPED_FROM
      ? ' hidden'
      : ' title="Draw nodes without findings as groups" aria-keyshortcuts="g"';
  const segments = SHOWN.map((shown) =>
    shown === 'all'
      ? `<button type="button" data-shown="all" aria-pressed="true">${SHOWN_NAMES.all}</button>`
      : `<button type="button" data-shown="${shown}" aria-pressed="false"><span class="dot ${shown}"></span>${SHOWN_NAMES[shown]} <b>${counts[shown]}</b></button>`,
  );
  return `<header>
<h1>Token exchange</h1>
<form role="search" aria-label="Filter">
<div class="segments" role="group" aria-label="Show" aria-keyshortcuts="f">${segments.join('')}</div>
${environmentChoice(picture)}<select id="rule" aria-label="Rule"><option value="">All rules</option>${options.join('')}</select>
<input id="search" type="search" placeholder="Search names, scopes, files" aria-label="Search" aria-keyshortcuts="/" autocomplete="off" spellcheck="false">
</form>
<div class="tools"><button type="button" class="tool" id="group" aria-pressed="true"${group}>Grouped</button> <button type="button" class="tool" id="theme" aria-label="Change the theme">${THEME_ICON}</button></div>
</header>`;
}

/** The environments of the run to choose from; nothing where it had none. */
function environmentChoice({ environments }: Picture): string {
  if (environments.length < 2) return '';
  const options = environments.map(
    (name) => `<option value="${escapeMarkup(name)}">${escapeMarkup(name)}</option>`,
  );
  return `<select id="environment" aria-label="Environment"><option value="">All environments</option>${options.join('')}</select>\n`;
}

/** What the signs and lines of the drawing mean. */
function legend(): string {
  const sign = (inner: string, width = 16): string =>
    `<svg viewBox="0 0 ${width} 16" width="${width}" height="16" aria-hidden="true">${inner}</svg>`;
  const marks = (['verified', 'failed', 'lost', 'unverified'] as const).map(
    (mark): readonly [string, string] => [sign(outcomeMark(mark, 8, 8, 7)), SHOWN_NAMES[mark]],
  );
  const rows: readonly (readonly [string, string])[] = [
    ...marks,
    [sign('<path class="bar" d="M4 3v10"/>', 8), 'Cause of failures'],
    [
      sign('<g class="edge failed conditional"><path class="wire" d="M0 8h30"/></g>', 30),
      'Only under a condition',
    ],
  ];
  const items = rows.map(([picture, words]) => `<li>${picture}${words}</li>`).join('');
  return `<ul class="legend" aria-label="Legend">${items}</ul>`;
}

/** The colours as custom properties: the system's theme, unless the reader chose one. */
function themes(): string {
  const properties = (palette: Palette): string =>
    Object.entries(palette)
      .map(([name, color]) => `--${name}:${color}`)
      .join(';');
  return [
    `:root{${properties(LIGHT)}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${properties(DARK)}}}`,
    `:root[data-theme=dark]{${properties(DARK)}}`,
    `@media print{:root:root:root{${properties(LIGHT)}}}`,
  ].join('\n');
}

/** JSON that no text in it can end the script element of: `<` is written as an escape. */
function embed(picture: Picture): string {
  return inertJson(JSON.stringify(picture)).replaceAll('<', '\\u003c');
}

function hashSource(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
