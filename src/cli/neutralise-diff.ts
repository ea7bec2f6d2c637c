import { visible } from '../plain/visible.js';

/**
 * A unified diff that neither a terminal nor a CI log obeys. It can still be applied: tabs, line ends and a byte
 * order mark at the start of a line stay, because files have them and they do no harm.
 */
export function neutraliseDiff(diff: string): string {
  return diff.split('\n').map(neutraliseLine).join('\n');
}

function neutraliseLine(line: string): string {
  const [, start = '', text = '', end = ''] = /^([ +-]?\uFEFF?)(.*?)(\r?)$/s.exec(line) ?? [];
  const shown = text
    .split('\t')
    .map((part) => visible(part))
    .join('\t');
  return (
    (start + shown)
      // What GitHub's runner obeys: `::command::` at the start of a line, `##[command]` anywhere. Elsewhere in a line
      // two colons are an IPv6 address.
      .replace(/^(\s*)::/, '$1\\u{3a}:')
      .replaceAll('##[', '##\\u{5b}') + end
  );
}
