/**
 * The index of the first of some items in ascending order that stands at or after an offset; their number if none does.
 * @param offsetOf where an item stands
 */
export function firstFrom<Item>(
  items: readonly Item[],
  offset: number,
  offsetOf: (item: Item) => number,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsetOf(items[middle] as Item) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
