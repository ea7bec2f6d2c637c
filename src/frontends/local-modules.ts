import { isMap, own, type PlainMap } from '../plain/map.js';
import type { Path } from '../source/types.js';
import { unknownValue } from './front-end.js';
import type { Grafts } from './grafts.js';

/*
 * Modules of `aws cloudformation package` and of Rain, which a tool puts into the template that uses them. Sources: the
 * AWS CLI's `customizations/cloudformation/modules_readme.md`, its pull request 9124, and the README of
 * aws-cloudformation/rain, "Modules".
 */

/** How many modules one loop may make. */
export const MAX_LOOPED_MODULES = 1_000;

/** The attributes by which a module is made several times; `Map` is what `ForEach` was called first. */
const LOOPS = ['ForEach', 'Map'];

/**
 * A template in which every local module is an entry of `Modules`: those that are resources (`Type: LocalModule`,
 * `Type: !Rain::Module`) are moved there, a loop becomes an entry for each item (`Content0`, `Content1`), sources in a
 * package (`$name/file`) and constants (`${Const::Name}`, `!Ref Const::Name`) are written out. What cannot be written
 * out before the deployment stays as it is.
 */
export function gatherModules(top: PlainMap, grafts: Grafts): PlainMap {
  const whole = withConstants(top);
  const modules: Record<string, unknown> = {};
  const looped = new Map<string, readonly string[]>();
  const add = (name: string, module: PlainMap, from: Path): void => {
    const items = loopItems(module, whole);
    if (items === undefined) {
      modules[name] = withPackage(module, whole);
      grafts.noteMoved(['Modules', name], from);
      return;
    }
    looped.set(name, items);
    for (const [index, item] of items.entries()) {
      modules[`${name}${index}`] = withPackage(itemOf(module, item, index), whole);
      grafts.noteMoved(['Modules', `${name}${index}`], from);
    }
  };
  const written = own(whole, 'Modules');
  for (const [name, module] of Object.entries(isMap(written) ? written : {})) {
    if (isMap(module)) add(name, module, ['Modules', name]);
    else modules[name] = module;
  }
  const resources: Record<string, unknown> = {};
  const declared = own(whole, 'Resources');
  for (const [logicalId, resource] of Object.entries(isMap(declared) ? declared : {})) {
    const module = moduleOf(resource);
    if (module === undefined) resources[logicalId] = resource;
    else add(logicalId, module, ['Resources', logicalId]);
  }
  if (Object.keys(modules).length === 0) return whole;
  const gathered = { ...whole, ...(isMap(declared) && { Resources: resources }), Modules: modules };
  return looped.size === 0 ? gathered : (withItems(gathered, looped) as PlainMap);
}

/** A resource that stands for a module, as an entry of `Modules`; undefined for any other. */
function moduleOf(resource: unknown): PlainMap | undefined {
  const called = own(resource, 'Fn::Rain::Module');
  if (typeof called === 'string') return { Source: withoutScheme(called) };
  if (!isMap(resource)) return undefined;
  const { Type: type, ...module } = resource;
  const source = type === 'LocalModule' ? own(resource, 'Source') : own(type, 'Fn::Rain::Module');
  return typeof source === 'string' ? { ...module, Source: withoutScheme(source) } : undefined;
}

