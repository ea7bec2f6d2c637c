import type { FormatName, Formatter } from './format.js';

/** Every format that `--format` takes. */
export const FORMAT_NAMES: readonly FormatName[] = ['pretty', 'github', 'json', 'sarif', 'junit', 'gitlab'];

/**
 * The formatter of a name. Only its own module is loaded, because a run needs one and pays for loading it; the
 * library that paints is loaded only when `options.color` is not false.
 */
export async function loadFormatter(
  name: FormatName,
  options: { readonly color?: boolean } = {},
): Promise<Formatter> {
  switch (name) {
    case 'pretty': {
      const { prettyFormatter } = await import('./pretty.js');
      return prettyFormatter(
        options.color === false ? undefined : (await import('./color-paint.js')).colorPaint,
      );
    }
    case 'github':
      return (await import('./github.js')).github;
    case 'json':
      return (await import('./json.js')).json;
    case 'sarif':
      return (await import('./sarif.js')).sarif;
    case 'junit':
      return (await import('./junit.js')).junit;
    case 'gitlab':
      return (await import('./gitlab.js')).gitlab;
  }
}
