import { type Alternative, chain, knownText } from '../../evaluate/value.js';
import type { ResourceGraph } from '../../graph/resource-graph.js';
import { readEntry, withDefault } from '../../views/read.js';
import type { Issuer } from '../facts/identity-provider-of.js';
import { matchesPath } from '../facts/identity-provider-of.js';
import {
  type ExchangeParameterFact,
  type ExchangeRequest,
  sentByDefault,
} from '../facts/identity-providers.js';

/** What an identity provider's demand makes of a request's parameters. */
export interface ParameterFault {
  readonly parameter: ExchangeParameterFact;
  /** What is sent; undefined where nothing is. */
  readonly sent: string | undefined;
  /** Where `CustomParameters` says it; undefined where it does not. */
  readonly entry: Alternative | undefined;
}

/** Whether what an identity provider demands holds at a URL of it: every segment of the path that tells is literal. */
export function holdsAt({ path, exceptPath }: ExchangeRequest, issuer: Issuer): boolean {
  if (path === null) return true;
  if (!matchesPath(path, issuer.path)) return false;
  if (issuer.path.slice(0, path.length).some((segment) => segment.includes('*'))) return false;
  return exceptPath === null || !matchesPath(exceptPath, issuer.path);
}

/**
 * What is wrong with the parameters of an exchange, in each scenario; nothing where they make another kind of request,
 * or where one that decides is not known.
 * @param parameters what `CustomParameters` gives: a map, or absent
 * @param demanded the parameters that the grant's request has to send
 */
export function faultsOf(
  graph: ResourceGraph,
  parameters: Alternative,
  request: ExchangeRequest,
  demanded: readonly ExchangeParameterFact[],
): Alternative<readonly ParameterFault[]>[] {
  const names = new Set([
    ...demanded.flatMap(({ name, beside }) => [name, ...(beside === undefined ? [] : [beside.name])]),
    ...request.silentWith.map(({ name }) => name),
  ]);
  let found: Alternative<ReadonlyMap<string, Alternative>>[] = [{ ...parameters, value: new Map() }];
  for (const name of names) {
    found = chain(found, (before) =>
      chain(readEntry(graph.evaluator, { ...parameters, when: before.when }, name), withDefault).map(
        (entry) => ({ ...before, when: entry.when, value: new Map([...before.value, [name, entry]]) }),
      ),
    );
  }
  return found.map((so) => ({ ...so, value: judge(so.value, request, demanded) }));
}

function judge(
  entries: ReadonlyMap<string, Alternative>,
  request: ExchangeRequest,
  demanded: readonly ExchangeParameterFact[],
): ParameterFault[] {
  const isAbsent = (name: string): boolean => entries.get(name)?.value.kind === 'absent';
  const isKnown = (name: string): boolean => isAbsent(name) || textAt(name) !== undefined;
  const textAt = (name: string): string | undefined => {
    const entry = entries.get(name);
    return entry === undefined ? undefined : knownText(entry.value);
  };
  /** What goes over the wire, AgentCore's own values included. */
  const sent = (name: string): string | undefined =>
    isAbsent(name) ? sentByDefault.find((row) => row.name === name)?.value : textAt(name);
  const silent = request.silentWith.some(
    ({ name, value }) => !isAbsent(name) && (value === null || !isKnown(name) || textAt(name) === value),
  );
  if (silent) return [];
  return demanded.flatMap((parameter): ParameterFault[] => {
    const { name, beside } = parameter;
    if (!isKnown(name)) return [];
    if (beside !== undefined) {
      if (!isKnown(beside.name)) return [];
      const among = beside.values.includes(sent(beside.name) ?? '');
      if (among === (beside.not === true)) return [];
    }
    const value = sent(name);
    if (!isRefused(parameter, value)) return [];
    return [{ parameter, sent: value, entry: isAbsent(name) ? undefined : entries.get(name) }];
  });
}

function isRefused(
  { accepted, refused, required }: ExchangeParameterFact,
  value: string | undefined,
): boolean {
  if (value === undefined || value === '') return required;
  if (refused.includes(value)) return true;
  return accepted !== null && !accepted.includes(value);
}
