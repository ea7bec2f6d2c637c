import { describe, expect, it } from 'vitest';
import { graphOf, outcomesOf, type Templates } from '../evaluate/evaluation.js';

const asking = (reference: object) => ({
  Resources: {},
  Outputs: { Out: { Value: { 'Fn::GetStackOutput': { OutputName: 'Arn', ...reference } } } },
});
const giving = (Value: string, name = 'Arn') => ({ Resources: {}, Outputs: { [name]: { Value } } });
const asked = (templates: Templates, reference: object = { StackName: 'identity' }) =>
  outcomesOf(graphOf({ ...templates, 'z.json': asking(reference) }), 'z.json');

describe('the output of a stack of which only the template is there', () => {
  it('is found by the name of its file', () => {
    expect(asked({ 'identity.json': giving('found') })).toEqual(['found']);
  });

  it('is none where no template has it', () => {
    expect(asked({ 'identity.json': giving('other', 'Name') })).toEqual(['${?}']);
  });
});
