import { maskCredentials } from '../mask/mask.js';
import { isSecretName } from '../mask/secret-names.js';
import type { Diagnostic } from './result.js';
import { HIDDEN } from './wording.js';

/** The diagnostic without what is, or looks like, a credential in its texts. */
export function maskDiagnostic(diagnostic: Diagnostic): Diagnostic {
  const { scenario } = diagnostic;
  return {
    ...diagnostic,
    message: maskCredentials(diagnostic.message),
    help: maskCredentials(diagnostic.help),
    scenario:
      scenario === null
        ? null
        : Object.fromEntries(
            Object.entries(scenario).map(([name, value]) => [
              name,
              isSecretName(name) ? HIDDEN : maskCredentials(value),
            ]),
          ),
    related: diagnostic.related.map((place) => ({ ...place, message: maskCredentials(place.message) })),
  };
}
