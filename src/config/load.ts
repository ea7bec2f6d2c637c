import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { reportName } from '../discover/inside.js';
import { isInsideProject } from '../discover/project-root.js';
import { UsageError } from '../discover/usage-error.js';
import type { ParameterAssignment, RuleSetting } from '../lint/options.js';
import type { Path } from '../source/types.js';
import type { Config, ConfigurableRule, Plugin } from './config.js';
import schema from './config.schema.json' with { type: 'json' };
import { readDocument } from './document.js';
import { configKind, type FoundConfig, findConfig, PACKAGE_KEY } from './find.js';
import { rebaseGlob, rebaseIgnoreGlob } from './globs.js';
import { loadPlugin } from './plugins.js';
import { didYouMean, type Problem, type Schema, validate } from './validate.js';

/** A configuration as written, once it is known to fit the schema. */
interface RawConfig {
  readonly files?: readonly string[];
  readonly context?: readonly string[];
  readonly ignore?: readonly string[];
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  readonly parameters?: Readonly<Record<string, RawParameter | Readonly<Record<string, RawParameter>>>>;
  readonly plugins?: readonly string[];
  readonly strict?: boolean;
}

type Scalar = string | number | boolean;
type RawParameter = Scalar | readonly Scalar[];

export interface LoadOptions {
  /** The absolute working directory. */
  readonly cwd: string;
  /** The configuration's file as the user named it; undefined to search from the working directory upwards. */
  readonly file: string | undefined;
  /** The rules that come with the program. */
  readonly rules: () => Promise<readonly ConfigurableRule[]>;
}

/**
 * Finds, reads and checks the configuration.
 *
 * @returns undefined when none was named and the search finds none
 * @throws UsageError when it cannot be read or does not fit: one line per problem, with file, line and column (none
 *   for JavaScript), key path, and the nearest known spelling
 */
export async function loadConfig(options: LoadOptions): Promise<Config | undefined> {
  const notes: string[] = [];
  const found = options.file === undefined ? search(options.cwd, notes) : named(options.cwd, options.file);
  if (found === undefined) return undefined;

  const name = reportName(options.cwd, found.file);
  const document =
    found.kind === 'module' ? await readModule(found.file, name) : readDocument(found.file, name);
  const prefix = found.kind === 'package' ? [PACKAGE_KEY] : [];
  const written = found.kind === 'package' ? ownEntry(document.value, PACKAGE_KEY) : document.value;
  const raw = found.kind === 'yaml' ? withOff(written) : written;
  if (raw === undefined) throw new UsageError(`${name} has no key "${PACKAGE_KEY}"`);
  const refuse = (problems: readonly Problem[]) => {
    if (problems.length > 0) throw new UsageError(problems.map((problem) => line(name, problem)).join('\n'));
  };
  const line = (file: string, { path: keys, at, message }: Problem) =>
    `${file}${document.place([...prefix, ...keys], at)}: ${keys.length === 0 ? 'the configuration' : keyPath(keys)}: ${message}`;

  const config = fitting(raw, refuse);
  const trusted = options.file !== undefined || isInsideProject(options.cwd, found.file);
  const plugins = await loadPlugins(config.plugins ?? [], found.file, refuse, trusted, notes);
  if (plugins !== undefined && plugins.length > 0) refuse(takenIds(await options.rules(), plugins));
  if (plugins !== undefined) refuse(await wrongRules(config.rules ?? {}, options.rules, plugins));

  const directory = path.dirname(found.file);
  const rebase = (glob: string) => rebaseGlob(glob, directory, options.cwd);
  return {
    file: found.file,
    files: config.files?.map(rebase),
    context: config.context?.map(rebase) ?? [],
    ignore: config.ignore?.map((glob) => rebaseIgnoreGlob(glob, directory, options.cwd)) ?? [],
    rules: config.rules ?? {},
    parameters: parameterAssignments(config.parameters ?? {}, name, rebase),
    plugins: plugins ?? [],
    strict: config.strict,
    notes,
  };
}

/** JavaScript that the user has not named runs only when it is part of the project. */
function search(cwd: string, notes: string[]): FoundConfig | undefined {
  return findConfig(cwd, ({ kind, file }) => {
    if (kind !== 'module' || isInsideProject(cwd, file)) return true;
    notes.push(`${file} lies outside of the project and was not run: name it with --config to use it`);
    return false;
  });
}

function named(cwd: string, file: string): FoundConfig {
  const kind = configKind(file);
  if (kind === undefined) {
    throw new UsageError(`--config takes a .json, .yaml, .yml, .js or .mjs file, and got ${file}`);
  }
  return { file: path.resolve(cwd, file), kind };
}

async function readModule(file: string, name: string) {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(file).href);
    if (module.default === undefined) throw new Error('it has no default export');
    return { value: module.default, place: () => '' };
  } catch (error) {
    throw new UsageError(`${name} cannot be loaded: ${messageOf(error)}`);
  }
}

