import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import { type Alternative, chain, knownText } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { isSlipOf, nearest } from '../../plain/did-you-mean.js';
import { isMap, own } from '../../plain/map.js';
import { renaming, replacement } from '../../views/fixes.js';
import { keysBelow } from '../../views/keys-below.js';
import { memoizeByNode } from '../../views/memoize-by-node.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { misspelledKey } from '../../views/misspelled-key.js';
import { unprovenReason } from '../../views/open-value.js';
import type { Problem } from '../../views/problem.js';
import { readProperty } from '../../views/properties.js';
import { withDefault } from '../../views/read.js';
import { readRouteOnce } from '../../views/routes.js';
import { vendorOf } from '../facts/look-up.js';
import { configBlocks, type VendorFact, vendors } from '../facts/vendors.js';
import type { BlockProblem } from './block-problems.js';
import { checkOnBehalfOf, type OnBehalfOf } from './on-behalf-of.js';
import { isOnBehalfOfKey } from './on-behalf-of-names.js';

const CONFIG_INPUT = 'Oauth2ProviderConfigInput';
const VENDOR = 'CredentialProviderVendor';

/** What can be wrong with the vendor and the blocks. */
type UnionProblem =
  | 'otherBlock'
  | 'severalBlocks'
  | 'misspelledBlock'
  | 'misspelledVendor'
  | 'noBlock'
  | 'emptyInput'
  | 'misspelledKey';

/** The vendor and the one block of the union that goes with it. */
export type ProviderUnion =
  | { readonly kind: 'agreed'; readonly vendor: VendorFact; readonly block: Alternative | undefined }
  /** The block alone tells: the vendor is known only when it is deployed, and nobody says what it would be by default. */
  | {
      readonly kind: 'block-only';
      readonly vendor: VendorFact;
      readonly block: Alternative;
      /** Why nobody knows the vendor, where no default says it. */
      readonly reason: string | undefined;
    }
  /** Without a problem where another rule tells it. */
  | { readonly kind: 'faulty'; readonly problem: Problem<UnionProblem> | undefined }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Whether and how a provider is set up to exchange tokens. */
