import type { Diagnostic, Severity } from '../lint/result.js';
import { shownPlace, templatePlace } from '../lint/shown-place.js';
import { jsonText } from '../plain/json-text.js';
import { visible } from '../plain/visible.js';
import type { Range } from '../source/types.js';
import type { FormatContext, Formatter } from './format.js';
import { nameInProject } from './uri.js';
import { shownDiagnostics } from './words.js';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };

/**
 * Reviewdog's diagnostic format, with fixes as suggestions that a review can apply.
 *
 * See https://github.com/reviewdog/reviewdog/tree/master/proto/rdf. Its columns count bytes of UTF-8 from 1.
 */
export const rdjson: Formatter = (result, context) => {
  const diagnostics = shownDiagnostics(result, context);
  const byteRange = byteRanges(context);
  const source = { name: 'cfn-tx-lint', url: 'https://github.com/cfn-tx-lint/cfn-tx-lint' };
  return jsonText({
    source,
    severity: SEVERITIES[worst(diagnostics)],
    diagnostics: diagnostics.map((diagnostic) => reviewed(diagnostic, context, byteRange)),
  });
};

function worst(diagnostics: readonly Diagnostic[]): Severity {
  if (diagnostics.some(({ severity }) => severity === 'error')) return 'error';
  return diagnostics.some(({ severity }) => severity === 'warning') ? 'warning' : 'info';
}

function reviewed(diagnostic: Diagnostic, context: FormatContext, byteRange: ByteRange): object {
  const { message, help, severity, ruleId, url, fix, related } = diagnostic;
  const place = shownPlace(diagnostic);
  const template = templatePlace(diagnostic);
  const where =
    template === undefined
      ? ''
      : ` (${nameInProject(template.file, context)}:${template.range.start.line} in ${template.within})`;
  const location = ({ file, range }: { readonly file: string; readonly range: Range }): object => ({
    path: nameInProject(file, context),
    range: byteRange(file, range),
  });
  const edits = fix?.edits.filter(({ file }) => file === place.file) ?? [];
  return {
    message: visible(`${message} ${help}${where}`),
    location: location(place),
    severity: SEVERITIES[severity],
    code: { value: ruleId, url },
    ...(edits.length > 0 && {
      suggestions: edits.map(({ file, range, text }) => ({ range: byteRange(file, range), text })),
    }),
    ...(related.length > 0 && {
      related_locations: related.map((one) => ({
        message: visible(one.message),
        location: location(shownPlace(one)),
      })),
    }),
  };
}

/** A range with columns in bytes of UTF-8; where the text cannot be shown, its columns are left out. */
type ByteRange = (file: string, range: Range) => object;

/** Answers of one report: each text is cut into lines once. */
function byteRanges(context: FormatContext): ByteRange {
  const linesOf = new Map<string, readonly string[]>();
  const lines = (file: string): readonly string[] => {
    const known = linesOf.get(file);
    if (known !== undefined) return known;
    const text = context.maskedText(file)?.replace(/^\uFEFF/, '');
    const cut = text?.split(/\r\n|\r|\n/) ?? [];
    linesOf.set(file, cut);
    return cut;
  };
  return (file, { start, end }) => {
    const at = ({ line, column }: Range['start']): object => {
      const text = lines(file)[line - 1];
      return text === undefined
        ? { line }
        : { line, column: Buffer.byteLength(text.slice(0, column - 1)) + 1 };
    };
    return { start: at(start), end: at(end) };
  };
}
