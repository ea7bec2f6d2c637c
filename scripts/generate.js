// Writes what is built from other sources and committed all the same:
// - shapes: src/spec/generated.ts, what CloudFormation's own specification says about the AgentCore resource types
// - pages: rules/*.md, the pages of the rules and their index (scripts/generate-pages.js)
//
//   node scripts/generate.js           write the files
//   node scripts/generate.js --check   exit 1, and write nothing, when a committed file is not what it would write
//   node scripts/generate.js pages     only these; with --check as well
//
// The facts of the specification come from @aws-cdk/aws-service-spec, whose database is derived from the published resource schemas.
// The linter reads the small file written here, so that a run never loads that database (30 MB).

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const NAMESPACE = 'AWS::BedrockAgentCore::';

/** Types of other namespaces that rules look inside. */
const OTHER_TYPES = ['AWS::AgentRegistry::RegistryRecord'];

/** The types of the namespace that rules look inside; of all others in it only attributes and identifiers are kept. */
const TYPES_WITH_PROPERTIES = ['OAuth2CredentialProvider', 'GatewayTarget', 'Harness', 'Gateway'];

const PACKAGE = '@aws-cdk/aws-service-spec';
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SHAPES = 'src/spec/generated.ts';

/** Loaded when the shapes are asked for: it takes seconds. */
let specification;

/** The resource types of the namespace and the others that are looked into, by name. */
function agentcoreResources() {
  return specification
    .all('resource')
    .filter(
      ({ cloudFormationType }) =>
        cloudFormationType.startsWith(NAMESPACE) || OTHER_TYPES.includes(cloudFormationType),
    )
    .sort((a, b) => compareText(a.cloudFormationType, b.cloudFormationType));
}

function shapeOf(resource) {
  const shape = {
    // What `Ref` gives is CloudFormation's identifier, which the Cloud Control one stands in for when it is the same.
    ref: [...(resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [])],
    attributes: attributeNames(resource),
  };
  const isLookedInto =
    OTHER_TYPES.includes(resource.cloudFormationType) || TYPES_WITH_PROPERTIES.includes(resource.name);
  if (!isLookedInto) return shape;
  const definitions = new Map();
  const properties = propertiesOf(resource.properties, definitions);
  return { ...shape, properties, definitions: sortedByKey(Object.fromEntries(definitions)) };
}

/** All names that `Fn::GetAtt` takes; the fields of an attribute that is an object count, as `Attribute.Field`. */
function attributeNames(resource) {
  const names = new Set();
  const add = (name, type, above) => {
    names.add(name);
    if (type.type !== 'ref' || above.includes(type.reference.$ref)) return;
    const definition = specification.get('typeDefinition', type.reference.$ref);
    for (const [field, property] of Object.entries(definition.properties)) {
      add(`${name}.${field}`, property.type, [...above, type.reference.$ref]);
    }
  };
  for (const [name, attribute] of Object.entries(resource.attributes)) add(name, attribute.type, []);
  return [...names].sort(compareText);
}

/** Property name to its type in the notation of src/spec/shape.ts; `definitions` collects all that they lead to. */
function propertiesOf(properties, definitions) {
  const entries = Object.entries(properties).map(([name, property]) => [
    name,
    typeOf(property.type, definitions) + (property.required ? '!' : ''),
  ]);
  return sortedByKey(Object.fromEntries(entries));
}

function typeOf(type, definitions) {
  switch (type.type) {
    case 'ref': {
      const definition = specification.get('typeDefinition', type.reference.$ref);
      if (!definitions.has(definition.name)) {
        definitions.set(definition.name, undefined); // holds the place: definitions may be recursive
        definitions.set(definition.name, propertiesOf(definition.properties, definitions));
      }
      return `#${definition.name}`;
    }
    case 'array':
      return `list ${typeOf(type.element, definitions)}`;
    case 'map':
      return `map ${typeOf(type.element, definitions)}`;
    case 'union':
      return type.types.map((member) => typeOf(member, definitions)).join(' or ');
    case 'string':
      return type.allowedValues === undefined
        ? 'string'
        : `string ${checkedValues(type.allowedValues).join('|')}`;
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      // json, date-time, tag and whatever a later specification brings: anything goes.
      return 'any';
  }
}

