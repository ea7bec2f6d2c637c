import { describe, expect, it } from 'vitest';
import { Scenario } from '../../src/evaluate/scenario.js';
import { graphOf, instanceOf, ref, type Templates } from '../evaluate/evaluation.js';

const Mode = { Type: 'String', AllowedValues: ['a', 'b'] };
const onlyA = { OnlyA: { Assertions: [{ Assert: { 'Fn::Equals': [ref('Mode'), 'a'] } }] } };
const child = (more: object = {}) => ({ Parameters: { Mode: { Type: 'String' } }, Resources: {}, ...more });
const parent = (more: object = {}) => ({
  Parameters: { Mode },
  Resources: {
    Child: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'child.json', Parameters: { Mode: ref('Mode') } },
    },
  },
  ...more,
});

/** Whether a deployment of a template may go on with `Mode` at a value. */
function permits(templates: Templates, file: string, value: string): boolean {
  const graph = graphOf(templates);
  const declaring = templates[file] as { Parameters: typeof parent };
  const root = graph.instances(graph.store.get(file) as never)[0];
  if (root === undefined) throw new Error('no instance');
  let outer = root;
  while (outer.parent !== undefined) outer = outer.parent.instance;
  const declaration = outer.template.parameters.get('Mode');
  if (declaration === undefined || declaring === undefined) throw new Error('no parameter');
  const variable = graph.evaluator.variables.parameter(declaration, outer.template.file);
  const when = Scenario.always.assume(variable, value);
  if (when === undefined) throw new Error('no such value');
  return graph.deployments.permit([instanceOf(graph, file)], when);
}

describe('the rules of a template', () => {
  const alone = { Parameters: { Mode }, Resources: {} };

  it('bind its own deployment', () => {
    expect(permits({ 'a.json': { ...alone, Rules: onlyA } }, 'a.json', 'a')).toBe(true);
    expect(permits({ 'a.json': { ...alone, Rules: onlyA } }, 'a.json', 'b')).toBe(false);
  });

  it.each(['a.json', 'z.json'])('bind no other deployment, whatever it is called: %s', (other) => {
    expect(permits({ 'm.json': alone, [other]: { ...alone, Rules: onlyA } }, 'm.json', 'b')).toBe(true);
  });

  it('bind what the template nests, and what nests it', () => {
    const below = { 'parent.json': parent({ Rules: onlyA }), 'child.json': child() };
    expect(permits(below, 'child.json', 'b')).toBe(false);
    const above = { 'parent.json': parent(), 'child.json': child({ Rules: onlyA }) };
    expect(permits(above, 'parent.json', 'b')).toBe(false);
    expect(permits(above, 'parent.json', 'a')).toBe(true);
  });

  it('bind what is nested, whatever its scenario says', () => {
    const Rules = { Never: { Assertions: [{ Assert: false }] } };
    const graph = graphOf({ 'parent.json': parent({ Rules }), 'child.json': child() });
    expect(graph.deployments.permit([instanceOf(graph, 'child.json')], Scenario.always)).toBe(false);
  });

  it('of a nested stack that is not made bind nobody', () => {
    const made = parent({ Conditions: { A: { 'Fn::Equals': [ref('Mode'), 'a'] } } });
    const Child = { ...made.Resources.Child, Condition: 'A' };
    const templates = {
      'parent.json': { ...made, Resources: { Child } },
      'child.json': child({ Rules: { Never: { Assertions: [{ Assert: false }] } } }),
    };
    expect(permits(templates, 'parent.json', 'a')).toBe(false);
    expect(permits(templates, 'parent.json', 'b')).toBe(true);
  });

  it('hold only where their condition does', () => {
    const Rules = {
      R: { RuleCondition: { 'Fn::Equals': [ref('Mode'), 'a'] }, Assertions: [{ Assert: false }] },
    };
    expect(permits({ 'a.json': { ...alone, Rules } }, 'a.json', 'a')).toBe(false);
    expect(permits({ 'a.json': { ...alone, Rules } }, 'a.json', 'b')).toBe(true);
  });
});

describe('a nested stack', () => {
  it('takes the values that its parameter takes', () => {
    const templates = {
      'parent.json': parent(),
      'child.json': child({ Parameters: { Mode: { Type: 'String', AllowedValues: ['a'] } } }),
    };
    expect(permits(templates, 'parent.json', 'a')).toBe(true);
    expect(permits(templates, 'parent.json', 'b')).toBe(false);
  });
});

