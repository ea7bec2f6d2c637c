import { expect, it } from 'vitest';
import { withoutImplied } from '../../src/evaluate/partitions.js';
import { Scenario } from '../../src/evaluate/scenario.js';
import { Variables } from '../../src/evaluate/variables.js';
import { scenarioText } from './evaluation.js';

const variables = new Variables();
const region = variables.pseudoParameter('AWS::Region', '');
const partition = variables.pseudoParameter('AWS::Partition', '');

it('leaves out the regions that a partition rules out by itself', () => {
  const said = (partitionName: string, ...regions: string[]) =>
    scenarioText(
      withoutImplied(
        Scenario.of([
          [partition, { is: partitionName }],
          [region, { isNot: regions }],
        ]),
      ),
    );
  expect(said('aws', 'cn-north-1', 'eu-west-1')).toBe('AWS::Partition is aws, AWS::Region is not eu-west-1');
  expect(said('aws-cn', 'cn-north-1', 'eu-west-1')).toBe(
    'AWS::Partition is aws-cn, AWS::Region is not cn-north-1',
  );
  expect(said('aws', 'cn-north-1')).toBe('AWS::Partition is aws');
});

it('keeps what is said of one of them alone', () => {
  const alone = Scenario.of([[region, { isNot: ['cn-north-1'] }]]);
  expect(withoutImplied(alone)).toBe(alone);
});
