import { own } from '../plain/map.js';
import { keyOfBoolean } from '../template/boolean-names.js';
import { splitAttribute } from '../template/intrinsics.js';
import { nestingType } from '../template/nested-stack-types.js';
import type { ParameterDeclaration } from '../template/template.js';
import { answer, malformed, opaque, partsOf } from './answers.js';
import { settled, withDefaults } from './derived.js';
import type { Evaluation, References } from './evaluation.js';
import { MAX_ALLOWED_VALUES, PastLimit } from './limits.js';
import type { LinkTarget, NestingSection } from './links.js';
import { isList, isSsm } from './parameter-values.js';
import { partitionOf } from './partitions.js';
import { passedParameter } from './passed-parameters.js';
import { RowChoices } from './row-choices.js';
import { Scenario, type Variable } from './scenario.js';
import { type Cursor, cursorAt, type StackInstance } from './stack-instance.js';
import { commaList, type DynamicPiece, dynamicName, dynamicPieces } from './texts.js';
import {
  ABSENT,
  type Alternative,
  chain,
  concatenate,
  displayText,
  knownText,
  literal,
  NO_TRACE,
  onlySymbol,
  type Part,
  symbolText,
  type TextValue,
  textId,
  unknown,
  type Value,
} from './value.js';

/** Pseudo parameters that one deployment shares among all its stacks, as far as nobody knows better. */
const SHARED_PSEUDO = new Set(['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::URLSuffix']);
const OWN_PSEUDO = new Set(['AWS::StackName', 'AWS::StackId', 'AWS::NotificationARNs']);

/** What names lead to: parameters, resources and their attributes, exports, SSM parameters, outputs of other stacks. */
export class ReferenceResolver implements References {
  private readonly openLists = new Map<Variable, Value>();

  private readonly choices: RowChoices;

  constructor(private readonly evaluation: Evaluation) {
    this.choices = new RowChoices(evaluation);
  }

  /** What `Ref` of a name gives. */
  reference(name: string, at: Cursor, when: Scenario): Alternative[] {
    const { instance } = at;
    if (name === 'AWS::NoValue') return answer(ABSENT, when, at);
    if (name.startsWith('AWS::')) return this.pseudoParameter(name, at, when);
    const declaration = instance.template.parameters.get(name);
    if (declaration !== undefined) return this.parameter(declaration, at, when);
    return answer(this.resourceText(instance, name, 'Ref'), when, at);
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
            : this.ofRegion(name, instance, when);
    if (known !== undefined) return answer(literal(known), when, at);
    if (!SHARED_PSEUDO.has(name) && !OWN_PSEUDO.has(name)) {
      return answer(this.resourceText(instance, name, 'Ref'), when, at);
    }
    const variable = this.evaluation.variables.pseudoParameter(
      name,
      SHARED_PSEUDO.has(name) ? '' : instance.id,
    );
    return this.variableText(variable, at, when);
  }

  /** What a pseudo parameter is that follows from the region. */
  private ofRegion(name: string, instance: StackInstance, when: Scenario): string | undefined {
    if (name !== 'AWS::Partition' && name !== 'AWS::URLSuffix') return undefined;
    const { variables } = this.evaluation;
    const region = instance.region ?? when.valueOf(variables.pseudoParameter('AWS::Region', ''));
    if (region === undefined) return undefined;
    const { name: partition, urlSuffix } = partitionOf(region);
    return name === 'AWS::Partition' ? partition : urlSuffix;
  }

  private variableText(variable: Variable, at: Cursor, when: Scenario): Alternative[] {
    const value = when.valueOf(variable);
    if (value !== undefined) {
      return answer(
        variable.values === undefined ? { ...literal(value), assumed: variable } : literal(value),
        when,
        at,
      );
    }
    const remaining = when.remaining(variable);
    if (remaining === undefined) {
      return answer(symbolText({ kind: 'variable', id: variable.key, variable }), when, at);
    }
    if (remaining.length > MAX_ALLOWED_VALUES) {
      const limit = MAX_ALLOWED_VALUES.toLocaleString('en');
      throw new PastLimit(`the parameter ${variable.name} allows more than ${limit} values`);
    }
    return remaining.flatMap((candidate) => {
      const narrowed = when.assume(variable, candidate);
      return narrowed === undefined ? [] : answer(literal(candidate), narrowed, at);
    });
  }

