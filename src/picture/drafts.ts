import type { Scenario } from '../evaluate/scenario.js';
import { simplify } from '../evaluate/simplify.js';
import { worse } from '../lint/outcome.js';
import type { Outcome } from '../lint/result.js';
import { scenarioWords } from '../lint/wording.js';
import type { Fact } from './facts.js';
import type { Picture, PictureCause, PictureEdge, PictureNode } from './picture.js';

/** What a node is in one environment. */
export interface SeenNode
  extends Pick<PictureNode, 'id' | 'kind' | 'label' | 'stack' | 'file' | 'range' | 'findings'> {
  readonly detail: string;
  readonly outcome: Outcome | undefined;
  readonly facts: readonly Fact[];
}

/** What an edge is in one environment and one scenario. */
export type SeenEdge = Pick<
  PictureEdge,
  'from' | 'to' | 'label' | 'calledAs' | 'status' | 'lost' | 'findings'
> & { readonly scenarios: readonly Scenario[] };

/** A cause in one environment. */
export type SeenCause = Pick<PictureCause, 'says' | 'lost' | 'findings'> & {
  readonly scenarios: readonly Scenario[];
};

interface NodeDraft {
  readonly seen: SeenNode;
  readonly details: Set<string>;
  readonly environments: Set<string>;
  readonly outcomes: Map<string, Outcome>;
  readonly findings: Set<number>;
  /** The names of facts, in their order. */
  readonly names: string[];
  readonly facts: Map<string, { readonly fact: Fact; readonly environments: Set<string> }>;
  readonly causes: Map<string, CauseDraft>;
}

/** What holds under the same words: in some scenarios of each environment. */
interface Held {
  readonly findings: Set<number>;
  readonly scenarios: Map<string, Scenario[]>;
}
type CauseDraft = Held & { readonly seen: SeenCause };
type EdgeDraft = Held & { readonly seen: SeenEdge };

/**
 * The nodes and edges of a picture while environments add to them: what is the same in several environments is one, and
 * knows in which of them it holds.
 */
export class Drafts {
  private readonly nodes = new Map<string, NodeDraft>();
  private readonly edges = new Map<string, EdgeDraft>();

  /** @param environments the names of all environments; none in a run without any */
  constructor(private readonly environments: readonly string[]) {}

  has(id: string): boolean {
    return this.nodes.has(id);
  }

  /** Whether the node was added for an environment already. */
  isIn(id: string, environment: string): boolean {
    return this.nodes.get(id)?.environments.has(environment) === true;
  }

  addNode(seen: SeenNode, environment: string): void {
    let draft = this.nodes.get(seen.id);
    if (draft === undefined) {
      draft = {
        seen,
        details: new Set(),
        environments: new Set(),
        outcomes: new Map(),
        findings: new Set(),
        names: [],
        facts: new Map(),
        causes: new Map(),
      };
      this.nodes.set(seen.id, draft);
    }
    draft.environments.add(environment);
    if (seen.detail !== '') draft.details.add(seen.detail);
    if (seen.outcome !== undefined) draft.outcomes.set(environment, seen.outcome);
    for (const index of seen.findings) draft.findings.add(index);
    for (const fact of seen.facts) {
      const [name, value] = fact;
      // Facts come in the same order in every environment, those that say nothing with them.
      if (!draft.names.includes(name)) draft.names.push(name);
      if (value === '') continue;
      const key = JSON.stringify(fact);
      const known = draft.facts.get(key);
      if (known === undefined) draft.facts.set(key, { fact, environments: new Set([environment]) });
      else known.environments.add(environment);
    }
  }

  addEdge(seen: SeenEdge, environment: string): void {
    const { from, to, label, calledAs, status, lost } = seen;
    addTo(this.edges, JSON.stringify([from, to, label, calledAs, status, lost]), seen, environment);
  }

  /** What a node is the cause of; nothing for one that is not drawn. */
  addCause(id: string, seen: SeenCause, environment: string): void {
    const causes = this.nodes.get(id)?.causes;
    if (causes !== undefined) addTo(causes, JSON.stringify([seen.says, seen.lost]), seen, environment);
  }

  finish(): Pick<Picture, 'nodes' | 'edges'> {
    return {
      nodes: [...this.nodes.values()].map((draft) => this.node(draft)),
      edges: [...this.edges.values()].map((draft): PictureEdge => {
        const { scenarios, ...seen } = draft.seen;
        return { ...seen, ...this.held(draft) };
      }),
    };
  }

  private node({ seen, details, environments, outcomes, ...draft }: NodeDraft): PictureNode {
    const { id, kind, label, stack, file, range } = seen;
    let outcome: Outcome | undefined;
    for (const one of outcomes.values()) outcome = worse(outcome, one);
    return {
      id,
      kind,
      label,
      detail: [...details].join(' or '),
      stack,
      file,
      range,
      environments: this.named(environments),
      outcome: outcome ?? null,
      outcomes: this.outcomesOf(outcomes),
      causes: [...draft.causes.values()].map(
        (cause): PictureCause => ({ says: cause.seen.says, lost: cause.seen.lost, ...this.held(cause) }),
      ),
      facts: [...draft.facts.values()]
        .map(({ fact: [name, value], environments: names }) => ({
          name,
          value,
          environments: this.named(names),
        }))
        .sort((a, b) => draft.names.indexOf(a.name) - draft.names.indexOf(b.name)),
      findings: [...draft.findings].sort((a, b) => a - b),
    };
  }

  private outcomesOf(outcomes: ReadonlyMap<string, Outcome>): PictureNode['outcomes'] {
    const isSame = outcomes.size === this.environments.length && new Set(outcomes.values()).size <= 1;
    return this.environments.length === 0 || outcomes.size === 0 || isSame
      ? null
      : Object.fromEntries(outcomes);
  }

  private held({ scenarios, findings }: Held): Pick<PictureEdge, 'scenario' | 'environments' | 'findings'> {
    const words = scenarioWords(simplify([...scenarios.values()].flat()));
    return {
      scenario: words ?? null,
      environments: this.named(new Set(scenarios.keys())),
      findings: [...findings].sort((a, b) => a - b),
    };
  }

  /** Null where it is all of them. */
  private named(names: ReadonlySet<string>): readonly string[] | null {
    return this.environments.length === 0 || names.size === this.environments.length
      ? null
      : this.environments.filter((name) => names.has(name));
  }
}

function addTo<
  Seen extends { readonly scenarios: readonly Scenario[]; readonly findings: readonly number[] },
>(drafts: Map<string, Held & { readonly seen: Seen }>, key: string, seen: Seen, environment: string): void {
  let draft = drafts.get(key);
  if (draft === undefined) {
    draft = { seen, findings: new Set(), scenarios: new Map() };
    drafts.set(key, draft);
  }
  draft.scenarios.set(environment, [...(draft.scenarios.get(environment) ?? []), ...seen.scenarios]);
  for (const index of seen.findings) draft.findings.add(index);
}
