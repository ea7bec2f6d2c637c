import { intrinsicCall, isNoValue, splitAttribute, subPieces } from '../template/intrinsics.js';
import { nestedTemplateProperty } from '../template/nested-stack-types.js';
import { isMap, own } from '../template/own.js';
import { type ParameterDeclaration, scalarText } from '../template/template.js';
import { type Conditions, createConditions } from './conditions.js';
import { Cursor, cursorAt, type Instance } from './instance.js';
import { MAX_ALTERNATIVES, MAX_DEPTH, TooManyScenarios } from './limits.js';
import type { Links, LinkTarget } from './links.js';
import type { Scenario, Variable } from './scenario.js';
import {
  ABSENT,
  type Alternative,
  type Atom,
  atomText,
  concatenate,
  displayText,
  knownText,
  literal,
  NULL,
  onlyAtom,
  type Part,
  type TextValue,
  unknown,
  type Value,
} from './value.js';
import { isList, type Variables } from './variables.js';

/** Pseudo parameters that one deployment shares among all its stacks, as far as nobody knows better. */
const SHARED_PSEUDO = new Set(['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::URLSuffix']);
const OWN_PSEUDO = new Set(['AWS::StackName', 'AWS::StackId', 'AWS::NotificationARNs']);

const SSM_REFERENCE = '{{resolve:ssm:';

/**
 * Evaluates the expressions of templates to their possible values.
 *
 * Every method takes the scenario within which it is asked and answers with alternatives whose scenarios lie within
 * it, exclude each other and together cover it. Values are joined by asking for the second within the scenario of
 * the first, so values that exclude each other never meet.
 *
 * Any method can throw {@link TooManyScenarios}.
 */
export class Evaluator {
  readonly conditions: Conditions;
  /** Alternatives made since the last {@link startQuestion}. */
  private made = 0;
  /** All alternatives made, for `--stats` and the tests that hold the work down. */
  evaluated = 0;
  private depth = 0;
  private readonly running = new Set<string>();

  constructor(
    readonly links: Links,
    readonly variables: Variables,
  ) {
    this.conditions = createConditions(this);
  }

  /** Opens a new budget of alternatives; call it before each question that stands for itself. */
  startQuestion(): void {
    this.made = 0;
  }

  /** Counts alternatives against the budget. */
  spend(count: number): void {
    this.made += count;
    this.evaluated += count;
    if (this.made > MAX_ALTERNATIVES) throw new TooManyScenarios();
  }

  /**
   * The possible values of the expression at a cursor. Only the top is evaluated: entries of maps and items of
   * lists are cursors again.
   */
  evaluate(at: Cursor, when: Scenario): Alternative[] {
    const simple = plainValue(at);
    if (simple !== undefined && !isDynamicReference(simple)) return [{ value: simple, when, at, trail: [] }];
    const id = at.id;
    if (this.running.has(id)) return this.one(unknown('the reference leads back to itself'), when, at);
    if (this.depth >= MAX_DEPTH) {
      return this.one(unknown(`the reference is more than ${MAX_DEPTH} steps long`), when, at);
    }
    this.running.add(id);
    this.depth++;
    try {
      const alternatives =
        simple === undefined ? this.call(at, when) : this.resolveDynamic(simple as TextValue, at, when);
      this.spend(alternatives.length);
      return alternatives;
    } finally {
      this.depth--;
      this.running.delete(id);
    }
  }

  /** Like {@link evaluate} for an item of a list value. */
  evaluateItem(item: Cursor | Value, at: Cursor, when: Scenario): Alternative[] {
    return item instanceof Cursor ? this.evaluate(item, when) : [{ value: item, when, at, trail: [] }];
  }

  /**
   * Whether a resource is created, within a scenario: its own condition, and those of the nested stacks around it.
   */
  exists(instance: Instance, logicalId: string, when: Scenario): Alternative<boolean>[] {
    const own_ = this.conditions.ofResource(instance, logicalId, when);
    if (instance.parent === undefined) return own_;
    const { instance: outer, logicalId: stack } = instance.parent;
    return own_.flatMap((alternative) =>
      alternative.value ? this.exists(outer, stack, alternative.when) : [alternative],
    );
  }

