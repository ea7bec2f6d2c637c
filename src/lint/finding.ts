import type { Scenario } from '../evaluate/scenario.js';
import type { Cursor, StackInstance } from '../evaluate/stack-instance.js';
import type { ResourceNode } from '../graph/resource-graph.js';
import type { Consequence } from './consequence.js';
import type { AnyRule, Cause, MessageTemplate, RuleReport } from './rule.js';

/** What a rule reported, before it is put into words and places. */
export interface Finding {
  readonly rule: AnyRule;
  readonly report: RuleReport;
  /** The scenarios in which the fault holds; it holds in any of them. */
  readonly scenarios: readonly Scenario[];
  /** The same for each deployment of the template that has the fault, by its id. */
  readonly byDeployment: ReadonlyMap<string, readonly Scenario[]>;
  /** On a gateway: the consumers of which it holds; undefined where it holds of all behind it. */
  readonly consumers?: readonly ResourceNode[] | undefined;
  /** What the fault comes from in all its reports; undefined where that is the resource it is told of. */
  readonly causes?: readonly Cause[] | undefined;
}

/**
 * The message that a report of a rule names.
 * @throws Error when the rule has no message of that key: that is a fault of the rule
 */
export function messageOf(rule: AnyRule, report: RuleReport): MessageTemplate {
  const messages: Readonly<Record<string, MessageTemplate>> = rule.messages;
  const message = Object.hasOwn(messages, report.message) ? messages[report.message] : undefined;
  if (message === undefined)
    throw new Error(`the rule reported the message '${report.message}', which it does not have`);
  return message;
}

/** What happens where a report of a rule holds; null where its message claims nothing. */
export function consequenceOf(rule: AnyRule, report: RuleReport): Consequence | null {
  return messageOf(rule, report).consequence ?? null;
}

/** Where something stands: in which deployment of a template, and at which path in it. A cursor is one. */
export type Located = Pick<Cursor, 'instance' | 'path'>;

/** The instance and the resource that a place lies in. */
export function resourceAt({ instance, path }: Located): {
  instance: StackInstance;
  logicalId: string | null;
} {
  const [section, logicalId] = path;
  return {
    instance,
    logicalId:
      section === 'Resources' && typeof logicalId === 'string' && logicalId !== 'Fn::Transform'
        ? logicalId
        : null,
  };
}

/**
 * What makes two reports the same fault: the rule, the place and the words. Deployments of the same template, and
 * scenarios, do not tell them apart.
 */
export function faultKey(rule: AnyRule, report: RuleReport): string {
  return JSON.stringify([
    rule.id,
    report.at.instance.template.file,
    report.at.path,
    report.part,
    report.message,
    report.data,
    report.among,
  ]);
}

/** All reports of the same fault: there is at least one. */
export interface Fault {
  readonly rule: AnyRule;
  readonly reports: readonly [RuleReport, ...RuleReport[]];
}

/** Collects reports, and joins those that are the same fault. */
export class Findings {
  private readonly faults = new Map<string, { rule: AnyRule; reports: [RuleReport, ...RuleReport[]] }>();

  /** @throws Error when the rule has no message of the report's key: that is a fault of the rule */
  add(rule: AnyRule, report: RuleReport): void {
    messageOf(rule, report);
    const key = faultKey(rule, report);
    const known = this.faults.get(key);
    if (known === undefined) this.faults.set(key, { rule, reports: [report] });
    else known.reports.push(report);
  }

  all(): readonly Fault[] {
    return [...this.faults.values()];
  }
}
