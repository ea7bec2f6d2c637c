import type { Config } from '../config/config.js';
import { findConfig } from '../config/find.js';
import type { ParameterAssignment, RuleSetting } from '../lint/options.js';
import type { SeveritySetting } from '../lint/result.js';
import type { ConfigChoice, GraphInvocation, LintInvocation } from './arguments.js';
import type { Linter, RunOptions } from './linter.js';
import type { Surroundings } from './surroundings.js';

/** What a run is asked to do, by the command line and the configuration together. */
export interface Settings {
  readonly options: RunOptions;
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
  invocation: LintInvocation | GraphInvocation,
  surroundings: Surroundings,
  linter: Linter,
  stdin: RunOptions['stdin'],
): Promise<Settings> {
  const { cwd } = surroundings;
  const config = await configuration(invocation.config, cwd, linter);
  if (invocation.rules.size > 0) await checkRules([...invocation.rules.keys()], config, linter);
  const parameters = await givenParameters(invocation.parameters, cwd);

  const named = invocation.files.filter((file) => file !== '-');
  const files = named.length > 0 || stdin !== undefined ? named : config?.files;
  const options: RunOptions = {
    cwd,
    ...(files !== undefined && { files }),
    ...(stdin !== undefined && { stdin }),
    context: [...(config?.context ?? []), ...invocation.context],
    ignore: config?.ignore ?? [],
    parameters: [...(config?.parameters ?? []), ...parameters.assignments],
    rules: withSeverities(config?.rules ?? {}, invocation.rules),
    plugins: config?.plugins.map(({ rules }) => ({ rules })) ?? [],
    strict: invocation.strict || (config?.strict ?? false),
  };
  return { options, notes: [...(config?.notes ?? []), ...parameters.notes] };
}

/** The configuration that the user chose; nothing is loaded to find out that there is none. */
export async function configuration(
  choice: ConfigChoice,
  cwd: string,
  linter: Linter,
): Promise<Config | undefined> {
  if (choice.kind === 'none') return undefined;
  if (choice.kind === 'search' && findConfig(cwd, () => true) === undefined) return undefined;
  const { loadConfig } = await import('../config/load.js');
  const file = choice.kind === 'file' ? choice.file : undefined;
  return loadConfig({ cwd, file, rules: () => linter.rules() });
}

async function givenParameters(
  given: readonly string[],
  cwd: string,
): Promise<{ assignments: readonly ParameterAssignment[]; notes: readonly string[] }> {
  if (given.length === 0) return { assignments: [], notes: [] };
  const { readParameters } = await import('../config/parameters.js');
  return readParameters(given, cwd);
}

async function checkRules(ids: readonly string[], config: Config | undefined, linter: Linter): Promise<void> {
  const plugins = config?.plugins ?? [];
  const known = [...(await linter.rules()), ...plugins.flatMap(({ rules }) => rules)].map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const { unknown } = await import('./suggest.js');
    throw await unknown(`unknown rule ${id} in --rule`, id, known);
  }
}

/** A severity from the command line leaves the options that the configuration gives the rule. */
function withSeverities(
  configured: Readonly<Record<string, RuleSetting>>,
  severities: ReadonlyMap<string, SeveritySetting>,
): Record<string, RuleSetting> {
  const rules = new Map(Object.entries(configured));
  for (const [id, severity] of severities) {
    const setting = rules.get(id);
    const options = typeof setting === 'object' ? setting[1] : undefined;
    rules.set(id, options === undefined ? severity : [severity, options]);
  }
  return Object.fromEntries(rules);
}
