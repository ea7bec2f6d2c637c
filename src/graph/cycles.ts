/**
 * Which things lead back to each other: two things are in one cycle when each can be reached from the other.
 * This is Tarjan's algorithm for strongly connected components, without recursion.
 *
 * @param things where to begin
 * @param next the things that one leads to
 * @returns for each thing that can be reached a number, the same for all of one cycle
 */
export function cycles<Thing>(
  things: readonly Thing[],
  next: (thing: Thing) => readonly Thing[],
): ReadonlyMap<Thing, number> {
  const cycleOf = new Map<Thing, number>();
  const order = new Map<Thing, number>();
  const lowest = new Map<Thing, number>();
  const open: Thing[] = [];
  for (const start of things) {
    const way = order.has(start) ? [] : [enter(start)];
    for (let step = way.at(-1); step !== undefined; step = way.at(-1)) {
      const other = step.rest.pop();
      if (other === undefined) {
        way.pop();
        leave(step.thing, way.at(-1)?.thing);
      } else if (!order.has(other)) {
        way.push(enter(other));
      } else if (!cycleOf.has(other)) {
        lower(step.thing, order.get(other) ?? 0);
      }
    }
  }
  return cycleOf;

  function enter(thing: Thing): { readonly thing: Thing; readonly rest: Thing[] } {
    order.set(thing, order.size);
    lowest.set(thing, order.size - 1);
    open.push(thing);
    return { thing, rest: [...next(thing)] };
  }

  function lower(thing: Thing, to: number): void {
    lowest.set(thing, Math.min(lowest.get(thing) ?? to, to));
  }

  /** A thing from which nothing before it can be reached closes the cycle of all that came after it. */
  function leave(thing: Thing, before: Thing | undefined): void {
    const least = lowest.get(thing) ?? 0;
    if (before !== undefined) lower(before, least);
    if (least !== order.get(thing)) return;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      cycleOf.set(member, least);
      if (member === thing) return;
    }
  }
}
