import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Installing takes what the network takes. */
export const INSTALLATION = 600_000;

/** A temporary directory; the caller removes it. */
export function directory(): { readonly path: string; readonly remove: () => void } {
  const place = realpathSync(mkdtempSync(path.join(tmpdir(), 'cfn-tx-lint-hooks-')));
  return { path: place, remove: () => rmSync(place, { recursive: true, force: true }) };
}

/** The variables of a developer's shell, free of this run's own: a test runs within hooks and workflows, too. */
export function shellEnvironment(given: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = /^(?:GIT_|GITHUB_|npm_|PRE_COMMIT|CI$|VITEST|NODE_ENV$|FORCE_COLOR$|NO_COLOR$)/;
  const inherited = Object.entries(process.env).filter(([name]) => !own.test(name));
  const identity = {
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.com',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.com',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  return { ...Object.fromEntries(inherited), ...identity, ...given };
}

/** A git repository in which commands are run. */
export class Project {
  constructor(
    readonly path: string,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {
    mkdirSync(path, { recursive: true });
    this.succeed('git', 'init', '--quiet');
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.path, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** Puts files under git's care, past all hooks. */
  commit(files: Readonly<Record<string, string>>): void {
    this.stage(files);
    this.succeed('git', 'commit', '--quiet', '--no-verify', '--message', 'A state to start from');
  }

  stage(files: Readonly<Record<string, string>>): void {
    this.write(files);
    this.succeed('git', 'add', '--', ...Object.keys(files));
  }

  run(command: string, ...args: readonly string[]): SpawnSyncReturns<string> & { readonly all: string } {
    const result = spawnSync(command, args, {
      cwd: this.path,
      encoding: 'utf8',
      env: shellEnvironment(this.env),
    });
    if (result.error) throw result.error;
    // lint-staged asks for colours wherever it runs.
    return { ...result, all: stripVTControlCharacters(result.stdout + result.stderr) };
  }

  succeed(command: string, ...args: readonly string[]): string {
    const { status, all } = this.run(command, ...args);
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${all}`);
    return all;
  }
}
