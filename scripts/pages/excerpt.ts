/**
 * Cuts out of a template what a reader has to see: some entries of its sections, whole, each below the line of its
 * section. What is left out shows as `# ...`, or `...` in JSON. The template is read by its indentation, which the
 * fixtures keep to; broken ones can be cut so, too.
 *
 * @param names resources, parameters, conditions and so on; those that the template does not have are passed over
 * @returns the lines, joined; the whole text when it has none of the names
 */
export function excerpt(text: string, names: readonly string[]): string {
  const lines = text.replace(/\s+$/, '').split('\n');
  const kept = keptLines(lines, names);
  if (kept.size === 0) return lines.join('\n');
  const shown: string[] = [];
  let omitted = 0;
  for (const [index, line] of lines.entries()) {
    if (kept.has(index)) {
      // Everybody knows that something stands before the first section.
      if (omitted > 0 && shown.length > 0) shown.push(marker(line, text));
      shown.push(line);
      omitted = 0;
    } else if (line.trim() !== '') {
      omitted++;
    }
  }
  if (omitted > 0) shown.push(marker('', text));
  return shown.join('\n');
}

/** The indices of the lines of the named entries and of the sections around them. */
function keptLines(lines: readonly string[], names: readonly string[]): Set<number> {
  const kept = new Set<number>();
  // JSON has a brace around the sections, and so everything one step further in.
  const sectionIndent = lines[0]?.trim() === '{' ? 2 : 0;
  let section: number | undefined;
  for (const [index, line] of lines.entries()) {
    const key = /^(?<indent> *)["']?(?<name>[\w:-]+)["']?:/.exec(line)?.groups;
    if (key === undefined) continue;
    const indent = key.indent?.length ?? 0;
    if (indent === sectionIndent) section = index;
    if (indent !== sectionIndent + 2 || section === undefined || !names.includes(key.name ?? '')) continue;
    kept.add(section);
    for (const inside of block(lines, index, indent)) kept.add(inside);
  }
  return kept;
}

/** The indices of a key's line and of all lines further in below it, with the bracket that closes them. */
function block(lines: readonly string[], first: number, indent: number): number[] {
  const indices = [first];
  for (let index = first + 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.trim() === '') break;
    const depth = line.length - line.trimStart().length;
    if (depth < indent || (depth === indent && !/^\s*[}\]]/.test(line))) break;
    indices.push(index);
  }
  return indices;
}

function marker(before: string, text: string): string {
  const indent = ' '.repeat(before.length - before.trimStart().length);
  return text.trimStart().startsWith('{') ? `${indent}...` : `${indent}# ...`;
}
