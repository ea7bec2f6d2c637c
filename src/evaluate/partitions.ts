import type { Constraint, Scenario, Variable } from './scenario.js';

/** A partition of AWS: what its pseudo parameters are together. */
export interface PartitionFact {
  readonly name: string;
  readonly urlSuffix: string;
  /** What its regions are called. */
  readonly region: RegExp;
  /** All its regions, where it has had the same ones for years. */
  readonly regions?: readonly string[];
}

/**
 * The partitions. `aws` is last: its regions are those that no other has.
 * Source: `partitions.json` of botocore, and the AWS fault isolation boundaries whitepaper; confirmed 2026-11-28.
 */
export const PARTITIONS: readonly PartitionFact[] = [
  {
    name: 'aws-cn',
    urlSuffix: 'amazonaws.com.cn',
    region: /^cn-/,
    regions: ['cn-north-1', 'cn-northwest-1'],
  },
  {
    name: 'aws-us-gov',
    urlSuffix: 'amazonaws.com',
    region: /^us-gov-/,
    regions: ['us-gov-east-1', 'us-gov-west-1'],
  },
  { name: 'aws-iso', urlSuffix: 'c2s.ic.gov', region: /^us-iso-/ },
  { name: 'aws-iso-b', urlSuffix: 'sc2s.sgov.gov', region: /^us-isob-/ },
  { name: 'aws-iso-e', urlSuffix: 'cloud.adc-e.uk', region: /^eu-isoe-/ },
  { name: 'aws-iso-f', urlSuffix: 'csp.hci.ic.gov', region: /^us-isof-/ },
  { name: 'aws-eusc', urlSuffix: 'amazonaws.eu', region: /^eusc-/ },
  { name: 'aws', urlSuffix: 'amazonaws.com', region: /^/ },
];

/** The partition of a region. */
export function partitionOf(region: string): PartitionFact {
  return PARTITIONS.find((fact) => fact.region.test(region)) as PartitionFact;
}

/** Whether a scenario says of partition, region and domain what can be together. */
export function isInOnePlace({ constraints }: Scenario): boolean {
  let partition: Constraint | undefined;
  let region: Constraint | undefined;
  let urlSuffix: Constraint | undefined;
  for (const [variable, constraint] of constraints) {
    if (variable.kind !== 'pseudo-parameter') continue;
    if (variable.name === 'AWS::Partition') partition = constraint;
    if (variable.name === 'AWS::Region') region = constraint;
    if (variable.name === 'AWS::URLSuffix') urlSuffix = constraint;
  }
  if (partition === undefined && region === undefined && urlSuffix === undefined) return true;
  return PARTITIONS.some(
    (fact) => takes(partition, fact.name) && takes(urlSuffix, fact.urlSuffix) && hasRegion(fact, region),
  );
}

/** The pseudo parameters that hang together. */
const TOGETHER = new Set(['AWS::Partition', 'AWS::Region', 'AWS::URLSuffix']);

/** A scenario without what follows of partition, region and domain from each other: no region of China is in `aws`. */
export function withoutImplied(scenario: Scenario): Scenario {
  const isTogether = ({ kind, name }: Variable): boolean => kind === 'pseudo-parameter' && TOGETHER.has(name);
  if ([...scenario.constraints.keys()].filter(isTogether).length < 2) return scenario;
  return [...scenario.constraints].reduce((so, [variable, constraint]) => {
    if (!isTogether(variable) || !('isNot' in constraint)) return so;
    const others = so.forget(variable);
    const said = constraint.isNot.filter((value) => {
      const there = others.assume(variable, value);
      return there !== undefined && isInOnePlace(there);
    });
    return said.length === 0 ? others : (others.restrict(variable, { isNot: said }) ?? so);
  }, scenario);
}

function takes(constraint: Constraint | undefined, value: string): boolean {
  if (constraint === undefined) return true;
  return 'is' in constraint ? constraint.is === value : !constraint.isNot.includes(value);
}

function hasRegion(fact: PartitionFact, constraint: Constraint | undefined): boolean {
  if (constraint === undefined) return true;
  if ('is' in constraint) return partitionOf(constraint.is) === fact;
  return fact.regions === undefined || fact.regions.some((region) => !constraint.isNot.includes(region));
}
