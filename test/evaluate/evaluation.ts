import path from 'node:path';
import type { StackInfo } from '../../src/discover/types.js';
import { Scenario } from '../../src/evaluate/scenario.js';
import { cursorAt, type StackInstance } from '../../src/evaluate/stack-instance.js';
import { type Alternative, displayText } from '../../src/evaluate/value.js';
import { textMentions } from '../../src/graph/mentions.js';
import { ResourceGraph } from '../../src/graph/resource-graph.js';
import { TemplateStore } from '../../src/graph/store.js';
import { parseSource } from '../../src/source/parse.js';

export type Templates = Readonly<Record<string, object>>;

/** What an assembly tells of a stack, by default nothing. */
const STACK: StackInfo = {
  label: 'stack',
  stackName: undefined,
  account: undefined,
  region: undefined,
  assembly: path.resolve('cdk.out'),
  parameters: {},
  assets: new Map(),
  constructPaths: new Map(),
  constructNotes: () => ({ source: undefined, acknowledged: [] }),
  acknowledgements: () => [],
  dummyValues: undefined,
};

/**
 * A graph of templates by their file names; nested stacks name each other by these.
 * @param values the values of parameters, by file
 * @param stacks what an assembly tells of the stack that a file is deployed as
 */
export function graphOf(
  templates: Templates,
  values: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
  stacks: Readonly<Record<string, Partial<StackInfo>>> = {},
): ResourceGraph {
  const store = new TemplateStore({
    readText: ({ text = '' }) => ({ ok: true, text }),
    parse: (file, text) => parseSource(file.name, text),
    search: (text) => textMentions(text, text.includes('AWS::BedrockAgentCore')),
  });
  for (const [name, template] of Object.entries(templates)) {
    const text = JSON.stringify(template);
    const told = stacks[name] === undefined ? [] : [{ ...STACK, ...stacks[name] }];
    store.add({ path: path.resolve(name), name, role: 'target', text, stacks: told }).open();
  }
  return new ResourceGraph(store, {
    parameterValues: (file) => new Map(Object.entries(values[file] ?? {})),
    locator: {
      locate: (url) => store.get(displayText(url)) ?? { reason: 'there is no such file' },
      embedded: () => {
        throw new Error('no template of these tests holds another');
      },
    },
  });
}

/** The only instance of a template, or the first of several. */
export function instanceOf(graph: ResourceGraph, file: string): StackInstance {
  const template = graph.store.get(file);
  const [instance] = template === undefined ? [] : graph.instances(template);
  if (instance === undefined) throw new Error(`no instance of ${file}`);
  return instance;
}

/** What an output of a template can be, a line an alternative: its value, and after `when` its scenario. */
export function outcomesOf(graph: ResourceGraph, file: string, output = 'Out'): string[] {
  const at = cursorAt(instanceOf(graph, file), 'Outputs', output, 'Value');
  return graph.evaluator.evaluate(at, Scenario.always).map(shown).sort();
}

/** What an expression can be in a template with some more sections. */
export function outcomes(expression: unknown, sections: object = {}): string[] {
  const template = { Resources: {}, Outputs: { Out: { Value: expression } }, ...sections };
  return outcomesOf(graphOf({ 'a.json': template }), 'a.json');
}

function shown({ value, when }: Alternative): string {
  const what =
    value.kind === 'text'
      ? displayText(value)
      : value.kind === 'list'
        ? `[${value.items.length}]`
        : value.kind === 'unknown'
          ? `unknown: ${value.reason}`
          : value.kind;
  const said = scenarioText(when);
  return said === '' ? what : `${what} when ${said}`;
}

/** A scenario as a line: `Mode is a, Stage is not b or c`. */
export function scenarioText(when: Scenario): string {
  return [...when.constraints]
    .map(([{ name }, constraint]) =>
      'is' in constraint ? `${name} is ${constraint.is}` : `${name} is not ${constraint.isNot.join(' or ')}`,
    )
    .sort()
    .join(', ');
}

export const ref = (name: string) => ({ Ref: name });
export const sub = (text: string) => ({ 'Fn::Sub': text.replaceAll('<', '$' + '{').replaceAll('>', '}') });
export const NO_VALUE = ref('AWS::NoValue');
