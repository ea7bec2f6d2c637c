import { describe, expect, it } from 'vitest';
import { Scenario } from '../../src/evaluate/scenario.js';
import { cursorAt } from '../../src/evaluate/stack-instance.js';
import { graphOf, instanceOf, outcomesOf, ref, sub } from '../evaluate/evaluation.js';

const Mode = { Type: 'String', AllowedValues: ['a', 'b'] };
const Conditions = { A: { 'Fn::Equals': [ref('Mode'), 'a'] } };
const exporting = (name: unknown, more: object = {}, sections: object = {}) => ({
  Parameters: { Mode },
  Conditions,
  Resources: {},
  Outputs: { O: { Value: 'exported', Export: { Name: name }, ...more } },
  ...sections,
});
const importing = { Resources: {}, Outputs: { Out: { Value: { 'Fn::ImportValue': 'name' } } } };
const imported = (...exporters: object[]) =>
  outcomesOf(
    graphOf(
      Object.fromEntries([...exporters, importing].map((template, index) => [`${index}.json`, template])),
    ),
    `${exporters.length}.json`,
  );

describe('an export', () => {
  it('is found by its name', () => {
    expect(imported(exporting('name'))).toEqual(['exported']);
  });

  it('is not found by another', () => {
    expect(imported(exporting('other'))).toEqual(['${?}']);
  });

  it('that is made in some scenarios is found in these only', () => {
    expect(imported(exporting('name', { Condition: 'A' }))).toEqual([
      '${?} when Mode is b',
      'exported when Mode is a',
    ]);
  });

  it('that is called so in some scenarios is found in these only', () => {
    expect(imported(exporting({ 'Fn::If': ['A', 'name', 'other'] }))).toEqual([
      '${?} when Mode is b',
      'exported when Mode is a',
    ]);
  });

  it('of one name and exclusive conditions is one in several forms', () => {
    const two = exporting('name', { Condition: 'A' }, {});
    const outputs = {
      O: { Condition: 'A', Value: 'first', Export: { Name: 'name' } },
      P: { Condition: 'B', Value: 'second', Export: { Name: 'name' } },
    };
    const conditions = { ...Conditions, B: { 'Fn::Not': [{ Condition: 'A' }] } };
    expect(imported({ ...two, Conditions: conditions, Outputs: outputs })).toEqual([
      'first when Mode is a',
      'second when Mode is b',
    ]);
  });

  it('of two templates is one of several where both make it, and no more', () => {
    expect(imported(exporting('name'), exporting('name', { Condition: 'A' }))).toEqual([
      '${?} when Mode is a',
      'exported when Mode is b',
    ]);
  });

  it('is found by a default, and by parts that both sides share', () => {
    const Parameters = { Stage: { Type: 'String', Default: 'na' } };
    expect(imported({ ...exporting(sub('<Stage>me')), Parameters })).toEqual(['exported']);
  });
});

describe('an SSM parameter', () => {
  it('that several resources write is read in one order, whichever is listed first', () => {
    const parameter = (Condition: string, Value: string) => ({
      Type: 'AWS::SSM::Parameter',
      Condition,
      Properties: { Name: '/x', Type: 'String', Value },
    });
    const first = parameter('A', 'one');
    const second = parameter('B', 'two');
    const values = (Resources: object) => {
      const graph = graphOf({
        'a.json': {
          Parameters: { Mode },
          Conditions: { ...Conditions, B: { 'Fn::Not': [{ Condition: 'A' }] } },
          Resources,
          Outputs: { Out: { Value: '{{resolve:ssm:/x}}' } },
        },
      });
      const at = cursorAt(instanceOf(graph, 'a.json'), 'Outputs', 'Out', 'Value');
      return graph.evaluator.evaluate(at, Scenario.always).map(({ value }) => value);
    };
    expect(values({ S1: second, S0: first })).toEqual(values({ S0: first, S1: second }));
  });

  const written = (more: object) => ({
    Parameters: { Mode },
    Conditions,
    Resources: {
      S: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/x', Type: 'String', Value: 'stored' },
        ...more,
      },
    },
    Outputs: { Out: { Value: '{{resolve:ssm:/x}}' } },
  });

  it('is read where it is written', () => {
    expect(outcomesOf(graphOf({ 'a.json': written({}) }), 'a.json')).toEqual(['stored']);
  });

  it('that is not written in a scenario is unknown there', () => {
    expect(outcomesOf(graphOf({ 'a.json': written({ Condition: 'A' }) }), 'a.json')).toEqual([
      '${?} when Mode is b',
      'stored when Mode is a',
    ]);
  });
});
