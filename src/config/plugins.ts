import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyRule } from '../lint/rule.js';
import type { Plugin } from './config.js';

/** What a run cannot do without in a rule; the types and `RuleTester` hold it to the rest. */
const REQUIRED = [
  ['id', 'string'],
  ['severity', 'string'],
  ['messages', 'object'],
  ['check', 'object'],
] as const;

/**
 * Loads a plugin: a module that exports `rules`, a list of rules, by that name or in its default export.
 *
 * @param specifier what the configuration calls it
 * @param file its module, absolute
 * @throws Error when there is no such module, it cannot be run, or it exports no rules
 */
export async function loadPlugin(specifier: string, file: string): Promise<Plugin> {
  const module: unknown = await import(pathToFileURL(file).href);
  const rules = entry(module, 'rules') ?? entry(entry(module, 'default'), 'rules');
  if (!Array.isArray(rules)) throw new Error('it exports no list called rules');
  for (const [index, rule] of rules.entries()) {
    const lacking = REQUIRED.find(([key, type]) => typeof entry(rule, key) !== type);
    if (lacking !== undefined)
      throw new Error(`its rules[${index}] has no ${lacking[0]}: write rules with defineRule`);
  }
  return { name: specifier, rules: rules as readonly AnyRule[] };
}

function entry(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

/**
 * The module of a plugin, absolute. A path may lead to no file.
 *
 * @param specifier a path relative to the configuration, or the name of a package that is installed beside it
 * @param configFile the absolute file of the configuration that names it
 * @throws Error when there is no such package
 */
export function resolvePlugin(specifier: string, configFile: string): string {
  if (path.isAbsolute(specifier)) return specifier;
  if (/^\.\.?\//.test(specifier)) return path.resolve(path.dirname(configFile), specifier);
  try {
    return createRequire(configFile).resolve(specifier);
  } catch (error) {
    // A package of ES modules alone has no entry for `require`, and Node 20 resolves no other from a given place.
    const entry = moduleEntry(specifier, configFile);
    if (entry !== undefined) return entry;
    throw error;
  }
}

/** What the `exports` of an installed package give for `import`, where they are simple. */
function moduleEntry(specifier: string, configFile: string): string | undefined {
  const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
  for (let directory = path.dirname(configFile); ; directory = path.dirname(directory)) {
    const folder = path.join(directory, 'node_modules', name);
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest)) {
      const { exports }: { exports?: unknown } = JSON.parse(readFileSync(manifest, 'utf8'));
      const target = importTarget(exports, `.${subpath}`);
      return target === undefined ? undefined : path.join(folder, target);
    }
    if (path.dirname(directory) === directory) return undefined;
  }
}

function importTarget(exports: unknown, subpath: string): string | undefined {
  if (typeof exports === 'string') return subpath === '.' ? exports : undefined;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const entries = exports as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(entries, subpath)) return importTarget(entries[subpath], '.');
  const condition = ['node', 'import', 'default'].find((name) => Object.hasOwn(entries, name));
  return subpath === '.' && condition !== undefined ? importTarget(entries[condition], '.') : undefined;
}
