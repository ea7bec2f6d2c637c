import type { ConsumerNodeKind } from '../agentcore/facts/consumer-kinds.js';
import type { CalledAs, Diagnostic, Outcome } from '../lint/result.js';
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
  /** The lines that the fix of each finding takes away and writes, by its index; only in a picture that shows them. */
  readonly fixLines?: readonly (readonly string[] | null)[];
}

export type PictureNodeKind =
  | 'inbound-authorizer'
  /** The role of a gateway. */
  | 'role'
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
  /** More lines, where other nodes are folded into this one. */
  readonly lines?: readonly string[];
  readonly stack: string | null;
  readonly file: string | null;
  readonly range: Range | null;
  /** The environments in which it is there; null for all, and in a run without any. */
  readonly environments: readonly string[] | null;
  /** How a token-exchange consumer ended, as badly as in the worst environment; null for all other nodes. */
  readonly outcome: Outcome | null;
  /** The same for each environment in which it asks; null where it is the same in all, or there are none. */
  readonly outcomes: Readonly<Record<string, Outcome>> | null;
  /** What it is the cause of, whoever it is that fails by it. */
  readonly causes: readonly PictureCause[];
  /** What the templates say of it, in the order in which it is read. No fact holds a secret. */
  readonly facts: readonly PictureFact[];
  /** Indices into `findings`. */
  readonly findings: readonly number[];
}

/** Why calls or a deployment fail, on the node where that is put right. */
export interface PictureCause {
  /** A few words: `no OnBehalfOfTokenExchangeConfig`, or the id of a rule. */
  readonly says: string;
  /** `when Mode is 'obo'`; null for what always holds. */
  readonly scenario: string | null;
  readonly environments: readonly string[] | null;
  /** Whether the user's identity is lost by it. */
  readonly lost: boolean;
  /** Indices into the picture's `findings`; none where they are suppressed. */
  readonly findings: readonly number[];
}

export interface PictureFact {
  readonly name: string;
  readonly value: string;
  readonly environments: readonly string[] | null;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  /** The grant that the token is asked for with: on edges to a provider, or to what stands for one; else empty. */
  readonly label: string;
  /**
   * As whom the call is made: on edges between a gateway and what it calls, or what calls it, and on those to the
   * provider of what has no gateway; else null.
   */
  readonly calledAs: CalledAs | null;
  /** How the exchange ended; `failed`, too, for a call without an exchange of which a finding says that it fails. */
  readonly status: 'plain' | Outcome;
  /** Whether the user's identity is lost on the way, without an error: calls run as another than the user. */
  readonly lost: boolean;
  /** The parameters for which it is there, or for which it fails: `when Mode is 'obo'`; null for what always holds. */
  readonly scenario: string | null;
  readonly environments: readonly string[] | null;
  readonly findings: readonly number[];
}

/** What a node or an edge looks like: how loud it is, and whether it holds only under a condition. */
export interface Look {
  readonly status: PictureEdge['status'];
  readonly conditional: boolean;
  readonly lost: boolean;
}
