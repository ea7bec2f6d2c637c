import { isList, isMap, type Plain, type PlainMap, type TemplateFile } from './values.js';

/** How many smaller deployments are tried. */
const TRIES = 3_000;

/**
 * The smallest deployment that still does something: files, entries, items and the branches of functions are left out
 * one by one, as long as it does.
 */
export async function minimise(
  files: readonly TemplateFile[],
  still: (files: readonly TemplateFile[]) => Promise<boolean>,
): Promise<readonly TemplateFile[]> {
  let smallest = files;
  let left = TRIES;
  for (let progress = true; progress; ) {
    progress = false;
    for (const smaller of reductions(smallest)) {
      if (left-- <= 0) return smallest;
      if (!(await still(smaller))) continue;
      smallest = smaller;
      progress = true;
      break;
    }
  }
  return smallest;
}

function* reductions(files: readonly TemplateFile[]): Generator<readonly TemplateFile[]> {
  for (const file of files) {
    if (files.length > 1) yield files.filter((other) => other !== file);
  }
  for (const file of files) {
    for (const template of smaller(file.template)) {
      yield files.map((other) => (other === file ? { ...file, template } : other));
    }
  }
}

/** Sections whose entries can be left out, and of the entries in them the keys that can be. */
const SECTIONS = ['Resources', 'Outputs', 'Rules', 'Conditions', 'Parameters', 'Mappings'];
const OPTIONAL = new Set([
  ...['Condition', 'Default', 'AllowedValues', 'MinValue', 'MaxValue', 'Export', 'Parameters'],
  ...['GrantType', 'OnBehalfOfTokenExchangeConfig', 'TenantId'],
]);

/** A template with one thing less, the large things first. */
function* smaller(template: PlainMap): Generator<PlainMap> {
  for (const name of SECTIONS) {
    const content = template[name];
    if (!isMap(content)) continue;
    for (const key of Object.keys(content)) {
      const left = without(content, key);
      yield Object.keys(left).length === 0 ? without(template, name) : { ...template, [name]: left };
    }
  }
  yield without(template, 'Transform');
  for (const [name, content] of Object.entries(template)) {
    for (const less of simpler(content)) yield { ...template, [name]: less };
  }
}

function without(map: PlainMap, key: string): PlainMap {
  return Object.fromEntries(Object.entries(map).filter(([other]) => other !== key));
}

/** A value with one thing less in it that a template need not have. */
function* simpler(value: Plain): Generator<Plain> {
  if (isList(value)) {
    for (const [index, item] of value.entries()) {
      for (const less of simpler(item)) yield value.map((other, at) => (at === index ? less : other));
    }
    return;
  }
  if (!isMap(value)) return;
  const [only] = Object.entries(value);
  if (only !== undefined && Object.keys(value).length === 1) yield* inner(only);
  for (const [key, child] of Object.entries(value)) {
    if (OPTIONAL.has(key)) yield without(value, key);
    if (key === 'Parameters' && isMap(child)) {
      for (const passed of Object.keys(child)) yield { ...value, [key]: without(child, passed) };
    }
    for (const less of simpler(child)) yield { ...value, [key]: less };
  }
}

/** What may stand in the place of a function. */
function* inner([name, argument]: readonly [string, Plain]): Generator<Plain> {
  if (!isList(argument)) return;
  if (name === 'Fn::If') yield* argument.slice(1);
  if (name === 'Fn::And' || name === 'Fn::Or' || name === 'Fn::Not') yield* argument;
  if (name === 'Fn::Select' && isList(argument[1])) yield* argument[1];
  if (name === 'Fn::Join' && isList(argument[1]) && argument[1].every((item) => typeof item === 'string'))
    yield argument[1].join(String(argument[0]));
}
