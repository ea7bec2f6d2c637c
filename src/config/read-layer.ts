import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { reportName } from '../discover/inside.js';
import { UsageError } from '../discover/usage-error.js';
import { isMap, own } from '../plain/map.js';
import type { Path } from '../source/types.js';
import schema from './config.schema.json' with { type: 'json' };
import { type ConfigDocument, readDocument } from './document.js';
import { type FoundConfig, PACKAGE_KEY } from './find.js';
import type { Layer, RawConfig } from './layer.js';
import { messageOf } from './message-of.js';
import { type Problem, type Schema, validate } from './validate.js';

/**
 * Reads one file of a configuration and holds it against the schema.
 *
 * @param found a module is run: whether it may be is for the caller to know
 * @param cwd the absolute working directory
 * @throws UsageError when it cannot be read or does not fit: one line per problem, with file, line and column (none
 *   for JavaScript), key path, and the nearest known spelling
 */
export async function readLayer(found: FoundConfig, cwd: string): Promise<Layer> {
  const { file, kind } = found;
  const name = reportName(cwd, file);
  const document = kind === 'module' ? await readModule(file, name) : readDocument(file, name);
  const prefix = kind === 'package' ? [PACKAGE_KEY] : [];
  const written = kind === 'package' ? own(document.value, PACKAGE_KEY) : document.value;
  const raw = kind === 'yaml' ? withOff(written) : written;
  if (raw === undefined) throw new UsageError(`${name} has no key "${PACKAGE_KEY}"`);

  const place = (keys: Path, at: 'key' | 'value') => `${name}${document.place([...prefix, ...keys], at)}`;
  const line = ({ path: keys, at, message }: Problem) =>
    `${place(keys, at)}: ${keys.length === 0 ? 'the configuration' : keyPath(keys)}: ${message}`;
  const refuse = (problems: readonly Problem[]) => {
    if (problems.length > 0) throw new UsageError(problems.map(line).join('\n'));
  };
  refuse(validate(raw, schema as unknown as Schema, noun));
  return { file, name, directory: path.dirname(file), raw: raw as RawConfig, place, refuse };
}

async function readModule(file: string, name: string): Promise<ConfigDocument> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(file).href);
    if (module.default === undefined) throw new Error('it has no default export');
    return { value: module.default, place: () => '' };
  } catch (error) {
    throw new UsageError(`${name} cannot be loaded: ${messageOf(error)}`);
  }
}

function noun(keys: Path): string {
  return keys[0] === 'rules' && keys.length > 2 ? `option of the rule ${keys[1]}` : 'key';
}

/** A configuration in which a rule is `off` without quotes: the YAML of CloudFormation reads that as false. */
function withOff(config: unknown): unknown {
  if (!isMap(config)) return config;
  const overrides = own(config, 'overrides');
  return {
    ...config,
    ...(Object.hasOwn(config, 'rules') && { rules: rulesWithOff(config.rules) }),
    ...(Array.isArray(overrides) && {
      overrides: overrides.map((override) =>
        isMap(override) && Object.hasOwn(override, 'rules')
          ? { ...override, rules: rulesWithOff(override.rules) }
          : override,
      ),
    }),
  };
}

function rulesWithOff(rules: unknown): unknown {
  if (!isMap(rules)) return rules;
  const off = (severity: unknown): unknown => (severity === false ? 'off' : severity);
  const settings = Object.entries(rules).map(([id, setting]) => [
    id,
    Array.isArray(setting) ? setting.map((part, index) => (index === 0 ? off(part) : part)) : off(setting),
  ]);
  return Object.fromEntries(settings);
}

/** `rules.invalid-grant-type[1].x`: how a path is written in a message. */
export function keyPath(keys: Path): string {
  return keys
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${key}`))
    .join('');
}
