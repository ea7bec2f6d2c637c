import { constructPath } from '../graph/construct-path.js';
import { type Finding, resourceAt } from './finding.js';

/** What the CDK puts in front of the id of a rule: the name of the plugin; `Annotation` where the app names none. */
const NAMESPACES = ['cfn-tx-lint', 'Annotation'];

export interface Acknowledged {
  readonly reason: string | null;
}

/**
 * Whether the CDK app accepts a finding: `Validations.acknowledge`, called for the construct of its resource or for one
 * around it. What lies nearer to the resource comes first, as in the CDK (`findClosestAck` in
 * `core/lib/private/synthesis-validation.js` of aws-cdk-lib 2.276.0).
 */
export function acknowledgementOf({ rule, report }: Finding): Acknowledged | undefined {
  const { instance, logicalId } = resourceAt(report.at);
  if (logicalId === null || instance.stack === undefined) return undefined;
  const ids = NAMESPACES.map((namespace) => `${namespace}::${rule.id}`);
  for (let path = constructPath(instance, logicalId) ?? ''; ; ) {
    const found = instance.stack.constructNotes(path).acknowledged.find(({ id }) => ids.includes(id));
    if (found !== undefined) return { reason: found.reason };
    // The app itself has the empty path.
    if (path === '') return undefined;
    path = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  }
}