  private one(value: Value, when: Scenario, at: Cursor): Alternative[] {
    return [{ value, when, at, trail: [] }];
  }

  private call(at: Cursor, when: Scenario): Alternative[] {
    const call = intrinsicCall(at.raw);
    if (call === undefined)
      return this.one(unknown('the value is not one that CloudFormation knows'), when, at);
    const argument = at.child(call.name);
    switch (call.name) {
      case 'Ref':
        return this.withName(argument, when, 'Ref', at, (name, within) => this.reference(name, at, within));
      case 'Fn::GetAtt':
        return this.getAtt(argument, at, when);
      case 'Fn::If':
        return this.branch(argument, at, when);
      case 'Fn::Sub':
        return this.substitute(argument, at, when);
      case 'Fn::Join':
        return this.join(argument, at, when);
      case 'Fn::Select':
        return this.select(argument, at, when);
      case 'Fn::Split':
        return this.split(argument, at, when);
      case 'Fn::FindInMap':
        return this.findInMap(argument, at, when);
      case 'Fn::ImportValue':
        return this.importValue(argument, at, when);
      case 'Fn::GetStackOutput':
        return this.stackOutput(argument, at, when);
      case 'Fn::ToJsonString':
        return this.toJsonString(argument, at, when);
      case 'Fn::Length':
        return this.length(argument, at, when);
      default:
        return this.opaque(at, when, `${call.name} is known only when it is deployed`);
    }
  }

  private opaque(at: Cursor, when: Scenario, reason: string): Alternative[] {
    const id = `opaque ${at.instance.id} ${JSON.stringify(at.raw)}`;
    return this.one(atomText({ kind: 'opaque', id, reason }), when, at);
  }

  private malformed(at: Cursor, when: Scenario, name: string): Alternative[] {
    return this.one(unknown(`the arguments of ${name} are not what it takes`), when, at);
  }

  // --- Ref and Fn::GetAtt -------------------------------------------------------------------------------------

  /** What `Ref` of a name gives. */
  private reference(name: string, at: Cursor, when: Scenario): Alternative[] {
    const { instance } = at;
    if (name === 'AWS::NoValue') return this.one(ABSENT, when, at);
    if (name.startsWith('AWS::')) return this.pseudoParameter(name, at, when);
    const declaration = instance.template.parameters.get(name);
    if (declaration !== undefined) return this.parameter(declaration, at, when);
    return this.one(this.resourceText(instance, name, 'Ref'), when, at);
  }

  private pseudoParameter(name: string, at: Cursor, when: Scenario): Alternative[] {
    const { instance } = at;
    const known =
      name === 'AWS::StackName'
        ? instance.stackName
        : name === 'AWS::Region'
          ? instance.region
          : name === 'AWS::AccountId'
            ? instance.account
            : undefined;
    if (known !== undefined) return this.one(literal(known), when, at);
    if (!SHARED_PSEUDO.has(name) && !OWN_PSEUDO.has(name)) {
      return this.one(this.resourceText(instance, name, 'Ref'), when, at);
    }
    const variable = this.variables.pseudoParameter(name, SHARED_PSEUDO.has(name) ? '' : instance.id);
    return this.variableText(variable, at, when);
  }

  private variableText(variable: Variable, at: Cursor, when: Scenario): Alternative[] {
    const value = when.valueOf(variable);
    if (value !== undefined) {
      return this.one(
        variable.values === undefined ? { ...literal(value), assumed: variable } : literal(value),
        when,
        at,
      );
    }
    const remaining = when.remaining(variable);
    if (remaining === undefined) {
      return this.one(atomText({ kind: 'variable', id: variable.key, variable }), when, at);
    }
    return remaining.flatMap((candidate) => {
      const narrowed = when.assume(variable, candidate);
      return narrowed === undefined ? [] : this.one(literal(candidate), narrowed, at);
    });
  }

