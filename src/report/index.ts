import type { Formatter } from './format.js';

/** A format that `--format` takes. */
interface FormatEntry {
  /** What its text is read as: which laws hold it. */
  readonly syntax: 'text' | 'workflow-commands' | 'json' | 'xml';
  /** Whether it tells the places that belong to a finding beside its own. */
  readonly related: boolean;
  /** Whether its text has a place for how many findings are held back: suppressed, or in the baseline. */
  readonly heldBack: boolean;
  /** Loads its own module only, because a run needs one format and pays for loading it. */
  load(color: boolean): Promise<Formatter>;
}

/** Every format, in the order in which help and completions name them. */
const FORMATS = {
  pretty: {
    syntax: 'text',
    related: true,
    heldBack: true,
    load: async (color) => {
      const { prettyFormatter } = await import('./pretty.js');
      return prettyFormatter(color ? (await import('./color-paint.js')).colorPaint : undefined);
    },
  },
  compact: {
    syntax: 'text',
    related: false,
    heldBack: true,
    load: async () => (await import('./compact.js')).compact,
  },
  github: {
    syntax: 'workflow-commands',
    related: true,
    heldBack: true,
    load: async () => (await import('./github.js')).github,
  },
  json: { syntax: 'json', related: true, heldBack: true, load: async () => (await import('./json.js')).json },
  sarif: {
    syntax: 'json',
    related: true,
    heldBack: true,
    load: async () => (await import('./sarif.js')).sarif,
  },
  junit: {
    syntax: 'xml',
    related: true,
    heldBack: true,
    load: async () => (await import('./junit.js')).junit,
  },
  gitlab: {
    syntax: 'json',
    related: false,
    heldBack: false,
    load: async () => (await import('./gitlab.js')).gitlab,
  },
  checkstyle: {
    syntax: 'xml',
    related: false,
    heldBack: true,
    load: async () => (await import('./checkstyle.js')).checkstyle,
  },
  rdjson: {
    syntax: 'json',
    related: true,
    heldBack: false,
    load: async () => (await import('./rdjson.js')).rdjson,
  },
} as const satisfies Readonly<Record<string, FormatEntry>>;

export type FormatName = keyof typeof FORMATS;

/** Every format that `--format` takes. */
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

/** Whether a format tells the places that belong to a finding beside its own. */
export function tellsRelated(name: FormatName): boolean {
  return FORMATS[name].related;
}

/** Whether the text of a format has a place for how many findings are held back. */
export function tellsHeldBack(name: FormatName): boolean {
  return FORMATS[name].heldBack;
}

/** What the text of a format is read as. */
export function syntaxOf(name: FormatName): FormatEntry['syntax'] {
  return FORMATS[name].syntax;
}

/**
 * The formatter of a name. The library that paints is loaded only when `options.color` is not false.
 */
export function loadFormatter(
  name: FormatName,
  options: { readonly color?: boolean } = {},
): Promise<Formatter> {
  return FORMATS[name].load(options.color !== false);
}
