import type { AnyRule } from '../../src/lint/rule.js';
import type { FixKinds } from './evidence.js';
import { fixWords, notice } from './page.js';

/** The table of all rules: `rules/README.md`. */
export function indexPage(rules: readonly { readonly rule: AnyRule; readonly fixes: FixKinds }[]): string {
  const rows = rules.map(({ rule, fixes }) =>
    row([`[\`${rule.id}\`](${rule.id}.md)`, rule.severity, rule.on, rule.summary, fixWords(fixes)]),
  );
  const sections = [
    notice('rules/*.ts and their fixtures'),
    '# Rules',
    'Each page says what its rule finds and why, with an example that fails and one that passes. `cfn-tx-lint explain RULE` shows a page in the terminal, `cfn-tx-lint rules` this table.',
    [
      row(['Rule', 'Severity', 'Reported on', 'What it finds', 'Fix']),
      row(['---', '---', '---', '---', '---']),
      ...rows,
    ].join('\n'),
    'A rule of your own: [Writing rules](../docs/writing-rules.md).',
  ];
  return `${sections.join('\n\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
