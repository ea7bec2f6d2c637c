import type { Ambiguity } from '../agentcore/consumer/candidates.js';
import type { Consumer } from '../agentcore/consumer/consumer.js';
import type { CredentialConfiguration } from '../agentcore/consumer/credential-configuration.js';
import type { Gateway } from '../agentcore/consumer/gateway.js';
import type { Target } from '../agentcore/consumer/target.js';
import type { FactTableName } from '../agentcore/facts/table-names.js';
import type { Provider } from '../agentcore/provider/provider.js';
import type { Scenario } from '../evaluate/scenario.js';
import type { Cursor } from '../evaluate/stack-instance.js';
import type { Hop } from '../evaluate/value.js';
import type { ProposedFix } from '../fix/change.js';
import type { ResourceGraph, ResourceNode, UnseenTemplate } from '../graph/resource-graph.js';
import type { Consequence } from './consequence.js';
import type { Severity } from './result.js';

/** A message and what to do about it; `{name}` stands for an entry of the report's data. */
export interface MessageTemplate {
  /** What comes of the fault; null where nothing is claimed. The message says it in words. */
  readonly consequence: Consequence | null;
  /** Whether a token exchange of which it holds is not proven to work; without meaning beside a consequence that fails it. */
  readonly leavesUnverified?: true;
  /** One sentence: what is wrong here, with the names and values. */
  readonly message: string;
  /** One sentence: what to do about it. */
  readonly help: string;
}

/** Another place that the reader has to see to understand a finding. */
export interface RelatedPlace {
  /** A clause: "the provider is declared here". */
  readonly message: string;
  readonly at: Cursor;
  readonly part?: 'key' | 'value';
}

/** A resource that a fault comes from, and what is wrong with it. */
export interface Cause {
  readonly node: ResourceNode;
  /** A few words in which the resource is the subject: "no exchange block", "inbound AWS_IAM". */
  readonly says: string;
}

/** A fault that a rule found, in one scenario. The same fault in several is reported once, with the simplest. */
export interface RuleReport<Key extends string = string> {
  readonly message: Key;
  readonly data?: Readonly<Record<string, string>>;
  /** The thing to change. */
  readonly at: Cursor;
  /** Whether the key or the value at that place is meant; default the value. */
  readonly part?: 'key' | 'value';
  /** Where the help is followed, where that is elsewhere: it speaks the words of the input that holds the place. */
  readonly helpAt?: Cursor;
  readonly when: Scenario;
  /** The way that led here, from an alternative: told as related places before `related`. */
  readonly trace?: readonly Hop[];
  readonly related?: readonly RelatedPlace[];
  readonly fix?: ProposedFix;
  /** What the fault comes from, where that is not the resource that the finding is about: the graph marks it. */
  readonly causes?: readonly Cause[];
  /** On a gateway: the consumers behind it of which it holds; left out where it holds of all. */
  readonly consumers?: readonly ResourceNode[];
  /** All that the reference can lead to, where the fault is that none of it works: a clause, "its provider can be A or B". */
  readonly among?: string;
  /** Overrides the rule's severity for this report. */
  readonly severity?: Severity;
}

export interface RuleContext<Key extends string = string, Options = Readonly<Record<string, unknown>>> {
  report(report: RuleReport<Key>): void;
  /** The user's options over the rule's defaults. */
  readonly options: Options;
  /** The graph, for questions that the views do not answer. */
  readonly graph: ResourceGraph;
  /** The targets behind a gateway that take tokens, in all templates, each in its scenario. */
  consumersOf(gateway: Gateway): readonly { readonly consumer: Consumer; readonly when: Scenario }[];
}

/** A place that a reference can lead to, and what comes of it. */
export interface TriedCandidate {
  /** As a message calls it. */
  readonly name: string;
  readonly at: Cursor;
  /** By which rule it fails; that it works; or that nobody can tell. */
  readonly end: { readonly fails: string } | 'works' | 'unknown';
}

