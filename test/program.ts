import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** The built program. */
export const PROGRAM = path.join(import.meta.dirname, '..', 'bin', 'cfn-tx-lint.js');

export interface Outcome {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built program on these arguments. The caller's colours and workflow do not reach it.
 * @param cwd its working directory
 */
export function callProgram(
  cwd: string,
  args: readonly string[],
  given: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Outcome {
  const { FORCE_COLOR, NO_COLOR, GITHUB_ACTIONS, GITHUB_STEP_SUMMARY, GITHUB_WORKSPACE, ...env } =
    process.env;
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd,
    encoding: 'utf8',
    input: given.input ?? '',
    env: { ...env, ...given.env },
    maxBuffer: 256 * 1024 * 1024,
    // What waits for something that never comes is told, and does not hold up the tests.
    timeout: 100_000,
  });
  return { status, signal, stdout, stderr };
}
