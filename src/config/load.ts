import { lstatSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../discover/usage-error.js';
import { checkRules } from './check-rules.js';
import type { Config, ConfigurableRule, ConfiguredEnvironment } from './config.js';
import { checkSize } from './config-limits.js';
import { readEnvironments } from './environments.js';
import { readLayers } from './extends.js';
import { configKind, type FoundConfig, findConfig } from './find.js';
import type { Layer } from './layer.js';
import { loadPlugins } from './load-plugins.js';
import { merge } from './merge.js';
import { Permission } from './permission.js';

export interface LoadOptions {
  /** The absolute working directory. */
  readonly cwd: string;
  /** The configuration's file as the user named it; undefined to search from the working directory upwards. */
  readonly file: string | undefined;
  /** Whether neither a configuration in JavaScript nor a plugin is run. */
  readonly noCode: boolean;
  /** The rules that come with the program. */
  readonly rules: () => Promise<readonly ConfigurableRule[]>;
}

export interface LoadedConfig {
  /** Undefined when none was named and the search finds none. */
  readonly config: Config | undefined;
  /** Remarks for standard error, one line each. */
  readonly notes: readonly string[];
}

/**
 * Finds, reads, checks and merges the configuration.
 *
 * @throws UsageError when it cannot be read or does not fit: one line per problem, with file, line and column (none
 *   for JavaScript), key path, and the nearest known spelling
 */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const { cwd, file, noCode } = options;
  const notes: string[] = [];
  const permission = new Permission(cwd, file === undefined ? undefined : path.resolve(cwd, file), noCode);
  const found = file === undefined ? search(cwd, permission, notes) : named(cwd, file, noCode);
  if (found === undefined) return { config: undefined, notes };

  const layers = await readLayers(found, { cwd, permission, notes });
  checkSize(layers);
  const plugins = await loadPlugins(layers, permission, options.rules, notes);
  if (plugins !== undefined) await checkRules(layers, options.rules, plugins);
  const environments = new Map<Layer, readonly ConfiguredEnvironment[]>();
  for (const layer of layers) {
    environments.set(layer, await readEnvironments(layer, { cwd, permission, notes }));
    checkBaseline(layer, permission);
  }
  return { config: merge(layers, { cwd, plugins: plugins ?? [], environments }), notes };
}

/** Looks on past what may not be read, and says so. */
function search(cwd: string, permission: Permission, notes: string[]): FoundConfig | undefined {
  return findConfig(cwd, (found) => {
    const { kind, file } = found;
    if (!permission.mayFind(found)) {
      const fate = kind === 'module' ? 'run' : 'read';
      notes.push(`${file} lies outside of the project and was not ${fate}: name it with --config to use it`);
      return false;
    }
    if (kind !== 'module' || !permission.noCode) return true;
    notes.push(`${file} was not run, because of --no-code`);
    return false;
  });
}

function named(cwd: string, file: string, noCode: boolean): FoundConfig {
  const kind = configKind(file);
  if (kind === undefined) {
    throw new UsageError(`--config takes a .json, .yaml, .yml, .js or .mjs file, and got ${file}`);
  }
  if (kind === 'module' && noCode) {
    throw new UsageError(`--config names ${file}, which --no-code forbids to run: give one of them`);
  }
  return { file: path.resolve(cwd, file), kind };
}

function checkBaseline({ raw, directory, refuse }: Layer, permission: Permission): void {
  if (raw.baseline === undefined) return;
  const file = path.resolve(directory, raw.baseline);
  // It need not be there yet: then its directory must be in the project.
  if (permission.mayFollow(lstatSync(file, { throwIfNoEntry: false }) ? file : path.dirname(file))) return;
  refuse([
    {
      path: ['baseline'],
      at: 'value',
      message: `${raw.baseline} lies outside of the project, or in a directory that is not there`,
    },
  ]);
}