  private parameter(declaration: ParameterDeclaration, at: Cursor, when: Scenario): Alternative[] {
    const { instance } = at;
    const passed = this.passedParameter(declaration, instance);
    const list = isList(declaration.type);
    const ssm = declaration.type.startsWith('AWS::SSM::Parameter::Value<');
    if (passed instanceof Cursor) {
      const hop = {
        message: `the parameter ${declaration.name} is passed here`,
        instance: passed.instance,
        path: passed.path,
      };
      return this.evaluate(passed, when).flatMap((alternative) => {
        const trail = [hop, ...alternative.trail];
        if (ssm && alternative.value.kind === 'text') {
          return this.ssmParameter(alternative.value, list, at, alternative.when, trail);
        }
        const value = list ? commaList(alternative.value) : alternative.value;
        return [{ ...alternative, value, at, trail }];
      });
    }
    if (passed !== undefined) return this.parameterText(passed, ssm, list, at, when);
    if (ssm) {
      return declaration.default === undefined
        ? this.opaque(at, when, `the parameter ${declaration.name} has no value`)
        : this.ssmParameter(literal(declaration.default), list, at, when, [
            {
              message: `the parameter ${declaration.name} names the SSM parameter here`,
              instance,
              path: ['Parameters', declaration.name, 'Default'],
            },
          ]);
    }
    if (instance.parent !== undefined) {
      return declaration.default === undefined
        ? this.opaque(at, when, `the nested stack passes no value for the parameter ${declaration.name}`)
        : this.parameterText(declaration.default, ssm, list, at, when);
    }
    const variable = this.variables.parameter(declaration, instance.template.file);
    if (list) return this.listParameter(variable, at, when);
    return this.variableText(variable, at, when);
  }

  private parameterText(
    text: string,
    ssm: boolean,
    list: boolean,
    at: Cursor,
    when: Scenario,
  ): Alternative[] {
    if (ssm) return this.ssmParameter(literal(text), list, at, when, []);
    const value = literal(text);
    return this.one(list ? commaList(value) : value, when, at);
  }

  /** A list parameter that nobody set: its default, or a list that nobody knows. */
  private listParameter(variable: Variable, at: Cursor, when: Scenario): Alternative[] {
    const value = when.valueOf(variable);
    if (value !== undefined) return this.one(commaList(literal(value)), when, at);
    const open = this.one(unknown(`the parameter ${variable.name} has no value`), when, at);
    if (variable.default === undefined) return open;
    const preset = when.assume(variable, variable.default);
    if (preset === undefined) return open;
    const others = when.exclude(variable, variable.default);
    const presets = this.one(commaList(literal(variable.default)), preset, at);
    return others === undefined ? presets : [...presets, { ...(open[0] as Alternative), when: others }];
  }

  /** What the outer stack passes for a parameter (a cursor), or what the user or the cloud assembly gives (a text). */
  private passedParameter(
    declaration: ParameterDeclaration,
    instance: Instance,
  ): Cursor | string | undefined {
    const pin = instance.pins.get(declaration.name);
    if (pin !== undefined) return pin;
    if (instance.parent === undefined) return undefined;
    const { instance: outer, logicalId } = instance.parent;
    const passed = cursorAt(outer, 'Resources', logicalId, 'Properties', 'Parameters', declaration.name);
    return passed.exists && !isNoValue(passed.raw) ? passed : undefined;
  }

  private resourceText(instance: Instance, logicalId: string, attribute: string): TextValue {
    const id = `${instance.id} ${logicalId} ${attribute}`;
    if (own(instance.template.section('Resources'), logicalId) !== undefined) {
      return atomText({ kind: 'attribute', id, instance, logicalId, attribute });
    }
    if (instance.template.macros.resources) {
      return atomText({ kind: 'opaque', id, reason: `${logicalId} may be made by a macro` });
    }
    return atomText({ kind: 'dangling', id, instance, name: logicalId });
  }

