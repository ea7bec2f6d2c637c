import { UNKNOWN_KEY } from '../frontends/front-end.js';
import { isMap, own, type PlainMap } from '../plain/map.js';
import { keyOfBoolean } from '../template/boolean-names.js';
import { intrinsicCall, isFunction, splitAttribute, subPieces } from '../template/intrinsics.js';
import { answer, malformed, opaque, partsOf } from './answers.js';
import { arnShapeOf } from './arn-shapes.js';
import { joined, lengthOf, settled } from './derived.js';
import type { Evaluation } from './evaluation.js';
import { jsonTexts } from './json-text.js';
import { MAX_ALLOWED_VALUES, MAX_TEXT_LENGTH, PastLimit } from './limits.js';
import { RowChoices } from './row-choices.js';
import { Scenario } from './scenario.js';
import { Cursor, cursorAt } from './stack-instance.js';
import { mayHoldReferences, splitText } from './texts.js';
import {
  type Alternative,
  concatenate,
  knownText,
  type ListValue,
  literal,
  onlySymbol,
  type Part,
  type TextSymbol,
  type TextValue,
  unknown,
  type Value,
} from './value.js';
import { law } from './witness.js';

const SELECT_UNKNOWN = 'the list or index of Fn::Select is not known';

/** What one function gives. */
type Follow = (functions: Functions, argument: Cursor, at: Cursor, when: Scenario) => Alternative[];

/** A function whose result is found out; of all others nobody knows it before the deployment. */
export type FollowedFunction = keyof typeof Functions.followed;

/** The intrinsic functions: what they give for what their arguments can be. */
export class Functions {
  static readonly followed = {
    Ref: ({ evaluation: { references } }, argument, at, when) =>
      references.withName(argument, when, 'Ref', at, (name, within) =>
        references.reference(name, at, within),
      ),
    'Fn::GetAtt': ({ evaluation }, argument, at, when) => evaluation.references.getAtt(argument, at, when),
    'Fn::If': (functions, argument, at, when) => functions.branch(argument, at, when),
    'Fn::Sub': (functions, argument, at, when) => functions.substitute(argument, at, when),
    'Fn::Join': (functions, argument, at, when) => functions.join(argument, at, when),
    'Fn::Select': (functions, argument, at, when) => functions.select(argument, at, when),
    'Fn::Split': (functions, argument, at, when) => functions.split(argument, at, when),
    'Fn::FindInMap': (functions, argument, at, when) => functions.findInMap(argument, at, when),
    'Fn::ImportValue': ({ evaluation }, argument, at, when) =>
      evaluation.references.importValue(argument, at, when),
    'Fn::GetStackOutput': ({ evaluation }, argument, at, when) =>
      evaluation.references.stackOutput(argument, at, when),
    'Fn::ToJsonString': (functions, argument, at, when) => functions.toJsonString(argument, at, when),
    'Fn::Length': (functions, argument, at, when) => functions.length(argument, at, when),
  } satisfies Readonly<Record<string, Follow>>;

  private readonly rows = new WeakMap<PlainMap, readonly string[]>();
  private readonly choices: RowChoices;

  constructor(private readonly evaluation: Evaluation) {
    this.choices = new RowChoices(evaluation);
  }

  /** What the intrinsic function at a cursor gives. */
  call(at: Cursor, when: Scenario): Alternative[] {
    const call = intrinsicCall(at.raw);
    if (call === undefined)
      return answer(unknown('the value is not one that CloudFormation knows'), when, at);
    const argument = at.child(call.name);
    const follow = own(Functions.followed, call.name) as Follow | undefined;
    if (follow !== undefined) return follow(this, argument, at, when);
    switch (call.name) {
      case UNKNOWN_KEY:
        return answer(unknown(String(argument.raw)), when, at);
      case 'Fn::Base64':
      case 'Fn::Cidr':
      case 'Fn::GetAZs':
        return opaque(at, when, `${call.name} is known only when it is deployed`);
      default:
        // What no function of CloudFormation bears is a tag of a tool that is done before the deployment (`!Rain::Embed`),
        // or a macro: it may stand for a map or a list as well as for a text.
        return answer(
          unknown(`${writtenName(call.name)} is replaced by a tool before the deployment`),
          when,
          at,
        );
    }
  }

  private branch(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    const name = own(argument.raw, 0);
    if (!Array.isArray(argument.raw) || argument.raw.length !== 3) return malformed(at, when, 'Fn::If');
    const { conditions } = this.evaluation;
    const decided =
      conditions.named(at.instance, name, when) ?? conditions.expression(argument.child(0), when);
    return decided.flatMap((alternative) =>
      this.evaluation.evaluate(argument.child(alternative.value ? 1 : 2), alternative.when),
    );
  }

