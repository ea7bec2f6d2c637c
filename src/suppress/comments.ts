import { likelyMeant } from '../plain/did-you-mean.js';
import type { Source } from '../source/types.js';
import { complaintAboutRule, quoted } from './rule-name.js';
import type {
  KnownRules,
  Suppression,
  SuppressionProblem,
  SuppressionScope,
  Suppressions,
} from './suppression.js';

const FILE_DIRECTIVE = 'cfn-tx-lint-disable';
const NEXT_LINE_DIRECTIVE = 'cfn-tx-lint-disable-next-line';
const SAME_LINE_DIRECTIVE = 'cfn-tx-lint-disable-line';
const DIRECTIVES: readonly string[] = [SAME_LINE_DIRECTIVE, NEXT_LINE_DIRECTIVE, FILE_DIRECTIVE];

/** A comment that begins like a directive; prose that only mentions the linter's name does not match. */
const DIRECTIVE = /^\s*(cfn-tx-lint-\S*)(.*)$/is;
const JUSTIFICATION = /(?:^|\s)-{2,}(?:\s|$)/;

/** Reads the directives in a YAML text's comments. A JSON text has none. */
export function fromComments(source: Source, knownRules: KnownRules): Suppressions {
  const suppressions: Suppression[] = [];
  const problems: SuppressionProblem[] = [];
  let following: ReadonlyMap<number, number | undefined> | undefined;

  for (const comment of source.comments()) {
    const match = DIRECTIVE.exec(comment.text);
    if (match === null) continue;
    const complain = (message: string): void => {
      problems.push({ message, range: source.range(comment.span), resource: null });
    };

    const [, directive = '', rest = ''] = match;
    if (!DIRECTIVES.includes(directive)) {
      complain(complaintAboutDirective(directive));
      continue;
    }
    const { names, justification } = parseRest(rest);
    if (names.length === 0) {
      complain(`This suppression names no rule; write "# ${directive} rule-id -- why".`);
      continue;
    }

    const { line } = source.position(comment.span.start);
    let scope: SuppressionScope = { kind: 'file' };
    if (directive === NEXT_LINE_DIRECTIVE) {
      following ??= linesAfterComments(source);
      scope = { kind: 'line', line: following.get(comment.span.start) };
    } else if (directive === SAME_LINE_DIRECTIVE) {
      scope = { kind: 'line', line };
    } else if (!standsAlone(source.text, comment.span.start)) {
      // Whoever writes it behind a value means that line, and it would silence the whole file.
      complain(
        `"# ${FILE_DIRECTIVE}" silences a rule in the whole file and belongs on a line of its own, so it suppresses nothing here; for this line alone write "# ${SAME_LINE_DIRECTIVE} rule-id -- why".`,
      );
      continue;
    }
    for (const name of names) {
      const complaint = complaintAboutName(name, knownRules);
      if (complaint !== undefined) complain(complaint);
      else suppressions.push({ ruleId: name, kind: 'comment', scope, justification, line });
    }
  }
  return { suppressions, problems };
}

/** Whether nothing but white space stands before an offset in its line. */
function standsAlone(text: string, offset: number): boolean {
  let start = offset;
  while (start > 0 && !/[\n\r]/.test(text[start - 1] ?? '')) start--;
  return /^[\s\ufeff]*$/.test(text.slice(start, offset));
}

/**
 * For each comment, by the offset it starts at: the first line after it that holds more than white space or a
 * comment; undefined at the end of the text. Goes backwards, so that a run of comments costs one look each.
 */
function linesAfterComments(source: Source): ReadonlyMap<number, number | undefined> {
  const lines = new Map<number, number | undefined>();
  for (const { span } of source.comments().toReversed()) {
    const next = nextContent(source.text, span.end);
    if (lines.has(next)) lines.set(span.start, lines.get(next));
    else lines.set(span.start, next < source.text.length ? source.position(next).line : undefined);
  }
  return lines;
}

/** The offset of the first character from `offset` on that is no white space. */
function nextContent(text: string, offset: number): number {
  const whiteSpace = /\s*/y;
  whiteSpace.lastIndex = offset;
  whiteSpace.exec(text);
  return whiteSpace.lastIndex;
}

/** Parts `a, b -- why` into its rule ids, without repetition, and the reason. */
function parseRest(rest: string): { names: readonly string[]; justification: string | null } {
  const dashes = JUSTIFICATION.exec(rest);
  const list = dashes === null ? rest : rest.slice(0, dashes.index);
  const reason = dashes === null ? '' : rest.slice(dashes.index + dashes[0].length).trim();
  const names = list.split(',').map((name) => name.trim());
  return {
    names: [...new Set(names.filter((name) => name !== ''))],
    justification: reason === '' ? null : reason,
  };
}

function complaintAboutName(name: string, knownRules: KnownRules): string | undefined {
  const [first = name] = name.split(/\s/);
  if (first !== name && knownRules.has(first)) {
    return `This suppression goes on after the rule ${quoted(first)}; put a comma before another rule, or " -- " before the reason.`;
  }
  return complaintAboutRule(name, knownRules);
}

function complaintAboutDirective(directive: string): string {
  // Of those that are as near, the one that silences least.
  const near = likelyMeant(directive, DIRECTIVES);
  const known =
    near === undefined
      ? `"${SAME_LINE_DIRECTIVE}", "${NEXT_LINE_DIRECTIVE}" and "${FILE_DIRECTIVE}" do`
      : `did you mean "${near}"?`;
  return `The comment ${quoted(directive)} suppresses nothing; ${known}${near === undefined ? '.' : ''}`;
}