  private getAtt(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    if (typeof argument.raw === 'string') {
      const parts = splitAttribute(argument.raw);
      return parts === undefined
        ? this.one(
            atomText({
              kind: 'dangling',
              id: `${at.id} ${argument.raw}`,
              instance: at.instance,
              name: argument.raw,
            }),
            when,
            at,
          )
        : this.attribute(parts.logicalId, parts.attribute, at, when);
    }
    if (!Array.isArray(argument.raw) || argument.raw.length < 2)
      return this.malformed(at, when, 'Fn::GetAtt');
    return this.withName(argument.child(0), when, 'Fn::GetAtt', at, (logicalId, within) => {
      const rest = (argument.raw as unknown[]).slice(1);
      if (rest.every((step) => typeof step === 'string'))
        return this.attribute(logicalId, rest.join('.'), at, within);
      if (rest.length !== 1) return this.malformed(at, within, 'Fn::GetAtt');
      return this.withName(argument.child(1), within, 'Fn::GetAtt', at, (attribute, inner) =>
        this.attribute(logicalId, attribute, at, inner),
      );
    });
  }

  /** Goes on with a name that, under the language extensions, may itself be put together by functions. */
  private withName(
    name: Cursor,
    when: Scenario,
    of: string,
    at: Cursor,
    use: (name: string, when: Scenario) => Alternative[],
  ): Alternative[] {
    if (typeof name.raw === 'string') return use(name.raw, when);
    return this.evaluate(name, when).flatMap((alternative) => {
      if (alternative.value.kind !== 'text') return this.malformed(at, alternative.when, of);
      const text = knownText(alternative.value);
      return text === undefined
        ? this.opaque(at, alternative.when, `what ${of} names is known only when it is deployed`)
        : use(text, alternative.when);
    });
  }

