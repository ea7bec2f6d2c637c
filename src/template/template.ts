import { asItIs } from '../frontends/cloudformation.js';
import type { Lowered, Overriding, WrittenPlace } from '../frontends/front-end.js';
import { gather } from '../plain/gather.js';
import { isTrue } from '../plain/is-true.js';
import { isMap, own, ownMap, type PlainMap } from '../plain/map.js';
import { memoize } from '../plain/memoize.js';
import type { Path } from '../source/types.js';
import { followedProperties } from './followed-types.js';
import { intrinsicCall, isFunction } from './intrinsics.js';
import { withoutDummyValues } from './lookups.js';
import {
  expandLoops,
  isLoopOverSection,
  type LoopExpansion,
  mentionsLoops,
  type OpenLoop,
  type ReadCollection,
} from './loops.js';
import { deployedElsewhere } from './nested-stack-types.js';
import { scalarText } from './scalar-text.js';

/** A parameter as a template declares it. */
export interface ParameterDeclaration {
  readonly name: string;
  readonly type: string;
  /** The default as text; lists in their comma form. */
  readonly default: string | undefined;
  readonly allowedValues: readonly string[] | undefined;
  readonly allowedPattern: string | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minValue: number | undefined;
  readonly maxValue: number | undefined;
  readonly noEcho: boolean;
}

/** What the macros of a template, and loops that nobody can unroll, may have changed before CloudFormation sees it. */
export interface Macros {
  /** A macro that can rewrite anything: what is missing may have been added. */
  readonly anything: boolean;
  /**
   * Something that adds resources or parameters (SAM, an include, a loop): a logical id that is missing may have been
   * made.
   */
  readonly resources: boolean;
  /** Something that adds outputs. */
  readonly outputs: boolean;
}

/**
 * One template: its sections, read leniently, because a linter must not stop at the first section of the wrong
 * type. Loops of the language extensions are already expanded in `value`.
 */
export interface Template {
  /** The name that findings bear. */
  readonly file: string;
  readonly value: PlainMap;
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly macros: Macros;
  /** The loops that could not be expanded. */
  readonly openLoops: readonly OpenLoop[];
  /** What it was read from: the names and words of its input, and the places of its parts there. */
  readonly input: Lowered;
  /** The path in the text for a path in `value`: differs inside of expanded loops, and in what was no template. */
  sourcePath(path: Path): Path;
  /** Where a part stands that another file holds; undefined for what stands in the template's own text. */
  elsewhere(path: Path): WrittenPlace | undefined;
  /** A section as a map; empty when it is missing or of another type. */
  section(
    name: 'Resources' | 'Modules' | 'Conditions' | 'Mappings' | 'Outputs' | 'Rules' | 'Parameters',
  ): PlainMap;
  /** The logical ids of the resources that references or deployments lead into, by their type. */
  readonly followed: ReadonlyMap<string, readonly string[]>;
  /** Whether it has loops over what is not written out: what these make is known of a deployment only. */
  readonly hasOpenLoops: boolean;
  /** The template with its loops over what is not written out, as far as somebody can read that. */
  withLoopsOver(read: ReadCollection): Template;
  /**
   * The template as a module that another template overrides in parts.
   * @param by how the tool does it
   * @param placeOf where a path below the overrides is written
   */
  withOverrides(by: Overriding, overrides: PlainMap, placeOf: (path: Path) => WrittenPlace): Template;
  /** The template as a module of another, whose macros go over it, too. */
  within(around: Template): Template;
  /** The template of a first synthesis pass, without the dummy values that stand in for what is yet to be looked up. */
  withoutDummyValues(dummies: ReadonlySet<string>): Template;
}

/** Macros of AWS that leave the types this linter reads as they are. */
const HARMLESS_MACROS: readonly RegExp[] = [
  /^AWS::LanguageExtensions$/,
  /^AWS::CodeDeployBlueGreen$/,
  /^AWS::SecretsManager-/,
  /^AWS::ServiceCatalog$/,
];
const ADDS_RESOURCES = /^AWS::Serverless-/;

/**
 * Reads a plain value as a template.
 * @param file the name that findings bear
 * @param value the top of the parsed text, a map
 * @param input what a front end made the value of
 * @param read finds out what loops go over that is not written out
 */
