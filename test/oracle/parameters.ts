import {
  anyOther,
  entry,
  isAnyOther,
  isList,
  type Plain,
  type PlainMap,
  section,
  type TemplateFile,
  unknownText,
} from './values.js';

/*
 * Which values CloudFormation takes for a parameter, and which of them are worth a try.
 * Source: the CloudFormation user guide, Parameters.
 */

/** The values that tell the ways to deploy apart, for the parameters of one template that is deployed by itself. */
export interface Domain {
  readonly name: string;
  /** The same for parameters that are declared alike: whoever deploys both templates gives both the same value. */
  readonly key: string;
  readonly values: readonly string[];
}

export function isListType(type: string): boolean {
  return type === 'CommaDelimitedList' || type.includes('List<') || type.includes('<CommaDelimitedList>');
}

export function isSsmType(type: string): boolean {
  return type.startsWith('AWS::SSM::Parameter::Value<');
}

/** The items of a list parameter's text. */
export function itemsOf(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}

/** How scalars of a template read as a text. */
export function textOf(value: Plain): string {
  return isList(value) ? value.map(textOf).join(',') : String(value);
}

export function typeOf(declaration: Plain): string {
  const type = entry(declaration, 'Type');
  return typeof type === 'string' ? type : 'String';
}

export function defaultOf(declaration: Plain): string | undefined {
  const value = entry(declaration, 'Default');
  return value === undefined ? undefined : textOf(value);
}

function numberIn(declaration: Plain, key: string): number | undefined {
  const value = entry(declaration, key);
  return value === undefined ? undefined : Number(value);
}

/** Whether CloudFormation takes a value before it deploys anything. */
export function accepts(declaration: Plain, text: string): boolean {
  const type = typeOf(declaration);
  const parts = isListType(type) ? itemsOf(text) : [text];
  if (isAnyOther(text)) return entry(declaration, 'AllowedValues') === undefined && type !== 'Number';
  const allowed = entry(declaration, 'AllowedValues');
  if (isList(allowed) && !parts.every((part) => allowed.map(textOf).includes(part))) return false;
  const pattern = entry(declaration, 'AllowedPattern');
  if (typeof pattern === 'string' && !parts.every((part) => new RegExp(`^(?:${pattern})$`).test(part)))
    return false;
  if (type === 'Number' || type === 'List<Number>') {
    const min = numberIn(declaration, 'MinValue') ?? Number.NEGATIVE_INFINITY;
    const max = numberIn(declaration, 'MaxValue') ?? Number.POSITIVE_INFINITY;
    return parts.every((part) => part.trim() !== '' && Number(part) >= min && Number(part) <= max);
  }
  if (/^(?:List<)?AWS::(?!SSM::)/.test(type)) return parts.every((part) => part !== '');
  const shortest = numberIn(declaration, 'MinLength') ?? 0;
  const longest = numberIn(declaration, 'MaxLength') ?? Number.POSITIVE_INFINITY;
  return isListType(type) || (text.length >= shortest && text.length <= longest);
}

/** The variables that the deployments of some templates share, each with the values to try. */
export function domains(roots: readonly TemplateFile[], all: readonly TemplateFile[]): Domain[] {
  const found = new Map<string, Domain>();
  for (const root of roots) {
    const told = toldApart(root, all);
    for (const [name, declaration] of Object.entries(section(root.template, 'Parameters'))) {
      const key = declarationKey(name, declaration);
      const values = valuesToTry(declaration, name, told.has(name), literalsOf(all));
      const known = found.get(key);
      // Told apart in one template is told apart in all.
      if (known === undefined || known.values.length < values.length) found.set(key, { name, key, values });
    }
  }
  return [...found.values()];
}

export function declarationKey(name: string, declaration: Plain): string {
  return JSON.stringify([
    name,
    ...['Type', 'Default', 'AllowedValues', 'AllowedPattern'].map((key) => entry(declaration, key) ?? null),
  ]);
}

/**
 * Nobody gives a parameter a value here, so it can have any; its default is taken where nothing tells the values apart,
 * because a default is there to find things by.
 */
function valuesToTry(
  declaration: Plain,
  name: string,
  toldApart: boolean,
  literals: readonly string[],
): string[] {
  const type = typeOf(declaration);
  const preset = defaultOf(declaration);
  const allowed = entry(declaration, 'AllowedValues');
  const taken = (values: readonly string[]): string[] =>
    [...new Set(values)].filter((value) => accepts(declaration, value));
  if (isList(allowed)) {
    const items = allowed.map(textOf);
    if (!isListType(type)) return taken(items);
    if (!toldApart && preset !== undefined) return [preset];
    return taken([...items, ...items.flatMap((first) => items.map((second) => `${first},${second}`))]);
  }
  // An empty default stands for nothing: whoever deploys the template gives a value.
  if (!toldApart) return [preset === undefined || preset === '' ? unknownText(name) : preset];
  const own = preset === undefined ? [] : [preset];
  if (type === 'Number') return taken([...own, ...literals, ...numbersBeside(declaration, literals)]);
  const other = anyOther(name);
  if (!isListType(type)) return taken([...own, ...literals, other]);
  return taken([...own, ...literals, other, ...literals.flatMap((first) => [`${first},${other}`])]);
}

