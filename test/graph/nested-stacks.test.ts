import { describe, expect, it } from 'vitest';
import { Scenario } from '../../src/evaluate/scenario.js';
import { graphOf, instanceOf, NO_VALUE, outcomesOf, ref, type Templates } from '../evaluate/evaluation.js';

const Conditions = { A: { 'Fn::Equals': [ref('Mode'), 'a'] } };
const outer = (Parameters: unknown) => ({
  Parameters: { Mode: { Type: 'String', AllowedValues: ['a', 'b'] } },
  Conditions,
  Resources: {
    Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'child.json', Parameters } },
  },
});
const inner = (declaration: object, expression: unknown = ref('P')) => ({
  Parameters: { P: declaration },
  Resources: {},
  Outputs: { Out: { Value: expression } },
});
const passing = (parameters: unknown, declaration: object = { Type: 'String', Default: 'own' }, given = {}) =>
  outcomesOf(
    graphOf({ 'outer.json': outer(parameters), 'child.json': inner(declaration) }, { 'child.json': given }),
    'child.json',
  );

describe('what an outer stack passes', () => {
  it('is the value', () => {
    expect(passing({ P: 'given' })).toEqual(['given']);
  });

  it('is the default where it passes nothing', () => {
    expect(passing({})).toEqual(['own']);
    expect(passing(undefined)).toEqual(['own']);
    expect(passing({ P: NO_VALUE })).toEqual(['own']);
  });

  it('can hang on a condition, alone or as a whole', () => {
    const expected = ['given when Mode is a', 'own when Mode is b'];
    expect(passing({ P: { 'Fn::If': ['A', 'given', NO_VALUE] } })).toEqual(expected);
    expect(passing({ 'Fn::If': ['A', { P: 'given' }, NO_VALUE] })).toEqual(expected);
    expect(passing({ 'Fn::If': ['A', { P: 'given' }, { Q: 'other' }] })).toEqual(expected);
  });

  it('is unknown where a macro makes it', () => {
    expect(passing({ 'Fn::Transform': { Name: 'Defaults' } })[0]).toMatch(/^unknown: the macro Defaults/);
  });

  it('gives way to what the user gives for the nested template', () => {
    expect(passing({ P: 'given' }, { Type: 'String' }, { P: 'mine' })).toEqual(['mine']);
  });

  it('is a list for a list', () => {
    expect(passing({ P: 'a,b,c' }, { Type: 'CommaDelimitedList' })).toEqual(['[3]']);
  });
});

describe('a loop in a nested stack', () => {
  const looping = (
    collection: unknown,
    declaration: object = { Type: 'CommaDelimitedList', Default: 'Z' },
  ) => ({
    Transform: 'AWS::LanguageExtensions',
    Parameters: { P: declaration },
    Resources: { 'Fn::ForEach::L': ['X', collection, { 'Made${X}': { Type: 'AWS::SSM::Parameter' } }] },
  });
  const made = (collection: unknown, parameters: unknown, declaration?: object) => {
    const graph = graphOf({
      'outer.json': outer(parameters),
      'child.json': looping(collection, declaration),
    });
    const file = graph.store.get('child.json');
    const [instance] = file === undefined ? [] : graph.instances(file);
    return Object.entries(instance?.template.section('Resources') ?? {}).map(
      ([name, resource]) => `${name}${'Condition' in (resource as object) ? ' perhaps' : ''}`,
    );
  };

  it('goes over what is passed', () => {
    expect(made(ref('P'), { P: 'A,B' })).toEqual(['MadeA', 'MadeB']);
    expect(made(ref('P'), {})).toEqual(['MadeZ']);
  });

  it('makes what is in one of the possible lists in some scenarios only', () => {
    expect(made(ref('P'), { P: { 'Fn::If': ['A', 'A,B', 'A'] } })).toEqual(['MadeA', 'MadeB perhaps']);
  });

  it('goes over the pieces of a text', () => {
    expect(made({ 'Fn::Split': ['|', ref('P')] }, { P: 'A|B' }, { Type: 'String' })).toEqual([
      'MadeA',
      'MadeB',
    ]);
  });

  it('stays as it is written over what nobody knows', () => {
    expect(made(ref('P'), { P: { 'Fn::ImportValue': 'x' } })).toEqual(['Fn::ForEach::L']);
  });
});

describe('a template that is not there', () => {
  const deploying = (url: unknown, Mappings = {}) => ({
    Mappings,
    Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } } },
  });
  const missing = (templates: Templates) => {
    const graph = graphOf(templates);
    return graph
      .deployedWith([...graph.store.all()])
      .unseen.map(({ node, when }) => [
        node.instance.id,
        ...[...when.constraints].map(([{ name }, constraint]) =>
          'is' in constraint ? [name, constraint.is] : name,
        ),
      ]);
  };

  it('is told in the same scenario, whatever the order of the keys', () => {
    const find = { 'Fn::FindInMap': ['M', ref('AWS::StackName'), 'k', { DefaultValue: 'gone.json' }] };
    const [a, b] = [{}, {}];
    const found = missing({ 'outer.json': deploying(find, { M: { a, b } }) });
    expect(found).toEqual([['outer.json', ['AWS::StackName', 'a']]]);
    expect(missing({ 'outer.json': deploying(find, { M: { b, a } }) })).toEqual(found);
  });

  it('is told in the same deployment, whatever the order of the files', () => {
    const child = deploying({ 'Fn::Sub': '${AWS::StackName}.json' });
    const [a, b] = [deploying('child.json'), deploying('child.json')];
    const found = missing({ 'a.json': a, 'b.json': b, 'child.json': child });
    expect(found).toEqual([['a.json/Child:child.json']]);
    expect(missing({ 'child.json': child, 'b.json': b, 'a.json': a })).toEqual(found);
  });
});

