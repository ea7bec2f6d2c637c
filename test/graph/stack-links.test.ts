import { describe, expect, it } from 'vitest';
import { graphOf, outcomesOf, type Templates } from '../evaluate/evaluation.js';

const asking = (reference: object) => ({
  Resources: {},
  Outputs: { Out: { Value: { 'Fn::GetStackOutput': { OutputName: 'Arn', ...reference } } } },
});
const giving = (Value: string, name = 'Arn') => ({ Resources: {}, Outputs: { [name]: { Value } } });
const asked = (
  templates: Templates,
  stacks: Parameters<typeof graphOf>[2] = {},
  reference: object = { StackName: 'identity' },
) => outcomesOf(graphOf({ ...templates, 'z.json': asking(reference) }, {}, stacks), 'z.json');

describe('the output of a stack of which only the template is there', () => {
  it('is found by the name of its file', () => {
    expect(asked({ 'identity.json': giving('found') })).toEqual(['found']);
  });

  it('is none where no template has it', () => {
    expect(asked({ 'identity.json': giving('other', 'Name') })).toEqual(['${?}']);
  });
});

describe('the output of a stack that an assembly names', () => {
  const two = { 'a.json': giving('of a'), 'b.json': giving('of b') };

  it('is that of the template which is deployed under the name', () => {
    const stacks = { 'a.json': { stackName: 'vault' }, 'b.json': { stackName: 'identity' } };
    expect(asked(two, stacks)).toEqual(['of b']);
  });

  it('comes before that of a file of the name', () => {
    const stacks = { 'a.json': { stackName: 'identity' } };
    expect(asked({ 'a.json': giving('of a'), 'identity.json': giving('of the file') }, stacks)).toEqual([
      'of a',
    ]);
  });

  it('is of the region that is asked for', () => {
    const stacks = {
      'a.json': { stackName: 'identity', region: 'eu-west-1' },
      'b.json': { stackName: 'identity', region: 'us-east-1' },
    };
    const inRegion = (Region: string) => asked(two, stacks, { StackName: 'identity', Region });
    expect(inRegion('eu-west-1')).toEqual(['of a']);
    expect(inRegion('us-east-1')).toEqual(['of b']);
  });
});