describe('a nested stack that is passed a list', () => {
  const passed = (value: unknown, more: object = {}) =>
    permits(
      {
        'parent.json': {
          Parameters: { Mode, List: { Type: 'CommaDelimitedList' } },
          Resources: {
            Child: {
              Type: 'AWS::CloudFormation::Stack',
              Properties: { TemplateURL: 'child.json', Parameters: { Names: value } },
            },
          },
        },
        'child.json': {
          Parameters: { Names: { Type: 'CommaDelimitedList', AllowedValues: ['x', 'y'], ...more } },
          Resources: {},
        },
      },
      'parent.json',
      'a',
    );

  it('takes the items that its parameter takes', () => {
    expect(passed(['x', 'y'])).toBe(true);
    expect(passed(['x', 'z'])).toBe(false);
    expect(passed({ 'Fn::Split': [',', 'x,y'] })).toBe(true);
    expect(passed({ 'Fn::Split': [',', 'x,z'] })).toBe(false);
  });

  it('may take what is known only when it is deployed', () => {
    expect(passed(['x', ref('AWS::Region')])).toBe(true);
    expect(passed(ref('List'))).toBe(true);
    expect(passed({ 'Fn::GetAZs': '' })).toBe(true);
  });
});

describe('a row that a mapping has not', () => {
  const Mappings = { Rows: { a: { is: 'x' } } };
  const row = { 'Fn::FindInMap': ['Rows', ref('Mode'), 'is'] };
  const passing = (value: unknown) => {
    const { Child } = parent().Resources;
    const Properties = { ...Child.Properties, Parameters: { Mode: value } };
    return { Mappings, Resources: { Child: { ...Child, Properties } } };
  };
  const isX = { Unless: { 'Fn::Not': [{ 'Fn::Equals': [row, 'x'] }] } };
  const permitted = (more: object): boolean[] => {
    const templates = { 'parent.json': parent(more), 'child.json': child() };
    return ['a', 'b'].map((value) => permits(templates, 'parent.json', value));
  };

  it('refuses the deployment where a nested stack would be passed it', () => {
    expect(permitted(passing(row))).toEqual([true, false]);
    expect(permitted(passing({ 'Fn::Join': ['', [row]] }))).toEqual([true, false]);
  });

  it('refuses the deployment where a condition asks for it', () => {
    expect(permitted({ Mappings, Conditions: isX })).toEqual([true, false]);
  });

  it('refuses the deployment where a loop goes over it', () => {
    const loop = (collection: unknown) => ({
      Transform: 'AWS::LanguageExtensions',
      Mappings: { Rows: { a: { is: ['x', 'y'] } } },
      Resources: { 'Fn::ForEach::Each': ['Item', collection, { 'Wait${Item}': { Type: 'T' } }] },
    });
    expect(permitted(loop(row))).toEqual([true, false]);
    expect(permitted(loop(['x', 'y']))).toEqual([true, true]);
  });

  it('refuses it however much else the conditions ask for', () => {
    const values = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const others = Array.from({ length: 20 }, (_, index) => `Other${index}`);
    const entriesOf = <Entry>(of: (name: string) => Entry) =>
      Object.fromEntries(others.map((name) => [name, of(name)]));
    const all = Object.fromEntries(values.map((value) => [value, { is: value }]));
    const given = permitted({
      Parameters: { Mode, ...entriesOf(() => ({ ...Mode, AllowedValues: values })) },
      Mappings: { ...Mappings, All: all },
      Conditions: {
        ...entriesOf((name) => ({ 'Fn::Equals': [{ 'Fn::FindInMap': ['All', ref(name), 'is'] }, 'a'] })),
        ...isX,
      },
    });
    expect(given).toEqual([true, false]);
  });

  it('refuses nothing where there is a default, or where nobody asks', () => {
    const preset = { 'Fn::FindInMap': [...row['Fn::FindInMap'], { DefaultValue: 'y' }] };
    expect(permitted(passing(preset))).toEqual([true, true]);
    expect(permitted({ Mappings })).toEqual([true, true]);
  });
});

describe('a place', () => {
  it('is in one partition', () => {
    const graph = graphOf({ 'a.json': { Resources: {} } });
    const { variables } = graph.evaluator;
    const region = variables.pseudoParameter('AWS::Region', '');
    const partition = variables.pseudoParameter('AWS::Partition', '');
    const permitted = (build: (so: Scenario) => Scenario | undefined): boolean =>
      graph.deployments.permit([], build(Scenario.always) as Scenario);
    expect(permitted((so) => so.assume(region, 'cn-north-1')?.assume(partition, 'aws'))).toBe(false);
    expect(permitted((so) => so.assume(region, 'cn-north-1')?.assume(partition, 'aws-cn'))).toBe(true);
    expect(permitted((so) => so.assume(region, 'eu-west-1')?.assume(partition, 'aws'))).toBe(true);
    const elsewhere = (so: Scenario) => so.exclude(region, 'us-gov-east-1')?.exclude(region, 'us-gov-west-1');
    expect(permitted((so) => elsewhere(so)?.assume(partition, 'aws-us-gov'))).toBe(false);
    expect(permitted((so) => elsewhere(so)?.assume(partition, 'aws'))).toBe(true);
  });
});
