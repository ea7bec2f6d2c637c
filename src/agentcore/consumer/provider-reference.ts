import { openIn, withDefaults } from '../../evaluate/derived.js';
import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor, StackInstance } from '../../evaluate/stack-instance.js';
import {
  type Alternative,
  chain,
  displayText,
  type Hop,
  knownText,
  onlySymbol,
  type TextSymbol,
  type TextValue,
  trimmed,
} from '../../evaluate/value.js';
import { filesOf, MAX_CANDIDATES, type NameAnswer } from '../../graph/name-index.js';
import type { ResourceGraph } from '../../graph/resource-graph.js';
import { nearest } from '../../plain/did-you-mean.js';
import { own } from '../../plain/map.js';
import { subPieces } from '../../template/intrinsics.js';
import { openReason } from '../../views/open-value.js';
import { existence } from '../../views/properties.js';
import { TYPES } from '../facts/resource-types.js';
import { type Provider, providerOf } from '../provider/provider.js';
import { type Candidate, inOrder } from './candidate.js';
import { parseProviderArn } from './provider-arn.js';

/** Why a reference can never give the ARN of an OAuth2 credential provider. */
export type InvalidReference =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'dangling';
      readonly name: string;
      /** The template that would have to declare it, where it is not the one that refers to it. */
      readonly file: string | undefined;
      readonly suggestion: string | undefined;
    }
  | { readonly kind: 'otherType'; readonly target: string; readonly type: string }
  | {
      readonly kind: 'otherAttribute';
      readonly target: string;
      /** As it is written, and the one that it should be. */
      readonly attribute: string;
      readonly arn: string;
      /** What it belongs to. */
      readonly of: Cursor;
    }
  | { readonly kind: 'noAttribute'; readonly target: string }
  | { readonly kind: 'noArn'; readonly written: string }
  /** A literal with `${...}` in it that only `Fn::Sub` would replace. */
  | { readonly kind: 'noSub'; readonly written: string }
  | { readonly kind: 'otherArn'; readonly written: string; readonly what: string }
  | { readonly kind: 'noText'; readonly found: string };

/** Where a consumer's `ProviderArn` leads. */
export type ProviderLink =
  | { readonly kind: 'provider'; readonly provider: Provider }
  /** The provider is declared, and its condition is false here. */
  | { readonly kind: 'absent'; readonly provider: Provider }
  /** The export or the output that it takes its provider from is not made here; `reason` is a clause that says so. */
  | { readonly kind: 'not-made'; readonly reason: string; readonly declared: Hop }
  | { readonly kind: 'invalid'; readonly fault: InvalidReference }
  | {
      readonly kind: 'unresolved';
      /** A clause: "no template in view has the export idp-arn". */
      readonly reason: string;
      /** What the reference can lead to, where that is several things that nothing tells apart: two or more. */
      readonly candidates?: readonly Candidate<ProviderLink>[];
    };

/** Resolves what `ProviderArn` gives. */
export function resolveProvider(graph: ResourceGraph, reference: Alternative): Alternative<ProviderLink>[] {
  const arn = presetArn(reference) ?? reference;
  const link = (value: ProviderLink): Alternative<ProviderLink>[] => [{ ...arn, value }];
  const { value } = arn;
  switch (value.kind) {
    case 'absent':
      return link({ kind: 'invalid', fault: { kind: 'missing' } });
    case 'unknown':
      return link({ kind: 'unresolved', reason: value.reason });
    case 'text':
      // A block scalar (`!Sub |`) ends in a line break that nobody means.
      return resolveText(graph, arn, trimmed(value));
    default:
      return link({
        kind: 'invalid',
        fault: { kind: 'noText', found: value.kind === 'null' ? 'null' : `a ${value.kind}` },
      });
  }
}

/**
 * The text with the defaults of parameters that nobody set, where it is an ARN only with them: they help to find the
 * provider, as those of names do, and assume nothing.
 */
function presetArn(reference: Alternative): Alternative | undefined {
  const { value, when, at } = reference;
  if (value.kind !== 'text' || value.parts.every((part) => typeof part === 'string')) return undefined;
  if (parseProviderArn(trimmed(value)).kind !== 'unknown') return undefined;
  const preset = withDefaults(value, when);
  const { kind } = parseProviderArn(trimmed(preset));
  if (kind === 'no-arn' || kind === 'unknown') return undefined;
  const hops = value.parts.flatMap((part) => (typeof part === 'string' ? [] : presetHops(part, at.instance)));
  return { ...reference, value: preset, trace: [...reference.trace, ...hops] };
}

