import { isMap, own, ownMap } from '../../plain/map.js';

/**
 * The texts of which a plan or a state says that they are sensitive. It holds them in clear all the same.
 * @param document the answer of `terraform show -json`
 */
export function sensitiveTexts(document: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  for (const section of ['planned_values', 'values']) {
    const values = own(document, section);
    modules(own(values, 'root_module'), found);
    outputs(own(values, 'outputs'), found);
  }
  modules(own(own(own(document, 'prior_state'), 'values'), 'root_module'), found);
  for (const list of ['resource_changes', 'resource_drift']) {
    const entries = own(document, list);
    if (!Array.isArray(entries)) continue;
    for (const entry of entries) {
      const change = own(entry, 'change');
      marked(own(change, 'before'), own(change, 'before_sensitive'), found);
      marked(own(change, 'after'), own(change, 'after_sensitive'), found);
    }
  }
  const declared = ownMap(own(own(document, 'configuration'), 'root_module'), 'variables');
  for (const [name, variable] of Object.entries(ownMap(document, 'variables'))) {
    if (own(own(declared, name), 'sensitive') === true) texts(own(variable, 'value'), found);
  }
  return found;
}

function modules(module: unknown, found: Set<string>): void {
  const resources = own(module, 'resources');
  if (Array.isArray(resources)) {
    for (const resource of resources)
      marked(own(resource, 'values'), own(resource, 'sensitive_values'), found);
  }
  const children = own(module, 'child_modules');
  if (Array.isArray(children)) for (const child of children) modules(child, found);
}

function outputs(declared: unknown, found: Set<string>): void {
  if (!isMap(declared)) return;
  for (const output of Object.values(declared)) {
    if (own(output, 'sensitive') === true) texts(own(output, 'value'), found);
  }
}

/** Takes in what the marks, which mirror the value with `true` at what is sensitive, say of it. */
function marked(value: unknown, marks: unknown, found: Set<string>): void {
  if (marks === true) texts(value, found);
  else if (typeof marks === 'object' && marks !== null) {
    for (const [key, mark] of Object.entries(marks)) {
      marked(own(value, Array.isArray(marks) ? Number(key) : key), mark, found);
    }
  }
}

function texts(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') found.add(value);
  else if (typeof value === 'number') found.add(String(value));
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) texts(item, found);
}
