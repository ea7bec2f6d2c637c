import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../rules/index.js';
import { type Evidence, evidenceOf } from '../../scripts/pages/evidence.js';
import { excerpt } from '../../scripts/pages/excerpt.js';
import { indexPage } from '../../scripts/pages/index-page.js';
import { rulePage } from '../../scripts/pages/page.js';
import { type AnyRule, defineRule } from '../../src/lint/rule.js';

const root = path.join(import.meta.dirname, '..', '..');

describe('excerpt', () => {
  const yaml = `Description: d

Parameters:
  Mode:
    Type: String

Resources:
  One:
    Type: A
  # about Two
  Two:
    Type: B

  Three:
    Type: C
    Properties:
      Two: x
`;

  it('shows the named entries below their sections, and marks what is left out', () => {
    expect(excerpt(yaml, ['Mode', 'Two'])).toBe(`Parameters:
  Mode:
    Type: String
Resources:
  # ...
  Two:
    Type: B
# ...`);
  });

  it('shows an entry to its end', () => {
    expect(excerpt(yaml, ['Three'])).toBe(`Resources:
  # ...
  Three:
    Type: C
    Properties:
      Two: x`);
  });

  it('shows all of a text that has none of the names', () => {
    expect(excerpt(yaml, ['Four'])).toBe(yaml.trimEnd());
  });

  it('cuts JSON by its indentation, too', () => {
    const json = JSON.stringify(
      { Resources: { One: { Type: 'A' }, Two: { Type: 'B' }, Three: {} } },
      null,
      2,
    );
    expect(excerpt(json, ['Two'])).toBe(`  "Resources": {
    ...
    "Two": {
      "Type": "B"
    },
...`);
  });
});

const rule = defineRule({
  id: 'some-rule',
  severity: 'warning',
  on: 'provider',
  summary: 'Something is wrong.',
  rationale: 'It matters.',
  remedy: 'Mend it.',
  sources: ['https://example.com/fact'],
  options: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { names: { type: 'array', description: 'The names.' } },
    },
    defaults: { names: ['One', 'two words'] },
  },
  messages: {
    first: { consequence: null, message: '{provider} is wrong.', help: 'Mend {provider}.' },
    again: { consequence: null, message: '{provider} is wrong.', help: 'Mend {provider}.' },
    handedIn: { consequence: null, message: '{problem}', help: 'Look there.' },
  },
  check: {},
});

const evidence: Evidence = {
  failing: {
    folder: 'fixtures/some-rule/invalid/a',
    about: 'the block is missing',
    files: [{ name: 'template.yaml', language: 'yaml', text: 'Resources: {}' }],
  },
  passing: {
    folder: 'fixtures/some-rule/valid/b',
    about: 'two templates',
    files: [
      { name: 'a.yaml', language: 'yaml', text: 'A: 1' },
      { name: 'b.json', language: 'json', text: '{ "B": "```" }' },
    ],
  },
  report: 'template.yaml:1:1  warning  some-rule\n',
  fixes: { safe: true, unsafe: false },
};

describe('rulePage', () => {
  it('says what the metadata and the fixtures say', async () => {
    await expect(rulePage(rule, evidence)).toMatchFileSnapshot('snapshots/some-rule.md');
  });

  it('has no options and sources where a rule has none', () => {
    const { options: _, ...plain } = rule;
    const page = rulePage({ ...plain, sources: [] } as AnyRule, evidence);
    expect(page).not.toMatch(/^## (?:Options|Sources)/m);
    expect(page).toContain('## Messages');
  });
});

describe('indexPage', () => {
  it.each([
    [{ safe: true, unsafe: false }, 'safe (`--fix`)'],
    [{ safe: false, unsafe: true }, 'suggested'],
    [{ safe: true, unsafe: true }, 'safe (`--fix`) for some findings, suggested for others'],
    [{ safe: false, unsafe: false }, 'none'],
  ])('has a row for a rule with fixes %j', (fixes, words) => {
    expect(indexPage([{ rule, fixes }])).toContain(
      `| [\`some-rule\`](some-rule.md) | warning | provider | Something is wrong. | ${words} |`,
    );
  });

  it('keeps a bar in a cell', () => {
    const barred = { ...rule, summary: 'One | two.' };
    expect(indexPage([{ rule: barred, fixes: evidence.fixes }])).toContain('One \\| two.');
  });
});

describe('evidenceOf', () => {
  const byId = (id: string): AnyRule => {
    const found = builtInRules.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no rule ${id}`);
    return found;
  };

  it('takes the report, the excerpts and the kinds of fixes from the fixtures', async () => {
    const found = await evidenceOf(root, byId('actor-token-unspecified'));
    expect(found.report).toMatch(/^template\.yaml:\d+:\d+ {2}info {2}actor-token-unspecified\n/);
    expect(found.failing.folder).toBe('fixtures/actor-token-unspecified/invalid/unspecified');
    expect(found.failing.files).toEqual([
      { name: 'template.yaml', language: 'yaml', text: expect.stringContaining('GrantType: TOKEN_EXCHANGE') },
    ]);
    expect(found.failing.files[0]?.text).not.toContain('TokenExchangeGrantTypeConfig');
    expect(found.passing.files[0]?.text).toContain('TokenExchangeGrantTypeConfig');
    expect(found.fixes).toEqual({ safe: false, unsafe: true });
  });

  it('refuses an example that is not there', async () => {
    await expect(evidenceOf(root, { ...rule, id: 'no-such-rule' })).rejects.toThrow(
      /no-such-rule\/invalid\/example, which stands on a rule's page, cannot be linted/,
    );
  });
});
