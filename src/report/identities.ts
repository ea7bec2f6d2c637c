import type { IdentityRow } from '../lint/result.js';
import { jsonText } from '../plain/json-text.js';
import { displayWidth } from './display-width.js';
import type { IdentityFormat } from './identity-formats.js';
import { consumerObject } from './json.js';
import { markdownText } from './markdown.js';
import { neutralise } from './neutralise.js';

interface Column {
  readonly title: string;
  /** Empty where nothing is known. */
  cell(row: IdentityRow): string;
}

const COLUMNS: readonly Column[] = [
  { title: 'Gateway', cell: ({ gateway }) => gateway?.resource ?? '' },
  { title: 'Inbound', cell: ({ authorizer }) => authorizer ?? '' },
  { title: 'Tool', cell: ({ resource }) => resource },
  {
    title: 'Credential',
    cell: ({ credentialType, grant }) => [credentialType, grant].filter(Boolean).join(' '),
  },
  { title: 'Provider', cell: ({ provider }) => provider?.resource ?? '' },
  { title: 'Identity provider', cell: ({ identityProvider }) => identityProvider ?? '' },
  { title: 'Called as', cell: ({ calledAs }) => calledAs },
  { title: 'Outcome', cell: ({ outcome }) => outcome ?? '' },
  {
    title: 'When',
    cell: ({ scenario, environments }) =>
      [
        ...Object.entries(scenario ?? {}).map(([name, value]) => `${name}=${value}`),
        ...(environments === null ? [] : [`in ${environments.join(', ')}`]),
      ].join(' '),
  },
  { title: 'File', cell: ({ file }) => file },
];

/** Who calls whom as whom, as a table for people or machines; ends in a line feed. */
export function renderIdentities(rows: readonly IdentityRow[], format: IdentityFormat): string {
  switch (format) {
    case 'pretty':
      return prettyTable(rows);
    case 'markdown':
      return `${identityTable(rows).join('\n')}\n`;
    case 'csv':
      return csv(rows);
    case 'json':
      return jsonText({ version: 1, consumers: rows.map(consumerObject) });
  }
}

/** The table as lines of Markdown. No name in it can act as markup. */
export function identityTable(rows: readonly IdentityRow[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(COLUMNS.map(({ title }) => title)),
    line(COLUMNS.map(() => '---')),
    ...rows.map((row) => line(COLUMNS.map(({ cell }) => markdownText(cell(row))))),
  ];
}

const GAP = '  ';

/** Columns that say nothing in any row are left out. */
function prettyTable(rows: readonly IdentityRow[]): string {
  if (rows.length === 0) return 'No tool is called in these templates\n';
  const columns = COLUMNS.map(({ title, cell }) => ({
    title,
    cells: rows.map((row) => neutralise(cell(row))),
  })).filter(({ cells }) => cells.some((cell) => cell !== ''));
  const padded = columns.map(({ title, cells }) => {
    const shown = [title, ...cells.map((cell) => (cell === '' ? '-' : cell))];
    const width = Math.max(...shown.map(displayWidth));
    return shown.map((cell) => cell + ' '.repeat(width - displayWidth(cell)));
  });
  const lines = [-1, ...rows.keys()].map((_, index) =>
    padded
      .map((cells) => cells[index])
      .join(GAP)
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe. */
function csv(rows: readonly IdentityRow[]): string {
  const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
  return [
    line(COLUMNS.map(({ title }) => title)),
    ...rows.map((row) => line(COLUMNS.map(({ cell }) => neutralise(cell(row))))),
  ].join('');
}

function csvCell(text: string): string {
  const inert = /^\s*[=+\-@|%\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;]|^'/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
