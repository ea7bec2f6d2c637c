import type { Config } from '../config/config.js';
import { MAX_ENVIRONMENTS } from '../config/config-limits.js';
import type { ParameterSource } from '../config/parameters.js';
import { UsageError } from '../discover/usage-error.js';
import type { Environment, ParameterAssignment } from '../lint/options.js';
import { unknown } from './suggest.js';

/** Of two values for one parameter the one of the higher counts; the configuration's own have none. */
const PRECEDENCE = { environment: 1, commandLine: 2 };

/**
 * The environments of a run: those that the command line names, else all of the configuration's.
 *
 * @param wanted what `--environment` names
 * @param given the values of the command line, which hold in every environment
 * @returns undefined for a run without environments
 * @throws UsageError for one that neither the configuration nor a SAM configuration has
 */
export async function environmentsOf(
  wanted: readonly string[],
  config: Config | undefined,
  given: ParameterSource,
): Promise<readonly Environment[] | undefined> {
  const configured = new Map(config?.environments.map(({ name, values }) => [name, values]));
  const known = [...new Set([...configured.keys(), ...given.environments])];
  for (const name of wanted) {
    if (known.includes(name)) continue;
    if (known.length > 0) throw await unknown(`unknown environment ${name} in --environment`, name, known);
    throw new UsageError(
      `--environment names ${name}, and neither the configuration nor a samconfig.toml has environments`,
    );
  }
  const names = wanted.length > 0 ? wanted : [...configured.keys()];
  if (names.length === 0) return undefined;
  if (names.length > MAX_ENVIRONMENTS)
    throw new UsageError(
      `--environment names ${names.length} environments, and a run checks ${MAX_ENVIRONMENTS} at most`,
    );
  return names.map((name) => ({
    name,
    parameters: [
      ...withPrecedence(configured.get(name)?.assignments(name) ?? [], PRECEDENCE.environment),
      ...commandLineValues(given, name),
    ],
  }));
}

/** The values of the command line, which count before all others. */
export function commandLineValues(
  given: ParameterSource,
  environment: string | undefined,
): readonly ParameterAssignment[] {
  const assignments = withPrecedence(given.assignments(environment), PRECEDENCE.commandLine);
  return assignments.map((assignment) => ({ ...assignment, strict: true }));
}

function withPrecedence(
  assignments: readonly ParameterAssignment[],
  precedence: number,
): ParameterAssignment[] {
  return assignments.map((assignment) => ({ ...assignment, precedence }));
}
