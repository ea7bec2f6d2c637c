import { UsageError } from '../discover/usage-error.js';

/**
 * The error for a parameter that is given two values for the same template. The values are not in it: one of them may
 * be a secret.
 *
 * @param places where the two stand: a file with line and column, or the option
 */
export function conflictingValues(name: string, ...[first, second]: [string, string]): UsageError {
  const where = first === second ? `twice in ${first}` : `at ${first} and at ${second}`;
  return new UsageError(
    `the parameter ${name} is given two different values for the same template: ${where}; environments in the configuration check several sets of values in one run`,
  );
}
