import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RuleIds } from '../../src/lint/catalogue.js';
import { loadSource } from '../../src/source/parse.js';
import { collectSuppressions, matchSuppression, type Suppression } from '../../src/suppress/index.js';
import { holds } from '../samples.js';

const RULES = new RuleIds(
  ['invalid-grant-type', 'plaintext-client-secret', 'provider-unresolved'].map((id) => ({ id })),
);

async function collect(text: string, file = 't.yaml') {
  const parsed = await loadSource(file, text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return collectSuppressions(parsed.source, RULES);
}

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('');

describe('comments', () => {
  it('reads a rule for the next line, with the reason', async () => {
    const text = lines(
      'a: 1',
      'b:',
      '  # cfn-tx-lint-disable-next-line invalid-grant-type -- the vendor -- says so',
      '  c: 2',
    );
    expect(await collect(text)).toEqual({
      suppressions: [
        {
          ruleId: 'invalid-grant-type',
          kind: 'comment',
          scope: { kind: 'line', line: 4 },
          justification: 'the vendor -- says so',
          line: 3,
        },
      ],
      problems: [],
    });
  });

  it('reads several rules', async () => {
    const text =
      '#cfn-tx-lint-disable-next-line invalid-grant-type ,  provider-unresolved,invalid-grant-type\na: 1\n';
    const { suppressions } = await collect(text);
    expect(suppressions.map(({ ruleId }) => ruleId)).toEqual(['invalid-grant-type', 'provider-unresolved']);
  });

  it('reads a rule for the whole file from anywhere in it', async () => {
    const { suppressions } = await collect('a: 1\n# cfn-tx-lint-disable invalid-grant-type -- tested live\n');
    expect(suppressions).toMatchObject([{ scope: { kind: 'file' }, justification: 'tested live', line: 2 }]);
  });

  it.each([
    ['blank lines and comments', lines('# D', '', '  # more', '#', '# D', 'a: 1'), [6, 6]],
    ['CRLF', '# D\r\n\r\na: 1\r\n', [3]],
    ['a comment behind content', lines('a: 1 # D', 'b: 2'), [2]],
    ['nothing that follows', lines('a: 1', '# D'), [undefined]],
    ['what looks like a comment in a block scalar', lines('a: | # D', '  # text', 'b: 1'), [2]],
  ])('finds the next line past %s', async (_, text, expected) => {
    const { suppressions } = await collect(
      text.replaceAll('D', 'cfn-tx-lint-disable-next-line invalid-grant-type'),
    );
    expect(suppressions.map(({ scope }) => scope)).toEqual(expected.map((line) => ({ kind: 'line', line })));
  });

  it.each([
    ['# cfn-tx-lint-disable-next-line', 'names no rule'],
    ['# cfn-tx-lint-disable', 'names no rule'],
    ['# cfn-tx-lint-disable-next-line -- because', 'names no rule'],
    ['# cfn-tx-lint-disable-next-line ,', 'names no rule'],
    ['# cfn-tx-lint-disable invalid-grant-typ', 'did you mean "invalid-grant-type"?'],
    ['# cfn-tx-lint-disable Invalid-Grant-Type', 'did you mean "invalid-grant-type"?'],
    ['# cfn-tx-lint-disable E3012', '"E3012", which does not exist.'],
    ['# cfn-tx-lint-disable invalid-grant-type it is fine', 'goes on after the rule "invalid-grant-type"'],
    ['# cfn-tx-lint-disable-nextline invalid-grant-type', 'did you mean "cfn-tx-lint-disable-next-line"?'],
    ['# cfn-tx-lint-disable-lin invalid-grant-type', 'did you mean "cfn-tx-lint-disable-line"?'],
    ['# CFN-TX-LINT-disable invalid-grant-type', 'did you mean "cfn-tx-lint-disable"?'],
    ['# cfn-tx-lint-silence invalid-grant-type', 'suppresses nothing'],
  ])('tells what is wrong with %j', async (comment, message) => {
    const { suppressions, problems } = await collect(lines('a: 1', comment));
    expect(suppressions).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]).toMatchObject({
      range: { start: { line: 2, column: 1 }, end: { line: 2, column: comment.length + 1 } },
      resource: null,
    });
  });

  it('refuses the directive of a file behind a value, and takes that of a line there', async () => {
    const behind = await collect('a: 1\nb: 2 # cfn-tx-lint-disable invalid-grant-type -- why\n');
    expect(behind.suppressions).toEqual([]);
    expect(behind.problems[0]?.message).toContain('belongs on a line of its own');
    const alone = await collect('a: 1\n  # cfn-tx-lint-disable invalid-grant-type\nb: 2\n');
    expect(alone).toMatchObject({ suppressions: [{ scope: { kind: 'file' } }], problems: [] });
    const line = await collect('a: 1\nb: 2 # cfn-tx-lint-disable-line invalid-grant-type -- why\n');
    expect(line).toMatchObject({
      suppressions: [{ scope: { kind: 'line', line: 2 }, justification: 'why', line: 2 }],
      problems: [],
    });
  });

  it('keeps the rules of a comment that are right', async () => {
    const { suppressions, problems } = await collect(
      '# cfn-tx-lint-disable nonsense, invalid-grant-type\na: 1\n',
    );
    expect(suppressions).toMatchObject([{ ruleId: 'invalid-grant-type' }]);
    expect(problems).toHaveLength(1);
  });

  it.each(['# cfn-tx-lint checks this file', '# see cfn-tx-lint-disable', '# rules of cfn-tx-lint: none'])(
    'takes %j for prose',
    async (comment) => {
      expect(await collect(`a: 1\n${comment}\n`)).toEqual({ suppressions: [], problems: [] });
    },
  );

  it('does not take the content of a string for a comment', async () => {
    const text = lines(
      'a: "x # cfn-tx-lint-disable invalid-grant-type"',
      'b: |',
      '  # cfn-tx-lint-disable invalid-grant-type',
    );
    expect((await collect(text)).suppressions).toEqual([]);
  });
});

