import { applyEdits } from '../fix/apply.js';
import { offsetsOf } from '../fix/spans.js';
import { fixFiles } from '../lint/fix-rounds.js';
import type { Diagnostic, Fix } from '../lint/result.js';
import type { InvalidCase } from './cases.js';
import { fail } from './failure.js';

/** A file's text with one fix made in it. */
export function afterFix(fix: Fix, file: string, text: string): string {
  const offsetOf = offsetsOf(text);
  const edits = fix.edits
    .filter((edit) => edit.file === file)
    .map((edit) => ({
      span: { start: offsetOf(edit.range.start), end: offsetOf(edit.range.end) },
      text: edit.text,
    }));
  return applyEdits(text, [edits]).text;
}

/**
 * Applies all safe fixes, and holds the result against what a case expects.
 *
 * @param lint lints these texts
 * @throws AssertionError when the texts differ, when a safe fix is not spoken of in the case, or when one did not
 *   make its finding go away
 */
export async function expectOutput(
  output: InvalidCase['output'],
  found: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  lint: (texts: ReadonlyMap<string, string>) => Promise<readonly Diagnostic[]>,
): Promise<void> {
  const fixable = found.some(({ fix }) => fix?.safety === 'safe');
  if (!fixable) {
    if (output !== undefined && output !== null)
      fail('the case has an output, and no finding has a safe fix');
    return;
  }
  if (output === undefined) fail('a finding has a safe fix: say in output what it makes of the template');
  const outcome = await fixFiles(
    // A text that a fix broke is no result of `lint`, which throws.
    async (changed) => ({ diagnostics: await lint(new Map([...texts, ...changed])), files: [] }),
    (file) => texts.get(file),
  );
  const changed = new Map(outcome.files.map(({ file, text }) => [file, text]));
  const expected = expectedTexts(output, texts);
  for (const file of new Set([...expected.keys(), ...changed.keys()])) {
    const actual = changed.get(file) ?? texts.get(file);
    const wanted = expected.get(file) ?? texts.get(file);
    if (actual === wanted) continue;
    fail(`output: after the safe fixes ${file} is\n\n${actual}\n\nand not\n\n${wanted}`, {
      actual,
      expected: wanted,
    });
  }
  const [left] = outcome.diagnostics.filter(({ fix }) => fix?.safety === 'safe');
  if (left !== undefined) fail(`the safe fix did not make its finding go away: ${left.message}`);
}

function expectedTexts(
  output: string | Readonly<Record<string, string>> | null,
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  if (output === null) return new Map();
  if (typeof output !== 'string') return new Map(Object.entries(output));
  const [name, ...others] = texts.keys();
  if (name === undefined || others.length > 0) fail('output must name the files when the case has several');
  return new Map([[name, output]]);
}
