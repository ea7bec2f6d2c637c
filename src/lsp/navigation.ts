import type { Location, Position, Range } from 'vscode-languageserver';
import type { Consumer } from '../agentcore/consumer/consumer.js';
import { consumersOf } from '../agentcore/consumer/kinds.js';
import { consumerKindOfType } from '../agentcore/facts/consumer-kinds.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import { type Cursor, cursorAt, type StackInstance } from '../evaluate/stack-instance.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import type { TemplateFile } from '../graph/store.js';
import type { Located } from '../lint/finding.js';
import type { CheckedRun } from '../lint/run.js';
import type { Path } from '../source/types.js';
import { entryRange, pathAt, placeRange } from './positions.js';

/** The properties that lead from one resource to another. */
const REFERRING = ['ProviderArn', 'GatewayIdentifier', 'GatewayArn', 'RoleArn'];

/** Answers where things are declared and who refers to them, from a run. */
export class Navigation {
  private readonly graph: ResourceGraph;

  /**
   * @param uriOf the address of a file that a finding names
   * @param graph that of the environment to be asked; by default the first
   */
  constructor(
    private readonly run: CheckedRun,
    private readonly uriOf: (file: string) => string,
    graph = run.graph,
  ) {
    this.graph = graph;
  }

  /** The resources, outputs and parameters that the reference at a position leads to. */
  leadsTo(file: string, position: Position): Located[] {
    return this.at(file, position, (instance, path) => this.targets(instance, path));
  }

  /**
   * The consumers whose tokens come from the provider at a position, or that stand behind the gateway there; at a reference,
   * those of what it leads to.
   */
  references(file: string, position: Position): Location[] {
    const led = this.leadsTo(file, position).flatMap(({ instance, path }) => this.resourceOf(instance, path));
    const nodes =
      led.length > 0 ? led : this.at(file, position, (instance, path) => this.resourceOf(instance, path));
    const declared = new Set(nodes.map(({ cursor }) => cursor.id));
    if (declared.size === 0) return [];
    const leading = this.consumers().flatMap((consumer) =>
      this.ledTo(consumer).some(({ cursor }) => declared.has(cursor.id))
        ? [this.location({ instance: consumer.node.instance, path: consumer.node.cursor.path })]
        : [],
    );
    return leading;
  }

  /** The resource that a place belongs to, and undefined for one outside of the resources. */
  resourceOfPlace({ instance, path }: Located): ResourceNode | undefined {
    return this.resourceOf(instance, path)[0];
  }

  /** The file that a place is written in. */
  fileOf({ instance }: Located): string {
    return this.graph.fileOf(instance);
  }

  /** The resource at a position. */
  resourceAt(file: string, position: Position): ResourceNode | undefined {
    return this.at(file, position, (instance, path) => this.resourceOf(instance, path))[0];
  }

  /** The resources of a file that a picture would draw, in the order of the text. */
  resources(file: string): ResourceNode[] {
    const [instance] = this.instances(file);
    if (instance === undefined) return [];
    return this.graph.resources(
      instance,
      (type) => type.startsWith('AWS::BedrockAgentCore::') || consumerKindOfType(type) !== undefined,
    );
  }

  location({ instance, path }: Located): Location {
    const { template } = instance;
    return {
      uri: this.uriOf(template.file),
      range: placeRange(this.graph.store.get(template.file), template.sourcePath(path)),
    };
  }

  /** All of an entry, from its key to the end of its value. */
  extent({ instance, path }: Located): Range {
    const { template } = instance;
    return entryRange(this.graph.store.get(template.file), template.sourcePath(path));
  }

  private at<Found>(
    name: string,
    position: Position,
    find: (instance: StackInstance, path: Path) => Found[],
  ): Found[] {
    const source = this.graph.store.get(name)?.source();
    if (source === undefined) return [];
    const written = pathAt(source, position);
    return this.instances(name).flatMap((instance) => {
      this.graph.evaluator.startQuestion();
      try {
        return find(instance, loweredPath(instance, written));
      } catch (error) {
        if (error instanceof PastLimit) return [];
        throw error;
      }
    });
  }

  private instances(name: string): readonly StackInstance[] {
    const file: TemplateFile | undefined = this.graph.store.get(name);
    return file?.template() === undefined ? [] : this.graph.instances(file);
  }

