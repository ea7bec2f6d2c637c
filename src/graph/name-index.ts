import { mayBeEqual, within } from '../evaluate/compare.js';
import { withDefaults } from '../evaluate/derived.js';
import type { Evaluator } from '../evaluate/evaluator.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import type { Cursor, StackInstance } from '../evaluate/stack-instance.js';
import { type Alternative, chain, knownText, type TextValue, textId } from '../evaluate/value.js';
import { law } from '../evaluate/witness.js';
import type { AccountRegion } from '../frontends/front-end.js';
import { compareText } from '../plain/compare-text.js';
import { gather } from '../plain/gather.js';
import { differ, nearest } from './nearness.js';

/** Of so many that a name can stand for, each is tried; of more none, and the reference is unresolved. */
export const MAX_CANDIDATES = 20;

/** Something that other templates find by its name: an export, an SSM parameter, a provider. */
export interface NamedEntry {
  readonly instance: StackInstance;
  /** The expression of its name. */
  readonly name: Cursor;
  /** The expression that the name stands for, or the resource itself. */
  readonly target: Cursor;
  /** Where it is, where that is known better than from its instance. */
  readonly accountRegion?: AccountRegion;
  /** The scenarios, within one, in which the entry is there at all; they exclude each other. */
  existing(when: Scenario): readonly Scenario[];
}

interface NameMatch {
  readonly entry: NamedEntry;
  readonly when: Scenario;
}

/** What bears a name in one scenario. */
export type NameAnswer =
  | { readonly kind: 'found'; readonly entry: NamedEntry; readonly when: Scenario }
  /** Several things do, and none of them is nearer than the others. */
  | { readonly kind: 'ambiguous'; readonly entries: readonly NamedEntry[]; readonly when: Scenario }
  /** Nothing here; what bears it in other scenarios is not there, or is called otherwise. */
  | { readonly kind: 'absent'; readonly entries: readonly NamedEntry[]; readonly when: Scenario }
  /** What bears it is known to be in another account or region. */
  | { readonly kind: 'elsewhere'; readonly when: Scenario }
  | { readonly kind: 'none'; readonly when: Scenario };

/** A scenario, and what bears the name in all of it. */
interface Region {
  readonly when: Scenario;
  readonly bearers: readonly NamedEntry[];
}

interface Candidate {
  readonly entry: NamedEntry;
  readonly text: TextValue;
  readonly when: Scenario;
}

/**
 * Entries by name, where both the name looked for and the entries' names may be put together of parts that nobody
 * knows yet. Every name is evaluated once.
 */
export class NameIndex {
  private readonly known = new Map<string, Candidate[]>();
  private readonly symbolic: Candidate[] = [];
  private readonly all: Candidate[] = [];
  private isFilled = false;

  /** @param around what the evaluation of each name is handed to */
  constructor(
    private readonly evaluator: Evaluator,
    private readonly around: (evaluate: () => Alternative[]) => Alternative[],
  ) {}

  /**
   * Takes the entries in, in an order of their own: which answer comes first must not depend on the order in which a
   * template lists its resources. A name that leads back into the index while it is filled finds nothing there,
   * whatever was taken in before.
   */
  fill(entries: Iterable<NamedEntry>): void {
    const sorted = [...entries].sort((a, b) => compareText(a.target.id, b.target.id));
    for (const entry of sorted) this.add(entry);
    this.isFilled = true;
  }

  private add(entry: NamedEntry): void {
    try {
      // Each name is a question of its own, whatever question asks for the index first.
      const names = this.evaluator.apart(() =>
        this.around(() => this.evaluator.evaluate(entry.name, Scenario.always)),
      );
      for (const { value, when } of names) {
        if (value.kind !== 'text') continue;
        const candidate = { entry, text: value, when: withOwnChoices(entry, when) };
        this.all.push(candidate);
        const literal = knownText(value);
        if (literal === undefined) this.symbolic.push(candidate);
        gather(this.known, literal ?? textId(value), candidate);
      }
    } catch (error) {
      // A name that is past a limit is one that nobody knows.
      if (!(error instanceof PastLimit)) throw error;
    }
  }

  /**
   * What bears a name: first what certainly does (the same template before others), then what does when parameters
   * have their defaults, then what can, as long as exactly one can.
   *
   * @param accountRegion where it must be, as far as that is known
   * @returns answers that exclude each other and cover the scenario
   */
  find(name: TextValue, from: StackInstance, when: Scenario, accountRegion: AccountRegion): NameAnswer[] {
    const answers = this.answersFor(name, from, when, accountRegion);
    law.witness?.answered('a name', when, answers);
    return answers;
  }

  private answersFor(
    name: TextValue,
    from: StackInstance,
    when: Scenario,
    accountRegion: AccountRegion,
  ): NameAnswer[] {
    if (!this.isFilled) return [{ kind: 'none', when }];
    const answers: NameAnswer[] = [];
    let left: Scenario[] = [when];
    let elsewhere = false;
    for (const matching of [this.certain, this.byDefault, this.possible]) {
      left = chain(left, (scenario) => {
        const matches = matching.call(this, name, scenario);
        const within = matches.filter(
          ({ entry }) => !differ(entry.accountRegion ?? entry.instance, accountRegion),
        );
        elsewhere ||= within.length < matches.length;
        return this.settle(within, from, scenario, answers);
      });
      if (left.length === 0) return answers;
    }
    const others = elsewhere ? [] : this.bearersElsewhen(name, accountRegion);
    for (const scenario of left) {
      if (others.length > 0) answers.push({ kind: 'absent', entries: others, when: scenario });
      else answers.push({ kind: elsewhere ? 'elsewhere' : 'none', when: scenario });
    }
    return answers;
  }

