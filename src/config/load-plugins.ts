import { existsSync } from 'node:fs';
import type { ConfigurableRule, Plugin } from './config.js';
import type { Layer } from './layer.js';
import { messageOf } from './message-of.js';
import type { Permission } from './permission.js';
import { loadPlugin, resolvePlugin } from './plugins.js';

/**
 * Loads the plugins of all layers; one that several layers name counts once.
 *
 * @param builtIn the rules that come with the program; asked for only where there are plugins
 * @returns undefined when some may not be loaded, so that nobody knows all rules
 * @throws UsageError with the place of a plugin that cannot be loaded, or whose rule has the id of another
 */
export async function loadPlugins(
  layers: readonly Layer[],
  permission: Permission,
  builtIn: () => Promise<readonly ConfigurableRule[]>,
  notes: string[],
): Promise<readonly Plugin[] | undefined> {
  const plugins: Plugin[] = [];
  const taken = new Set<string>();
  let complete = true;
  for (const layer of layers) {
    const names = layer.raw.plugins ?? [];
    if (names.length === 0) continue;
    const why = permission.whyNoCode(layer.file);
    if (why !== undefined) {
      notes.push(why === 'no-code' ? withoutCode(layer) : outside(layer));
      complete = false;
      continue;
    }
    if (taken.size === 0) for (const { id } of await builtIn()) taken.add(id);
    for (const [index, name] of names.entries()) {
      const refuse = (message: string) => layer.refuse([{ path: ['plugins', index], at: 'value', message }]);
      const plugin = await load(name, layer, permission, refuse);
      if (plugin === undefined || plugins.some(({ rules }) => rules === plugin.rules)) continue;
      for (const { id } of plugin.rules) {
        if (taken.has(id)) refuse(`its rule ${id} has the id of another rule`);
        taken.add(id);
      }
      plugins.push(plugin);
    }
  }
  return complete ? plugins : undefined;
}

async function load(
  name: string,
  layer: Layer,
  permission: Permission,
  refuse: (message: string) => void,
): Promise<Plugin | undefined> {
  try {
    const file = resolvePlugin(name, layer.file);
    if (existsSync(file) && !permission.mayRun(file))
      throw new Error('it lies outside of the project; name the configuration with --config to use it');
    return await loadPlugin(name, file);
  } catch (error) {
    refuse(`cannot be loaded: ${messageOf(error)}`);
    return undefined;
  }
}

function withoutCode(layer: Layer): string {
  return `${layer.place(['plugins'], 'key')}: the plugins were not loaded, because of --no-code`;
}

function outside({ file }: Layer): string {
  return `${file} lies outside of the project: its plugins were not loaded; name it with --config to use them`;
}
