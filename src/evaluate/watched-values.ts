/**
 * Parameter values that tell which of them are asked for: what is found out with them holds for all values that differ in
 * nothing that was asked for.
 */
export class WatchedValues extends Map<string, string> {
  private onRead: ((name: string) => void) | undefined;

  /** @param onRead is told each name, also of a parameter without a value */
  static of(values: ReadonlyMap<string, string>, onRead: (name: string) => void): WatchedValues {
    const watched = new WatchedValues(values);
    watched.onRead = onRead;
    return watched;
  }

  override get(name: string): string | undefined {
    this.onRead?.(name);
    return super.get(name);
  }

  override has(name: string): boolean {
    this.onRead?.(name);
    return super.has(name);
  }

  override values(): MapIterator<string> {
    for (const name of this.keys()) this.onRead?.(name);
    return super.values();
  }
}