export function readTemplate(
  file: string,
  value: PlainMap,
  input: Lowered = asItIs(value),
  read: ReadCollection = () => undefined,
): Template {
  const loops: LoopExpansion = mentionsLoops(value)
    ? expandLoops(value, read)
    : { value, origin: undefined, open: [] };
  const top = loops.value;
  let followed: ReadonlyMap<string, readonly string[]> | undefined;
  const template: Template = {
    file,
    value: top,
    parameters: readParameters(top),
    macros: readMacros(top, loops.open),
    openLoops: loops.open,
    hasOpenLoops: loops.open.length > 0,
    input,
    sourcePath: (path) => input.origin(loops.origin?.(path) ?? path),
    elsewhere: (path) => input.elsewhere?.(loops.origin?.(path) ?? path),
    section: (name) => ownMap(top, name),
    get followed() {
      followed ??= followedIn(ownMap(top, 'Resources'));
      return followed;
    },
    withOverrides: (by, overrides, placeOf) => {
      const elsewhere = (path: Path): WrittenPlace | undefined => {
        const overridden = by.pathOf(overrides, path);
        return overridden === undefined ? input.elsewhere?.(path) : placeOf(overridden);
      };
      // No path is the one in the text: a fix there would change the module for all that use it.
      const origin = (path: Path): Path => [...input.origin(path)];
      return readTemplate(file, by.merge(value, overrides), { ...input, origin, elsewhere }, read);
    },
    withLoopsOver: (reading) => readTemplate(file, value, input, reading),
    within: (around) => {
      const [transform, own_] = [around.value, value].map((one) => own(one, 'Transform'));
      return transform === undefined || own_ !== undefined
        ? template
        : readTemplate(file, { ...value, Transform: transform }, input, read);
    },
    withoutDummyValues: (dummies) =>
      dummies.size > 0 ? readTemplate(file, withoutDummyValues(value, dummies), input, read) : template,
  };
  return template;
}

function followedIn(resources: PlainMap): Map<string, string[]> {
  const byType = new Map<string, string[]>();
  // Plain maps inherit no keys.
  for (const logicalId in resources) {
    const type = own(resources[logicalId], 'Type');
    if (typeof type !== 'string' || !isFollowed(type)) continue;
    gather(byType, type, logicalId);
  }
  return byType;
}

const isFollowed = memoize(
  (type) => followedProperties(type) !== undefined || deployedElsewhere(type) !== undefined,
);

function readMacros(top: PlainMap, loops: readonly OpenLoop[]): Macros {
  const transform = own(top, 'Transform');
  const names = Array.isArray(transform) ? transform : transform === undefined ? [] : [transform];
  const inResources = loops.filter(({ path }) => path[0] === 'Resources' && isLoopOverSection(path));
  let anything = inResources.length < loops.length;
  let resources = inResources.length > 0;
  for (const entry of names) {
    const name = typeof entry === 'string' ? entry : own(entry, 'Name');
    if (typeof name === 'string' && ADDS_RESOURCES.test(name)) resources = true;
    else if (typeof name !== 'string' || !HARMLESS_MACROS.some((known) => known.test(name))) anything = true;
  }
  // An `AWS::Include` stands among what it makes: at the top, or in a section.
  const includes = (map: unknown): boolean => own(map, 'Fn::Transform') !== undefined;
  if (includes(top)) anything = true;
  if (includes(own(top, 'Resources')) || includes(own(top, 'Parameters'))) resources = true;
  if (isToolsTag(own(top, 'Resources')) || holdsToolsModule(ownMap(top, 'Resources'))) resources = true;
  return { anything, resources: resources || anything, outputs: anything || includes(own(top, 'Outputs')) };
}

/** Whether a tool puts a resource in place before the deployment, perhaps as several: `!Rain::Module`, as a whole or its type. */
function holdsToolsModule(resources: PlainMap): boolean {
  // Plain maps inherit no keys.
  for (const logicalId in resources) {
    const resource = resources[logicalId];
    const type = own(resource, 'Type');
    if (typeof type !== 'string' && (isToolsTag(resource) || isToolsTag(type))) return true;
  }
  return false;
}

/** What stands for a tag that CloudFormation does not know. */
function isToolsTag(value: unknown): boolean {
  const call = intrinsicCall(value);
  return call !== undefined && !isFunction(call.name) && !call.name.startsWith('Fn::ForEach::');
}

function readParameters(top: PlainMap): ReadonlyMap<string, ParameterDeclaration> {
  const declarations = new Map<string, ParameterDeclaration>();
  for (const [name, entry] of Object.entries(ownMap(top, 'Parameters'))) {
    if (!isMap(entry)) continue;
    const type = own(entry, 'Type');
    const allowed = own(entry, 'AllowedValues');
    const pattern = own(entry, 'AllowedPattern');
    declarations.set(name, {
      name,
      type: typeof type === 'string' ? type : 'String',
      default: scalarText(own(entry, 'Default')),
      allowedValues: Array.isArray(allowed) ? allowed.flatMap((value) => scalarText(value) ?? []) : undefined,
      allowedPattern: typeof pattern === 'string' ? pattern : undefined,
      minLength: wholeNumber(own(entry, 'MinLength')),
      maxLength: wholeNumber(own(entry, 'MaxLength')),
      minValue: anyNumber(own(entry, 'MinValue')),
      maxValue: anyNumber(own(entry, 'MaxValue')),
      noEcho: isTrue(own(entry, 'NoEcho')),
    });
  }
  return declarations;
}

function wholeNumber(value: unknown): number | undefined {
  const number = anyNumber(value);
  return Number.isInteger(number) ? number : undefined;
}

function anyNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}
