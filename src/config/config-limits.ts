import { UsageError } from '../discover/usage-error.js';
import { pastGlobLimits } from '../plain/glob-limits.js';
import { isMap } from '../plain/map.js';
import type { Path } from '../source/types.js';
import type { Layer, RawConfig } from './layer.js';
import type { Problem } from './validate.js';

/*
 * A configuration comes with a branch, as templates do. Each of its globs is held against each file, and each of its
 * environments checks all templates again, so what is written in a few bytes can be much work.
 */

/** How many files a configuration may be made of; one that is extended twice counts twice. */
export const MAX_LAYERS = 100;

/** How many globs the lists of a configuration may have together. */
export const MAX_GLOBS = 1_000;

/** How many environments a run may check. */
export const MAX_ENVIRONMENTS = 100;

/** @throws UsageError that names the place of each glob that could take for ever to match */
export function checkGlobs({ raw, refuse }: Layer): void {
  const problems: Problem[] = [];
  for (const { glob, path, at } of globsOf(raw)) {
    const reason = pastGlobLimits(glob);
    if (reason !== undefined) problems.push({ path, at, message: `the glob ${shown(glob)} ${reason}` });
  }
  // A list of thousands says no more than its first.
  refuse(problems.slice(0, 10));
}

/** @throws UsageError when a configuration, with all that it extends, is past a limit */
export function checkSize(layers: readonly Layer[]): void {
  let globs = 0;
  const environments = new Set<string>();
  for (const layer of layers) {
    for (const { path, at } of globsOf(layer.raw))
      if (++globs > MAX_GLOBS) throw past(layer, path, at, `has more than ${inWords(MAX_GLOBS)} globs`);
    for (const name of Object.keys(layer.raw.environments ?? {})) {
      environments.add(name);
      if (environments.size > MAX_ENVIRONMENTS)
        throw past(layer, ['environments', name], 'key', `has more than ${MAX_ENVIRONMENTS} environments`);
    }
  }
}

interface PlacedGlob {
  readonly glob: string;
  readonly path: Path;
  readonly at: 'key' | 'value';
}

/** The globs of a configuration, each with its place. */
function* globsOf(raw: RawConfig): Generator<PlacedGlob> {
  for (const key of ['files', 'context', 'ignore'] as const)
    for (const [index, glob] of (raw[key] ?? []).entries()) yield { glob, path: [key, index], at: 'value' };
  for (const [at, { files }] of (raw.overrides ?? []).entries())
    for (const [index, glob] of files.entries())
      yield { glob, path: ['overrides', at, 'files', index], at: 'value' };
  yield* templateKeys(raw.parameters, ['parameters']);
  for (const [name, values] of Object.entries(raw.environments ?? {}))
    yield* templateKeys(values, ['environments', name]);
}

/** The keys of a map of values that stand for templates: what is no parameter's name, and what holds a map. */
function* templateKeys(values: unknown, path: Path): Generator<PlacedGlob> {
  if (!isMap(values)) return;
  for (const [key, value] of Object.entries(values))
    if (isMap(value) || !/^[A-Za-z0-9]+$/.test(key)) yield { glob: key, path: [...path, key], at: 'key' };
}

function past(layer: Layer, path: Path, at: 'key' | 'value', what: string): UsageError {
  return new UsageError(`${layer.place(path, at)}: the configuration ${what}`);
}

function shown(glob: string): string {
  return glob.length > 60 ? `${glob.slice(0, 60)}…` : glob;
}

function inWords(limit: number): string {
  return limit.toLocaleString('en');
}