  private substitute(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    const withMap = Array.isArray(argument.raw);
    const text = withMap ? own(argument.raw, 0) : argument.raw;
    if (typeof text !== 'string') return malformed(at, when, 'Fn::Sub');
    const given = withMap ? argument.child(1) : undefined;
    let partial: { parts: Part[]; when: Scenario; trace: Alternative['trace'] }[] = [
      { parts: [], when, trace: [] },
    ];
    for (const piece of subPieces(text)) {
      if ('literal' in piece) {
        for (const so of partial) so.parts.push(piece.literal);
        continue;
      }
      partial = partial.flatMap((so) =>
        this.named(piece.name, given, at, so.when).map((alternative) => ({
          parts: [...so.parts, ...partsOf(alternative, at)],
          when: alternative.when,
          trace: alternative.trace.length === 0 ? so.trace : [...so.trace, ...alternative.trace],
        })),
      );
      this.evaluation.spend(partial.length);
    }
    return partial.flatMap((so) => this.assembled(this.together(so.parts), at, so.when, so.trace));
  }

  /** What a name between `${` and `}` gives. */
  private named(name: string, given: Cursor | undefined, at: Cursor, when: Scenario): Alternative[] {
    const own_ = given?.child(name);
    if (own_?.exists) return this.evaluation.evaluate(own_, when);
    if (at.instance.template.parameters.has(name) || name.startsWith('AWS::'))
      return this.evaluation.references.reference(name, at, when);
    const parts = splitAttribute(name);
    return parts === undefined
      ? this.evaluation.references.reference(name, at, when)
      : this.evaluation.references.attribute(parts.logicalId, parts.attribute, at, when);
  }

  /** The parts as one text; a long one counts as several alternatives. */
  private together(parts: readonly Part[]): TextValue {
    let length = 0;
    for (const part of parts) if (typeof part === 'string') length += part.length;
    if (length > MAX_TEXT_LENGTH) {
      const limit = MAX_TEXT_LENGTH.toLocaleString('en');
      throw new PastLimit(`its functions put together a text of more than ${limit} characters`);
    }
    this.evaluation.spend(Math.floor(length / 1_000));
    return concatenate(parts);
  }

  /** A text that was put together: dynamic references can turn out to stand in it. */
  private assembled(text: TextValue, at: Cursor, when: Scenario, trace: Alternative['trace']): Alternative[] {
    if (!mayHoldReferences(text)) return [{ value: text, when, at, trace }];
    return this.evaluation.references.resolveDynamic(text, at, when).map((alternative) => ({
      ...alternative,
      trace: [...trace, ...alternative.trace],
    }));
  }

  private join(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    const delimiter = own(argument.raw, 0);
    if (typeof delimiter !== 'string') return malformed(at, when, 'Fn::Join');
    return this.evaluation.evaluate(argument.child(1), when).flatMap((list): Alternative[] => {
      if (list.value.kind !== 'list')
        return opaque(at, list.when, 'the list that Fn::Join joins is not known');
      const { derived, whole } = list.value;
      if (whole?.delimiter === delimiter) return this.assembled(whole.text, at, list.when, list.trace);
      if (derived !== undefined) return this.assembled(joined(derived, delimiter), at, list.when, list.trace);
      type Partial_ = { texts: (readonly Part[])[]; when: Scenario; trace: Alternative['trace'] };
      let partial: Partial_[] = [{ texts: [], when: list.when, trace: list.trace }];
      for (const item of list.value.items) {
        partial = partial.flatMap((so) =>
          this.evaluation.evaluateItem(item, at, so.when).map((alternative) => ({
            texts: alternative.value.kind === 'absent' ? so.texts : [...so.texts, partsOf(alternative, at)],
            when: alternative.when,
            trace: alternative.trace.length === 0 ? so.trace : [...so.trace, ...alternative.trace],
          })),
        );
        this.evaluation.spend(partial.length);
      }
      return partial.flatMap((so) => {
        const parts = so.texts.flatMap((text, index) => (index === 0 ? text : [delimiter, ...text]));
        return this.assembled(this.together(parts), at, so.when, so.trace);
      });
    });
  }