  private resourceOf(instance: StackInstance, [section, logicalId]: Path): ResourceNode[] {
    if (section !== 'Resources' || typeof logicalId !== 'string') return [];
    const node = this.graph.resource(instance, logicalId);
    return node === undefined ? [] : [node];
  }

  /** What the innermost reference around a path leads to. */
  private targets(instance: StackInstance, path: Path): Located[] {
    const [node] = this.resourceOf(instance, path);
    const property = path.find((step) => REFERRING.includes(String(step)));
    if (node !== undefined && property !== undefined) {
      const own = consumersOf(this.graph, node).flatMap((consumer) =>
        property === 'ProviderArn' ? this.providers(consumer) : this.gateways(consumer),
      );
      if (own.length > 0) return own.map(({ instance: of, cursor }) => ({ instance: of, path: cursor.path }));
    }
    for (let length = path.length; length > 0; length--) {
      const step = String(path[length - 1]);
      if (step !== 'Ref' && !step.startsWith('Fn::')) continue;
      const found = this.valueTargets(cursorAt(instance, ...path.slice(0, length - 1)));
      if (found.length > 0) return found;
    }
    return property === undefined
      ? []
      : this.valueTargets(cursorAt(instance, ...path.slice(0, path.indexOf(property) + 1)));
  }

  /** Where the values of an expression come from: the resources in them, and the last step on the way to them. */
  private valueTargets(cursor: Cursor): Located[] {
    return this.graph.evaluator.evaluate(cursor, Scenario.always).flatMap(({ value, trace }): Located[] => {
      const symbols = value.kind === 'text' ? value.parts.filter((part) => typeof part !== 'string') : [];
      const resources = symbols.flatMap((symbol) =>
        symbol.kind === 'attribute'
          ? [{ instance: symbol.instance, path: ['Resources', symbol.logicalId] }]
          : [],
      );
      const last = trace.at(-1);
      return resources.length > 0 ? resources : last === undefined ? [] : [last];
    });
  }

  private consumers(): Consumer[] {
    return this.run.files.flatMap((file) =>
      this.instances(file.name).flatMap((instance) =>
        this.graph
          .resources(instance, (type) => consumerKindOfType(type) !== undefined)
          .flatMap((node) => {
            this.graph.evaluator.startQuestion();
            try {
              return consumersOf(this.graph, node);
            } catch (error) {
              if (error instanceof PastLimit) return [];
              throw error;
            }
          }),
      ),
    );
  }

  private ledTo(consumer: Consumer): ResourceNode[] {
    this.graph.evaluator.startQuestion();
    try {
      return [...this.providers(consumer), ...this.gateways(consumer)];
    } catch (error) {
      if (error instanceof PastLimit) return [];
      throw error;
    }
  }

  private providers(consumer: Consumer): ResourceNode[] {
    return consumer
      .provider()
      .flatMap(({ value }) =>
        value.kind === 'provider' || value.kind === 'absent' ? [value.provider.node] : [],
      );
  }

  private gateways(consumer: Consumer): ResourceNode[] {
    return consumer.gateway().flatMap(({ value }) => (value.kind === 'gateway' ? [value.gateway.node] : []));
  }
}

/** The path in CloudFormation's names of a path in a text: the same, but in inputs of other kinds. */
function loweredPath(instance: StackInstance, written: Path): Path {
  const { template } = instance;
  const isSame = (path: Path, other: Path): boolean =>
    path.length <= other.length && path.every((step, index) => step === other[index]);
  if (isSame(template.sourcePath(written), written)) return written;
  // The resource whose place in the text is the longest beginning of the path.
  let best: Path = written;
  let longest = -1;
  for (const logicalId of Object.keys(template.section('Resources'))) {
    const path = ['Resources', logicalId];
    const origin = template.sourcePath(path);
    if (origin.length > longest && isSame(origin, written)) {
      best = path;
      longest = origin.length;
    }
  }
  return best;
}

/** One navigation for each environment of a run that has findings of its own. */
export function navigationsOf(run: CheckedRun, uriOf: (file: string) => string): Navigation[] {
  const apart = new Map(run.environments.map((environment) => [environment.verdicts, environment.graph]));
  return [...apart.values()].map((graph) => new Navigation(run, uriOf, graph));
}

export function unique(locations: readonly Location[]): Location[] {
  const seen = new Set<string>();
  return locations.filter((location) => {
    const key = JSON.stringify(location);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
