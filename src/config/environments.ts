import { existsSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../discover/usage-error.js';
import type { ParameterAssignment } from '../lint/options.js';
import type { Path } from '../source/types.js';
import type { ConfiguredEnvironment } from './config.js';
import type { LayersOptions } from './extends.js';
import { rebaseGlob, withSlashes } from './globs.js';
import type { Layer, RawEnvironment, RawValues } from './layer.js';
import { fileSource, type ParameterSource } from './parameters.js';
import { parameterText, type RawParameter } from './scalars.js';

/**
 * The values that a configuration gives directly: for all templates, and by a template's path or glob for one.
 *
 * @param at the key path of the map
 */
export function valueAssignments(
  map: Readonly<Record<string, RawParameter | RawValues>>,
  at: Path,
  layer: Layer,
  cwd: string,
): ParameterAssignment[] {
  const general: Record<string, string> = Object.create(null);
  const perTemplate: ParameterAssignment[] = [];
  for (const [key, value] of Object.entries(map)) {
    if (isValues(value)) {
      const template = rebaseGlob(key, layer.directory, cwd);
      perTemplate.push(assignment(template, value, [...at, key], layer));
    } else {
      general[key] = parameterText(value);
    }
  }
  if (Object.keys(general).length === 0) return perTemplate;
  return [assignment(undefined, general, at, layer), ...perTemplate];
}

function assignment(
  template: string | undefined,
  values: RawValues,
  at: Path,
  layer: Layer,
): ParameterAssignment {
  const entries = Object.entries(values);
  return {
    template,
    values: Object.fromEntries(entries.map(([name, value]) => [name, parameterText(value)])),
    places: Object.fromEntries(entries.map(([name]) => [name, layer.place([...at, name], 'key')])),
    origin: layer.name,
  };
}

/**
 * Reads the environments of one layer, with the parameter files that they name.
 * @throws UsageError when one of the files cannot be read, or lies outside of the project
 */
export async function readEnvironments(
  layer: Layer,
  options: LayersOptions,
): Promise<readonly ConfiguredEnvironment[]> {
  const environments: ConfiguredEnvironment[] = [];
  for (const [name, raw] of Object.entries(layer.raw.environments ?? {})) {
    environments.push({ name, values: await environmentSource(name, raw, layer, options) });
  }
  return environments;
}

async function environmentSource(
  name: string,
  raw: RawEnvironment,
  layer: Layer,
  options: LayersOptions,
): Promise<ParameterSource> {
  const at = ['environments', name];
  if (typeof raw === 'string') return namedFile(raw, undefined, at, layer, options);
  const sources: ParameterSource[] = [];
  const values: Record<string, RawParameter | RawValues> = Object.create(null);
  for (const [key, value] of Object.entries(raw)) {
    // A parameter's name has letters and digits only: any other key is a template, and a text behind it is a file.
    if (typeof value === 'string' && !/^[A-Za-z0-9]+$/.test(key)) {
      const template = rebaseGlob(key, layer.directory, options.cwd);
      sources.push(await namedFile(value, template, [...at, key], layer, options));
    } else {
      values[key] = value;
    }
  }
  const written = valueAssignments(values, at, layer, options.cwd);
  return {
    environments: [],
    assignments: (environment) => [
      ...written,
      ...sources.flatMap((source) => source.assignments(environment)),
    ],
  };
}

async function namedFile(
  named: string,
  template: string | undefined,
  at: Path,
  layer: Layer,
  { cwd, notes, permission }: LayersOptions,
): Promise<ParameterSource> {
  const file = path.resolve(
    layer.directory,
    existsSync(path.resolve(layer.directory, named)) ? named : withSlashes(named),
  );
  const refuse = (message: string) => layer.refuse([{ path: at, at: 'value', message }]);
  if (!permission.mayFollow(file) && !permission.mayFollow(file.replace(/#[^#/\\]*$/, ''))) {
    refuse(`${named} is not there, or lies outside of the project`);
  }
  /** What is wrong in the file is told with the place that names it. */
  const told = (error: unknown): never => {
    if (error instanceof UsageError) refuse(error.message);
    throw error;
  };
  const mayFollow = (other: string) => permission.mayFollow(other);
  const source = await fileSource(file, template, { cwd, notes, byUser: false, mayFollow }).catch(told);
  return {
    environments: source.environments,
    assignments: (environment) => {
      try {
        return source.assignments(environment);
      } catch (error) {
        return told(error);
      }
    },
  };
}

function isValues(value: RawParameter | RawValues): value is RawValues {
  return typeof value === 'object' && !Array.isArray(value);
}