describe('metadata', () => {
  /** A template with this block as the metadata of the resource `Target` and of the template. */
  const template = (resource: unknown, top: unknown = undefined) =>
    JSON.stringify(
      {
        Metadata: top === undefined ? undefined : { 'cfn-tx-lint': top },
        Resources: { Target: { Type: 'T', Metadata: { 'cfn-tx-lint': resource } } },
      },
      null,
      2,
    );

  it('reads the rules of a resource', async () => {
    expect(
      await collect(template({ ignore: ['invalid-grant-type', 'invalid-grant-type'] }), 't.json'),
    ).toEqual({
      suppressions: [
        {
          ruleId: 'invalid-grant-type',
          kind: 'metadata',
          scope: { kind: 'resource', logicalId: 'Target' },
          justification: null,
          line: 8,
        },
      ],
      problems: [],
    });
  });

  it('reads the rules of a template, in YAML too', async () => {
    const text = lines('Metadata: { cfn-tx-lint: { ignore: [ invalid-grant-type ] } }', 'Resources: {}');
    expect((await collect(text)).suppressions).toMatchObject([{ scope: { kind: 'file' }, line: 1 }]);
  });

  it('lets other entries stand beside the list', async () => {
    const { problems } = await collect(template({ ignore: ['invalid-grant-type'], reason: 'why' }), 't.json');
    expect(problems).toEqual([]);
  });

  it.each([
    [{ ignore: ['invalid-grant-typ'] }, 'did you mean "invalid-grant-type"?'],
    [{ ignore: [] }, 'names no rule'],
    [{}, 'names no rule'],
    [{ ignores: ['invalid-grant-type'] }, '"ignores" must be spelt "ignore"'],
    [{ ignore: 'invalid-grant-type' }, 'takes a list of rule ids'],
    [{ ignore: { 'Fn::If': ['C', ['invalid-grant-type'], []] } }, 'takes a list of rule ids'],
    [{ ignore: [{ Ref: 'Rule' }] }, 'must be a plain string'],
    [{ ignore: [null] }, 'must be a plain string'],
    [{ ignore: ['__proto__'] }, '"__proto__", which does not exist.'],
    [['invalid-grant-type'], 'takes a map'],
    [null, 'takes a map'],
    ['invalid-grant-type', 'takes a map'],
  ])('tells what is wrong with %j', async (block, message) => {
    const { suppressions, problems } = await collect(template(block), 't.json');
    expect(suppressions).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ resource: 'Target', message: expect.stringContaining(message) });
    expect(problems[0]?.range.start.line).toBeGreaterThan(4);
  });

  it('crashes on no metadata', async () => {
    const property = fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (resource, top) => {
      const { suppressions } = await collect(template(resource, top), 't.json');
      expect(suppressions).toEqual([]);
    });
    await holds(property);
  });

  it.each([
    { Resources: [], Metadata: 'cfn-tx-lint' },
    { Resources: { A: null, B: { Metadata: ['cfn-tx-lint'] }, __proto__: null } },
  ])('looks for it only in maps: %j', async (value) => {
    expect(await collect(JSON.stringify(value), 't.json')).toEqual({ suppressions: [], problems: [] });
  });
});

describe('matchSuppression', () => {
  const make = (ruleId: string, scope: Suppression['scope']): Suppression => {
    return { ruleId, kind: 'comment', scope, justification: null, line: 1 };
  };
  const finding = { ruleId: 'invalid-grant-type', resource: 'Target', line: 7 };
  const file = make('invalid-grant-type', { kind: 'file' });
  const resource = make('invalid-grant-type', { kind: 'resource', logicalId: 'Target' });
  const line = make('invalid-grant-type', { kind: 'line', line: 7 });

  it.each([file, resource, line])('takes what covers the finding: $scope', (suppression) => {
    expect(matchSuppression([suppression], finding)).toBe(suppression);
  });

  it.each([
    make('provider-unresolved', { kind: 'file' }),
    make('invalid-grant-type', { kind: 'resource', logicalId: 'Other' }),
    make('invalid-grant-type', { kind: 'line', line: 6 }),
    make('invalid-grant-type', { kind: 'line', line: undefined }),
  ])('leaves what does not: $ruleId $scope', (suppression) => {
    const used = new Set<Suppression>();
    expect(matchSuppression([suppression], finding, used)).toBeUndefined();
    expect(used.size).toBe(0);
  });

  it('prefers the narrowest and counts all as used', () => {
    const used = new Set<Suppression>();
    expect(matchSuppression([file, resource, line], finding, used)).toBe(line);
    expect(matchSuppression([file, resource], finding)).toBe(resource);
    expect(used).toEqual(new Set([file, resource, line]));
  });
});
