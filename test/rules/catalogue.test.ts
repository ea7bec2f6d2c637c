import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { exampleOf } from '../../scripts/pages/examples.js';
import { casesOf, templatesIn } from '../../scripts/pages/fixture.js';
import type { Consequence } from '../../src/lint/consequence.js';
import type { AnyRule, MessageTemplate } from '../../src/lint/rule.js';
import { ruleProblems } from '../../src/testing/rule-problems.js';

/*
 * A rule is whole or the build fails: its file, metadata, page, fixtures and every list that names it.
 */

const root = path.join(import.meta.dirname, '..', '..');
const directory = path.join(root, 'rules');

/** The rules that users were promised, in the order that reports and tables show them. */
const PROMISED = [
  'token-exchange-without-config',
  'token-exchange-config-unused',
  'token-exchange-on-built-in-vendor',
  'invalid-grant-type',
  'grant-unresolved',
  'unknown-oauth-property',
  'malformed-on-behalf-of-config',
  'malformed-token-exchange-grant-type-config',
  'actor-token-unspecified',
  'provider-vendor-mismatch',
  'invalid-provider-reference',
  'provider-absent-under-condition',
  'provider-unresolved',
  'gateway-unresolved',
  'token-exchange-without-inbound-jwt',
  'token-exchange-unsupported-target',
  'token-exchange-with-tool-schema',
  'jwt-passthrough-unsupported',
  'target-protocol-mismatch',
  'target-credential-unsupported',
  'dynamic-listing-unsupported',
  'authorizer-configuration-mismatch',
  'provider-client-authentication',
  'authorization-code-without-return-url',
  'authorization-code-behind-iam',
  'credential-type-mismatch',
  'identity-provider-grant-mismatch',
  'missing-exchange-parameter',
  'inbound-issuer-mismatch',
  'cognito-client-cannot-exchange',
  'vendor-without-client-credentials',
  'gateway-role-cannot-exchange',
  'plaintext-client-secret',
  'template-unreadable',
];

/** Rules about an input that is JSON, has no conditions and stands alone. */
const ABOUT_ONE_INPUT = ['ignored-by-agentcore-cli'];

/** Rules about the text of one file: no condition and no other template has a part in them. */
const ABOUT_THE_TEXT = ['template-unreadable', 'invalid-suppression', ...ABOUT_ONE_INPUT];

const ids = builtInRules.map(({ id }) => id);

