/**
 * The lines of a string as one: a line break is a space, and of several in a row all but the first stay. The spaces at
 * breaks go.
 */
export function joinLines(lines: readonly string[]): string {
  const last = lines.length - 1;
  let joined = withoutSpaces(lines[0] ?? '', false, last > 0);
  let separator = ' ';
  for (let index = 1; index <= last; index++) {
    const line = withoutSpaces(lines[index] ?? '', true, index < last);
    if (line !== '' || index === last) {
      joined += separator + line;
      separator = ' ';
    } else {
      if (separator === '\n') joined += separator;
      separator = '\n';
    }
  }
  return joined;
}

function withoutSpaces(line: string, atStart: boolean, atEnd: boolean): string {
  let start = 0;
  let end = line.length;
  if (atStart) while (line[start] === ' ') start++;
  if (atEnd) while (end > start && line[end - 1] === ' ') end--;
  return line.slice(start, end);
}
