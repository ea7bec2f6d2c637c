import type { Cursor } from '../../evaluate/stack-instance.js';
import { type Alternative, chain } from '../../evaluate/value.js';
import type { ResourceNode } from '../../graph/resource-graph.js';
import { nameFrom } from '../../views/naming.js';
import type { ExchangeSetup, Provider } from '../provider/provider.js';
import type { ProviderCandidate, ProviderLink } from './provider-reference.js';

/**
 * How an exchange ends with one of several providers that a reference can lead to. `faulty` is told at the provider;
 * what is set up right may still fail for a reason that is not looked for here.
 */
type CandidateEnd = 'set-up' | 'unknown' | 'not-configured' | 'built-in' | 'faulty' | 'invalid' | 'absent';

/** A candidate, and how the exchange ends with it in one scenario. */
export interface TriedCandidate {
  readonly at: Cursor;
  /** What it leads to; undefined where that is no provider. */
  readonly provider: Provider | undefined;
  readonly end: CandidateEnd;
}

/** A provider whose candidates have all failed, and the one whose rule speaks for them. */
export interface AllFailed {
  readonly tried: readonly TriedCandidate[];
  /** The first that fails by itself; undefined where each is told at its provider. */
  readonly speaker: { readonly provider: Provider; readonly end: 'not-configured' | 'built-in' } | undefined;
}

/**
 * Tries each candidate of a reference that can lead to several providers.
 * @returns in scenarios that exclude each other, all candidates in their order; nothing for any other reference
 */
export function triedCandidates(link: Alternative<ProviderLink>): Alternative<readonly TriedCandidate[]>[] {
  if (link.value.kind !== 'unresolved' || link.value.candidates === undefined) return [];
  let tried: Alternative<readonly TriedCandidate[]>[] = [{ ...link, value: [] }];
  for (const candidate of link.value.candidates) {
    tried = chain(tried, (so) =>
      tryOne(candidate, so).map(({ value, when }) => ({ ...so, when, value: [...so.value, value] })),
    );
  }
  return tried;
}

function tryOne(candidate: ProviderCandidate, { when }: Alternative<unknown>): Alternative<TriedCandidate>[] {
  const { at } = candidate;
  return chain(candidate.link(when), (link): Alternative<TriedCandidate>[] => {
    const { value } = link;
    if (value.kind === 'provider') {
      const { provider } = value;
      return provider
        .exchange(link.when)
        .map((setup) => ({ ...setup, value: { at, provider, end: endOf(setup.value) } }));
    }
    const provider = value.kind === 'absent' ? value.provider : undefined;
    const end = value.kind === 'invalid' || value.kind === 'absent' ? value.kind : 'unknown';
    return [{ ...link, value: { at, provider, end } }];
  });
}

function endOf(setup: ExchangeSetup): CandidateEnd {
  if (setup.kind === 'built-in') return setup.vendor.nativeExchange === null ? 'built-in' : 'set-up';
  return setup.kind === 'configured' ? 'set-up' : setup.kind;
}

/** What is told where every candidate fails; undefined where one of them may work. */
export function allFailed(tried: readonly TriedCandidate[]): AllFailed | undefined {
  let speaker: AllFailed['speaker'];
  for (const { end, provider } of tried) {
    if (end === 'faulty') continue;
    if ((end !== 'not-configured' && end !== 'built-in') || provider === undefined) return undefined;
    speaker ??= { provider, end };
  }
  return { tried, speaker };
}

/** All candidates, as a sentence lists them. */
export function candidateNames({ tried }: AllFailed, from: ResourceNode): string {
  const names = tried.flatMap(({ provider }) =>
    provider === undefined ? [] : [nameFrom(provider.node, from)],
  );
  return [...new Set(names)].join(' or ');
}

/** The candidates that fail, each with what is wrong with it. */
export function candidateCauses(
  { tried, speaker }: AllFailed,
  says: string,
): { readonly node: ResourceNode; readonly says: string }[] {
  return tried.flatMap(({ provider, end }) =>
    provider !== undefined && end === speaker?.end ? [{ node: provider.node, says }] : [],
  );
}

/** Where the candidates are declared. */
export function candidatePlaces({ tried }: AllFailed): { message: string; at: Cursor; part: 'key' }[] {
  return tried.map(({ at, provider }) => ({
    message: 'the provider can be this one',
    at: provider?.node.cursor ?? at,
    part: 'key',
  }));
}
