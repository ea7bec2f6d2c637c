import { UsageError } from '../discover/usage-error.js';
import { RuleIds } from '../lint/catalogue.js';
import { colorPaint } from '../report/color-paint.js';
import { plainPaint } from '../report/paint.js';
import type { ExplainInvocation } from './arguments.js';
import { ExitStatus } from './exit-status.js';
import type { CatalogueRule, Linter } from './linter.js';
import { renderMarkdown } from './markdown.js';
import { rulePage } from './rule-page.js';
import { unknownRule } from './suggest.js';
import type { Surroundings } from './surroundings.js';
import { columnsOf, useColor } from './terminal.js';

/** Prose gets no wider than this, however wide the terminal: longer lines are hard to read. */
const PROSE_COLUMNS = 100;

/** Shows the page of a rule. */
export async function explain(
  invocation: ExplainInvocation,
  { stdout, env, cwd }: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  const builtIn = await linter.rules();
  // Only ids of the list become part of a path.
  const page = builtIn.some(({ id }) => id === invocation.rule)
    ? shippedPage(invocation.rule)
    : await pluginPage(invocation, builtIn, cwd, linter);
  const paint = useColor(invocation.color, env, stdout) ? colorPaint : plainPaint;
  stdout.write(renderMarkdown(page, paint, Math.min(columnsOf(stdout), PROSE_COLUMNS)));
  return ExitStatus.clean;
}

/** What the rule of a plugin says of itself. */
async function pluginPage(
  { rule: id, noCode }: ExplainInvocation,
  builtIn: readonly CatalogueRule[],
  cwd: string,
  linter: Linter,
): Promise<string> {
  const { configuration } = await import('./settings.js');
  const { config } = await configuration({ config: { kind: 'search' }, noCode }, cwd, linter);
  const rules = config?.plugins.flatMap((plugin) => plugin.rules) ?? [];
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw unknownRule(`unknown rule ${id}`, id, new RuleIds([...builtIn, ...rules]));
  const parts = [
    `# ${id}`,
    rule.summary,
    [`- Severity: ${rule.severity}`, ...(rule.on === undefined ? [] : [`- Reported on: ${rule.on}`])].join(
      '\n',
    ),
    ...section('Why it matters', rule.rationale),
    ...section('How to fix it', rule.remedy),
    ...section('Sources', rule.sources?.map((source) => `- ${source}`).join('\n')),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A rule in JavaScript may leave out what its type asks for. */
function section(title: string, text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : [`## ${title}`, text];
}

function shippedPage(rule: string): string {
  try {
    return rulePage(rule);
  } catch {
    throw new UsageError(`this installation has no page for the rule ${rule}`);
  }
}
