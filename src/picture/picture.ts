import type { ConsumerNodeKind } from '../agentcore/facts/consumer-kinds.js';
import type { Diagnostic, Outcome } from '../lint/result.js';
import type { Range } from '../source/types.js';

/** The token-exchange graph as it is drawn: a flat model without references into the evaluator. */
export interface Picture {
  readonly version: 1;
  /** The environments whose graphs it shows, in the order of the run; empty in a run without any. */
  readonly environments: readonly string[];
  /** Boxes around nodes: a stack or a template, nested ones inside their parents. */
  readonly stacks: readonly {
    readonly id: string;
    readonly label: string;
    readonly parent: string | null;
    readonly file: string;
  }[];
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** Findings about any node, in report order; nodes and edges point at them by index. */
  readonly findings: readonly Diagnostic[];
}

export type PictureNodeKind =
  | 'inbound-authorizer'
  | 'gateway'
  | ConsumerNodeKind
  | 'provider'
  | 'identity-provider'
  /** A reference that these templates do not resolve. */
  | 'unresolved';

export interface PictureNode {
  readonly id: string;
  readonly kind: PictureNodeKind;
  /** What is written in the node: the logical id, or a host name. */
  readonly label: string;
  /** A second line: the vendor, the target's type, the authorizer's type; empty when there is none. */
  readonly detail: string;
  readonly stack: string | null;
  readonly file: string | null;
  readonly range: Range | null;
  /** How a token-exchange consumer ended, in the worst of the environments; null for all other nodes. */
  readonly outcome: Outcome | null;
  /** The same for each environment in which it asks; null where it is the same in all, or there are none. */
  readonly outcomes: Readonly<Record<string, Outcome>> | null;
  /** The environments in which it is drawn; null where it is in all. */
  readonly environments: readonly string[] | null;
  /** Indices into `findings`. */
  readonly findings: readonly number[];
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  /** The grant, or nothing. With a scenario where it holds only in one: `TOKEN_EXCHANGE when Mode is 'obo'`. */
  readonly label: string;
  readonly status: 'plain' | Outcome;
  /** The environments in which it is so; null where it is so in all. */
  readonly environments: readonly string[] | null;
  readonly findings: readonly number[];
}