  private parameter(declaration: ParameterDeclaration, at: Cursor, when: Scenario): Alternative[] {
    const { instance } = at;
    const given = instance.parameterValues.get(declaration.name);
    if (given !== undefined) return this.parameterValue(declaration, literal(given), at, when, NO_TRACE);
    const passed = this.passed(instance, declaration.name, when);
    if (passed === undefined) return this.openParameter(declaration, at, when);
    return chain(passed, (so) => {
      if (so.value.kind === 'absent') return this.presetParameter(declaration, at, so.when);
      const hop = {
        message: `the parameter ${declaration.name} is passed here`,
        instance: so.at.instance,
        path: so.at.path,
      };
      return this.parameterValue(declaration, so.value, at, so.when, [hop, ...so.trace]);
    });
  }

  /** A parameter of a stack of its own that nobody gave a value. */
  private openParameter(declaration: ParameterDeclaration, at: Cursor, when: Scenario): Alternative[] {
    const variable = this.evaluation.variables.parameter(declaration, at.instance.template.file);
    if (namesStored(declaration)) {
      if (variable.values === undefined) return this.presetParameter(declaration, at, when);
      return chain(this.variableText(variable, at, when), (name) =>
        this.parameterValue(declaration, name.value, at, name.when, name.trace),
      );
    }
    return isList(declaration.type)
      ? this.listParameter(variable, at, when)
      : this.variableText(variable, at, when);
  }

  /** A parameter that is left out, at its default. */
  private presetParameter(declaration: ParameterDeclaration, at: Cursor, when: Scenario): Alternative[] {
    const { name, default: preset } = declaration;
    const { instance } = at;
    if (preset === undefined) {
      const isNested = instance.parent !== undefined && !isSsm(declaration.type);
      return opaque(
        at,
        when,
        isNested
          ? `the nested stack passes no value for the parameter ${name}`
          : `the parameter ${name} has no value`,
      );
    }
    const hop = {
      message: `the parameter ${name} names the SSM parameter here`,
      instance,
      path: ['Parameters', name, 'Default'],
    };
    return this.parameterValue(
      declaration,
      literal(preset),
      at,
      when,
      namesStored(declaration) ? [hop] : NO_TRACE,
    );
  }

  /** What a parameter is that has a value: its list, or what the SSM parameter of that name holds. */
  private parameterValue(
    { type, allowedValues }: ParameterDeclaration,
    value: Value,
    at: Cursor,
    when: Scenario,
    trace: Alternative['trace'],
  ): Alternative[] {
    const list = isList(type);
    const name = value.kind === 'text' ? (isSsm(type) ? value : dynamicName(value)) : undefined;
    if (name !== undefined) return this.ssmParameter(name, list, at, when, trace);
    return [{ value: list ? commaList(value, allowedValues) : value, when, at, trace }];
  }

  /** A list parameter that nobody set. */
  private listParameter(variable: Variable, at: Cursor, when: Scenario): Alternative[] {
    return this.variableText(variable, at, when).map((text) => {
      const list =
        onlySymbol(text.value)?.kind === 'variable'
          ? this.openList(variable, text.value)
          : commaList(text.value, variable.items);
      return list.kind === 'list'
        ? { ...text, value: list }
        : { ...text, value: unknown(`the parameter ${variable.name} has no value`) };
    });
  }

  /** The list of a parameter without a value: the same each time, however many refer to it. */
  private openList(variable: Variable, text: Value): Value {
    let list = this.openLists.get(variable);
    if (list === undefined) {
      list = commaList(text, variable.items);
      this.openLists.set(variable, list);
    }
    return list;
  }

  passed(instance: StackInstance, parameter: string, when: Scenario): Alternative[] | undefined {
    return passedParameter(this.evaluation, instance, parameter, when);
  }

  private resourceText(instance: StackInstance, logicalId: string, attribute: string): TextValue {
    const id = `${instance.id} ${logicalId} ${attribute}`;
    if (own(instance.template.section('Resources'), logicalId) !== undefined) {
      return symbolText({ kind: 'attribute', id, instance, logicalId, attribute });
    }
    if (instance.template.macros.resources) {
      return symbolText({ kind: 'opaque', id, reason: `${logicalId} may be made by a macro or a loop` });
    }
    const made = this.madeByModule(instance, logicalId);
    if (made !== undefined) {
      return 'reason' in made
        ? symbolText({ kind: 'opaque', id, reason: made.reason })
        : symbolText({ kind: 'attribute', id, ...made, attribute });
    }
    const module = moduleAround(instance, logicalId);
    if (module !== undefined) {
      return symbolText({ kind: 'opaque', id, reason: `${logicalId} is a resource of the module ${module}` });
    }
    return symbolText({ kind: 'dangling', id, instance, name: logicalId });
  }

