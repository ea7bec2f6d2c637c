import { entry, isList, isMap, type Plain, section, type TemplateFile } from './values.js';

/** Whether each name that a template refers to is declared in it: what is left of a deployment must still be one. */
export function isWellFormed(files: readonly TemplateFile[]): boolean {
  return files.every(({ template }) => {
    const resources = Object.keys(section(template, 'Resources'));
    const known = new Set([...Object.keys(section(template, 'Parameters')), ...resources]);
    const loops = resources.some((name) => name.startsWith('Fn::ForEach'));
    return referencesIn(template).every(
      ({ kind, name }) =>
        (kind === 'condition' && Object.hasOwn(section(template, 'Conditions'), name)) ||
        (kind === 'mapping' && Object.hasOwn(section(template, 'Mappings'), name)) ||
        (kind === 'name' &&
          (known.has(name) || name.startsWith('AWS::') || (loops && /^X$|\$\{X\}/.test(name)))),
    );
  });
}

interface Reference {
  readonly kind: 'condition' | 'mapping' | 'name';
  readonly name: string;
}

function referencesIn(value: Plain): Reference[] {
  if (isList(value)) return value.flatMap(referencesIn);
  if (!isMap(value)) return [];
  const found: Reference[] = Object.values(value).flatMap(referencesIn);
  for (const [key, child] of Object.entries(value)) {
    const first = isList(child) ? child[0] : child;
    if (key === 'Condition' && typeof child === 'string') found.push({ kind: 'condition', name: child });
    if (key === 'Fn::If') found.push({ kind: 'condition', name: String(first) });
    if (key === 'Fn::FindInMap') found.push({ kind: 'mapping', name: String(first) });
    if (key === 'Ref' || key === 'Fn::GetAtt')
      found.push({ kind: 'name', name: String(first).split('.')[0] ?? '' });
    if (key === 'Fn::Sub') {
      const own = isList(child) ? Object.keys((isMap(child[1]) ? child[1] : {}) as object) : [];
      for (const [, name = ''] of String(first).matchAll(/\$\{([^}!.]+)/g)) {
        if (!own.includes(name)) found.push({ kind: 'name', name });
      }
    }
  }
  return found;
}

/** Whether a template is there for each nested stack. */
export function isComplete(files: readonly TemplateFile[]): boolean {
  return files.every(({ template }) =>
    Object.values(section(template, 'Resources'))
      .map((resource) => entry(entry(resource, 'Properties'), 'TemplateURL'))
      .every((url) => url === undefined || files.some(({ name }) => JSON.stringify(url).includes(name))),
  );
}