/** Where the defaults of what a symbol hangs on are written, in the template that refers to it. */
function presetHops(symbol: TextSymbol, instance: StackInstance): Hop[] {
  return openIn(symbol)
    .filter((variable) => variable.default !== undefined && variable.declaredIn.has(instance.template.file))
    .map(({ name }) => ({
      message: `the default of the parameter ${name} ${symbol.kind === 'variable' ? 'is' : 'holds'} this ARN`,
      instance,
      path: ['Parameters', name, 'Default'],
    }));
}

function resolveText(
  graph: ResourceGraph,
  alternative: Alternative,
  text: TextValue,
): Alternative<ProviderLink>[] {
  const link = (value: ProviderLink): Alternative<ProviderLink>[] => [{ ...alternative, value }];
  const symbol = onlySymbol(text);
  if (symbol !== undefined) return resolveSymbol(graph, alternative, symbol);
  const parsed = parseProviderArn(text);
  const written = displayText(text);
  if (lacksSub(alternative.at, text)) return link({ kind: 'invalid', fault: { kind: 'noSub', written } });
  // A default or another value that nobody wrote as an ARN stands in for one that is still to be given.
  if (text.assumed !== undefined && parsed.kind === 'no-arn') {
    return link({ kind: 'unresolved', reason: `the parameter ${text.assumed.name} has no ARN for a value` });
  }
  switch (parsed.kind) {
    case 'no-arn': {
      const dangling = text.parts.find(
        (part): part is TextSymbol => typeof part !== 'string' && part.kind === 'dangling',
      );
      if (dangling?.kind === 'dangling') return link(danglingLink(dangling));
      return link({ kind: 'invalid', fault: { kind: 'noArn', written } });
    }
    case 'other':
      return link({ kind: 'invalid', fault: { kind: 'otherArn', written, what: parsed.what } });
    case 'unknown':
      return link({ kind: 'unresolved', reason: openReason(text) });
    case 'oauth2-provider':
      return resolveName(graph, alternative, parsed);
  }
}

function resolveName(
  graph: ResourceGraph,
  alternative: Alternative,
  parsed: Extract<ReturnType<typeof parseProviderArn>, { kind: 'oauth2-provider' }>,
): Alternative<ProviderLink>[] {
  const { at, when } = alternative;
  const shown = displayText(parsed.name);
  const symbol = onlySymbol(parsed.name);
  // The name that was cut out of a provider's own ARN.
  if (symbol?.kind === 'attribute' && symbol.attribute === 'Name') {
    return resolveResource(graph, alternative, symbol.instance, symbol.logicalId, 'CredentialProviderArn');
  }
  return graph
    .byName(TYPES.provider, 'Name', parsed.name, at.instance, when, parsed)
    .flatMap((answer) => resolveNamed(graph, { ...alternative, when: answer.when }, answer, shown));
}

/** What bears the name of a provider in one scenario. */
function resolveNamed(
  graph: ResourceGraph,
  alternative: Alternative,
  answer: NameAnswer,
  shown: string,
): Alternative<ProviderLink>[] {
  const unresolved = (reason: string): Alternative<ProviderLink>[] => [
    { ...alternative, value: { kind: 'unresolved', reason } },
  ];
  switch (answer.kind) {
    case 'none':
      return unresolved(`no template in view declares the provider ${shown}`);
    case 'absent':
      return unresolved(`no template in view declares the provider ${shown} in every scenario`);
    case 'ambiguous':
      return [
        {
          ...alternative,
          value: {
            kind: 'unresolved',
            reason: `the provider ${shown} can be one of several, in ${filesOf(answer.entries)}`,
            ...(answer.entries.length <= MAX_CANDIDATES && {
              candidates: inOrder(
                answer.entries.map(({ instance, target }) => ({
                  at: target,
                  link: (when) =>
                    resolveResource(
                      graph,
                      { ...alternative, when },
                      instance,
                      String(target.path[1]),
                      'CredentialProviderArn',
                    ),
                })),
              ),
            }),
          },
        },
      ];
    case 'elsewhere':
      return unresolved(`the provider ${shown} of another account or region is not in view`);
    case 'found': {
      const { instance, target } = answer.entry;
      return resolveResource(graph, alternative, instance, String(target.path[1]), 'CredentialProviderArn');
    }
  }
}

