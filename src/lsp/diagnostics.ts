import { DiagnosticSeverity, type Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import type { Diagnostic, Severity } from '../lint/result.js';
import { visible } from '../plain/visible.js';
import { lspRange } from './positions.js';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** A finding as editors show it, with its help, and with the places that belong to it. */
export function lspDiagnostic(diagnostic: Diagnostic, uriOf: (file: string) => string): LspDiagnostic {
  const { ruleId, severity, message, help, url, range, related, environments } = diagnostic;
  const where = environments === null ? '' : ` (in ${environments.join(', ')})`;
  return {
    range: lspRange(range),
    severity: SEVERITIES[severity],
    code: ruleId,
    codeDescription: { href: url },
    source: 'cfn-tx-lint',
    message: `${visible(`${message}${where}`)}\n${visible(help)}`,
    relatedInformation: related.map((place) => ({
      location: { uri: uriOf(place.file), range: lspRange(place.range) },
      message: visible(place.message),
    })),
  };
}
