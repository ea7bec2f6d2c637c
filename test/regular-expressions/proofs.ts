import { createRequire } from 'node:module';
import path from 'node:path';

/** What `recheck` says of an expression. Source: the documentation of its function `checkSync`. */
type CheckSync = (
  pattern: string,
  flags: string,
  options: { readonly timeout: number },
) => {
  readonly status: 'safe' | 'vulnerable' | 'unknown';
  /** Only the automaton proves something; what fuzzing calls safe is not known to be vulnerable. */
  readonly checker: 'automaton' | 'fuzz';
};

const SECONDS = 60;

/** A function that tells whether a regular expression is linear for certain; heavy, and installed by test/real. */
export function prover(): (expression: { readonly pattern: string; readonly flags: string }) => boolean {
  // The same everywhere: neither a compiled program nor Java, where these are installed.
  process.env.RECHECK_BACKEND = 'pure';
  const { checkSync } = createRequire(path.join(import.meta.dirname, '../real/package.json'))('recheck') as {
    readonly checkSync: CheckSync;
  };
  return ({ pattern, flags }) => {
    const { status, checker } = checkSync(pattern, flags, { timeout: SECONDS * 1_000 });
    return status === 'safe' && checker === 'automaton';
  };
}