function resolveSymbol(
  graph: ResourceGraph,
  alternative: Alternative,
  symbol: TextSymbol,
): Alternative<ProviderLink>[] {
  const link = (value: ProviderLink): Alternative<ProviderLink>[] => [{ ...alternative, value }];
  switch (symbol.kind) {
    case 'opaque': {
      const { candidates } = symbol;
      if (candidates !== undefined) {
        const tried = candidates.map((at) => ({ at, link: (when: Scenario) => resolveAt(graph, at, when) }));
        return link({ kind: 'unresolved', reason: symbol.reason, candidates: inOrder(tried) });
      }
      return link(
        symbol.absent === undefined
          ? { kind: 'unresolved', reason: symbol.reason }
          : { kind: 'not-made', reason: symbol.reason, declared: symbol.absent },
      );
    }
    case 'variable':
    case 'derived':
      return link({
        kind: 'unresolved',
        reason: `the parameter ${openIn(symbol)[0]?.name ?? ''} has no value`,
      });
    case 'dangling':
      return link(danglingLink(symbol));
    case 'attribute':
      return resolveResource(graph, alternative, symbol.instance, symbol.logicalId, symbol.attribute);
  }
}

/** Where an expression leads that stands elsewhere. */
function resolveAt(graph: ResourceGraph, at: Cursor, when: Scenario): Alternative<ProviderLink>[] {
  return chain(graph.evaluator.evaluate(at, when), (value) => resolveProvider(graph, value));
}

function danglingLink(symbol: Extract<TextSymbol, { kind: 'dangling' }>): ProviderLink {
  const names = symbol.outputs?.names ?? [
    ...Object.keys(symbol.instance.template.section('Resources')).map(symbol.instance.template.input.nameOf),
    ...symbol.instance.template.parameters.keys(),
  ];
  return {
    kind: 'invalid',
    fault: {
      kind: 'dangling',
      name: symbol.name,
      file: symbol.outputs?.file,
      suggestion: nearest(symbol.name, names),
    },
  };
}

function resolveResource(
  graph: ResourceGraph,
  alternative: Alternative,
  instance: StackInstance,
  logicalId: string,
  attribute: string,
): Alternative<ProviderLink>[] {
  const link = (value: ProviderLink): Alternative<ProviderLink>[] => [{ ...alternative, value }];
  const node = graph.resource(instance, logicalId);
  const type = node?.type ?? '';
  if (node === undefined || !type.startsWith('AWS::') || type.startsWith('AWS::Serverless::')) {
    return link({
      kind: 'unresolved',
      reason: `${node?.name ?? logicalId} is of ${type === '' ? 'an unknown type' : `the type ${type}`}, which tells its value only when it is deployed`,
    });
  }
  if (type !== TYPES.provider)
    return link({ kind: 'invalid', fault: { kind: 'otherType', target: node.name, type } });
  if (attribute === '') return link({ kind: 'invalid', fault: { kind: 'noAttribute', target: node.name } });
  if (attribute !== 'Ref' && attribute !== 'CredentialProviderArn') {
    const dialect = instance.template.input.dialectOf(logicalId);
    const [written, arn] = [dialect.word(attribute), dialect.word('CredentialProviderArn')];
    return link({
      kind: 'invalid',
      fault: { kind: 'otherAttribute', target: node.name, attribute: written, arn, of: node.cursor },
    });
  }
  const provider = providerOf(graph, node);
  return existence(graph, node, alternative.when).map((exists) => ({
    ...alternative,
    when: exists.when,
    value: exists.value ? { kind: 'provider', provider } : { kind: 'absent', provider },
  }));
}

/** Whether a text was written as if for `Fn::Sub`: with the name of a parameter or a resource between `${` and `}`. */
function lacksSub(at: Cursor, text: TextValue): boolean {
  const { template } = at.instance;
  return subPieces(knownText(text) ?? '').some((piece) => {
    if (!('name' in piece)) return false;
    const [name = ''] = piece.name.split('.');
    return (
      name.startsWith('AWS::') ||
      template.parameters.has(name) ||
      own(template.section('Resources'), name) !== undefined
    );
  });
}
