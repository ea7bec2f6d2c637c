import { reportName } from '../discover/inside.js';
import { UsageError } from '../discover/usage-error.js';
import type { ParameterAssignment } from '../lint/options.js';
import { HIDDEN } from '../lint/wording.js';
import { maskCredentials } from '../mask/mask.js';
import { isSecretName } from '../mask/secret-names.js';
import { jsonText } from '../plain/json-text.js';
import { own } from '../plain/map.js';
import type { LintInvocation } from './arguments.js';
import type { Linter } from './linter.js';
import type { Settings } from './settings.js';

/**
 * What `--print-config` prints: the settings of the run as JSON, as the configuration and the command line make them
 * together, and under `from` where each of them was written. Values that a template says to be secret are masked, as
 * are those whose parameters are named like secrets; all of them where no template can be asked.
 *
 * @param cwd the absolute working directory
 */
export async function printConfig(
  invocation: LintInvocation,
  { config, options }: Settings,
  cwd: string,
  linter: Linter,
): Promise<string> {
  const name = (file: string): string => reportName(cwd, file);
  const mask = await valueMask(options, linter);
  const shownAssignment = (assignment: ParameterAssignment) => maskedAssignment(assignment, mask);
  return jsonText({
    version: 1,
    mergedFrom: (config?.mergedFrom ?? []).map(name),
    config: {
      files: options.files ?? [],
      context: options.context,
      ignore: options.ignore,
      rules: options.rules,
      overrides: options.overrides?.map(({ files, rules }) => ({ files, rules })),
      parameters: (options.parameters ?? []).map(shownAssignment),
      environments:
        options.environments === undefined
          ? null
          : Object.fromEntries(
              options.environments.map((environment) => [
                environment.name,
                environment.parameters.map(shownAssignment),
              ]),
            ),
      plugins: (config?.plugins ?? []).map((plugin) => plugin.name),
      strict: options.strict,
      failOn: invocation.failOn ?? config?.failOn ?? 'error',
      baseline: invocation.baseline ?? (config?.baseline === undefined ? null : name(config.baseline)),
    },
    from: { ...config?.origins, ...fromCommandLine(invocation) },
  });
}

async function valueMask(options: Settings['options'], linter: Linter): Promise<(text: string) => string> {
  const given = [
    ...(options.parameters ?? []),
    ...(options.environments ?? []).flatMap(({ parameters }) => parameters),
  ];
  if (given.length === 0) return maskCredentials;
  try {
    const { masking } = await linter.run({ ...options, consumers: true });
    return masking?.text ?? maskCredentials;
  } catch (error) {
    if (error instanceof UsageError) return () => HIDDEN;
    throw error;
  }
}

function maskedAssignment(
  { template, values, origin, places }: ParameterAssignment,
  mask: (text: string) => string,
) {
  return {
    template: template ?? null,
    values: Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, isSecretName(key) ? HIDDEN : mask(value)]),
    ),
    from: Object.fromEntries(
      Object.keys(values).map((key) => [key, String(own(places ?? {}, key) ?? origin)]),
    ),
  };
}

/** What the command line says over the configuration, by the same key paths. */
function fromCommandLine(invocation: LintInvocation): Record<string, string> {
  const from: Record<string, string> = {};
  if (invocation.files.length > 0) from.files = 'the command line';
  for (const id of invocation.rules.keys()) from[`rules.${id}`] = '--rule';
  if (invocation.strict) from.strict = '--strict';
  if (invocation.failOn !== undefined) from.failOn = '--fail-on';
  if (invocation.baseline !== undefined) from.baseline = '--baseline';
  if (invocation.environments.length > 0) from.environments = '--environment';
  return from;
}