/** Rain takes URIs, too. */
function withoutScheme(source: string): string {
  return source.replace(/^file:\/\//, '');
}

/**
 * The items of a module's loop: a comma-delimited text, a list, or a parameter's default, which is what the tools take.
 * Undefined where there is no loop, or its items are not known.
 */
function loopItems(module: PlainMap, top: PlainMap): readonly string[] | undefined {
  const loop = LOOPS.map((key) => own(module, key)).find((value) => value !== undefined);
  const parameter = own(loop, 'Ref');
  const value = typeof parameter === 'string' ? own(own(own(top, 'Parameters'), parameter), 'Default') : loop;
  const items = typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  return Array.isArray(items) &&
    items.length <= MAX_LOOPED_MODULES &&
    items.every((item) => typeof item === 'string')
    ? items
    : undefined;
}

/** The module that a loop makes for one item: its properties name the item and the index. */
function itemOf(module: PlainMap, item: string, index: number): PlainMap {
  const rest = Object.fromEntries(Object.entries(module).filter(([key]) => !LOOPS.includes(key)));
  const fill = (text: string): string =>
    text
      .replaceAll(/\$(?:\{)?(?:Identifier|MapValue)\}?/g, () => item)
      .replaceAll(/\$(?:\{)?(?:Index|MapIndex)\}?/g, String(index));
  return mapTexts(rest, fill) as PlainMap;
}

/**
 * References into a looped module: `Content[0]` is `Content0`, and so is `Content[A]` where `A` is the first item;
 * `Content[*]` and `Content[]` are the list of all.
 */
function withItems(value: unknown, looped: ReadonlyMap<string, readonly string[]>): unknown {
  if (Array.isArray(value)) return value.map((item) => withItems(item, looped));
  if (!isMap(value)) return value;
  const argument = own(value, 'Fn::GetAtt');
  if (argument !== undefined && Object.keys(value).length === 1) {
    const text = Array.isArray(argument) ? argument.join('.') : argument;
    const [, name = '', item = '', rest = ''] =
      typeof text === 'string' ? (/^(\w+)\[([^\]]*)\](.*)$/s.exec(text) ?? []) : [];
    const items = looped.get(name);
    if (items === undefined) return value;
    if (item === '*' || item === '')
      return items.map((_, index) => ({ 'Fn::GetAtt': `${name}${index}${rest}` }));
    const index = /^\d+$/.test(item) ? Number(item) : items.indexOf(item);
    return index < 0 || index >= items.length
      ? unknownValue(`a list of what the modules of ${name} give is put in before the deployment`)
      : { 'Fn::GetAtt': `${name}${index}${rest}` };
  }
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withItems(entry, looped)]));
}

/** A module whose source lies in a package: `$name/file`, where the package's own source is a local folder. */
function withPackage(module: PlainMap, top: PlainMap): PlainMap {
  const source = own(module, 'Source');
  const [, name = '', file = ''] = typeof source === 'string' ? (/^\$(\w+)\/(.+)$/s.exec(source) ?? []) : [];
  const folder = own(own(own(top, 'Packages'), name), 'Source');
  if (typeof folder !== 'string' || /\.zip$|^[a-z][a-z0-9+.-]*:\/\//i.test(folder)) return module;
  return { ...module, Source: `${folder.replace(/\/$/, '')}/${file}` };
}

/** How often constants may name each other. */
const MAX_CONSTANT_ROUNDS = 16;

/** A template with its constants written out where they are named. */
function withConstants(top: PlainMap): PlainMap {
  const declared = own(top, 'Constants') ?? own(own(top, 'Rain'), 'Constants');
  if (!isMap(declared)) return top;
  const named = (text: string): string =>
    text.replace(/\$\{(?:Const|Rain)::(\w+)\}/g, (reference, name: string) => {
      const value = own(declared, name);
      return typeof value === 'string' || typeof value === 'number' ? String(value) : reference;
    });
  const filled = (text: string): string => {
    let before = text;
    for (let round = 0; round < MAX_CONSTANT_ROUNDS; round++) {
      const after = named(before);
      if (after === before || after.length > MAX_CONSTANT_LENGTH) break;
      before = after;
    }
    return before;
  };
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string') return filled(value);
    if (Array.isArray(value)) return value.map(replaced);
    if (!isMap(value)) return value;
    const reference = own(value, 'Ref');
    const [, name = ''] =
      typeof reference === 'string' ? (/^(?:Const|Rain)::(\w+)$/.exec(reference) ?? []) : [];
    const constant = own(declared, name);
    if (typeof constant === 'string') return { 'Fn::Sub': filled(constant) };
    if (constant !== undefined) return constant;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, replaced(entry)]));
  };
  const { Constants, ...rest } = top;
  return replaced(rest) as PlainMap;
}

/** How long a text may become by its constants. */
const MAX_CONSTANT_LENGTH = 100_000;

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapTexts(entry, change)]));
}
