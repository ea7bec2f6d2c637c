import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { reportName } from '../discover/inside.js';
import { UsageError } from '../discover/usage-error.js';
import { checkGlobs, MAX_LAYERS } from './config-limits.js';
import { configKind, type FoundConfig } from './find.js';
import type { Layer } from './layer.js';
import { messageOf } from './message-of.js';
import type { Permission } from './permission.js';
import { readLayer } from './read-layer.js';

export interface LayersOptions {
  readonly cwd: string;
  readonly permission: Permission;
  /** Takes remarks for standard error. */
  readonly notes: string[];
}

/**
 * Reads a configuration and all that it extends.
 *
 * @returns the weakest first: what is extended, in its order, and last the configuration itself
 * @throws UsageError when one of them cannot be read, lies outside of the project, or leads back to itself
 */
export async function readLayers(found: FoundConfig, options: LayersOptions): Promise<Layer[]> {
  const read = new LayerReader(options.cwd);
  return layersOf(await read.layer(found), options, [], read);
}

/** Reads the files of a configuration, at most so many as one may be made of. */
class LayerReader {
  private count = 0;

  constructor(private readonly cwd: string) {}

  /** @throws UsageError when there are too many, or the file cannot be read */
  async layer(found: FoundConfig): Promise<Layer> {
    if (++this.count > MAX_LAYERS)
      throw new UsageError(
        `${reportName(this.cwd, found.file)} was not read: a configuration that is made of more than ${MAX_LAYERS} files is past the limit`,
      );
    const layer = await readLayer(found, this.cwd);
    checkGlobs(layer);
    return layer;
  }
}

async function layersOf(
  layer: Layer,
  options: LayersOptions,
  way: readonly Layer[],
  read: LayerReader,
): Promise<Layer[]> {
  const written = layer.raw.extends ?? [];
  const specifiers = typeof written === 'string' ? [written] : written;
  const layers: Layer[] = [];
  for (const [index, specifier] of specifiers.entries()) {
    const refuse = (message: string) =>
      layer.refuse([
        { path: typeof written === 'string' ? ['extends'] : ['extends', index], at: 'value', message },
      ]);
    const found = resolve(specifier, layer, refuse);
    if (!options.permission.mayFollow(found.file)) {
      refuse(`${specifier} is not there, or lies outside of the project`);
    }
    const around = [...way, layer];
    const first = around.findIndex(({ file }) => realPath(file) === realPath(found.file));
    if (first >= 0) {
      const names = [...around.slice(first), around[first] as Layer].map(({ name }) => name);
      refuse(`leads back to where it began: ${names.join(' extends ')}`);
    }
    if (found.kind === 'module' && options.permission.noCode) {
      options.notes.push(
        `${layer.place(['extends'], 'key')}: ${specifier} was not loaded, because of --no-code`,
      );
      continue;
    }
    layers.push(...(await layersOf(await read.layer(found), options, around, read)));
  }
  return [...layers, layer];
}

/** What a specifier of `extends` stands for: a path, or the entry of an installed package. */
function resolve(specifier: string, layer: Layer, refuse: (message: string) => void): FoundConfig {
  const file = isPath(specifier)
    ? path.resolve(layer.directory, specifier)
    : packageFile(specifier, layer, refuse);
  const kind = path.extname(file) === '.cjs' ? 'module' : configKind(file);
  if (kind === undefined) refuse(`${specifier} is no .json, .yaml, .yml, .js, .mjs or .cjs file`);
  return { file, kind: kind ?? 'json' };
}

/** As in plugins: a package's name begins with neither a dot nor a slash; a file's name without one has an ending. */
function isPath(specifier: string): boolean {
  return /^\.\.?(?:[\\/]|$)/.test(specifier) || path.isAbsolute(specifier);
}

function packageFile(specifier: string, layer: Layer, refuse: (message: string) => void): string {
  try {
    return createRequire(layer.file).resolve(specifier);
  } catch (error) {
    refuse(`${specifier} cannot be found: ${messageOf(error)}; a path begins with ./ or ../`);
    return specifier;
  }
}

function realPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}
