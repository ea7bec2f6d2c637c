import type { Position } from 'vscode-languageserver';
import { consumerRows } from '../lint/consumer-rows.js';
import type { CalledAs, Diagnostic, IdentityRow } from '../lint/result.js';
import type { CheckedRun } from '../lint/run.js';
import { visible } from '../plain/visible.js';
import { navigationsOf } from './navigation.js';
import { holds, lspRange } from './positions.js';

const CALLED_AS: Readonly<Record<Exclude<CalledAs, 'unknown'>, string>> = {
  user: 'as the user',
  'shared-client': 'as the shared client, not as the user',
  'callers-token': "with the caller's own token",
  'gateway-role': "as the gateway's role",
  'caller-role': "as the caller's role",
  'api-key': 'with an API key',
  nobody: 'as nobody',
};

/**
 * What there is to know of a position, as Markdown: its findings, what the reference there leads to, and as whom the tool
 * there is called.
 */
export function hoverText(
  run: CheckedRun,
  file: string,
  position: Position,
  uriOf: (file: string) => string,
): string | undefined {
  const found = run.result.report.diagnostics.filter(
    (diagnostic) => diagnostic.file === file && holds(lspRange(diagnostic.range), position),
  );
  const masked = (text: string): string => escaped(run.result.masking?.text(text) ?? text);
  const navigations = navigationsOf(run, uriOf);
  const led = navigations.flatMap((navigation) =>
    navigation.leadsTo(file, position).map((place) => {
      const node = navigation.resourceOfPlace(place);
      const name = node?.name ?? String(place.path.at(-1));
      const type = node === undefined ? '' : `, ${masked(node.type)},`;
      return `Leads to **${masked(name)}**${type} in ${masked(navigation.fileOf(place))}.`;
    }),
  );
  const names = new Set(
    navigations.flatMap((navigation) => navigation.resourceAt(file, position)?.name ?? []),
  );
  const rows = names.size === 0 ? [] : rowsOf(run, file).filter(({ resource }) => names.has(resource));
  const parts = [
    ...found.map(findingText),
    ...new Set(led),
    ...rows.map((row) => rowText(run.result.masking?.row(row) ?? row)),
  ];
  return parts.length === 0 ? undefined : parts.join('\n\n---\n\n');
}

/** Who calls whom as whom in a file, in the templates that it holds as texts, too. */
function rowsOf({ environments, files }: CheckedRun, name: string): IdentityRow[] {
  const own = files.filter((of) => of.name === name || of.file.within?.file === name);
  return consumerRows(environments, own).filter(({ file }) => file === name);
}

function findingText({ ruleId, message, help, url }: Diagnostic): string {
  return `${escaped(message)}\n\n${escaped(help)}\n\n[${ruleId}](${url})`;
}

function rowText(row: IdentityRow): string {
  const { resource, grant, calledAs, provider, gateway, identityProvider, outcome } = row;
  const { scenario, environments } = row;
  const details = [
    ...(outcome === null ? [] : [`token exchange: **${outcome}**`]),
    ...(grant === null ? [] : [`grant: ${escaped(grant)}`]),
    ...(provider === null ? [] : [`provider: ${escaped(provider.resource)}`]),
    ...(gateway === null ? [] : [`gateway: ${escaped(gateway.resource)}`]),
    ...(identityProvider === null ? [] : [`identity provider: ${escaped(identityProvider)}`]),
    ...Object.entries(scenario ?? {}).map(([name, value]) => `when ${escaped(name)} is ${escaped(value)}`),
    ...(environments === null ? [] : [`in ${escaped(environments.join(', '))}`]),
  ];
  const name = `**${escaped(resource)}**`;
  return [
    calledAs === 'unknown'
      ? `As whom ${name} is called is not known.`
      : `${name} is called ${CALLED_AS[calledAs]}.`,
    '',
    ...details.map((one) => `- ${one}`),
  ].join('\n');
}

/** Text as Markdown that shows it and acts on nothing in it. */
function escaped(text: string): string {
  return visible(text.replace(/[\r\n]+/g, ' ')).replace(/[\\`*_{}[\]()#+!<>|~-]/g, '\\$&');
}