describe('a template that is chosen', () => {
  const templates = {
    'outer.json': {
      Parameters: { Mode: { Type: 'String', AllowedValues: ['a', 'b'] } },
      Conditions,
      Resources: {
        Child: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { TemplateURL: { 'Fn::If': ['A', 'one.json', 'other.json'] } },
        },
      },
    },
    'one.json': { Resources: {} },
    'other.json': { Resources: {} },
  };
  const instancesOf = (file: string, given: Readonly<Record<string, string>> = {}): string[] => {
    const graph = graphOf(templates, { 'outer.json': given });
    const found = graph.store.get(file);
    if (found === undefined) throw new Error(`no ${file}`);
    return graph.instances(found).map((instance) =>
      graph.evaluator
        .isDeployed(instance, Scenario.always)
        .map(({ value, when }) => `${value} ${scenarioText(when)}`)
        .sort()
        .join(),
    );
  };
  const scenarioText = ({ constraints }: Scenario): string =>
    [...constraints].map(([{ name }, so]) => ('is' in so ? `${name} ${so.is}` : name)).join();

  it('is deployed where it is chosen', () => {
    expect(instancesOf('one.json')).toEqual(['false Mode b,true Mode a']);
    expect(instancesOf('other.json')).toEqual(['false Mode a,true Mode b']);
  });

  it('is not deployed at all where the values that the user gives choose another', () => {
    expect(instancesOf('one.json', { Mode: 'a' })).toEqual(['true ']);
    expect(instancesOf('other.json', { Mode: 'a' })).toEqual([]);
  });
});

describe('where a nested stack is deployed', () => {
  it.each([
    ['AWS::CloudFormation::Stack', { TemplateURL: 'child.json' }, 'eu-west-1'],
    ['AWS::Serverless::Application', { Location: 'child.json' }, 'eu-west-1'],
    ['AWS::CloudFormation::StackSet', { TemplateURL: 'child.json' }, undefined],
  ])('is where the stack around it is, or anywhere: %s', (Type, Properties, region) => {
    const templates = {
      'child.json': { Resources: {} },
      'outer.json': { Resources: { Child: { Type, Properties } } },
    };
    const graph = graphOf(templates, {}, { 'outer.json': { region: 'eu-west-1', account: '111122223333' } });
    const { region: found, account } = instanceOf(graph, 'child.json');
    expect(found).toBe(region);
    expect(account).toBe(region === undefined ? undefined : '111122223333');
  });
});

describe('what a nested stack gives back', () => {
  const given = (
    Type: string,
    Properties: object,
    expression: unknown = { 'Fn::GetAtt': ['Child', 'Outputs.O'] },
  ) =>
    outcomesOf(
      graphOf({
        'child.json': {
          Parameters: { P: { Type: 'String' } },
          Resources: {},
          Outputs: { O: { Value: ref('P') } },
        },
        'outer.json': { Resources: { Child: { Type, Properties } }, Outputs: { Out: { Value: expression } } },
      }),
      'outer.json',
    );

  it('is an output of its template', () => {
    const Properties = { TemplateURL: 'child.json', Parameters: { P: 'given' } };
    expect(given('AWS::CloudFormation::Stack', Properties)).toEqual(['given']);
  });

  it('is nothing of a stack set, which has many stacks', () => {
    const Parameters = [{ ParameterKey: 'P', ParameterValue: 'given' }];
    expect(given('AWS::CloudFormation::StackSet', { TemplateURL: 'child.json', Parameters })).not.toEqual([
      'given',
    ]);
  });

  it('is unknown where it leads back to itself', () => {
    const Parameters = { P: { 'Fn::GetAtt': ['Child', 'Outputs.O'] } };
    expect(given('AWS::CloudFormation::Stack', { TemplateURL: 'child.json', Parameters })).toEqual([
      'unknown: the reference leads back to itself',
    ]);
  });

  it('is unknown where it is too long a way', () => {
    const steps = (count: number) => ({
      Resources: {},
      Outputs: {
        E0: { Value: 'end', Export: { Name: 'e0' } },
        ...Object.fromEntries(
          Array.from({ length: count }, (_, n) => [
            `E${n + 1}`,
            { Value: { 'Fn::ImportValue': `e${n}` }, Export: { Name: `e${n + 1}` } },
          ]),
        ),
        Out: { Value: { 'Fn::ImportValue': `e${count}` } },
      },
    });
    expect(outcomesOf(graphOf({ 'a.json': steps(20) }), 'a.json')).toEqual(['end']);
    expect(outcomesOf(graphOf({ 'a.json': steps(120) }), 'a.json')).toEqual([
      'unknown: the reference is more than 100 steps long',
    ]);
  });
});
