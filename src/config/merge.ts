import path from 'node:path';
import type { ParameterAssignment, RuleSetting } from '../lint/options.js';
import type { Path } from '../source/types.js';
import type { Config, ConfiguredEnvironment, Plugin } from './config.js';
import { valueAssignments } from './environments.js';
import { rebaseGlob, rebaseIgnoreGlob } from './globs.js';
import type { Layer, RawConfig } from './layer.js';
import { keyPath } from './read-layer.js';

/** What {@link merge} cannot read from the layers themselves. */
export interface MergedParts {
  readonly cwd: string;
  readonly plugins: readonly Plugin[];
  /** By layer. */
  readonly environments: ReadonlyMap<Layer, readonly ConfiguredEnvironment[]>;
}

/**
 * Makes one configuration of a file and what it extends. Lists of what is left out, of context and of overrides grow;
 * rules, parameters and environments are merged key by key; all else is what the strongest says.
 *
 * @param layers the weakest first; at least one
 */
export function merge(layers: readonly Layer[], parts: MergedParts): Config {
  const own = layers.at(-1) as Layer;
  const { cwd } = parts;
  const origins: Record<string, string> = Object.create(null);
  const last = <Key extends keyof RawConfig>(key: Key): Layer | undefined => {
    const layer = layers.findLast(({ raw }) => raw[key] !== undefined);
    if (layer !== undefined) origins[key] = layer.place([key], 'key');
    return layer;
  };
  const all = <Item>(key: keyof RawConfig, items: (layer: Layer) => readonly Item[]): Item[] => {
    const merged: Item[] = [];
    for (const layer of layers) {
      for (const [index, item] of items(layer).entries()) {
        origins[keyPath([key, merged.length])] = layer.place([key, index], 'value');
        merged.push(item);
      }
    }
    return merged;
  };
  const from = (layer: Layer) => (glob: string) => rebaseGlob(glob, layer.directory, cwd);
  const filesLayer = last('files');
  const baselineLayer = last('baseline');
  return {
    file: own.file,
    mergedFrom: [...new Set(layers.map(({ file }) => file))],
    files: filesLayer?.raw.files?.map(from(filesLayer)),
    context: all('context', (layer) => (layer.raw.context ?? []).map(from(layer))),
    ignore: all('ignore', (layer) =>
      (layer.raw.ignore ?? []).map((glob) => rebaseIgnoreGlob(glob, layer.directory, cwd)),
    ),
    rules: mergedRules(layers, origins),
    overrides: all('overrides', (layer) =>
      (layer.raw.overrides ?? []).map(({ files, rules }, index) => ({
        files: files.map(from(layer)),
        rules,
        origin: layer.place(['overrides', index], 'value'),
      })),
    ),
    parameters: mergedParameters(layers, cwd, origins),
    environments: mergedEnvironments(layers, parts.environments, origins),
    plugins: parts.plugins,
    strict: last('strict')?.raw.strict,
    failOn: last('failOn')?.raw.failOn,
    baseline: baselineLayer && path.resolve(baselineLayer.directory, baselineLayer.raw.baseline as string),
    origins,
  };
}

/** A severity alone leaves the options that a weaker layer gives the rule. */
function mergedRules(
  layers: readonly Layer[],
  origins: Record<string, string>,
): Readonly<Record<string, RuleSetting>> {
  const rules = new Map<string, RuleSetting>();
  for (const { raw, place } of layers) {
    for (const [id, setting] of Object.entries(raw.rules ?? {})) {
      rules.set(id, joinedSetting(rules.get(id), setting));
      origins[keyPath(['rules', id])] = place(['rules', id], 'key');
    }
  }
  return Object.fromEntries(rules);
}

/** A setting over a weaker one, of which the options stay where only a severity is given. */
export function joinedSetting(weaker: RuleSetting | undefined, setting: RuleSetting): RuleSetting {
  if (typeof setting !== 'string' && setting[1] !== undefined) return setting;
  const severity = typeof setting === 'string' ? setting : setting[0];
  const options = typeof weaker === 'object' ? weaker[1] : undefined;
  return options === undefined ? severity : [severity, options];
}

function mergedParameters(
  layers: readonly Layer[],
  cwd: string,
  origins: Record<string, string>,
): ParameterAssignment[] {
  let merged: ParameterAssignment[] = [];
  for (const layer of layers) {
    const { raw, place } = layer;
    const at: Path = ['parameters'];
    merged = over(merged, valueAssignments(raw.parameters ?? {}, at, layer, cwd));
    for (const key of Object.keys(raw.parameters ?? {})) {
      origins[keyPath([...at, key])] = place([...at, key], 'key');
    }
  }
  return merged;
}

/** An environment of a stronger layer keeps what a weaker one says of the same environment and it does not. */
function mergedEnvironments(
  layers: readonly Layer[],
  environments: MergedParts['environments'],
  origins: Record<string, string>,
): ConfiguredEnvironment[] {
  const merged = new Map<string, ConfiguredEnvironment>();
  for (const layer of layers) {
    for (const environment of environments.get(layer) ?? []) {
      const { name, values } = environment;
      const weaker = merged.get(name)?.values;
      merged.set(
        name,
        weaker === undefined
          ? environment
          : {
              name,
              values: {
                environments: [],
                assignments: (chosen) => over(weaker.assignments(chosen), values.assignments(chosen)),
              },
            },
      );
      origins[keyPath(['environments', name])] = layer.place(['environments', name], 'key');
    }
  }
  return [...merged.values()];
}

/** Two layers of values in one list: what the stronger gives for all templates holds before what the weaker gives for one. */
function over(
  weaker: readonly ParameterAssignment[],
  stronger: readonly ParameterAssignment[],
): ParameterAssignment[] {
  if (weaker.length === 0 || stronger.length === 0) return [...weaker, ...stronger];
  const left = weaker.map((assignment) => {
    const hidden = stronger.filter(
      ({ template }) => template === undefined || template === assignment.template,
    );
    const kept = Object.entries(assignment.values).filter(
      ([name]) => !hidden.some(({ values }) => Object.hasOwn(values, name)),
    );
    return { ...assignment, values: Object.fromEntries(kept) };
  });
  return [...left.filter(({ values }) => Object.keys(values).length > 0), ...stronger];
}
