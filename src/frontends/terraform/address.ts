/** One step of a traversal: a name behind a dot, or the key of an instance between brackets. */
export type Step = { readonly name: string } | { readonly key: string | number };

/**
 * The steps of an address or a reference: `module.idp["eu"].arn` is `module`, `idp`, the key `eu`, `arn`.
 * @param text as Terraform writes it: keys are numbers or double-quoted texts
 * @returns undefined for a text that is no traversal
 */
export function traversal(text: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  const pattern = /\.?([\p{L}_][\p{L}\p{N}_-]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/uy;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (found === null) return undefined;
    const [whole, name, index, key] = found;
    if (name !== undefined && whole.startsWith('.') !== steps.length > 0) return undefined;
    if (name !== undefined) steps.push({ name });
    else if (index !== undefined) steps.push({ key: Number(index) });
    else if (key !== undefined) steps.push({ key: unescaped(key) });
  }
  return steps.length === 0 ? undefined : steps;
}

/** The steps as Terraform writes them. */
export function written(steps: readonly Step[]): string {
  return steps
    .map((step, index) =>
      'name' in step
        ? `${index === 0 ? '' : '.'}${step.name}`
        : `[${typeof step.key === 'number' ? step.key : JSON.stringify(step.key)}]`,
    )
    .join('');
}

/** An address within a module, as seen from the root: `module.a` and `aws_x.y` is `module.a.aws_x.y`. */
export function inModule(module: string, address: string): string {
  return module === '' ? address : `${module}.${address}`;
}

/** The address of the module around a module: that of `module.a[0].module.b` is `module.a[0]`; of `module.a` the root. */
export function moduleAround(module: string): string {
  const steps = traversal(module) ?? [];
  const start = steps.findLastIndex((step) => 'name' in step && step.name === 'module');
  // A module can be called "module" as well: the word stands before its name.
  const at = isModuleWord(steps, start) ? start : start - 1;
  return written(steps.slice(0, Math.max(at, 0)));
}

/** The names of the modules on the way to one, without the keys of instances: `module.a[0].module.b` is `a`, `b`. */
export function moduleNames(module: string): readonly string[] {
  const steps = traversal(module) ?? [];
  return steps.flatMap((step, index) => {
    const before = steps[index - 1];
    return 'name' in step && before !== undefined && 'name' in before && isModuleWord(steps, index - 1)
      ? [step.name]
      : [];
  });
}

/** Whether the step is the word `module` and no name: words and names take turns, keys aside. */
function isModuleWord(steps: readonly Step[], at: number): boolean {
  const names = steps.slice(0, at).filter((step) => 'name' in step).length;
  return names % 2 === 0;
}

function unescaped(key: string): string {
  try {
    return String(JSON.parse(`"${key}"`));
  } catch {
    return key;
  }
}
