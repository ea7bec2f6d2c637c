import { type Condensed, condense } from '../condense.js';
import { inEnvironment } from '../environments.js';
import { isTool, lookOfNodes } from '../look.js';
import type { Look, Picture, PictureNode } from '../picture.js';
import { selectAround } from '../select.js';
import { countOutcomes } from '../summary.js';

/** What the page can be narrowed down to; the key `f` goes through them in this order. */
export const SHOWN = ['all', 'failed', 'lost', 'unverified', 'warnings', 'verified'] as const;
export type Shown = (typeof SHOWN)[number];

/** What the reader has asked to see. */
export interface Filter {
  readonly shown: Shown;
  /** One environment of the picture, or nothing for all of them. */
  readonly environment: string;
  /** A rule's id, or nothing for all rules. */
  readonly rule: string;
  /** What a name, a stack, a file, a fact, a rule or a message must contain, in any case. */
  readonly text: string;
  /** Whether nodes without findings may be drawn as groups. */
  readonly grouped: boolean;
  /** The nodes that are drawn by themselves all the same. */
  readonly alone: ReadonlySet<string>;
}

export const NO_FILTER: Filter = {
  shown: 'all',
  environment: '',
  rule: '',
  text: '',
  grouped: true,
  alone: new Set(),
};

export interface View extends Condensed {
  /** All of the picture in the environment that is asked for. */
  readonly whole: Picture;
  /** The nodes that the filter asks for; the others are there because they lead to them. Null without a filter. */
  readonly matches: ReadonlySet<string> | null;
  /** Indices of the findings that the filter leaves. */
  readonly findings: readonly number[];
}

/** Smaller pictures are never grouped: every node can be read. */
export const GROUPED_FROM = 40;

/** Answers what of one picture is shown under a filter. What does not hang on the filter is prepared once. */
export class Views {
  private readonly prepared = new Map<string, Prepared>();

  constructor(private readonly picture: Picture) {}

  of(filter: Filter): View {
    const prepared = this.in(filter.environment);
    const { whole } = prepared;
    const isFiltering = filter.shown !== 'all' || filter.rule !== '' || filter.text.trim() !== '';
    const matches = isFiltering ? findMatches(prepared, filter) : null;
    const selected = matches === null ? whole : selectAround(whole, matches);
    const condensed =
      filter.grouped && selected.nodes.length >= GROUPED_FROM
        ? condense(selected, filter.alone)
        : { picture: selected, members: new Map<string, readonly PictureNode[]>() };
    return { ...condensed, whole, matches, findings: told(prepared, matches, filter) };
  }

  /** How many there are of each in an environment: consumers by their outcome, tools, and findings that are warnings. */
  counts(environment: string): Readonly<Record<Exclude<Shown, 'all'>, number>> {
    const { whole, looks, findings } = this.in(environment);
    return {
      ...countOutcomes(whole),
      lost: whole.nodes.filter((node) => isTool(node) && looks.get(node.id)?.lost === true).length,
      warnings: findings.filter((index) => whole.findings[index]?.severity === 'warning').length,
    };
  }

  private in(environment: string): Prepared {
    let prepared = this.prepared.get(environment);
    if (prepared === undefined) {
      prepared = prepare(
        environment === '' ? this.picture : inEnvironment(this.picture, environment),
        environment,
      );
      this.prepared.set(environment, prepared);
    }
    return prepared;
  }
}

interface Prepared {
  readonly whole: Picture;
  readonly looks: ReadonlyMap<string, Look>;
  /** Indices of the findings of the environment. */
  readonly findings: readonly number[];
  /** All findings of a node and of the edges that leave or reach it as its own, by its id. */
  readonly findingsOf: ReadonlyMap<string, readonly number[]>;
  /** All that can be searched for in a node, in small letters, by its id. */
  readonly texts: Map<string, string>;
}

function prepare(whole: Picture, environment: string): Prepared {
  const findings = [...whole.findings.keys()].filter((index) => {
    const environments = whole.findings[index]?.environments ?? null;
    return environment === '' || environments === null || environments.includes(environment);
  });
  return { whole, looks: lookOfNodes(whole), findings, findingsOf: findingsOfNodes(whole), texts: new Map() };
}

/** The findings of each node: its own, those of what it is the cause of, and of the edges that leave it. */
export function findingsOfNodes(picture: Picture): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, Set<number>>();
  for (const node of picture.nodes)
    found.set(node.id, new Set([...node.findings, ...node.causes.flatMap(({ findings }) => findings)]));
  for (const edge of picture.edges) for (const index of edge.findings) found.get(edge.from)?.add(index);
  return new Map([...found].map(([id, indices]) => [id, [...indices].sort((a, b) => a - b)]));
}

function told(
  { whole, findings, findingsOf }: Prepared,
  matches: ReadonlySet<string> | null,
  { rule, shown }: Filter,
): readonly number[] {
  if (matches === null) return findings;
  const ofMatches = new Set([...matches].flatMap((id) => findingsOf.get(id) ?? []));
  return findings.filter((index) => {
    const finding = whole.findings[index];
    if (finding === undefined || !ofMatches.has(index)) return false;
    if (shown === 'warnings' && finding.severity !== 'warning') return false;
    return rule === '' || finding.ruleId === rule;
  });
}

function findMatches(prepared: Prepared, filter: Filter): ReadonlySet<string> {
  const { whole, looks } = prepared;
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const stacks = new Map(whole.stacks.map((stack) => [stack.id, stack.label]));
  const matches = new Set<string>();
  for (const node of whole.nodes) {
    if (!isShown(prepared, node, looks.get(node.id), filter.shown)) continue;
    if (filter.rule !== '' && !ruleIds(prepared, node).includes(filter.rule)) continue;
    if (words.length > 0) {
      const text = textOf(prepared, node, stacks);
      if (!words.every((word) => text.includes(word))) continue;
    }
    matches.add(node.id);
  }
  return matches;
}

function ruleIds({ whole }: Prepared, node: PictureNode): readonly string[] {
  return [...node.findings, ...node.causes.flatMap(({ findings }) => findings)].flatMap(
    (index) => whole.findings[index]?.ruleId ?? [],
  );
}

function textOf(prepared: Prepared, node: PictureNode, stacks: ReadonlyMap<string, string>): string {
  let text = prepared.texts.get(node.id);
  if (text === undefined) {
    text = [
      node.label,
      node.detail,
      ...(node.lines ?? []),
      node.file ?? '',
      stacks.get(node.stack ?? '') ?? '',
      ...node.facts.map(({ value }) => value),
      ...node.causes.map(({ says }) => says),
      ...node.findings.flatMap((index) => {
        const finding = prepared.whole.findings[index];
        return finding === undefined ? [] : [finding.ruleId, finding.message];
      }),
    ]
      .join('\n')
      .toLowerCase();
    prepared.texts.set(node.id, text);
  }
  return text;
}

function isShown({ whole }: Prepared, node: PictureNode, look: Look | undefined, shown: Shown): boolean {
  const has = (severity: string): boolean =>
    node.findings.some((index) => whole.findings[index]?.severity === severity);
  switch (shown) {
    case 'all':
      return true;
    case 'failed':
      // A provider or a gateway has no outcome of its own; what it is the cause of, or an error in it, is a failure.
      return look?.status === 'failed' || (node.outcome === null && has('error'));
    case 'lost':
      return look?.lost === true;
    case 'warnings':
      return has('warning');
    case 'unverified':
    case 'verified':
      return node.outcome === shown;
  }
}
