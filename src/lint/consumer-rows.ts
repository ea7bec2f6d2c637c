import { consumerKindOfType } from '../agentcore/facts/consumer-kinds.js';
import { identityHosts } from '../agentcore/provider/identity-host.js';
import type { Scenario } from '../evaluate/scenario.js';
import { simplify } from '../evaluate/simplify.js';
import { constructPath } from '../graph/construct-path.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import type { TemplateFile } from '../graph/store.js';
import { compareText } from '../plain/compare-text.js';
import { textOf } from '../views/read.js';
import type { Outcomes } from './outcome.js';
import type { IdentityRow, ResourceName } from './result.js';
import { askedOf, rulesOfWay, type Way, waysOf } from './ways.js';
import { scenarioValues } from './wording.js';

/** What the rows of one environment are made of. */
export interface RowSource {
  readonly name: string | null;
  readonly graph: ResourceGraph;
  readonly verdicts: Outcomes;
  /** The resource that is looked at in place of another; undefined for one that is looked at elsewhere. */
  shown(node: ResourceNode): ResourceNode | undefined;
  /** Another environment that has the same rows, once they are made of that; undefined where there is none. */
  standIn?(): RowSource | undefined;
}

/**
 * Who calls whom as whom: a row for each way in which a tool is called, in the order of the files and of their resources.
 * What is the same in several environments is one row.
 */
export function consumerRows(runs: readonly RowSource[], files: readonly TemplateFile[]): IdentityRow[] {
  const merged = new Map<string, { row: IdentityRow; names: Set<string> }>();
  const made = new Map<RowSource, ReturnType<Rows['of']>>();
  for (const run of runs) {
    const rows = made.get(run.standIn?.() ?? run) ?? files.flatMap((of) => new Rows(run).of(of));
    made.set(run, rows);
    // Two templates that one file holds as texts may have rows of the same words.
    for (const { file, row } of rows) {
      const key = JSON.stringify([file, row]);
      const known = merged.get(key);
      if (known === undefined) merged.set(key, { row, names: new Set([run.name ?? '']) });
      else known.names.add(run.name ?? '');
    }
  }
  return [...merged.values()]
    .map(({ row, names }) => (names.size === runs.length ? row : { ...row, environments: [...names] }))
    .sort((a, b) => compareText(a.file, b.file));
}

class Rows {
  constructor(private readonly run: RowSource) {}

  /** The rows of one file, each with the name of the template that users know it from. */
  of(file: TemplateFile): { file: string; row: IdentityRow }[] {
    const { graph } = this.run;
    const rows = new Map<string, { of: string; row: IdentityRow; scenarios: Scenario[] }>();
    for (const instance of graph.instances(file)) {
      for (const node of graph.resources(instance, (type) => consumerKindOfType(type) !== undefined)) {
        const shown = this.run.shown(node);
        if (shown === undefined) continue;
        for (const way of waysOf(graph, this.run.verdicts, node)) {
          const row = this.row(node, shown, way);
          const of = shown.instance.template.file;
          const key = JSON.stringify([of, row]);
          const known = rows.get(key);
          if (known === undefined) rows.set(key, { of, row, scenarios: [way.when] });
          else known.scenarios.push(way.when);
        }
      }
    }
    return [...rows.values()].map(({ of, row, scenarios }) => ({
      file: of,
      row: { ...row, scenario: scenarioValues(simplify(scenarios)[0]) },
    }));
  }

  private row(node: ResourceNode, shown: ResourceNode, way: Way): IdentityRow {
    const { graph, verdicts } = this.run;
    const { when, oauth, calledAs, credentialType } = way;
    const gateway = way.gateway?.kind === 'gateway' ? way.gateway.gateway : undefined;
    const provider =
      oauth !== undefined && 'provider' in oauth.provider ? oauth.provider.provider : undefined;
    return {
      file: graph.fileOf(shown.instance),
      resource: shown.name,
      constructPath: constructPath(shown.instance, shown.logicalId),
      kind: consumerKindOfType(node.type) ?? 'gateway-target',
      outcome: oauth?.outcome ?? null,
      calledAs,
      grant: oauth?.grant ?? null,
      provider: provider === undefined ? null : nameOf(graph, provider.node),
      gateway: gateway === undefined ? null : nameOf(graph, this.run.shown(gateway.node) ?? gateway.node),
      identityProvider:
        provider === undefined
          ? null
          : askedOf(graph, () => identityHosts(provider, when)).join(' or ') || null,
      scenario: null,
      environments: null,
      rules: rulesOfWay(verdicts, node, way),
      credentialType,
      authorizer:
        gateway === undefined
          ? null
          : [
              ...new Set(
                askedOf(graph, () => gateway.authorizerType(when)).flatMap((type) => textOf(type) ?? []),
              ),
            ].join(' or ') || null,
    };
  }
}

function nameOf(graph: ResourceGraph, node: ResourceNode): ResourceName {
  return { file: graph.fileOf(node.instance), resource: node.name };
}