  private select(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    if (!Array.isArray(argument.raw) || argument.raw.length !== 2) return malformed(at, when, 'Fn::Select');
    return this.evaluation
      .evaluate(argument.child(0), when)
      .flatMap(settled)
      .flatMap((index) =>
        this.evaluation.evaluate(argument.child(1), index.when).flatMap((list): Alternative[] => {
          const { value } = list;
          if (value.kind !== 'list') return opaque(at, list.when, SELECT_UNKNOWN);
          return this.selected(index.value, value, list.when).flatMap((chosen): Alternative[] => {
            if (chosen.item === undefined) return opaque(at, chosen.when, SELECT_UNKNOWN);
            return this.evaluation.evaluateItem(chosen.item, at, chosen.when).map((alternative) => ({
              ...alternative,
              trace: [...list.trace, ...alternative.trace],
            }));
          });
        }),
      );
  }

  /** The items of a list that an index can choose. */
  private selected(
    index: Value,
    { items, derived }: ListValue,
    when: Scenario,
  ): { item: Cursor | Value | undefined; when: Scenario }[] {
    const text = knownText(index);
    if (text !== undefined) return [{ item: /^\d+$/.test(text) ? items[Number(text)] : undefined, when }];
    const symbol = onlySymbol(index);
    if (symbol?.kind !== 'variable' || items.length > MAX_ALLOWED_VALUES) return [{ item: undefined, when }];
    return this.choices
      .of(symbol.variable, [...items.keys()].map(String), when, derived === undefined)
      .map((so) => ({ item: so.value === undefined ? undefined : items[Number(so.value)], when: so.when }));
  }

  private split(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    const delimiter = own(argument.raw, 0);
    if (typeof delimiter !== 'string' || delimiter === '') return malformed(at, when, 'Fn::Split');
    return this.evaluation.evaluate(argument.child(1), when).map((alternative) => {
      const { value } = alternative;
      const items =
        value.kind === 'text' ? splitText(this.withArns(value, alternative.when), delimiter) : undefined;
      return { ...alternative, at, value: items ?? unknown('the text that Fn::Split splits is not known') };
    });
  }

  /** A text with the ARNs of resources in it spelt out, as far as their shape is known. */
  private withArns(text: TextValue, when: Scenario): TextValue {
    if (!text.parts.some((part) => typeof part !== 'string' && arnShapeOf(part) !== undefined)) return text;
    return concatenate(
      text.parts.flatMap((part): readonly Part[] => {
        const shape = typeof part === 'string' ? undefined : arnShapeOf(part);
        if (typeof part === 'string' || part.kind !== 'attribute' || shape === undefined) return [part];
        const { instance, logicalId } = part;
        const resource = cursorAt(instance, 'Resources', logicalId);
        const pseudo = (name: string): readonly Part[] =>
          this.evaluation.references
            .reference(name, resource, when)
            .flatMap(({ value }) => (value.kind === 'text' ? value.parts : []));
        const end: TextSymbol = {
          ...part,
          id: `${instance.id} ${logicalId} ${shape.last}`,
          attribute: shape.last,
        };
        return [
          ...['arn:', ...pseudo('AWS::Partition'), `:${shape.service}:`, ...pseudo('AWS::Region')],
          ...[':', ...pseudo('AWS::AccountId'), `:${shape.path}`, end],
        ];
      }),
    );
  }

  private findInMap(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    if (!Array.isArray(argument.raw) || argument.raw.length < 3) return malformed(at, when, 'Fn::FindInMap');
    const { found, refused } = this.entriesMeant(argument, at, when);
    if (refused.length === 0) return found;
    // A value that leads to no row, where others lead to one, CloudFormation refuses to deploy.
    const isChoice =
      found.length > 0 ||
      (when.constraints.size > 0 && this.entriesMeant(argument, at, Scenario.always).found.length > 0);
    if (!isChoice)
      return refused.flatMap((so) => opaque(at, so, 'Fn::FindInMap finds no entry under its keys'));
    for (const so of refused) law.witness?.refused(so);
    return found;
  }