function fitting(raw: unknown, refuse: (problems: readonly Problem[]) => void): RawConfig {
  const noun = (keys: Path) =>
    keys[0] === 'rules' && keys.length > 2 ? `option of the rule ${keys[1]}` : 'key';
  refuse(validate(raw, schema as unknown as Schema, noun));
  return raw as RawConfig;
}

/** The plugins' modules; undefined when they may not be loaded. */
async function loadPlugins(
  names: readonly string[],
  file: string,
  refuse: (problems: readonly Problem[]) => void,
  trusted: boolean,
  notes: string[],
): Promise<Plugin[] | undefined> {
  if (names.length > 0 && !trusted) {
    notes.push(
      `${file} lies outside of the project: its plugins were not loaded; name it with --config to use them`,
    );
    return undefined;
  }
  const plugins: Plugin[] = [];
  for (const [index, name] of names.entries()) {
    try {
      plugins.push(await loadPlugin(name, file));
    } catch (error) {
      refuse([{ path: ['plugins', index], at: 'value', message: `cannot be loaded: ${messageOf(error)}` }]);
    }
  }
  return plugins;
}

/** Rules of plugins that have the id of another rule. */
function takenIds(builtIn: readonly ConfigurableRule[], plugins: readonly Plugin[]): Problem[] {
  const taken = new Set(builtIn.map(({ id }) => id));
  return plugins.flatMap(({ rules }, index) =>
    rules.flatMap(({ id }) => {
      if (!taken.has(id)) {
        taken.add(id);
        return [];
      }
      const message = `its rule ${id} has the id of another rule`;
      return [{ path: ['plugins', index], at: 'value' as const, message }];
    }),
  );
}

/** Settings of rules that do not exist, and options that a rule does not take. */
async function wrongRules(
  settings: Readonly<Record<string, RuleSetting>>,
  builtIn: LoadOptions['rules'],
  plugins: readonly Plugin[],
): Promise<Problem[]> {
  if (Object.keys(settings).length === 0) return [];
  const known: readonly ConfigurableRule[] = [...(await builtIn()), ...plugins.flatMap(({ rules }) => rules)];
  const ids = known.map(({ id }) => id);
  return Object.entries(settings).flatMap(([id, setting]) => {
    const rule = known.find((candidate) => candidate.id === id);
    if (rule === undefined) {
      return [{ path: ['rules', id], at: 'key' as const, message: `unknown rule${didYouMean(id, ids)}` }];
    }
    if (typeof setting === 'string' || setting[1] === undefined) return [];
    const noun = (path: Path) => (path.length === 1 ? `option of the rule ${id}` : 'key');
    return validate(setting[1], rule.options?.schema ?? NO_OPTIONS, noun).map((problem) => ({
      ...problem,
      path: ['rules', id, 1, ...problem.path],
    }));
  });
}

const NO_OPTIONS: Schema = { type: 'object', additionalProperties: false };

function parameterAssignments(
  parameters: NonNullable<RawConfig['parameters']>,
  origin: string,
  rebase: (glob: string) => string,
): ParameterAssignment[] {
  const everywhere: Record<string, string> = Object.create(null);
  const perTemplate: ParameterAssignment[] = [];
  for (const [key, value] of Object.entries(parameters)) {
    if (isMap(value)) {
      const values = Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, text(entry)]));
      perTemplate.push({ template: rebase(key), values, origin });
    } else {
      everywhere[key] = text(value);
    }
  }
  if (Object.keys(everywhere).length === 0) return perTemplate;
  return [{ template: undefined, values: everywhere, origin }, ...perTemplate];
}

/** CloudFormation's parameters are strings, and its lists are joined by commas. */
function text(value: RawParameter): string {
  return Array.isArray(value) ? value.map(String).join(',') : String(value);
}

function isMap<T>(value: RawParameter | Readonly<Record<string, T>>): value is Readonly<Record<string, T>> {
  return typeof value === 'object' && !Array.isArray(value);
}

/** A configuration in which a rule is `off` without quotes: the YAML of CloudFormation reads that as false. */
function withOff(config: unknown): unknown {
  const rules = ownEntry(config, 'rules');
  if (typeof rules !== 'object' || rules === null || Array.isArray(rules)) return config;
  const off = (severity: unknown): unknown => (severity === false ? 'off' : severity);
  const settings = Object.entries(rules).map(([id, setting]) => [
    id,
    Array.isArray(setting) ? setting.map((part, index) => (index === 0 ? off(part) : part)) : off(setting),
  ]);
  return { ...(config as object), rules: Object.fromEntries(settings) };
}

function ownEntry(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** `rules.invalid-grant-type[1].x`: how a path is written in a message. */
export function keyPath(keys: Path): string {
  return keys
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${key}`))
    .join('');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
