import { withDefaults } from '../../evaluate/derived.js';
import type { Scenario, Variable } from '../../evaluate/scenario.js';
import { type Cursor, cursorAt, type StackInstance } from '../../evaluate/stack-instance.js';
import { isDynamicReference } from '../../evaluate/texts.js';
import { type Alternative, type Hop, knownText, literal, onlySymbol } from '../../evaluate/value.js';
import type { ResourceGraph } from '../../graph/resource-graph.js';
import { own } from '../../plain/map.js';
import { readEntry } from '../../views/read.js';
import { configBlocks } from '../facts/vendors.js';
import type { Provider } from './provider.js';

/** A client secret that anybody who reads the templates can read. It never says which. */
export interface WrittenSecret {
  /** The value of `ClientSecret`. */
  readonly at: Cursor;
  readonly when: Scenario;
  readonly trace: readonly Hop[];
  /** The parameter whose default it is; undefined for a literal. */
  readonly parameter:
    | {
        readonly name: string;
        readonly noEcho: boolean;
        readonly preset: boolean;
        readonly declaration: Cursor | undefined;
      }
    | undefined;
}

/** The client secrets that stand in plain text in the templates, in any block of a provider. */
export function writtenSecrets(graph: ResourceGraph, provider: Provider, when: Scenario): WrittenSecret[] {
  return provider
    .property('Oauth2ProviderConfigInput', when)
    .flatMap((config) => configBlocks.flatMap((block) => readEntry(graph.evaluator, config, block)))
    .flatMap((block) => readEntry(graph.evaluator, block, 'ClientSecret'))
    .flatMap(writtenSecret);
}

function writtenSecret(secret: Alternative): WrittenSecret[] {
  const { value, at, when, trace } = secret;
  if (value.kind !== 'text') return [];
  const symbol = onlySymbol(value);
  if (symbol?.kind === 'derived') return derivedSecret(secret, symbol.from);
  const variable = symbol?.kind === 'variable' ? symbol.variable : value.assumed;
  if (variable !== undefined) return defaultSecret(secret, variable);
  const text = knownText(value);
  if (text === undefined || text === '' || isGiven(secret, text) || isStored(secret)) return [];
  return [
    { at, when: typeof at.raw === 'string' ? when : forgetValue(when, text), trace, parameter: undefined },
  ];
}

/**
 * A parameter's default, where nothing rules it out; the scenario must not tell the value either. Without one, a
 * parameter that is declared without `NoEcho`: whoever may look at the stack reads its value.
 */
function defaultSecret(secret: Alternative, variable: Variable): WrittenSecret[] {
  const { default: preset } = variable;
  if (preset === undefined || preset === '') {
    const declared = declaredSecret(secret, variable, false);
    const isOpen = knownText(secret.value) === undefined && variable.kind === 'parameter';
    return isOpen && declared.parameter?.noEcho === false && isText(declared) ? [declared] : [];
  }
  const text = knownText(secret.value) ?? preset;
  if (text !== preset || !secret.when.allows(variable, preset)) return [];
  return isDynamicReference(literal(preset)) ? [] : [declaredSecret(secret, variable)];
}

/** Whether a parameter holds the secret itself: one of the Parameter Store holds only where it is kept. */
function isText({ parameter }: WrittenSecret): boolean {
  const type = own(parameter?.declaration?.raw, 'Type');
  return type === 'String' || type === undefined;
}

/** A part of the default of a parameter. */
function derivedSecret(secret: Alternative, from: readonly Variable[]): WrittenSecret[] {
  const { value, when } = secret;
  const preset = value.kind === 'text' ? withDefaults(value, when) : value;
  const text = knownText(preset);
  const [variable] = from;
  if (variable === undefined || text === undefined || text === '' || isDynamicReference(preset)) return [];
  return [declaredSecret(secret, variable)];
}

function declaredSecret({ at, when, trace }: Alternative, variable: Variable, preset = true): WrittenSecret {
  const { name, secret } = variable;
  const declaring = [...trace.map((hop) => hop.instance), at.instance].find((instance) =>
    declares(instance, variable),
  );
  const declaration = declaring === undefined ? undefined : cursorAt(declaring, 'Parameters', name);
  const noEcho = declaring?.template.parameters.get(name)?.noEcho ?? secret;
  return { at, when: when.forget(variable), trace, parameter: { name, noEcho, preset, declaration } };
}

function declares(instance: StackInstance, { name, declaredIn }: Variable): boolean {
  return declaredIn.has(instance.template.file) && instance.template.parameters.has(name);
}

/** Whether the text is (in part) what the user gave for a parameter: that is not written in any template. */
function isGiven({ at, trace }: Alternative, text: string): boolean {
  if (typeof at.raw === 'string') return false;
  return [at.instance, ...trace.map((hop) => hop.instance)].some((instance) =>
    [...instance.parameterValues.values()].some((given) => given !== '' && text.includes(given)),
  );
}

/** Whether the text is read from the Parameter Store, whoever wrote it there. */
function isStored({ trace }: Alternative): boolean {
  return trace.some(({ instance, path: [section, logicalId] }) => {
    const resource =
      section === 'Resources' ? own(instance.template.section('Resources'), logicalId ?? '') : undefined;
    return own(resource, 'Type') === 'AWS::SSM::Parameter';
  });
}

/** The scenario without the variables that have the text for a value: it would give the secret away. */
function forgetValue(when: Scenario, text: string): Scenario {
  let told = when;
  for (const variable of when.constraints.keys())
    if (when.valueOf(variable) === text) told = told.forget(variable);
  return told;
}