  /**
   * The resource of a module (`Modules` of `aws cloudformation package`) that a logical id names: the module's name and
   * the id that it has there. Source: AWS CLI, `customizations/cloudformation/modules`.
   */
  private madeByModule(
    instance: StackInstance,
    logicalId: string,
  ): { instance: StackInstance; logicalId: string } | { reason: string } | undefined {
    let made: { reason: string } | undefined;
    // The names of two modules can both begin a logical id.
    for (const name of Object.keys(instance.template.section('Modules')).sort()) {
      if (!logicalId.startsWith(name)) continue;
      const id = logicalId.slice(name.length);
      for (const nested of this.evaluation.links.nestedStack(instance, name, Scenario.always, 'Modules')) {
        if (!nested.found) made = { reason: nested.reason };
        else if (own(nested.instance.template.section('Resources'), id) !== undefined) {
          return { instance: nested.instance, logicalId: id };
        }
      }
    }
    return made;
  }

  getAtt(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    if (typeof argument.raw === 'string') {
      const parts = splitAttribute(argument.raw);
      return parts === undefined
        ? answer(this.resourceText(at.instance, argument.raw, ''), when, at)
        : this.attribute(parts.logicalId, parts.attribute, at, when);
    }
    if (!Array.isArray(argument.raw) || argument.raw.length < 2) return malformed(at, when, 'Fn::GetAtt');
    return this.withName(argument.child(0), when, 'Fn::GetAtt', at, (logicalId, within) => {
      const rest = (argument.raw as unknown[]).slice(1);
      if (rest.every((step) => typeof step === 'string'))
        return this.attribute(logicalId, rest.join('.'), at, within);
      if (rest.length !== 1) return malformed(at, within, 'Fn::GetAtt');
      return this.withName(argument.child(1), within, 'Fn::GetAtt', at, (attribute, inner) =>
        this.attribute(logicalId, attribute, at, inner),
      );
    });
  }

  /** Goes on with a name that, under the language extensions, may itself be put together by functions. */
  withName(
    name: Cursor,
    when: Scenario,
    of: string,
    at: Cursor,
    use: (name: string, when: Scenario) => Alternative[],
  ): Alternative[] {
    if (typeof name.raw === 'string') return use(name.raw, when);
    if (typeof name.raw === 'boolean') {
      const { template } = at.instance;
      const parameter = of === 'Ref' ? keyOfBoolean(template.section('Parameters'), name.raw) : undefined;
      const key = parameter ?? keyOfBoolean(template.section('Resources'), name.raw);
      return use(key ?? String(name.raw), when);
    }
    const names = this.evaluation.evaluate(name, when).flatMap(settled);
    return names.flatMap((alternative) => {
      if (alternative.value.kind !== 'text') return malformed(at, alternative.when, of);
      const text = knownText(alternative.value);
      if (text !== undefined) return use(text, alternative.when);
      const alike = this.resourcesAlike(at.instance, alternative.value, alternative.when);
      return this.choices
        .meant(alternative.value, alike, alternative.when, alike.length > 0)
        .flatMap((so) =>
          so.value === undefined
            ? opaque(at, so.when, `what ${of} names is known only when it is deployed`)
            : use(so.value, so.when),
        );
    });
  }

  /**
   * The resources that a name with open parameters in it can mean: where it is one by their defaults, all of its type,
   * because whatever takes it takes no other.
   */
  private resourcesAlike(instance: StackInstance, name: TextValue, when: Scenario): readonly string[] {
    const preset = knownText(withDefaults(name, when));
    const resources = instance.template.section('Resources');
    const type = preset === undefined ? undefined : own(own(resources, preset), 'Type');
    if (type === undefined) return [];
    return Object.keys(resources)
      .filter((logicalId) => own(resources[logicalId], 'Type') === type)
      .sort();
  }

