/** The key of a resource in `StackInfo.constructPaths`: logical ids from the outside in, joined by `/`. */
export function constructPathKey(nestedStacks: readonly string[], logicalId: string): string {
  return [...nestedStacks, logicalId].join('/');
}
