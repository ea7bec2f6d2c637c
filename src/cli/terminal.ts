import type { Surroundings, TextOutput } from './surroundings.js';

type Environment = Surroundings['env'];

/**
 * Whether to write colours: what the user asks for, then FORCE_COLOR, then NO_COLOR, then what the output is.
 *
 * @param asked `--color` or `--no-color`; undefined when neither was given
 */
export function useColor(asked: boolean | undefined, env: Environment, output: TextOutput): boolean {
  if (asked !== undefined) return asked;
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== '0' && force !== 'false';
  // https://no-color.org: when present and not empty.
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return output.isTerminal && env.TERM !== 'dumb';
}

/** The terminals that are known to show hyperlinks (OSC 8), by the names they give themselves. */
const LINKING_PROGRAMS: readonly (string | undefined)[] = [
  'iTerm.app',
  'WezTerm',
  'vscode',
  'ghostty',
  'Hyper',
];

/** Whether the output shows hyperlinks; FORCE_HYPERLINK decides where it is set. */
export function useHyperlinks(env: Environment, output: TextOutput): boolean {
  const force = env.FORCE_HYPERLINK;
  if (force !== undefined) return force !== '0';
  if (!output.isTerminal || env.CI !== undefined || env.TERM === 'dumb') return false;
  return (
    LINKING_PROGRAMS.includes(env.TERM_PROGRAM) ||
    env.WT_SESSION !== undefined ||
    env.KITTY_WINDOW_ID !== undefined ||
    env.DOMTERM !== undefined ||
    // GNOME's terminal library shows them since 0.50.
    Number(env.VTE_VERSION ?? 0) >= 5000
  );
}

const DEFAULT_COLUMNS = 80;

/** Columns of the output; 80 where it is no terminal. */
export function columnsOf(output: Pick<TextOutput, 'columns'>): number {
  return output.columns ?? DEFAULT_COLUMNS;
}