  attribute(logicalId: string, attribute: string, at: Cursor, when: Scenario): Alternative[] {
    const { instance } = at;
    const resource = own(instance.template.section('Resources'), logicalId);
    const type = own(resource, 'Type');
    if (resource === undefined && own(instance.template.section('Modules'), logicalId) !== undefined) {
      return this.nestedOutput(logicalId, attribute, at, when, 'Modules');
    }
    if (nestingType(type)?.outputs === true && attribute.startsWith('Outputs.')) {
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
      return this.followLinks(this.evaluation.links.crossRegionExport(attribute, instance, when), at).map(
        (so) => ({
          ...so,
          trace: [hop, ...so.trace],
        }),
      );
    }
    if (
      typeof type === 'string' &&
      (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
    ) {
      const id = `${instance.id} ${logicalId} ${attribute}`;
      const reason = `the custom resource ${logicalId} (${type}) gives it only when it is deployed`;
      return answer(symbolText({ kind: 'opaque', id, reason }), when, at);
    }
    return answer(this.resourceText(instance, logicalId, attribute), when, at);
  }

  private nestedOutput(
    logicalId: string,
    output: string,
    at: Cursor,
    when: Scenario,
    section: NestingSection = 'Resources',
  ): Alternative[] {
    return this.evaluation.links
      .nestedStack(at.instance, logicalId, when, section)
      .flatMap((nested): Alternative[] => {
        if (!nested.found) return opaque(at, nested.when, nested.reason);
        const declared = cursorAt(nested.instance, 'Outputs', output);
        const value = declared.child('Value');
        const inner = section === 'Modules' && !value.exists ? splitAttribute(output) : undefined;
        if (inner !== undefined && own(nested.instance.template.section('Resources'), inner.logicalId)) {
          const text = this.resourceText(nested.instance, inner.logicalId, inner.attribute);
          return answer(text, nested.when, at);
        }
        if (!value.exists) {
          const { file, macros } = nested.instance.template;
          return macros.outputs || own(declared.raw, 'Fn::Transform') !== undefined
            ? opaque(at, nested.when, `a macro may make the output ${output} of ${file}`)
            : answer(
                symbolText({
                  kind: 'dangling',
                  id: `${nested.instance.id} Outputs ${output}`,
                  instance: at.instance,
                  name: `${logicalId}.Outputs.${output}`,
                  outputs: {
                    file,
                    names: Object.keys(nested.instance.template.section('Outputs')).map(
                      (name) => `${logicalId}.Outputs.${name}`,
                    ),
                  },
                }),
                nested.when,
                at,
              );
        }
        const { instance } = nested;
        const message = `the output ${output} of the nested stack ${logicalId} is declared here`;
        return chain(this.evaluation.conditions.of(declared, nested.when), (made): Alternative[] => {
          if (made.value) return this.follow(value, at, made.when, [{ message, instance, path: value.path }]);
          const reason = `the output ${output} of the nested stack ${logicalId} is not made`;
          const absent = { message, instance, path: declared.path };
          return answer(
            symbolText({ kind: 'opaque', id: `absent ${declared.id}`, reason, absent }),
            made.when,
            at,
          );
        });
      });
  }

  /** The values of an expression elsewhere, as the values of the one at `at`. */
  private follow(target: Cursor, at: Cursor, when: Scenario, hops: Alternative['trace']): Alternative[] {
    return this.evaluation.evaluate(target, when).map((alternative) => ({
      ...alternative,
      at,
      trace: [...hops, ...alternative.trace],
    }));
  }

  private followLinks(links: readonly LinkTarget[], at: Cursor): Alternative[] {
    return chain(links, (link): Alternative[] => {
      if (link.found) return this.follow(link.cursor, at, link.when, link.hops);
      const { candidates } = link;
      if (candidates !== undefined) {
        const id = `one of ${candidates.map((candidate) => candidate.id).join(' ')}`;
        return answer(symbolText({ kind: 'opaque', id, reason: link.reason, candidates }), link.when, at);
      }
      if (link.absent === undefined) return opaque(at, link.when, link.reason);
      const { reason, absent } = link;
      const id = `absent ${at.instance.id} ${reason}`;
      return answer(symbolText({ kind: 'opaque', id, reason, absent }), link.when, at);
    });
  }

  importValue(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    const name = { at: argument, when, evaluate: () => this.evaluation.evaluate(argument, when) };
    return this.evaluation.links
      .imports(name)
      .flatMap((so) =>
        so.targets === undefined
          ? malformed(at, so.name.when, 'Fn::ImportValue')
          : this.followLinks(so.targets, at),
      );
  }

  stackOutput(argument: Cursor, at: Cursor, when: Scenario): Alternative[] {
    const output = own(argument.raw, 'OutputName');
    if (typeof output !== 'string' || !argument.child('StackName').exists) {
      return malformed(at, when, 'Fn::GetStackOutput');
    }
    return this.evaluation.evaluate(argument.child('StackName'), when).flatMap((name) =>
      this.evaluation.evaluate(argument.child('Region'), name.when).flatMap((region) =>
        this.evaluation.evaluate(argument.child('RoleArn'), region.when).flatMap((role) => {
          if (name.value.kind !== 'text') return malformed(at, role.when, 'Fn::GetStackOutput');
          const reference = {
            stackName: name.value,
            output,
            account:
              role.value.kind === 'text' ? /:iam::(\d{12}):/.exec(displayText(role.value))?.[1] : undefined,
            region: knownText(region.value),
          };
          return this.followLinks(this.evaluation.links.stackOutput(reference, at.instance, role.when), at);
        }),
      ),
    );
  }

  /** What a text gives with the dynamic references in it resolved; one that is nothing else gives what it reads. */
  resolveDynamic(text: TextValue, at: Cursor, when: Scenario): Alternative[] {
    const pieces = dynamicPieces(text);
    const [only] = pieces;
    if (pieces.length === 1 && only !== undefined) return this.dynamicPiece(only, at, when);
    let partial: { parts: readonly Part[]; when: Scenario; trace: Alternative['trace'] }[] = [
      { parts: [], when, trace: NO_TRACE },
    ];
    for (const piece of pieces) {
      partial = partial.flatMap((so) =>
        this.dynamicPiece(piece, at.holding(textId(piece.text)), so.when).map((alternative) => ({
          parts: [...so.parts, ...partsOf(alternative, at)],
          when: alternative.when,
          trace: [...so.trace, ...alternative.trace],
        })),
      );
      this.evaluation.spend(partial.length);
    }
    return partial.map((so) => ({
      value: concatenate(so.parts),
      when: so.when,
      at,
      trace: so.trace,
    }));
  }

  private dynamicPiece({ text, isReference }: DynamicPiece, at: Cursor, when: Scenario): Alternative[] {
    if (!isReference) return answer(text, when, at);
    const name = dynamicName(text);
    if (name === undefined) {
      const reason = `${displayText(text)} is read only when it is deployed`;
      return answer(
        symbolText({ kind: 'opaque', id: `opaque ${at.instance.id} ${textId(text)}`, reason }),
        when,
        at,
      );
    }
    return this.ssmValue(name, at, when, []);
  }

  /** What a template parameter of an SSM type gives. */
  private ssmParameter(
    name: TextValue,
    list: boolean,
    at: Cursor,
    when: Scenario,
    trace: Alternative['trace'],
  ): Alternative[] {
    const values = this.ssmValue(name, at, when, trace);
    return list
      ? values.map((alternative) => ({ ...alternative, value: commaList(alternative.value) }))
      : values;
  }

  private ssmValue(name: TextValue, at: Cursor, when: Scenario, trace: Alternative['trace']): Alternative[] {
    const declared = ssmParameterNamed(name);
    const values =
      declared === undefined
        ? this.followLinks(this.evaluation.links.ssmParameter(name, at.instance, when), at)
        : this.follow(declared.child('Properties').child('Value'), at, when, [
            {
              message: 'the SSM parameter is written here',
              instance: declared.instance,
              path: declared.path,
            },
          ]);
    return values.map((alternative) => ({ ...alternative, trace: [...trace, ...alternative.trace] }));
  }
}

/**
 * The module whose resource a logical id can name: the template writes the module's own id before the resource's.
 * Source: the CloudFormation user guide on referencing resources in a module.
 */
function moduleAround(instance: StackInstance, logicalId: string): string | undefined {
  const resources = instance.template.section('Resources');
  return Object.keys(resources)
    .filter((id) => {
      const type = own(resources[id], 'Type');
      return typeof type === 'string' && type.endsWith('::MODULE') && logicalId.startsWith(id);
    })
    .sort()[0];
}

/** Whether a parameter stands for what an SSM parameter holds: by its type, or because it is a reference to one. */
function namesStored({ type, default: preset, allowedValues = [] }: ParameterDeclaration): boolean {
  const isReference = (text: string): boolean => dynamicName(literal(text)) !== undefined;
  return isSsm(type) || (preset !== undefined && isReference(preset)) || allowedValues.some(isReference);
}

/** The SSM parameter whose name a text is, when it is what `Ref` of that resource gives. */
function ssmParameterNamed(name: TextValue): Cursor | undefined {
  const symbol = onlySymbol(name);
  if (symbol?.kind !== 'attribute' || symbol.attribute !== 'Ref') return undefined;
  const resource = cursorAt(symbol.instance, 'Resources', symbol.logicalId);
  return own(resource.raw, 'Type') === 'AWS::SSM::Parameter' ? resource : undefined;
}