/** A reference that can lead to several places, each of which was tried. */
export interface TriedReference extends Pick<Ambiguity, 'what' | 'at' | 'when' | 'trace' | 'reason'> {
  /** The resource whose reference it is. */
  readonly node: ResourceNode;
  /** Whether it asks for a token exchange. */
  readonly asks: boolean;
  readonly candidates: readonly TriedCandidate[];
}

/** What a rule looks at: each is called for every such thing, in every scenario in which it exists. */
export interface RuleVisitor<Key extends string, Options> {
  consumer?(consumer: Consumer, context: RuleContext<Key, Options>): void;
  credentialConfiguration?(configuration: CredentialConfiguration, context: RuleContext<Key, Options>): void;
  target?(target: Target, when: Scenario, context: RuleContext<Key, Options>): void;
  provider?(provider: Provider, when: Scenario, context: RuleContext<Key, Options>): void;
  gateway?(gateway: Gateway, when: Scenario, context: RuleContext<Key, Options>): void;
  /** What came of trying each candidate of a reference that can lead to several places, where not all of them fail. */
  triedReference?(tried: TriedReference, context: RuleContext<Key, Options>): void;
  /** What a checked template deploys and nobody can read here: once for each reference. */
  unseenTemplate?(unseen: UnseenTemplate, context: RuleContext<Key, Options>): void;
}

/**
 * What a run reports by itself, since no rule can look at it, and the keys of the messages that this takes: the rule that
 * says it is `runReports` of has them.
 */
export interface RunReports {
  /** A file that cannot be read, or its text. */
  readonly unreadable: 'unreadable' | 'unreadableFile';
  /** A suppression that silences nothing. */
  readonly suppression: 'invalid' | 'unused' | 'unusedOverride';
  /** A limit beyond which a resource is not decided. */
  readonly limit: 'pastLimit';
}

/** What rules with these messages can be the words of. */
type ReportedWith<Key extends string> = {
  [Subject in keyof RunReports]: RunReports[Subject] extends Key ? Subject : never;
}[keyof RunReports];

/** Everything about a rule: what it says, why, where the facts come from, and the check. */
export interface Rule<Key extends string = string, Options = Readonly<Record<string, unknown>>> {
  /** Kebab-case; the name of its file. */
  readonly id: string;
  /** What it was called before; who writes that is led to its id. */
  readonly formerIds?: readonly string[];
  readonly severity: Severity;
  /** Whether it tells what could not be verified: `--strict` makes that an error. */
  readonly strict?: true;
  /** What `resource` names in its findings. */
  readonly on: string;
  /** One sentence: what the rule finds. */
  readonly summary: string;
  /** Why it matters, in plain sentences. */
  readonly rationale: string;
  /** How to put a template right, in plain sentences. */
  readonly remedy: string;
  /** Where the facts behind the rule come from: URLs. */
  readonly sources: readonly string[];
  /** The tables of facts that the check reads: its page lists them. */
  readonly facts?: readonly FactTableName[];
  /** The page of a plugin's rule, which its findings link to. */
  readonly url?: string;
  readonly options?: {
    /** A JSON Schema of the options object. */
    readonly schema: Readonly<Record<string, unknown>>;
    readonly defaults: Options;
  };
  readonly messages: Readonly<Record<Key, MessageTemplate>>;
  /** What the run itself reports with its messages. */
  readonly runReports?: ReportedWith<Key>;
  readonly check: RuleVisitor<Key, Options>;
}

/**
 * Types a rule: the keys of its messages and the type of its options follow from what is written.
 * @returns the rule, unchanged
 */
export function defineRule<const Key extends string, Options = Readonly<Record<string, unknown>>>(
  rule: Rule<Key, Options>,
): Rule<Key, Options> {
  return rule;
}

/** A rule of which nobody needs to know the messages and options any more. */
// biome-ignore lint/suspicious/noExplicitAny: a list of rules holds rules of all message keys and options
export type AnyRule = Rule<any, any>;
