import {
  type CodeAction,
  CodeActionKind,
  type Range as LspRange,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver';
import type { Diagnostic, Fix } from '../lint/result.js';
import { visible } from '../plain/visible.js';
import { lspDiagnostic } from './diagnostics.js';
import { holds, lspRange } from './positions.js';

/** The command that opens a rule's page. */
export const OPEN_RULE = 'cfn-tx-lint.openRule';

/**
 * What can be done about the findings in a range of a file: their fixes, a comment that disables them, and their pages.
 *
 * @param text the file's text as it is typed; undefined where it cannot be read
 */
export function codeActions(
  diagnostics: readonly Diagnostic[],
  range: LspRange,
  text: string | undefined,
  uriOf: (file: string) => string,
): CodeAction[] {
  return diagnostics
    .filter((diagnostic) => touches(lspRange(diagnostic.range), range))
    .flatMap((diagnostic) => [
      ...(diagnostic.fix === null ? [] : [fixAction(diagnostic, diagnostic.fix, uriOf)]),
      ...disableAction(diagnostic, text, uriOf),
      openAction(diagnostic, uriOf),
    ]);
}

function touches(own: LspRange, asked: LspRange): boolean {
  return holds(own, asked.start) || holds(own, asked.end) || holds(asked, own.start);
}

function fixAction(diagnostic: Diagnostic, fix: Fix, uriOf: (file: string) => string): CodeAction {
  const changes: Record<string, LspTextEdit[]> = {};
  for (const { file, range, text } of fix.edits) {
    const uri = uriOf(file);
    changes[uri] = [...(changes[uri] ?? []), { range: lspRange(range), newText: text }];
  }
  return {
    title: visible(fix.safety === 'safe' ? fix.title : `${fix.title} (suggested)`),
    kind: CodeActionKind.QuickFix,
    diagnostics: [lspDiagnostic(diagnostic, uriOf)],
    isPreferred: fix.safety === 'safe',
    edit: { changes },
  };
}

/** A comment above the line; JSON has none, and there a suppression stands in the resource's Metadata. */
function disableAction(
  diagnostic: Diagnostic,
  text: string | undefined,
  uriOf: (file: string) => string,
): CodeAction[] {
  const { line } = diagnostic.range.start;
  const written = text?.split(/\r\n|\r|\n/)[line - 1];
  if (written === undefined || /^\s*[{[]/.test(text?.replace(/^\uFEFF/, '') ?? '')) return [];
  const indent = /^\s*/.exec(written)?.[0] ?? '';
  const at = { line: line - 1, character: 0 };
  const newText = `${indent}# cfn-tx-lint-disable-next-line ${diagnostic.ruleId} -- why\n`;
  return [
    {
      title: `Disable ${diagnostic.ruleId} for this line, with a reason`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [lspDiagnostic(diagnostic, uriOf)],
      edit: { changes: { [uriOf(diagnostic.file)]: [{ range: { start: at, end: at }, newText }] } },
    },
  ];
}

function openAction(diagnostic: Diagnostic, uriOf: (file: string) => string): CodeAction {
  const title = `Open the page of ${diagnostic.ruleId}`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [lspDiagnostic(diagnostic, uriOf)],
    command: { title, command: OPEN_RULE, arguments: [diagnostic.url] },
  };
}