describe('the catalogue', () => {
  it('has each id once', () => {
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has the promised rules in their order', () => {
    expect(ids.filter((id) => PROMISED.includes(id))).toEqual(PROMISED);
  });

  it('has every file in rules/, and nothing else', () => {
    const files = readdirSync(directory).filter((name) => name.endsWith('.ts') && name !== 'index.ts');
    expect(files.map((name) => name.replace(/\.ts$/, '')).sort()).toEqual([...ids].sort());
  });

  it('has a page for each rule, and no page of a rule that has gone', () => {
    const pages = readdirSync(directory).filter((name) => name.endsWith('.md') && name !== 'README.md');
    expect(pages.map((name) => name.replace(/\.md$/, '')).sort()).toEqual([...ids].sort());
  });

  it('has each rule in the index, in order', () => {
    const index = readFileSync(path.join(directory, 'README.md'), 'utf8');
    expect([...index.matchAll(/^\| \[`([^`]+)`\]\(\1\.md\)/gm)].map(([, id]) => id)).toEqual(ids);
  });
});

/** How a message says what comes of the fault: one of these in its sentence. */
const SAID: Readonly<Record<Consequence, RegExp>> = {
  'deployment-fails': /deployment fails?\b|creation fails\b/,
  'calls-fail': /calls? .*\bfails?\b|exchange (is refused|fails)\b/,
  'identity-lost': /run as the shared client|identity is (dropped|lost)/,
  'secret-exposed': /can read the secret/,
};

describe('a message', () => {
  const said = builtInRules.flatMap(({ id, messages }) =>
    Object.entries(messages as AnyRule['messages']).map(([key, words]) => ({ id, key, words })),
  );
  const withConsequence = said.flatMap(({ id, key, words: { consequence, message } }) =>
    consequence === null ? [] : [{ id, key, consequence, message }],
  );

  it.each(withConsequence)('of $id, $key, says that $consequence', ({ consequence, message }) => {
    expect(message).toMatch(SAID[consequence]);
  });

  it('is one sentence, with another that says what to do', () => {
    for (const { words } of said) {
      for (const sentence of [words.message, words.help]) expect(sentence).toMatch(/^[A-Z{"].*[.?}]$/s);
      expect(words.message).not.toMatch(/[.?] [A-Z]/);
    }
  });
});

describe.each(builtInRules.map((rule): [string, AnyRule] => [rule.id, rule]))('%s', (id, rule) => {
  it('is what its file exports, and nothing more', async () => {
    const module: object = await import(`../../rules/${id}.ts`);
    const rules = Object.values(module).filter((value) => typeof value === 'object' && 'check' in value);
    expect(rules).toEqual([rule]);
  });

  it('is complete', () => {
    expect(ruleProblems(rule)).toEqual([]);
  });

  it('names the source of its facts', () => {
    // Suppressions are the linter's own: nobody else could be cited.
    if (id !== 'invalid-suppression') expect(rule.sources).not.toEqual([]);
  });

  it('has no placeholder that a page cannot show', () => {
    const words = Object.values<MessageTemplate>(rule.messages).flatMap(({ message, help }) => [
      message,
      help,
    ]);
    for (const text of [rule.summary, rule.rationale, rule.remedy, ...words]) {
      expect(text.replace(/`[^`]*`/g, '')).not.toMatch(/[<>|]|\*\w|\bTODO\b/);
    }
  });

  it('has a page about itself', () => {
    const page = readFileSync(path.join(directory, `${id}.md`), 'utf8');
    expect(page).toContain(`\n# ${id}\n`);
    expect(ruleUrl(id)).toMatch(new RegExp(`/rules/${id}\\.md$`));
    for (const source of rule.sources) expect(page).toContain(source);
  });

  it('has the fixtures that its page shows', () => {
    const { fails, passes } = exampleOf(id);
    expect(existsSync(path.join(root, 'fixtures', id, 'invalid', fails))).toBe(true);
    const passing = passes.includes('/') ? passes : `${id}/valid/${passes}`;
    expect(existsSync(path.join(root, 'fixtures', passing))).toBe(true);
  });

  const valid = casesOf(root, id, 'valid');
  const invalid = casesOf(root, id, 'invalid');

  it('has two valid and two invalid fixtures', () => {
    expect(valid.length).toBeGreaterThanOrEqual(2);
    expect(invalid.length).toBeGreaterThanOrEqual(2);
  });

  it('has fixtures in JSON, and in YAML where its input can be', () => {
    const names = [...valid, ...invalid].flatMap(templatesIn);
    expect(names.some((name) => name.endsWith('.json'))).toBe(true);
    if (!ABOUT_ONE_INPUT.includes(id)) expect(names.some((name) => /\.ya?ml$/.test(name))).toBe(true);
  });

  if (!ABOUT_THE_TEXT.includes(id)) {
    it('has an invalid fixture under a condition', () => {
      const conditional = (text: string) => /\bConditions["']?:/.test(text);
      expect(invalid.some((project) => textsIn(project).some(conditional))).toBe(true);
    });

    it('has an invalid fixture across templates', () => {
      expect(invalid.some((project) => templatesIn(project).length > 1)).toBe(true);
    });
  }

  it('finds something in each invalid fixture, and nothing of its own in a valid one', () => {
    for (const project of invalid) expect(expectedRules(project)).toContain(id);
    for (const project of valid) expect(expectedRules(project)).not.toContain(id);
  });
});

function textsIn(project: string): string[] {
  return templatesIn(project).map((name) => readFileSync(path.join(project, name), 'utf8'));
}

function expectedRules(project: string): string[] {
  const expected: { findings: { ruleId: string }[] } = JSON.parse(
    readFileSync(path.join(project, 'expected.json'), 'utf8'),
  );
  return expected.findings.map(({ ruleId }) => ruleId);
}
