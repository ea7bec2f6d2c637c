import { Scenario } from '../evaluate/scenario.js';
import type { Path } from '../source/types.js';
import type { Finding } from './finding.js';

/**
 * What is told of one resource, by the consumer of it that a finding is about: one that stands in the block of a
 * consumer is about none of the others.
 */
export class FindingsByConsumer {
  /** The beginnings of the blocks, each as a text. */
  private readonly beginnings = new Set<string>();
  /** The findings by the longest beginning of a block that they stand below, with their number in the order of all. */
  private readonly byBeginning = new Map<string, Numbered[]>();
  private kindsOfAll: readonly Numbered[] | undefined;

  /**
   * @param findings of the resource
   * @param blocks where the consumers of the resource stand
   * @param isOfAll whether a finding is about all of them, wherever it stands
   */
  constructor(
    findings: readonly Finding[],
    blocks: readonly Path[],
    private readonly isOfAll: (finding: Finding) => boolean,
  ) {
    for (const block of blocks) for (const beginning of beginningsOf(block)) this.beginnings.add(beginning);
    for (const [number, finding] of findings.entries()) {
      const above = this.above(finding);
      const known = this.byBeginning.get(above);
      if (known === undefined) this.byBeginning.set(above, [[number, finding]]);
      else known.push([number, finding]);
    }
  }

  /** The findings about the consumer whose block stands at a path, in the order of all. */
  of(block: Path): Finding[] {
    return inOrder(beginningsOf(block).flatMap((beginning) => this.byBeginning.get(beginning) ?? []));
  }

  /**
   * The same, where only the messages of the rules are asked for: of those that always hold of all consumers, which are
   * as many as there are consumers where each is refused, one stands for all of the same message.
   */
  kindsOf(block: Path): Finding[] {
    const [, ...own] = beginningsOf(block);
    this.kindsOfAll ??= kindsAmong(this.byBeginning.get(WHOLE) ?? []);
    return inOrder([
      ...this.kindsOfAll,
      ...own.flatMap((beginning) => this.byBeginning.get(beginning) ?? []),
    ]);
  }

  /** Whether a finding, be it none of those given, is about the consumer whose block stands at a path. */
  isAbout(finding: Finding, block: Path): boolean {
    return beginningsOf(block).includes(this.above(finding));
  }

  private above(finding: Finding): string {
    if (this.isOfAll(finding)) return WHOLE;
    let above = WHOLE;
    for (const beginning of beginningsOf(finding.report.at.path)) {
      if (!this.beginnings.has(beginning)) break;
      above = beginning;
    }
    return above;
  }
}

type Numbered = readonly [number: number, finding: Finding];

const WHOLE = '';

function inOrder(findings: readonly Numbered[]): Finding[] {
  return [...findings].sort(([a], [b]) => a - b).map(([, finding]) => finding);
}

function kindsAmong(findings: readonly Numbered[]): Numbered[] {
  const seen = new Set<string>();
  return findings.filter(([, { rule, report, scenarios }]) => {
    if (!scenarios.some((so) => Scenario.always.isWithin(so))) return true;
    const kind = `${rule.id}/${report.message}`;
    const isFirst = !seen.has(kind);
    seen.add(kind);
    return isFirst;
  });
}

/** The beginnings of a path from the whole resource down, each as a text. */
function beginningsOf(path: Path): string[] {
  const beginnings = [WHOLE];
  for (const step of path) beginnings.push(`${beginnings[beginnings.length - 1]}${JSON.stringify(step)}`);
  return beginnings;
}
