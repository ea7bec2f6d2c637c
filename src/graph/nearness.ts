import type { StackInstance } from '../evaluate/stack-instance.js';
import type { AccountRegion } from '../frontends/front-end.js';

/** Whether two are known not to be the same. */
export function differ(a: AccountRegion, b: AccountRegion): boolean {
  return differs(a.account, b.account) || differs(a.region, b.region);
}

function differs(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

/**
 * Of several things of one name, those nearest to the instance that asks: its own before those of other deployments of
 * its template, those of the stacks that are deployed together with it before others, those known to be deployed to the
 * same account and region before others, those of the same stage before others.
 */
export function nearest<Thing>(
  things: readonly Thing[],
  instanceOf: (thing: Thing) => StackInstance,
  from: StackInstance,
): readonly Thing[] {
  if (things.length < 2) return things;
  const steps: ((instance: StackInstance) => boolean)[] = [
    (instance) => instance === from,
    (instance) => instance.template.file === from.template.file,
    (instance) => rootOf(instance) === rootOf(from),
    (instance) => inSameAccountAndRegion(instance, from) && inSameAssembly(instance, from),
    (instance) => inSameAccountAndRegion(instance, from),
    (instance) => inSameAssembly(instance, from),
  ];
  for (const isNear of steps) {
    const near = things.filter((thing) => isNear(instanceOf(thing)));
    if (near.length > 0) return near;
  }
  return things;
}

/** The stack of its own that an instance is nested in, or is. */
export function rootOf(instance: StackInstance): StackInstance {
  let root = instance;
  while (root.parent !== undefined) root = root.parent.instance;
  return root;
}

/** Whether two instances are known to be deployed to the same account and region. */
function inSameAccountAndRegion(a: StackInstance, b: StackInstance): boolean {
  return (
    a.account !== undefined && a.account === b.account && a.region !== undefined && a.region === b.region
  );
}

function inSameAssembly(a: StackInstance, b: StackInstance): boolean {
  return a.assembly !== undefined && a.assembly === b.assembly;
}
