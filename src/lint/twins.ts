import { TYPES } from '../agentcore/facts/resource-types.js';
import { cursorAt } from '../evaluate/stack-instance.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import type { TemplateFile } from '../graph/store.js';
import { own } from '../plain/map.js';
import { type Finding, placeOf } from './finding.js';
import { consumerKey } from './outcome.js';

const TWIN_TYPES: ReadonlySet<string> = new Set([TYPES.gateway, TYPES.gatewayTarget]);

/**
 * Gateways and targets of which a run holds both the file that they are written in and the template that is made of
 * it. Each is looked at once, as the template has it, and told at the file where users change it.
 */
export class Twins {
  /** What is not looked at, since its twin is. */
  private readonly skipped = new Set<ResourceNode>();
  /** What stands in a template, and where users write it. */
  private readonly originals = new Map<ResourceNode, ResourceNode>();

  /** @param files what is reported on */
  constructor(
    private readonly graph: ResourceGraph,
    files: readonly TemplateFile[],
  ) {
    const written = files.filter((file) => file.template()?.input.makesTemplates === true);
    if (written.length === 0) return;
    const originals = this.byName(written);
    const made = this.byName(files.filter((file) => !written.includes(file)));
    for (const [name, [original]] of originals) {
      const [first, ...others] = made.get(name) ?? [];
      if (original === undefined || first === undefined) continue;
      for (const other of others) this.skipped.add(other);
      if (saysMore(original)) {
        this.skipped.add(first);
      } else {
        this.skipped.add(original);
        this.originals.set(first, original);
      }
    }
  }

  /** Whether a resource is looked at elsewhere. */
  isSkipped(node: ResourceNode): boolean {
    return this.skipped.has(node);
  }

  /** The resource that users know for one that is looked at; undefined for one that is looked at elsewhere. */
  shown(node: ResourceNode): ResourceNode | undefined {
    return this.skipped.has(node) ? undefined : (this.originals.get(node) ?? node);
  }

  /** The finding where users can act upon it. */
  told(finding: Finding): Finding {
    if (this.originals.size === 0) return finding;
    const { report } = finding;
    const { instance, logicalId } = placeOf(report.at);
    const node = logicalId === null ? undefined : this.graph.resource(instance, logicalId);
    const original = node === undefined ? undefined : this.originals.get(node);
    if (node === undefined || original === undefined) return finding;
    const { fix, data = {}, ...rest } = report;
    const file = ` in ${original.instance.template.file}`;
    const named = Object.entries(data).map(([key, value]) => [
      key,
      value === node.name ? original.name : value.endsWith(file) ? value.slice(0, -file.length) : value,
    ]);
    const at = cursorAt(original.instance, 'Resources', original.logicalId, ...report.at.path.slice(2));
    const made = { message: 'the template that is made of it says so here', at: report.at };
    return {
      ...finding,
      report: { ...rest, data: Object.fromEntries(named), at, related: [...(report.related ?? []), made] },
    };
  }

  /** The key of a consumer as it is counted, for the key of a consumer as it was looked at. */
  keys(): ReadonlyMap<string, string> {
    return new Map([...this.originals].map(([node, original]) => [keyOf(node), keyOf(original)]));
  }

  private byName(files: readonly TemplateFile[]): Map<string, ResourceNode[]> {
    const found = new Map<string, ResourceNode[]>();
    for (const file of files) {
      for (const instance of this.graph.instances(file)) {
        for (const node of this.graph.resources(instance, (type) => TWIN_TYPES.has(type))) {
          const name = this.nameOf(node);
          if (name === undefined) continue;
          found.set(name, [...(found.get(name) ?? []), node]);
        }
      }
    }
    return found;
  }

  /** The names under which a gateway or target is deployed; undefined where they are not written out. */
  private nameOf(node: ResourceNode): string | undefined {
    const name = property(node, 'Name');
    if (typeof name !== 'string') return undefined;
    if (node.type === TYPES.gateway) return JSON.stringify([name]);
    const reference = property(node, 'GatewayIdentifier');
    const getAtt = own(reference, 'Fn::GetAtt');
    const id = own(reference, 'Ref') ?? (Array.isArray(getAtt) ? getAtt[0] : String(getAtt).split('.')[0]);
    const gateway = typeof id === 'string' ? this.graph.resource(node.instance, id) : undefined;
    const around = gateway?.type === TYPES.gateway ? property(gateway, 'Name') : undefined;
    return typeof around === 'string' ? JSON.stringify([around, name]) : undefined;
  }
}

/** Whether what users wrote says more than what was made of it: it asks for a grant of its own. */
function saysMore(original: ResourceNode): boolean {
  return original.instance.template.input.isAhead?.(original.logicalId) === true;
}

function property(node: ResourceNode, name: string): unknown {
  return node.cursor.at('Properties', name).raw;
}

function keyOf(node: ResourceNode): string {
  return consumerKey(node.instance.template.file, node.logicalId);
}
