import { expect, it } from 'vitest';
import { constructNotes, constructPath } from '../../src/graph/construct-path.js';
import { graphOf, instanceOf } from '../evaluate/evaluation.js';

it('tells the path that a template bears, and no notes outside of a cloud assembly', () => {
  const Metadata = { 'aws:cdk:path': 'App/Tools/Gateway' };
  const Resources = {
    Gateway: { Type: 'AWS::BedrockAgentCore::Gateway', Metadata },
    Other: { Type: 'AWS::BedrockAgentCore::Gateway' },
  };
  const instance = instanceOf(graphOf({ 'a.json': { Resources } }), 'a.json');
  expect(constructPath(instance, 'Gateway')).toBe('App/Tools/Gateway');
  expect(constructPath(instance, 'Other')).toBeNull();
  expect(constructNotes(instance, 'Gateway')).toBeUndefined();
});