/** A few numbers that a parameter may be and that no literal is. */
function numbersBeside(declaration: Plain, literals: readonly string[]): string[] {
  const from = numberIn(declaration, 'MinValue') ?? 0;
  const near = Array.from({ length: 40 }, (_, step) => String(from + step));
  return near
    .filter(
      (value) => accepts(declaration, value) && !literals.some((text) => Number(text) === Number(value)),
    )
    .slice(0, 1);
}

/** The texts that a comparison, a rule, a mapping or a nested template tells from others. */
function literalsOf(all: readonly TemplateFile[]): string[] {
  const texts = new Set<string>();
  const gather = (value: Plain): void => {
    if (isList(value)) value.forEach(gather);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(gather);
    else texts.add(textOf(value));
  };
  for (const { template } of all) {
    for (const comparison of inside(template, (key) => key === 'Fn::Equals')) {
      const operands = isList(comparison) ? comparison : [];
      const literals = operands.filter((operand) => typeof operand !== 'object');
      gather(literals);
      for (const literal of literals) gather(operands.map((operand) => valuesWithin(literal, operand)));
    }
    for (const list of inside(template, (key) => key === 'Fn::Contains' || key === 'Fn::EachMemberIn'))
      gather(list);
    for (const declaration of Object.values(section(template, 'Parameters')))
      gather(entry(declaration, 'AllowedValues') ?? []);
    // A key may be put together of a value and what stands before it.
    for (const mapping of Object.values(section(template, 'Mappings'))) {
      const keys = Object.entries(mapping as PlainMap).flatMap(([key, row]) => [
        key,
        ...Object.keys(row as PlainMap),
      ]);
      for (const key of keys) gather([key, ...key.split('-').slice(1)]);
    }
  }
  return [...texts];
}

/** The values of parameters with which an expression that is put together is a literal. */
function valuesWithin(literal: Plain, expression: Plain): Plain {
  const text = textOf(literal);
  const template = entry(expression, 'Fn::Sub');
  if (typeof template === 'string') {
    const around = template.split(/\$\{[^}]+\}/).map((part) => part.replace(/[^\w-]/g, '\\$&'));
    return new RegExp(`^${around.join('(.*)')}$`).exec(text)?.slice(1) ?? [];
  }
  const isJson = entry(expression, 'Fn::ToJsonString') !== undefined && text.startsWith('{');
  return isJson ? (JSON.parse(text) as Plain) : [];
}

/** The values under all keys of a kind, however deep. */
function inside(value: Plain, wanted: (key: string) => boolean): Plain[] {
  if (isList(value)) return value.flatMap((item) => inside(item, wanted));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    ...(wanted(key) ? [child] : []),
    ...inside(child, wanted),
  ]);
}

/** The names that an expression refers to. */
function namesIn(value: Plain): string[] {
  const referred = inside(value, (key) => key === 'Ref').filter((name) => typeof name === 'string');
  const substituted = inside(value, (key) => key === 'Fn::Sub').flatMap((text) =>
    [...JSON.stringify(text).matchAll(/\$\{([^}!]+)\}/g)].map(([, name]) => name ?? ''),
  );
  return [...referred, ...substituted];
}

/** The parameters of a template that are compared, in it or in what it nests. */
function toldApart(file: TemplateFile, all: readonly TemplateFile[], depth = 0): ReadonlySet<string> {
  const { template } = file;
  const names = new Set([
    ...namesIn(section(template, 'Conditions')),
    ...namesIn(section(template, 'Rules')),
    ...inside(template, (key) => key === 'Fn::FindInMap').flatMap(namesIn),
    ...inside(template, (key) => key === 'Fn::Select').flatMap((call) =>
      namesIn(isList(call) ? (call[0] ?? null) : null),
    ),
  ]);
  if (depth > 5) return names;
  for (const resource of Object.values(section(template, 'Resources'))) {
    if (entry(resource, 'Type') !== 'AWS::CloudFormation::Stack') continue;
    const properties = entry(resource, 'Properties') ?? {};
    const url = JSON.stringify(entry(properties, 'TemplateURL') ?? '');
    for (const child of all.filter(({ name }) => url.includes(name) && name !== file.name)) {
      const inner = toldApart(child, all, depth + 1);
      for (const passed of inside(properties, (key) => key === 'Parameters')) {
        for (const [name, declaration] of Object.entries(section(child.template, 'Parameters'))) {
          const narrowed = Object.keys(declaration as PlainMap).some((key) =>
            /^(?:Allowed|Min|Max)/.test(key),
          );
          if (!inner.has(name) && !narrowed) continue;
          for (const value of inside(passed, (key) => key === name))
            for (const so of namesIn(value)) names.add(so);
        }
      }
    }
  }
  return names;
}
