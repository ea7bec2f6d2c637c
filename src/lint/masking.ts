import { maskCredentials } from '../report/mask.js';
import type { Diagnostic } from './result.js';

/** The diagnostic without what looks like a credential in its texts. */
export function maskDiagnostic(diagnostic: Diagnostic): Diagnostic {
  const { scenario } = diagnostic;
  return {
    ...diagnostic,
    message: maskCredentials(diagnostic.message),
    help: maskCredentials(diagnostic.help),
    scenario:
      scenario === null
        ? null
        : Object.fromEntries(Object.entries(scenario).map(([name, value]) => [name, maskCredentials(value)])),
    related: diagnostic.related.map((place) => ({ ...place, message: maskCredentials(place.message) })),
  };
}