export type ExchangeSetup =
  | { readonly kind: 'configured'; readonly onBehalfOf: OnBehalfOf }
  /** A custom provider without the block; `block` is where it would stand. */
  | { readonly kind: 'not-configured'; readonly block: Alternative }
  | { readonly kind: 'built-in'; readonly vendor: VendorFact }
  /** A rule about the provider reports what is wrong. */
  | { readonly kind: 'faulty' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The view of a provider. */
export const providerOf = memoizeByNode((graph, node) => new Provider(node, graph));

/** A config block that is there in a scenario. */
interface PresentBlock {
  readonly key: string;
  /** Where its key stands, outside of any function around the block. */
  readonly cursor: Cursor;
  readonly entry: Alternative;
}

/** An `OAuth2CredentialProvider` as the rules see it. */
export class Provider {
  /** The vendor and its block, in each scenario. */
  readonly union: (when: Scenario) => Alternative<ProviderUnion>[];
  /** Whether the provider exchanges tokens, in each scenario. */
  readonly exchange: (when: Scenario) => Alternative<ExchangeSetup>[];
  /** What is wrong with the on-behalf-of blocks, by the rule that tells it. */
  readonly onBehalfOfProblems: (when: Scenario) => BlockProblem[];

  private readonly read = new Map<Alternative<ProviderUnion>, Alternative<OnBehalfOf>[]>();

  constructor(
    readonly node: ResourceNode,
    private readonly graph: ResourceGraph,
  ) {
    this.union = memoizeByScenario((when) => this.readUnion(when));
    this.exchange = memoizeByScenario((when) => this.readExchange(when));
    this.onBehalfOfProblems = memoizeByScenario((when) => this.findOnBehalfOfProblems(when));
  }

  get name(): string {
    return this.node.name;
  }

  property(name: string, when: Scenario): Alternative[] {
    return readProperty(this.graph, this.node, name, when);
  }

  /** Entries of the provider's own block, whatever its vendor. */
  blockProperty(union: ProviderUnion, route: readonly string[], when: Scenario): Alternative[] {
    if (!('block' in union) || union.block?.value.kind !== 'map') return [];
    return readRouteOnce(this.graph, this.node, union.block.value.cursor, route, when);
  }

  private readUnion(when: Scenario): Alternative<ProviderUnion>[] {
    const names = chain(this.property(VENDOR, when), withDefault);
    return chain(names, (vendor) =>
      chain(this.property(CONFIG_INPUT, vendor.when), (config) =>
        this.blocks(config).map((blocks) => ({
          ...blocks,
          value: this.judge(vendor, config, blocks.value, blocks.when),
        })),
      ),
    );
  }

  private readExchange(when: Scenario): Alternative<ExchangeSetup>[] {
    return chain(this.union(when), (union): Alternative<ExchangeSetup>[] => {
      const setup = (value: ExchangeSetup): Alternative<ExchangeSetup> => ({ ...union, value });
      switch (union.value.kind) {
        case 'faulty':
          return [setup({ kind: 'faulty' })];
        case 'unknown':
          return [setup({ kind: 'unknown', reason: union.value.reason })];
        default: {
          const { vendor, block } = union.value;
          const unproven = union.value.kind === 'block-only' ? union.value.reason : undefined;
          return this.onBehalfOf(union).map((so) => ({
            ...so,
            value: setupOf(so.value, vendor, block, unproven),
          }));
        }
      }
    });
  }

  /** What is wrong with the vendor and its block. */
  unionProblems(when: Scenario): Problem<UnionProblem>[] {
    return this.union(when).flatMap(({ value }) =>
      value.kind === 'faulty' && value.problem !== undefined ? [value.problem] : [],
    );
  }

  private findOnBehalfOfProblems(when: Scenario): BlockProblem[] {
    return chain(this.union(when), (union) => chain(this.onBehalfOf(union), (so) => [...so.value.problems]));
  }

  /** What the on-behalf-of blocks say where the vendor is known: read once for both who ask. */
  private onBehalfOf(union: Alternative<ProviderUnion>): Alternative<OnBehalfOf>[] {
    if (!('vendor' in union.value)) return [];
    let found = this.read.get(union);
    if (found === undefined) {
      const { vendor, block } = union.value;
      found = checkOnBehalfOf(this.graph.evaluator, this.node, vendor, block, union.when);
      this.read.set(union, found);
    }
    return found;
  }

  /** The config blocks that are present, jointly: each alternative is one set of blocks. */
  private blocks(config: Alternative): Alternative<readonly PresentBlock[]>[] {
    let sets: Alternative<readonly PresentBlock[]>[] = [{ ...config, value: [] }];
    if (config.value.kind !== 'map' || !isMap(config.value.cursor.raw)) return sets;
    const { cursor } = config.value;
    for (const key of Object.keys(cursor.raw as object)) {
      sets = chain(sets, (set) =>
        this.graph.evaluator.evaluate(cursor.child(key), set.when).map((entry) => ({
          ...set,
          when: entry.when,
          value:
            entry.value.kind === 'absent'
              ? set.value
              : [...set.value, { key, cursor: cursor.child(key), entry }],
        })),
      );
    }
    return sets;
  }

  /** A vendor that nobody knows may be newer than this program; one that is a slip of a known one is a fault. */
  private judgeUnknownVendor(name: string, vendor: Alternative, when: Scenario): ProviderUnion {
    const meant = vendors.find((row) => isSlipOf(name, row.vendor) || isSlipOf(`${name}Oauth2`, row.vendor));
    if (meant === undefined)
      return { kind: 'unknown', reason: `its vendor ${name} is not one that is known here` };
    const fix = replacement(vendor, meant.vendor);
    return {
      kind: 'faulty',
      problem: {
        message: 'misspelledVendor',
        at: vendor.at,
        part: 'value',
        when,
        data: { provider: this.name, vendor: name, suggestion: meant.vendor },
        trace: vendor.trace,
        ...(fix === undefined ? {} : { fix }),
      },
    };
  }

  /**
   * A provider whose properties are written in another spelling, as the API writes them: where an on-behalf-of block is
   * among them, that is what its rule tells.
   */
  private judgeMisspelled(when: Scenario): ProviderUnion | undefined {
    const cursor = this.node.cursor.child('Properties');
    const slip = misspelledKey({ kind: 'map', cursor, open: false }, VENDOR, [VENDOR, CONFIG_INPUT]);
    if (slip === undefined) return undefined;
    if (this.misspelledOnBehalfOf() !== undefined) return { kind: 'faulty', problem: undefined };
    // Renaming one of them mends nothing by itself: no fix.
    const { written, at, part } = slip;
    return {
      kind: 'faulty',
      problem: {
        message: 'misspelledKey',
        at,
        part,
        when,
        data: { provider: this.name, written, key: VENDOR },
      },
    };
  }

  /** The on-behalf-of block of a provider whose vendor and blocks are written in another spelling. */
  misspelledOnBehalfOf(): Cursor | undefined {
    const properties = this.node.cursor.child('Properties');
    if (own(properties.raw, VENDOR) !== undefined || own(properties.raw, CONFIG_INPUT) !== undefined)
      return undefined;
    return keysBelow(properties, isOnBehalfOfKey)[0];
  }

  private judge(
    vendor: Alternative,
    config: Alternative,
    present: readonly PresentBlock[],
    when: Scenario,
  ): ProviderUnion {
    const name = knownText(vendor.value);
    const blocks = present.filter(({ key }) => configBlocks.includes(key));
    const [block] = blocks;
    if (vendor.value.kind === 'absent') {
      const misspelled = this.judgeMisspelled(when);
      if (misspelled !== undefined) return misspelled;
    }
    if (name === undefined) return judgeByBlock(vendor, blocks);
    const fact = vendorOf(name);
    if (fact === undefined) return this.judgeUnknownVendor(name, vendor, when);
    const problem = (
      message: UnionProblem,
      at: Cursor,
      part: 'key' | 'value',
      data: Record<string, string>,
      fix?: Problem['fix'],
    ): ProviderUnion => ({
      kind: 'faulty',
      problem: {
        message,
        at,
        part,
        when,
        data: { provider: this.name, vendor: name, expected: fact.configBlock, ...data },
        related: at === vendor.at ? [] : [{ message: `the vendor is ${name}`, at: vendor.at }],
        ...(fix === undefined ? {} : { fix }),
      },
    });
    if (blocks.length > 1) {
      const wrong = blocks.find(({ key }) => key !== fact.configBlock) as PresentBlock;
      const names = blocks.map(({ key }) => key).join(' and ');
      return problem('severalBlocks', wrong.cursor, 'key', { blocks: names, block: wrong.key });
    }
    if (block !== undefined) {
      return block.key === fact.configBlock
        ? { kind: 'agreed', vendor: fact, block: block.entry }
        : problem('otherBlock', block.cursor, 'key', { block: block.key });
    }
    if (config.value.kind === 'unknown' || (config.value.kind === 'map' && config.value.open)) {
      return { kind: 'unknown', reason: 'its config block is known only when it is deployed' };
    }
    for (const { key, cursor } of present) {
      const suggestion = nearest(key, configBlocks);
      if (suggestion !== undefined) {
        const fix = suggestion === fact.configBlock ? renaming(cursor, suggestion) : undefined;
        return problem('misspelledBlock', cursor, 'key', { block: key, suggestion }, fix);
      }
    }
    if (fact.custom) return problem('noBlock', vendor.at, 'value', {});
    // The union needs one member, for built-in vendors too: the CDK leaves {} where it drops a key that it does not know.
    return config.value.kind === 'map'
      ? problem('emptyInput', config.value.cursor, 'key', { input: CONFIG_INPUT })
      : { kind: 'agreed', vendor: fact, block: undefined };
  }
}

function judgeByBlock(vendor: Alternative, blocks: readonly PresentBlock[]): ProviderUnion {
  const reason =
    vendor.value.kind === 'unknown' ? vendor.value.reason : 'its vendor is known only when it is deployed';
  const [block] = blocks;
  if (blocks.length !== 1 || block === undefined) return { kind: 'unknown', reason };
  const candidates = vendors.filter((row) => row.configBlock === block.key);
  const [only] = candidates;
  return candidates.length === 1 && only !== undefined
    ? { kind: 'block-only', vendor: only, block: block.entry, reason: unprovenReason(vendor) }
    : { kind: 'unknown', reason };
}

/** @param unproven why it is not known that the vendor goes with the block */
function setupOf(
  found: OnBehalfOf,
  vendor: VendorFact,
  block: Alternative | undefined,
  unproven: string | undefined,
): ExchangeSetup {
  if (found.problems.length > 0) return { kind: 'faulty' };
  const reason = found.unknown ?? (found.config === undefined ? undefined : unproven);
  if (reason !== undefined) return { kind: 'unknown', reason };
  if (found.config !== undefined) return { kind: 'configured', onBehalfOf: found };
  if (!vendor.custom) return { kind: 'built-in', vendor };
  return block === undefined ? { kind: 'faulty' } : { kind: 'not-configured', block };
}
