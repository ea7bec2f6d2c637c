/**
 * Parameter values that tell which of them are asked for: what is found out with them holds for all values that differ in
 * nothing that was asked for.
 */
export class WatchedValues implements ReadonlyMap<string, string> {
  /** @param onRead is told each name, also of a parameter without a value; undefined when all are looked through */
  constructor(
    private readonly given: ReadonlyMap<string, string>,
    private readonly onRead: (name: string | undefined) => void,
  ) {}

  get(name: string): string | undefined {
    this.onRead(name);
    return this.given.get(name);
  }

  has(name: string): boolean {
    this.onRead(name);
    return this.given.has(name);
  }

  get size(): number {
    return this.all().size;
  }

  keys(): MapIterator<string> {
    return this.all().keys();
  }

  values(): MapIterator<string> {
    return this.all().values();
  }

  entries(): MapIterator<[string, string]> {
    return this.all().entries();
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }

  forEach(call: (value: string, name: string, values: ReadonlyMap<string, string>) => void): void {
    for (const [name, value] of this) call(value, name, this);
  }

  private all(): ReadonlyMap<string, string> {
    this.onRead(undefined);
    return this.given;
  }
}