  private attribute(logicalId: string, attribute: string, at: Cursor, when: Scenario): Alternative[] {
    const { instance } = at;
    const resource = own(instance.template.section('Resources'), logicalId);
    const type = own(resource, 'Type');
    if (nestedTemplateProperty(type) !== undefined && attribute.startsWith('Outputs.')) {
      return this.nestedOutput(logicalId, attribute.slice('Outputs.'.length), at, when);
    }
    if (type === 'AWS::SSM::Parameter' && attribute === 'Value') {
      return this.follow(cursorAt(instance, 'Resources', logicalId, 'Properties', 'Value'), at, when, [
        {
          message: `the SSM parameter ${logicalId} is written here`,
          instance,
          path: ['Resources', logicalId],
        },
      ]);
    }
    if (type === 'Custom::CrossRegionExportReader') {
      const hop = {
        message: 'the cross-region export is read here',
        instance,
        path: ['Resources', logicalId],
      };
      return this.followLinks(this.links.crossRegionExport(attribute, instance, when), at, when).map(
        (so) => ({
          ...so,
          trail: [hop, ...so.trail],
        }),
      );
    }
    if (
      typeof type === 'string' &&
      (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
    ) {
      const id = `${instance.id} ${logicalId} ${attribute}`;
      const reason = `the custom resource ${logicalId} (${type}) gives it only when it is deployed`;
      return this.one(atomText({ kind: 'opaque', id, reason }), when, at);
    }
    return this.one(this.resourceText(instance, logicalId, attribute), when, at);
  }

  private nestedOutput(logicalId: string, output: string, at: Cursor, when: Scenario): Alternative[] {
    return this.links.nestedStack(at.instance, logicalId, when).flatMap((nested): Alternative[] => {
      if (!nested.found) return this.opaque(at, nested.when, nested.reason);
      const value = cursorAt(nested.instance, 'Outputs', output, 'Value');
      if (!value.exists) {
        const file = nested.instance.template.file;
        return nested.instance.template.macros.anything
          ? this.opaque(at, nested.when, `a macro may make the output ${output} of ${file}`)
          : this.one(
              atomText({
                kind: 'dangling',
                id: `${nested.instance.id} Outputs ${output}`,
                instance: at.instance,
                name: `${logicalId}.Outputs.${output}`,
              }),
              nested.when,
              at,
            );
      }
      return this.follow(value, at, nested.when, [
        {
          message: `the output ${output} of the nested stack ${logicalId} is declared here`,
          instance: nested.instance,
          path: value.path,
        },
      ]);
    });
  }

  // --- references out of the template -------------------------------------------------------------------------

  /** The values of an expression elsewhere, as the values of the one at `at`. */
  private follow(target: Cursor, at: Cursor, when: Scenario, hops: Alternative['trail']): Alternative[] {
    return this.evaluate(target, when).map((alternative) => ({
      ...alternative,
      at,
      trail: [...hops, ...alternative.trail],
    }));
  }

  private followLinks(links: readonly LinkTarget[], at: Cursor, when: Scenario): Alternative[] {
    return links.flatMap((link): Alternative[] =>
      link.found ? this.follow(link.cursor, at, link.when, link.hops) : this.opaque(at, when, link.reason),
    );
  }

  private importValue(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    return this.evaluate(argument, when).flatMap((alternative) => {
      if (alternative.value.kind !== 'text') return this.malformed(at, alternative.when, 'Fn::ImportValue');
      return this.followLinks(
        this.links.importValue(alternative.value, at.instance, alternative.when),
        at,
        alternative.when,
      );
    });
  }

  private stackOutput(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    const output = own(argument.raw, 'OutputName');
    if (typeof output !== 'string' || !argument.child('StackName').exists) {
      return this.malformed(at, when, 'Fn::GetStackOutput');
    }
    return this.evaluate(argument.child('StackName'), when).flatMap((name) =>
      this.evaluate(argument.child('Region'), name.when).flatMap((region) =>
        this.evaluate(argument.child('RoleArn'), region.when).flatMap((role) => {
          if (name.value.kind !== 'text') return this.malformed(at, role.when, 'Fn::GetStackOutput');
          const reference = {
            stackName: name.value,
            output,
            account:
              role.value.kind === 'text' ? /:iam::(\d{12}):/.exec(displayText(role.value))?.[1] : undefined,
            region: knownText(region.value),
          };
          return this.followLinks(this.links.stackOutput(reference, at.instance, role.when), at, role.when);
        }),
      ),
    );
  }

  private resolveDynamic(text: TextValue, at: Cursor, when: Scenario): Alternative[] {
    const name = dynamicName(text);
    if (name === undefined) {
      return this.opaque(at, when, `${displayText(text)} is read only when it is deployed`);
    }
    return this.ssmValue(name, at, when, []);
  }

  /** What a template parameter of an SSM type gives. */
  private ssmParameter(
    name: TextValue,
    list: boolean,
    at: Cursor,
    when: Scenario,
    trail: Alternative['trail'],
  ): Alternative[] {
    const values = this.ssmValue(name, at, when, trail);
    return list
      ? values.map((alternative) => ({ ...alternative, value: commaList(alternative.value) }))
      : values;
  }

  private ssmValue(name: TextValue, at: Cursor, when: Scenario, trail: Alternative['trail']): Alternative[] {
    const declared = ssmParameterNamed(name);
    const values =
      declared === undefined
        ? this.followLinks(this.links.ssmParameter(name, at.instance, when), at, when)
        : this.follow(declared.child('Properties').child('Value'), at, when, [
            {
              message: 'the SSM parameter is written here',
              instance: declared.instance,
              path: declared.path,
            },
          ]);
    return values.map((alternative) => ({ ...alternative, trail: [...trail, ...alternative.trail] }));
  }

  // --- functions ----------------------------------------------------------------------------------------------

  private branch(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    const name = own(argument.raw, 0);
    if (!Array.isArray(argument.raw) || argument.raw.length !== 3) return this.malformed(at, when, 'Fn::If');
    const decided =
      typeof name === 'string'
        ? this.conditions.named(at.instance, name, when)
        : this.conditions.expression(argument.child(0), when);
    return decided.flatMap((alternative) =>
      this.evaluate(argument.child(alternative.value ? 1 : 2), alternative.when),
    );
  }

  private substitute(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    const withMap = Array.isArray(argument.raw);
    const text = withMap ? own(argument.raw, 0) : argument.raw;
    if (typeof text !== 'string') return this.malformed(at, when, 'Fn::Sub');
    const given = withMap ? argument.child(1) : undefined;
    let partial: { parts: Part[]; when: Scenario; trail: Alternative['trail'] }[] = [
      { parts: [], when, trail: [] },
    ];
    for (const piece of subPieces(text)) {
      if ('literal' in piece) {
        for (const so of partial) so.parts.push(piece.literal);
        continue;
      }
      partial = partial.flatMap((so) =>
        this.named(piece.name, given, at, so.when).map((alternative) => ({
          parts: [...so.parts, ...this.textParts(alternative, at)],
          when: alternative.when,
          trail: alternative.trail.length === 0 ? so.trail : [...so.trail, ...alternative.trail],
        })),
      );
      this.spend(partial.length);
    }
    return partial.flatMap((so) => this.assembled(concatenate(so.parts), at, so.when, so.trail));
  }

  /** What a name between `${` and `}` gives. */
  private named(name: string, given: Cursor | undefined, at: Cursor, when: Scenario): Alternative[] {
    const own_ = given?.child(name);
    if (own_?.exists) return this.evaluate(own_, when);
    if (at.instance.template.parameters.has(name) || name.startsWith('AWS::'))
      return this.reference(name, at, when);
    const parts = splitAttribute(name);
    return parts === undefined
      ? this.reference(name, at, when)
      : this.attribute(parts.logicalId, parts.attribute, at, when);
  }

  private textParts(alternative: Alternative, at: Cursor): readonly Part[] {
    const { value } = alternative;
    if (value.kind === 'text') return value.parts;
    const reason = value.kind === 'unknown' ? value.reason : 'a list or map stands where a text belongs';
    return [{ kind: 'opaque', id: `opaque ${at.id} ${alternative.at.id}`, reason }];
  }

  /** A text that was put together: it can turn out to be a dynamic reference. */
  private assembled(text: TextValue, at: Cursor, when: Scenario, trail: Alternative['trail']): Alternative[] {
    if (!isDynamicReference(text)) return [{ value: text, when, at, trail }];
    return this.resolveDynamic(text, at, when).map((alternative) => ({
      ...alternative,
      trail: [...trail, ...alternative.trail],
    }));
  }

  private join(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    const delimiter = own(argument.raw, 0);
    if (typeof delimiter !== 'string') return this.malformed(at, when, 'Fn::Join');
    return this.evaluate(argument.child(1), when).flatMap((list): Alternative[] => {
      if (list.value.kind !== 'list')
        return this.opaque(at, list.when, 'the list that Fn::Join joins is not known');
      type Partial_ = { texts: (readonly Part[])[]; when: Scenario; trail: Alternative['trail'] };
      let partial: Partial_[] = [{ texts: [], when: list.when, trail: list.trail }];
      for (const item of list.value.items) {
        partial = partial.flatMap((so) =>
          this.evaluateItem(item, at, so.when).map((alternative) => ({
            texts:
              alternative.value.kind === 'absent' ? so.texts : [...so.texts, this.textParts(alternative, at)],
            when: alternative.when,
            trail: alternative.trail.length === 0 ? so.trail : [...so.trail, ...alternative.trail],
          })),
        );
        this.spend(partial.length);
      }
      return partial.flatMap((so) => {
        const parts = so.texts.flatMap((text, index) => (index === 0 ? text : [delimiter, ...text]));
        return this.assembled(concatenate(parts), at, so.when, so.trail);
      });
    });
  }

  private select(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    if (!Array.isArray(argument.raw) || argument.raw.length !== 2)
      return this.malformed(at, when, 'Fn::Select');
    return this.evaluate(argument.child(0), when).flatMap((chosen) => {
      const index = Number(knownText(chosen.value) ?? Number.NaN);
      return this.evaluate(argument.child(1), chosen.when).flatMap((list): Alternative[] => {
        if (list.value.kind !== 'list' || !Number.isInteger(index)) {
          return this.opaque(at, list.when, 'the list or index of Fn::Select is not known');
        }
        const item = list.value.items[index];
        if (item === undefined) return this.malformed(at, list.when, 'Fn::Select');
        return this.evaluateItem(item, at, list.when).map((alternative) => ({
          ...alternative,
          trail: [...list.trail, ...alternative.trail],
        }));
      });
    });
  }

  private split(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    const delimiter = own(argument.raw, 0);
    if (typeof delimiter !== 'string' || delimiter === '') return this.malformed(at, when, 'Fn::Split');
    return this.evaluate(argument.child(1), when).map((alternative) => {
      const { value } = alternative;
      const items = value.kind === 'text' ? splitText(value, delimiter) : undefined;
      return { ...alternative, at, value: items ?? unknown('the text that Fn::Split splits is not known') };
    });
  }

  private findInMap(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    if (!Array.isArray(argument.raw) || argument.raw.length < 3)
      return this.malformed(at, when, 'Fn::FindInMap');
    const fallback = argument.child(3).child('DefaultValue');
    const otherwise = (within: Scenario): Alternative[] =>
      fallback.exists
        ? this.evaluate(fallback, within)
        : this.opaque(at, within, 'Fn::FindInMap finds no entry under its keys');
    return this.evaluate(argument.child(0), when).flatMap((map) => {
      const name = knownText(map.value);
      if (name === undefined) return this.opaque(at, map.when, 'the mapping is not known');
      const mapping = cursorAt(at.instance, 'Mappings', name);
      return this.mapKey(mapping, argument.child(1), map.when).flatMap((top) => {
        if (top.value === undefined) return otherwise(top.when);
        return this.mapKey(top.value, argument.child(2), top.when).flatMap((second) =>
          second.value === undefined
            ? otherwise(second.when)
            : this.evaluate(second.value, second.when).map((found) => ({
                ...found,
                at,
                trail: [
                  {
                    message: `the mapping ${name} gives it here`,
                    instance: at.instance,
                    path: found.at.path,
                  },
                  ...found.trail,
                ],
              })),
        );
      });
    });
  }

  /** The entries of a map that a key expression can choose; a key that is a variable tries them all. */
  private mapKey(map: Cursor, key: Cursor, when: Scenario): { value: Cursor | undefined; when: Scenario }[] {
    return this.evaluate(key, when).flatMap((alternative) => {
      const text = knownText(alternative.value);
      if (text !== undefined) {
        const entry = map.child(text);
        return [{ value: entry.exists ? entry : undefined, when: alternative.when }];
      }
      const atom = onlyAtom(alternative.value);
      if (atom?.kind !== 'variable' || !isMap(map.raw)) return [{ value: undefined, when: alternative.when }];
      const found: { value: Cursor | undefined; when: Scenario }[] = [];
      let rest: Scenario | undefined = alternative.when;
      for (const candidate of Object.keys(map.raw)) {
        const chosen = rest?.assume(atom.variable, candidate);
        if (chosen === undefined) continue;
        found.push({ value: map.child(candidate), when: chosen });
        rest = rest?.exclude(atom.variable, candidate);
      }
      if (rest !== undefined) found.push({ value: undefined, when: rest });
      return found;
    });
  }

  private toJsonString(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    return holdsIntrinsic(argument.raw)
      ? this.opaque(at, when, 'Fn::ToJsonString of values that are known only when they are deployed')
      : this.one(literal(JSON.stringify(argument.raw) ?? ''), when, at);
  }

  private length(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    return this.evaluate(argument, when).flatMap((list): Alternative[] => {
      if (list.value.kind !== 'list')
        return this.opaque(at, list.when, 'the list that Fn::Length counts is not known');
      if (list.value.items.some((item) => !(item instanceof Cursor) && item.kind === 'unknown')) {
        return this.opaque(at, list.when, 'the list that Fn::Length counts is not known');
      }
      return [{ ...list, at, value: literal(String(list.value.items.length)) }];
    });
  }
}

/** The value of what needs no evaluation: scalars, lists and plain maps. Undefined for an intrinsic function. */
function plainValue(at: Cursor): Value | undefined {
  const { raw } = at;
  switch (typeof raw) {
    case 'string':
      return literal(raw);
    case 'number':
    case 'boolean':
      return literal(scalarText(raw) as string, typeof raw as 'number' | 'boolean');
    case 'undefined':
      return ABSENT;
    default:
  }
  if (raw === null) return NULL;
  if (Array.isArray(raw)) return { kind: 'list', items: raw.map((_, index) => at.child(index)) };
  if (!isMap(raw)) return unknown('the value is not one that CloudFormation knows');
  if (intrinsicCall(raw) !== undefined && own(raw, 'Fn::Transform') === undefined) return undefined;
  return {
    kind: 'map',
    cursor: at,
    open: own(raw, 'Fn::Transform') !== undefined || at.instance.template.macros.anything,
  };
}

function isDynamicReference(value: Value): value is TextValue {
  if (value.kind !== 'text') return false;
  const [first] = value.parts;
  const last = value.parts[value.parts.length - 1];
  return (
    typeof first === 'string' &&
    first.startsWith('{{resolve:') &&
    typeof last === 'string' &&
    last.trimEnd().endsWith('}}')
  );
}

/** The name in `{{resolve:ssm:NAME}}` or `{{resolve:ssm:NAME:VERSION}}`; undefined for any other reference. */
function dynamicName(text: TextValue): TextValue | undefined {
  const [first] = text.parts;
  const last = text.parts[text.parts.length - 1];
  if (typeof first !== 'string' || !first.startsWith(SSM_REFERENCE)) return undefined;
  if (typeof last !== 'string' || !last.endsWith('}}')) return undefined;
  const trimEnd = (part: string) => part.slice(0, -2).replace(/:\d+$/, '');
  if (text.parts.length === 1) return literal(trimEnd(first.slice(SSM_REFERENCE.length)));
  return concatenate([first.slice(SSM_REFERENCE.length), ...text.parts.slice(1, -1), trimEnd(last)]);
}

/** The SSM parameter whose name a text is, when it is what `Ref` of that resource gives. */
function ssmParameterNamed(name: TextValue): Cursor | undefined {
  const atom = onlyAtom(name);
  if (atom?.kind !== 'attribute' || atom.attribute !== 'Ref') return undefined;
  const resource = cursorAt(atom.instance, 'Resources', atom.logicalId);
  return own(resource.raw, 'Type') === 'AWS::SSM::Parameter' ? resource : undefined;
}

/** A comma-separated text as the list it stands for. */
function commaList(value: Value): Value {
  if (value.kind !== 'text') return value;
  return splitText(value, ',', true) ?? unknown('the list is known only when it is deployed');
}

/** Pseudo parameters whose values hold none of the delimiters that people split at. */
const UNDIVIDED = new Set([
  'AWS::AccountId',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

/** What neither ARNs nor the ids and names that resources give back contain. */
const NEVER_IN_ATTRIBUTES = /^[|,;\s]+$/;

/** Whether an atom certainly holds no delimiter. */
function isUndivided(atom: Atom, delimiter: string): boolean {
  if (atom.kind === 'variable') return UNDIVIDED.has(atom.variable.name);
  return atom.kind === 'attribute' && NEVER_IN_ATTRIBUTES.test(delimiter);
}

/**
 * The pieces of a text between delimiters. An atom may hold delimiters itself, so from its piece on nothing is
 * known, neither the pieces nor how many they are; undefined when that is so from the first piece on.
 */
function splitText(text: TextValue, delimiter: string, trim = false): Value | undefined {
  const pieces: Part[][] = [[]];
  let uncertain = false;
  for (const part of text.parts) {
    if (typeof part !== 'string') {
      if (!isUndivided(part, delimiter)) uncertain = true;
      pieces[pieces.length - 1]?.push(part);
      continue;
    }
    if (uncertain) break;
    part.split(delimiter).forEach((piece, index) => {
      if (index > 0) pieces.push([]);
      pieces[pieces.length - 1]?.push(trim ? piece.trim() : piece);
    });
  }
  if (uncertain) {
    if (pieces.length === 1) return undefined;
    pieces.pop();
  }
  const items = pieces.map(concatenate);
  return uncertain
    ? {
        kind: 'list',
        items: [...items, unknown('what follows in the text is known only when it is deployed')],
      }
    : { kind: 'list', items };
}

function holdsIntrinsic(raw: unknown): boolean {
  if (Array.isArray(raw)) return raw.some(holdsIntrinsic);
  if (!isMap(raw)) return false;
  return intrinsicCall(raw) !== undefined || Object.values(raw).some(holdsIntrinsic);
}