  /**
   * Answers for a scenario what some matches say of it, the nearest first.
   * @returns the scenarios of which they say nothing
   */
  private settle(
    matches: readonly NameMatch[],
    from: StackInstance,
    when: Scenario,
    answers: NameAnswer[],
  ): Scenario[] {
    let left: Scenario[] = [when];
    for (let rest = matches; rest.length > 0 && left.length > 0; ) {
      const near = nearest(rest, ({ entry }) => entry.instance, from);
      if (near.length > MAX_FORMS) {
        // More than that many are told as too many, whichever they are.
        const entries = distinct(near.slice(0, MAX_FORMS + 1).map(({ entry }) => entry));
        for (const scenario of left) answers.push({ kind: 'ambiguous', entries, when: scenario });
        return [];
      }
      left = chain(left, (scenario) => {
        const regions = regionsOf(near, scenario, (cost) => this.evaluator.spend(cost));
        for (const { when: within, bearers } of regions) {
          const [entry, ...others] = distinct(bearers);
          if (entry === undefined) continue;
          answers.push(
            others.length === 0
              ? { kind: 'found', entry, when: within }
              : { kind: 'ambiguous', entries: [entry, ...others], when: within },
          );
        }
        return regions.filter(({ bearers }) => bearers.length === 0).map(({ when: open }) => open);
      });
      rest = near.length === rest.length ? [] : rest.filter((match) => !near.includes(match));
    }
    return left;
  }

  /** What bears a name in some scenario, whatever that is: what certainly does, else the only one that can. */
  private bearersElsewhen(name: TextValue, accountRegion: AccountRegion): readonly NamedEntry[] {
    const near = (entries: readonly NamedEntry[]): NamedEntry[] =>
      distinct(
        entries.filter(({ instance, accountRegion: known }) => !differ(known ?? instance, accountRegion)),
      );
    const same = near((this.known.get(knownText(name) ?? textId(name)) ?? []).map(({ entry }) => entry));
    if (same.length > 0) return same;
    for (const matching of [this.byDefault, this.possible]) {
      const matches = near(matching.call(this, name, Scenario.always).map(({ entry }) => entry));
      if (matches.length > 0) return matches.length === 1 ? matches : [];
    }
    return [];
  }

  private certain(name: TextValue, when: Scenario): NameMatch[] {
    const wanted = knownText(name) ?? textId(name);
    const same = this.known.get(wanted) ?? [];
    // Names that the scenario settles: it says what the parameters in them are.
    const settled =
      when.constraints.size === 0
        ? []
        : this.symbolic.filter(({ text }) => {
            const inScenario = within(text, when);
            return inScenario !== text && (knownText(inScenario) ?? textId(inScenario)) === wanted;
          });
    return [...same, ...settled].flatMap((candidate) => joined(candidate, when));
  }

  private byDefault(name: TextValue, when: Scenario): NameMatch[] {
    const wanted = knownText(withDefaults(name, when));
    if (wanted === undefined) return [];
    const candidates = knownText(name) === undefined ? this.all : this.symbolic;
    return candidates.flatMap((candidate) =>
      knownText(withDefaults(candidate.text, candidate.when)) === wanted ? joined(candidate, when) : [],
    );
  }

  private possible(name: TextValue, when: Scenario): NameMatch[] {
    if (!hasLiteral(name)) return [];
    const candidates = knownText(name) === undefined ? this.all : this.symbolic;
    return candidates.flatMap((candidate) =>
      hasLiteral(candidate.text) && mayBeEqual(name, candidate.text, (cost) => this.evaluator.spend(cost))
        ? joined(candidate, when)
        : [],
    );
  }
}

/** The scenario of a name. Where what bears it is not created, nothing has to be chosen for its name. */
function withOwnChoices(entry: NamedEntry, when: Scenario): Scenario {
  const plain = when.withoutChoices();
  if (plain === when) return when;
  return entry.existing(Scenario.always).some((so) => so.constraints.size === 0) ? when : plain;
}

/** How many entries of one name are told apart by their scenarios; more are taken for different things. */
const MAX_FORMS = 100;

/** Splits a scenario by which of some matches hold in it: those that are there at all. */
function regionsOf(matches: readonly NameMatch[], when: Scenario, spend: (cost: number) => void): Region[] {
  let regions: Region[] = [{ when, bearers: [] }];
  for (const { entry, when: named } of matches) {
    for (const bearing of entry.existing(named)) {
      regions = chain(regions, (region) => {
        const inside = region.when.join(bearing);
        if (inside === undefined) return [region];
        const outside = region.when.without(bearing).map((so) => ({ when: so, bearers: region.bearers }));
        return [{ when: inside, bearers: [...region.bearers, entry] }, ...outside];
      });
      spend(regions.length);
    }
  }
  return regions;
}

/** Each thing once. */
function distinct(entries: readonly NamedEntry[]): NamedEntry[] {
  const byId = new Map(entries.map((entry) => [entry.target.id, entry]));
  return byId.size === entries.length ? [...entries] : [...byId.values()];
}

function joined(candidate: Candidate, when: Scenario): NameMatch[] {
  const both = when.join(candidate.when);
  return both === undefined ? [] : [{ entry: candidate.entry, when: both }];
}

function hasLiteral(text: TextValue): boolean {
  return text.parts.some((part) => typeof part === 'string' && /\w/.test(part));
}

/** The files of some entries, as a sentence lists them. */
export function filesOf(entries: readonly NamedEntry[]): string {
  return [...new Set(entries.map(({ instance }) => instance.template.file))].sort().join(', ');
}
