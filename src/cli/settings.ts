import type { Config } from '../config/config.js';
import { findConfig } from '../config/find.js';
import type { LoadedConfig } from '../config/load.js';
import { RuleIds } from '../lint/catalogue.js';
import type { Environment, ParameterAssignment, RuleSetting } from '../lint/options.js';
import type { SeveritySetting } from '../lint/result.js';
import type { ConfigChoice, GraphInvocation, IdentitiesInvocation, LintInvocation } from './arguments.js';
import type { Linter, RunOptions } from './linter.js';
import type { Surroundings } from './surroundings.js';

/** What a run is asked to do, by the command line and the configuration together. */
export interface Settings {
  readonly options: RunOptions;
  /** The configuration; undefined when there is none. */
  readonly config: Config | undefined;
  /** Remarks for standard error, one line each. */
  readonly notes: readonly string[];
}

/**
 * Joins the command line with the configuration; the command line comes first wherever both speak.
 *
 * @param stdin the template on standard input, when there is one
 * @throws UsageError when the configuration, a parameter file or a rule's name is wrong
 */
export async function settings(
  invocation: LintInvocation | GraphInvocation | IdentitiesInvocation,
  surroundings: Surroundings,
  linter: Linter,
  stdin: RunOptions['stdin'],
): Promise<Settings> {
  const { cwd } = surroundings;
  const { config, notes } = await configuration(invocation, cwd, linter);
  if (invocation.rules.size > 0) await checkRules([...invocation.rules.keys()], config, linter);
  const values = await parameterValues(invocation, config, cwd);

  const named = invocation.files.filter((file) => file !== '-');
  const files = named.length > 0 || stdin !== undefined ? named : config?.files;
  const options: RunOptions = {
    cwd,
    ...(files !== undefined && { files }),
    ...(files !== undefined &&
      files === config?.files && { filesOrigin: config.origins.files ?? config.file }),
    ...(stdin !== undefined && { stdin }),
    context: [...(config?.context ?? []), ...invocation.context],
    ignore: config?.ignore ?? [],
    parameters: values.parameters,
    ...(values.environments !== undefined && { environments: values.environments }),
    rules: withSeverities(config?.rules ?? {}, invocation.rules),
    overrides: (config?.overrides ?? []).map((override) => ({
      ...override,
      rules: withSeverities(override.rules, invocation.rules, false),
    })),
    plugins: config?.plugins.map(({ rules }) => ({ rules })) ?? [],
    strict: invocation.strict || (config?.strict ?? false),
    reportUnusedSuppressions: invocation.command === 'lint' && invocation.reportUnusedSuppressions,
  };
  return { options, config, notes: [...notes, ...values.notes] };
}

/** Which configuration the user chose, and whether it may run code. */
export interface ConfigRequest {
  readonly config: ConfigChoice;
  readonly noCode: boolean;
}

/** The configuration that the user chose; nothing is loaded to find out that there is none. */
export async function configuration(
  { config, noCode }: ConfigRequest,
  cwd: string,
  linter: Linter,
): Promise<LoadedConfig> {
  if (config.kind === 'none') return NOTHING;
  if (config.kind === 'search' && findConfig(cwd, () => true) === undefined) return NOTHING;
  const { loadConfig } = await import('../config/load.js');
  const file = config.kind === 'file' ? config.file : undefined;
  return loadConfig({ cwd, file, noCode, rules: () => linter.rules() });
}

const NOTHING: LoadedConfig = { config: undefined, notes: [] };

interface Values {
  /** What holds in every environment. */
  readonly parameters: readonly ParameterAssignment[];
  readonly environments: readonly Environment[] | undefined;
  readonly notes: readonly string[];
}

async function parameterValues(
  { parameters: given, environments: wanted }: LintInvocation | GraphInvocation | IdentitiesInvocation,
  config: Config | undefined,
  cwd: string,
): Promise<Values> {
  const configured = config?.parameters ?? [];
  if (given.length === 0 && wanted.length === 0 && (config?.environments ?? []).length === 0) {
    return { parameters: configured, environments: undefined, notes: [] };
  }
  const { readParameters } = await import('../config/parameters.js');
  const { commandLineValues, environmentsOf } = await import('./environments.js');
  const source = await readParameters(given, cwd);
  const environments = await environmentsOf(wanted, config, source);
  // Notes are read last: the environments add theirs.
  const parameters =
    environments === undefined ? [...configured, ...commandLineValues(source, undefined)] : configured;
  return { parameters, environments, notes: source.notes };
}

async function checkRules(ids: readonly string[], config: Config | undefined, linter: Linter): Promise<void> {
  const plugins = config?.plugins ?? [];
  const known = new RuleIds([...(await linter.rules()), ...plugins.flatMap(({ rules }) => rules)]);
  for (const id of ids) {
    if (known.has(id)) continue;
    const { unknownRule } = await import('./suggest.js');
    throw unknownRule(`unknown rule ${id} in --rule`, id, known);
  }
}

/**
 * A severity from the command line leaves the options that the configuration gives the rule.
 * @param everywhere whether rules that the configuration does not speak of get their severity here
 */
function withSeverities(
  configured: Readonly<Record<string, RuleSetting>>,
  severities: ReadonlyMap<string, SeveritySetting>,
  everywhere = true,
): Record<string, RuleSetting> {
  const rules = new Map(Object.entries(configured));
  for (const [id, severity] of severities) {
    const setting = rules.get(id);
    if (setting === undefined && !everywhere) continue;
    const options = typeof setting === 'object' ? setting[1] : undefined;
    rules.set(id, options === undefined ? severity : [severity, options]);
  }
  return Object.fromEntries(rules);
}