  /** What the keys of `Fn::FindInMap` lead to, and the scenarios in which they lead nowhere. */
  private entriesMeant(
    argument: Cursor,
    at: Cursor,
    when: Scenario,
  ): { readonly found: Alternative[]; readonly refused: Scenario[] } {
    const fallback = argument.child(3).child('DefaultValue');
    const refused: Scenario[] = [];
    const missing = (map: Cursor, within: Scenario): Alternative[] => {
      if (isOpen(map)) return opaque(at, within, 'a macro may add the entry that Fn::FindInMap looks for');
      if (fallback.exists) return this.evaluation.evaluate(fallback, within);
      refused.push(within);
      return [];
    };
    const mappings = cursorAt(at.instance, 'Mappings');
    const found = this.mapKey(mappings, argument.child(0), when, fallback.exists).flatMap((map) => {
      const mapping = map.value;
      if (mapping === undefined) return missing(mappings, map.when);
      return this.mapKey(mapping, argument.child(1), map.when, fallback.exists).flatMap((top) => {
        const row = top.value;
        if (row === undefined) return missing(mapping, top.when);
        return this.mapKey(row, argument.child(2), top.when, fallback.exists).flatMap((second) =>
          second.value === undefined
            ? missing(row, second.when)
            : this.evaluation.evaluate(second.value, second.when).map((entry) => ({
                ...entry,
                at,
                trace: [
                  {
                    message: `the mapping ${String(mapping.path[1])} gives it here`,
                    instance: at.instance,
                    path: entry.at.path,
                  },
                  ...entry.trace,
                ],
              })),
        );
      });
    });
    return { found, refused };
  }

  /**
   * The entries of a map that a key expression can choose. A key that is not known before the deployment tries them
   * all: with any other value CloudFormation refuses the deployment, unless there is a default.
   */
  private mapKey(
    map: Cursor,
    key: Cursor,
    when: Scenario,
    hasDefault: boolean,
  ): { value: Cursor | undefined; when: Scenario }[] {
    const keys = this.evaluation.evaluate(key, when).flatMap(settled);
    return keys.flatMap((alternative) => {
      const text = knownText(alternative.value);
      if (text !== undefined) {
        const entry = entryNamed(map, text);
        return [{ value: entry.exists ? entry : undefined, when: alternative.when }];
      }
      if (!isMap(map.raw)) return [{ value: undefined, when: alternative.when }];
      const rows = this.rowsOf(map.raw);
      const closed = !hasDefault && own(map.raw, 'Fn::Transform') === undefined;
      const open = concatenate(partsOf(alternative, key));
      return this.choices.meant(open, rows, alternative.when, closed).map((so) => ({
        value: so.value === undefined ? undefined : map.child(so.value),
        when: so.when,
      }));
    });
  }

  /**
   * The keys of a map that can be chosen: listed once, however often the map is asked, and by name, so that the scenario
   * that stands for all of them does not depend on the order in which they are written.
   */
  private rowsOf(map: PlainMap): readonly string[] {
    let rows = this.rows.get(map);
    if (rows === undefined) {
      rows = Object.keys(map)
        .filter((key) => key !== 'Fn::Transform')
        .sort();
      this.rows.set(map, rows);
    }
    return rows;
  }

  private toJsonString(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    if (!holdsIntrinsic(argument.raw)) return answer(literal(JSON.stringify(argument.raw) ?? ''), when, at);
    return jsonTexts(this.evaluation, argument, when).flatMap((so) =>
      so.parts === undefined
        ? malformed(at, so.when, 'Fn::ToJsonString')
        : answer(this.together(so.parts), so.when, at),
    );
  }

  private length(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    return this.evaluation.evaluate(argument, when).flatMap((list): Alternative[] => {
      if (list.value.kind === 'list' && list.value.derived !== undefined)
        return [{ ...list, at, value: lengthOf(list.value.derived) }];
      if (list.value.kind !== 'list')
        return opaque(at, list.when, 'the list that Fn::Length counts is not known');
      if (list.value.items.some((item) => !(item instanceof Cursor) && item.kind === 'unknown')) {
        return opaque(at, list.when, 'the list that Fn::Length counts is not known');
      }
      return [{ ...list, at, value: literal(String(list.value.items.length)) }];
    });
  }
}

/** Whether a macro may add entries to a mapping, or mappings to the section of them. */
function isOpen(map: Cursor): boolean {
  return own(map.raw, 'Fn::Transform') !== undefined || map.instance.template.macros.anything;
}

/** The entry of a mapping, or of the section of them, that a key means. */
function entryNamed(map: Cursor, name: string): Cursor {
  const entry = map.child(name);
  if (entry.exists) return entry;
  const key = keyOfBoolean(map.raw, name);
  return key === undefined ? entry : map.child(key);
}

function holdsIntrinsic(raw: unknown): boolean {
  if (Array.isArray(raw)) return raw.some(holdsIntrinsic);
  if (!isMap(raw)) return false;
  return intrinsicCall(raw) !== undefined || Object.values(raw).some(holdsIntrinsic);
}

/** A function as YAML writes it where CloudFormation knows none of the name: `!Rain::Include`. */
function writtenName(name: string): string {
  return isFunction(name) ? name : `!${name.replace(/^Fn::/, '')}`;
}
