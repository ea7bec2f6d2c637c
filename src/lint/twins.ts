import { TYPES } from '../agentcore/facts/resource-types.js';
import { cursorAt } from '../evaluate/stack-instance.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import type { TemplateFile } from '../graph/store.js';
import { gather } from '../plain/gather.js';
import { own } from '../plain/map.js';
import { type Finding, faultKey, resourceAt } from './finding.js';
import { consumerKey } from './outcome.js';

const TWIN_TYPES: ReadonlySet<string> = new Set([TYPES.gateway, TYPES.gatewayTarget]);

/**
 * Gateways and targets of which a run holds both the file that they are written in and the templates that are made of
 * it, one for each stage. What is made is looked at in each of them, and told once, at the file where users change it.
 */
export class Twins {
  /** What is not looked at, since its twin is. */
  private readonly skipped = new Set<ResourceNode>();
  /** What stands in a template, and where users write it. */
  private readonly originals = new Map<ResourceNode, ResourceNode>();
  /** What users call them, by their logical ids in the templates. */
  private readonly names = new Map<string, string>();

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
      const copies = made.get(name) ?? [];
      if (original === undefined || copies.length === 0) continue;
      if (saysMore(original)) {
        for (const copy of copies) this.skipped.add(copy);
      } else {
        this.skipped.add(original);
        for (const copy of copies) this.originals.set(copy, original);
      }
    }
    for (const [copy, original] of this.originals) this.names.set(copy.name, original.name);
  }

  /** Whether a resource is looked at elsewhere. */
  isSkipped(node: ResourceNode): boolean {
    return this.skipped.has(node);
  }

  /** The resource that users know for one that is looked at; undefined for one that is looked at elsewhere. */
  shown(node: ResourceNode): ResourceNode | undefined {
    return this.skipped.has(node) ? undefined : (this.originals.get(node) ?? node);
  }

  /** The findings where users can act upon them; what holds in several stages is one. */
  told(findings: readonly Finding[]): readonly Finding[] {
    if (this.originals.size === 0) return findings;
    const told = new Map<string, Finding>();
    for (const finding of findings) {
      const moved = this.moved(finding);
      const { rule, report, scenarios } = moved;
      // A scenario is one of a template: where a fault needs one, each template tells it.
      const always = scenarios.every(({ constraints }) => constraints.size === 0);
      const key = moved === finding || !always ? `finding ${told.size}` : faultKey(rule, report);
      const known = told.get(key);
      told.set(key, known === undefined ? moved : alsoMadeAt(known, moved));
    }
    return [...told.values()];
  }

  private moved(finding: Finding): Finding {
    const { report } = finding;
    const { instance, logicalId } = resourceAt(report.at);
    const node = logicalId === null ? undefined : this.graph.resource(instance, logicalId);
    const original = node === undefined ? undefined : this.originals.get(node);
    if (node === undefined || original === undefined) return finding;
    const { fix, data = {}, ...rest } = report;
    const file = ` in ${original.instance.template.file}`;
    const named = Object.entries(data).map(([key, value]) => [
      key,
      this.called(value.endsWith(file) ? value.slice(0, -file.length) : value),
    ]);
    const at = cursorAt(original.instance, 'Resources', original.logicalId, ...report.at.path.slice(2));
    const made = { message: MADE, at: report.at };
    return {
      ...finding,
      report: { ...rest, data: Object.fromEntries(named), at, related: [...(report.related ?? []), made] },
    };
  }

  /** A text with the names that users know. */
  private called(text: string): string {
    return text.replace(/\w+/g, (word) => this.names.get(word) ?? word);
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
          gather(found, name, node);
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

const MADE = 'the template that is made of it says so here';

/** A finding with the place at which another template says the same. */
function alsoMadeAt(known: Finding, other: Finding): Finding {
  const related = [
    ...(known.report.related ?? []),
    ...(other.report.related ?? []).filter(({ message }) => message === MADE),
  ];
  return { ...known, report: { ...known.report, related } };
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
