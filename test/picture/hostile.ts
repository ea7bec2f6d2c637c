import type { Picture } from '../../src/picture/picture.js';
import { edge, finding, node } from './pictures.js';

/** Names that a template may give and that some format would act on. */
export const HOSTILE_NAMES: readonly string[] = [
  ']]>',
  '</script><script>globalThis.broken = 1</script>',
  '<!--<script>',
  '"><img src=x onerror="globalThis.broken = 1">',
  '\'`"',
  'line\nbreak\r\nand tab\t.',
  '%%{init: {"theme": "dark"}}%%',
  'click n0 "javascript:alert(1)"',
  '"] click n0 call alert()',
  '\u001b[31mred\u001b[0m\u009b2J',
  '\u202egnp.exe\u2066',
  '__proto__',
  'constructor',
  'end',
  'subgraph x',
  'n0 --> n1',
  'n0 -> n1; }',
  '#quot;#60;',
  '&lt;b&gt;&amp;',
  'fa:fa-bug',
  '$$x^2$$',
  '`**bold** _italic_`',
  '1. list',
  '- item',
  'www.example.com',
  'https://example.com/',
  'style x:#a;',
  'classDef failed fill:#0f0;',
  '"]:::failed',
  '<br/>',
  'ﬂ°°60¶ß',
  '\\N \\G \\l \\',
  '::error::x',
  '\u2028\u2029',
  'x'.repeat(3000),
  '🦄 naïve 漢字',
  '\ud800 half',
  ' ',
];

/** Every hostile name in every place that a template's text can reach. */
export function hostilePicture(): Picture {
  const names = HOSTILE_NAMES;
  return {
    version: 1,
    environments: [],
    stacks: names.map((name, index) => ({
      id: name,
      label: name,
      parent: index % 3 === 2 ? (names[index - 1] ?? null) : null,
      file: name,
    })),
    nodes: names.flatMap((name, index) => [
      node({
        id: `${name}`,
        kind: 'target',
        label: name,
        detail: name,
        stack: name,
        file: name,
        outcome: (['verified', 'failed', 'unverified'] as const)[index % 3] ?? null,
        findings: [index],
      }),
      node({ id: `provider of ${name}`, kind: 'provider', label: name, detail: name }),
    ]),
    edges: names.map((name) => edge(name, `provider of ${name}`, { label: name, status: 'failed' })),
    findings: names.map((name) =>
      finding({
        ruleId: name,
        message: name,
        help: name,
        url: `javascript:globalThis.broken = 1//${name}`,
        file: name,
        resource: name,
        constructPath: name,
        path: [name],
        scenario: { [name]: name },
        source: { file: name, line: 1, column: 1 },
        related: [
          {
            message: name,
            file: name,
            range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
            resource: name,
            constructPath: name,
            source: null,
          },
        ],
        fix: { title: name, safety: 'safe', edits: [] },
      }),
    ),
  };
}