/** The notation has no escapes, so a value that would need one stops the generator. */
function checkedValues(values) {
  for (const value of values) {
    if (!/^[\w./:-]+$/.test(value))
      throw new Error(`allowed value ${JSON.stringify(value)} does not fit the notation`);
  }
  return values;
}

function sortedByKey(record) {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)));
}

/** By code unit, so that the result does not depend on the machine's language. */
function compareText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A value in TypeScript as the formatter would like it best: records on lines of their own, lists on one. */
function print(value, indent = '') {
  if (typeof value === 'string') return `'${value.replaceAll(/['\\]/g, '\\$&')}'`;
  if (Array.isArray(value)) return `[${value.map((item) => print(item)).join(', ')}]`;
  const lines = Object.entries(value).map(([key, item]) => {
    const name = /^[A-Za-z_]\w*$/.test(key) ? key : print(key);
    return `${indent}  ${name}: ${print(item, `${indent}  `)},\n`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
}

function generate() {
  specification = loadAwsServiceSpecSync();
  const version = createRequire(import.meta.url)(`${PACKAGE}/package.json`).version;
  const shapes = agentcoreResources().map((resource) => [resource.cloudFormationType, shapeOf(resource)]);
  return `// Generated by \`node scripts/generate.js\` from ${PACKAGE} ${version}. Do not edit.

import type { GeneratedShape } from './shape.js';

export const specificationVersion = ${print(version)};

export const generatedShapes: Readonly<Record<string, GeneratedShape>> = ${print(Object.fromEntries(shapes))};
`;
}

/** The committed text of a file; undefined when there is none. */
function committed(file) {
  try {
    return readFileSync(path.join(ROOT, file), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Pages in rules/ whose rule has gone. */
function orphanedPages(pages) {
  return readdirSync(path.join(ROOT, 'rules'))
    .map((name) => `rules/${name}`)
    .filter((file) => file.endsWith('.md') && !pages.has(file));
}

function write(files, orphans) {
  for (const [file, text] of files) {
    if (committed(file) === text) continue;
    mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
    writeFileSync(path.join(ROOT, file), text);
  }
  for (const file of orphans) rmSync(path.join(ROOT, file));
}

function check(files, orphans) {
  const stale = [...files].flatMap(([file, text]) => (committed(file) === text ? [] : [file]));
  for (const file of stale) {
    console.error(`${file} is stale: run \`node scripts/generate.js\` and commit what it writes.`);
  }
  for (const file of orphans)
    console.error(`${file} is the page of no rule: \`node scripts/generate.js\` removes it.`);
  if (stale.length + orphans.length > 0) process.exitCode = 1;
}

const PARTS = ['shapes', 'pages'];

const given = process.argv.slice(2);
const unknown = given.find((argument) => argument !== '--check' && !PARTS.includes(argument));
if (unknown !== undefined) {
  console.error(
    `unknown argument ${unknown}; usage: node scripts/generate.js [--check] [${PARTS.join(' | ')}]`,
  );
  process.exitCode = 2;
} else {
  const parts = PARTS.filter((part) => given.includes(part) || !PARTS.some((other) => given.includes(other)));
  const finish = given.includes('--check') ? check : write;
  if (parts.includes('shapes')) finish(new Map([[SHAPES, generate()]]), []);
  // After the shapes have been written: the rules are run for their pages, and read the shapes.
  if (parts.includes('pages')) {
    const { generatePages } = await import('./generate-pages.js');
    const pages = await generatePages();
    finish(pages, orphanedPages(pages));
  }
}
