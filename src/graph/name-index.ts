import { mayBeEqual, within } from '../evaluate/compare.js';
import { withDefaults } from '../evaluate/derived.js';
import type { Evaluator } from '../evaluate/evaluator.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import type { Cursor, StackInstance } from '../evaluate/stack-instance.js';
import { knownText, type TextValue, textId } from '../evaluate/value.js';
import { differ, nearest, type Place } from './nearness.js';

/** Something that other templates find by its name: an export, an SSM parameter, a provider. */
export interface NamedEntry {
  readonly instance: StackInstance;
  /** The expression of its name. */
  readonly name: Cursor;
  /** The expression that the name stands for, or the resource itself. */
  readonly target: Cursor;
  /** Where it is, where that is known better than from its instance. */
  readonly place?: Place;
  /** The scenarios, within one, in which the entry is there at all. */
  existing(when: Scenario): readonly Scenario[];
}

export interface NameMatch {
  readonly entry: NamedEntry;
  readonly when: Scenario;
}

export type NameLookup =
  | { readonly kind: 'found'; readonly matches: readonly NameMatch[] }
  | { readonly kind: 'none' }
  /** What bears the name is known to be in another account or region. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'ambiguous'; readonly files: readonly string[] };

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

  constructor(private readonly evaluator: Evaluator) {}

  /**
   * Takes the entries in. A name that leads back into the index while it is filled finds nothing there, whatever was
   * taken in before.
   */
  fill(entries: Iterable<NamedEntry>): void {
    for (const entry of entries) this.add(entry);
    this.isFilled = true;
  }

  private add(entry: NamedEntry): void {
    try {
      // Each name is a question of its own, whatever question asks for the index first.
      const names = this.evaluator.apart(() => this.evaluator.evaluate(entry.name, Scenario.always));
      for (const { value, when } of names) {
        if (value.kind !== 'text') continue;
        const candidate = { entry, text: value, when: withOwnChoices(entry, when) };
        this.all.push(candidate);
        const literal = knownText(value);
        const key = literal ?? textId(value);
        if (literal === undefined) this.symbolic.push(candidate);
        const same = this.known.get(key);
        if (same === undefined) this.known.set(key, [candidate]);
        else same.push(candidate);
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
   * @param place where it must be, as far as that is known
   */
  find(name: TextValue, from: StackInstance, when: Scenario, place: Place): NameLookup {
    if (!this.isFilled) return { kind: 'none' };
    let elsewhere = false;
    for (const matches of [this.certain, this.byDefault, this.possible]) {
      const lookup = settle(matches.call(this, name, when), from, place);
      if (lookup.kind === 'found' || lookup.kind === 'ambiguous') return lookup;
      elsewhere ||= lookup.kind === 'elsewhere';
    }
    return { kind: elsewhere ? 'elsewhere' : 'none' };
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

function settle(matches: readonly NameMatch[], from: StackInstance, place: Place): NameLookup {
  if (matches.length === 0) return { kind: 'none' };
  const within = matches.filter(({ entry }) => !differ(entry.place ?? entry.instance, place));
  if (within.length === 0) return { kind: 'elsewhere' };
  const near = nearest(within, ({ entry }) => entry.instance, from);
  if (near.length === 1) return { kind: 'found', matches: near };
  if (near.length > MAX_FORMS) return { kind: 'ambiguous', files: filesOf(near) };
  const places = new Set(near.map(({ entry }) => entry.target.id));
  if (places.size === 1) return { kind: 'found', matches: near };
  // Several entries of one name that exclude each other by their conditions are one thing in several forms.
  const existing = near.flatMap(({ entry, when }) => entry.existing(when).map((so) => ({ entry, when: so })));
  if (exclusive(existing)) return { kind: 'found', matches: existing };
  return { kind: 'ambiguous', files: filesOf(near) };
}

/** How many forms one thing can have that exclude each other; more of one name are taken for different things. */
const MAX_FORMS = 100;

function filesOf(matches: readonly NameMatch[]): string[] {
  return [...new Set(matches.map(({ entry }) => entry.instance.template.file))].sort();
}

function joined(candidate: Candidate, when: Scenario): NameMatch[] {
  const both = when.join(candidate.when);
  return both === undefined ? [] : [{ entry: candidate.entry, when: both }];
}

function hasLiteral(text: TextValue): boolean {
  return text.parts.some((part) => typeof part === 'string' && /\w/.test(part));
}

function exclusive(matches: readonly NameMatch[]): boolean {
  return matches.every((a, index) =>
    matches
      .slice(index + 1)
      .every((b) => a.entry.target.id === b.entry.target.id || a.when.join(b.when) === undefined),
  );
}
