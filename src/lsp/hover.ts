import type { Position } from 'vscode-languageserver';
import type { CalledAs, ConsumerRow, Diagnostic } from '../lint/result.js';
import type { CheckedRun } from '../lint/run.js';
import { visible } from '../plain/visible.js';
import { Navigation } from './navigation.js';
import { holds, lspRange } from './positions.js';

const CALLED_AS: Readonly<Record<CalledAs, string>> = {
  user: 'as the user',
  'shared-client': 'as the shared client, not as the user',
  'callers-token': "with the caller's own token",
  'gateway-role': "as the gateway's role",
  'caller-role': "as the caller's role",
  'api-key': 'with an API key',
  nobody: 'as nobody',
  unknown: 'as whom is not known',
};

/** What there is to know of a position, as Markdown: its findings, and as whom the tool there is called. */
export function hoverText(
  run: CheckedRun,
  file: string,
  position: Position,
  uriOf: (file: string) => string,
): string | undefined {
  const { diagnostics, consumers } = run.result.report;
  const found = diagnostics.filter(
    (diagnostic) => diagnostic.file === file && holds(lspRange(diagnostic.range), position),
  );
  const node = new Navigation(run, uriOf).resourceAt(file, position);
  const rows = consumers.filter((row) => row.file === file && row.resource === node?.logicalId);
  const parts = [...found.map(findingText), ...rows.map(rowText)];
  return parts.length === 0 ? undefined : parts.join('\n\n---\n\n');
}

function findingText({ ruleId, message, help, url }: Diagnostic): string {
  return `${escaped(message)}\n\n${escaped(help)}\n\n[${ruleId}](${url})`;
}

function rowText(row: ConsumerRow): string {
  const { resource, grant, calledAs, provider, gateway, identityProvider, outcome, scenario } = row;
  const details = [
    ...(outcome === null ? [] : [`token exchange: **${outcome}**`]),
    ...(grant === null ? [] : [`grant: ${escaped(grant)}`]),
    ...(provider === null ? [] : [`provider: ${escaped(provider.resource)}`]),
    ...(gateway === null ? [] : [`gateway: ${escaped(gateway.resource)}`]),
    ...(identityProvider === null ? [] : [`identity provider: ${escaped(identityProvider)}`]),
    ...Object.entries(scenario ?? {}).map(([name, value]) => `when ${escaped(name)} is ${escaped(value)}`),
  ];
  return [
    `**${escaped(resource)}** is called ${CALLED_AS[calledAs]}.`,
    '',
    ...details.map((one) => `- ${one}`),
  ].join('\n');
}

/** Text as Markdown that shows it and acts on nothing in it. */
function escaped(text: string): string {
  return visible(text.replace(/[\r\n]+/g, ' ')).replace(/[\\`*_{}[\]()#+!<>|~-]/g, '\\$&');
}
