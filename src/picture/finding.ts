import type { Diagnostic, Severity } from '../lint/result.js';
import { shownPlace, templatePlace } from '../lint/shown-place.js';
import type { Range } from '../source/types.js';
import { escapeMarkup } from './text.js';

/** The signs of the severities, as outlines in a square of 16 by 16; the word always stands beside them. */
const SIGNS: Readonly<Record<Severity, string>> = {
  error: 'M5 5l6 6M11 5l-6 6',
  warning: 'M8 4v5M8 11.9v.1',
  info: 'M8 4v.1M8 7.2V12',
};

/** `file:line:column`, as editors and terminals understand it; without a range the file alone. */
export function placeText(file: string, range: Range | null): string {
  return range === null ? file : `${file}:${range.start.line}:${range.start.column}`;
}

/**
 * A finding as one `article` of HTML, all text escaped.
 * @param index its index into the picture's findings
 * @param fixLines the lines that its fix takes away and writes; null where they cannot be shown
 */
export function findingMarkup(
  finding: Diagnostic,
  index: number,
  fixLines: readonly string[] | null,
): string {
  const { ruleId, severity, message, help, url, resource, constructPath, scenario, related, fix } = finding;
  const about = [
    resource === null ? '' : `<span>in <b>${escapeMarkup(resource)}</b></span>`,
    constructPath === null ? '' : `<span>${escapeMarkup(constructPath)}</span>`,
    scenario === null ? '' : `<span>${escapeMarkup(scenarioText(scenario))}</span>`,
  ].filter((part) => part !== '');
  return [
    `<article class="finding ${severity}" data-finding="${index}">`,
    `<h3><span class="severity"><svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="8"/><path d="${SIGNS[severity]}"/></svg>${severity}</span> ${ruleLink(ruleId, url)}</h3>`,
    `<p class="message">${escapeMarkup(message)}</p>`,
    `<p class="help">${escapeMarkup(help)}</p>`,
    `<p class="place">${placesMarkup(finding)}${about.length > 0 ? `<span class="about">${about.join(' ')}</span>` : ''}</p>`,
    related.length === 0
      ? ''
      : `<ul class="related">${related.map((one) => `<li>${escapeMarkup(one.message)}: ${placesMarkup(one)}</li>`).join('')}</ul>`,
    fix === null ? '' : `<p class="fix">Fix (${fix.safety}): ${escapeMarkup(fix.title)}</p>`,
    fixLines === null
      ? ''
      : `<pre class="lines" aria-label="The lines to write">${fixLines.map(lineMarkup).join('\n')}</pre>`,
    '</article>',
  ].join('');
}

/** A line of a fix as in a diff: what is written, what is taken away, or neither. */
function lineMarkup(line: string): string {
  const tag = line.startsWith('+') ? 'ins' : line.startsWith('-') ? 'del' : 'span';
  return `<${tag}>${escapeMarkup(line)}</${tag}>`;
}

/** A place that a click copies; without the page's script it is plain text. */
export function placeMarkup(file: string, range: Range | null): string {
  return `<code class="copy">${escapeMarkup(placeText(file, range))}</code>`;
}

/** Where a reader is led: to the construct in the user's own code first, where it is known, and then to the template. */
function placesMarkup(placed: Pick<Diagnostic, 'file' | 'range' | 'source'>): string {
  const template = templatePlace(placed);
  const shown = shownPlace(placed);
  const first = placeMarkup(shown.file, shown.range);
  return template === undefined ? first : `${first} ${placeMarkup(template.file, template.range)}`;
}

function ruleLink(ruleId: string, url: string): string {
  const name = escapeMarkup(ruleId);
  // Anything but a web address could run code when it is followed.
  return /^https?:\/\//i.test(url)
    ? `<a href="${escapeMarkup(url)}" target="_blank" rel="noopener noreferrer">${name}</a>`
    : `<span>${name}</span>`;
}

function scenarioText(scenario: Readonly<Record<string, string>>): string {
  const parts = Object.entries(scenario).map(([name, value]) => `${name} is '${value}'`);
  return parts.length === 0 ? '' : `when ${parts.join(' and ')}`;
}
