import { jsonText } from '../plain/json-text.js';
import { colorPaint } from '../report/color-paint.js';
import { displayWidth, wrap } from '../report/display-width.js';
import { neutralise } from '../report/neutralise.js';
import { type Paint, plainPaint } from '../report/paint.js';
import type { RulesInvocation } from './arguments.js';
import { ExitStatus } from './exit-status.js';
import type { CatalogueRule, Linter } from './linter.js';
import { configuration } from './settings.js';
import type { Surroundings } from './surroundings.js';
import { columnsOf, useColor } from './terminal.js';

/** Lists the rules, those of the configuration's plugins included. */
export async function rules(
  invocation: RulesInvocation,
  { cwd, env, stdout }: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  const { config } = await configuration(invocation, cwd, linter);
  const listed = await linter.rules(config?.plugins);
  if (invocation.format === 'json') {
    const entries = listed.map(({ id, severity, consequences, summary, rationale, url }) => ({
      id,
      severity,
      consequences,
      summary,
      rationale,
      url,
    }));
    stdout.write(jsonText({ version: 1, rules: entries }));
  } else {
    const paint = useColor(invocation.color, env, stdout) ? colorPaint : plainPaint;
    stdout.write(table(listed, paint, columnsOf(stdout)));
  }
  return ExitStatus.clean;
}

const GAP = 2;
const MINIMUM_SUMMARY = 30;

function table(listed: readonly CatalogueRule[], paint: Paint, columns: number): string {
  const idWidth = Math.max(...listed.map(({ id }) => displayWidth(id))) + GAP;
  const severityWidth = 'warning'.length + GAP;
  const hang = idWidth + severityWidth;
  const rows = listed.flatMap(({ id, severity, summary }) => {
    const [first = '', ...rest] = wrap(neutralise(summary), Math.max(MINIMUM_SUMMARY, columns - hang));
    const head =
      paint.strong(neutralise(id).padEnd(idWidth)) + paint[severity](severity.padEnd(severityWidth));
    return [head + first, ...rest.map((line) => ' '.repeat(hang) + line)];
  });
  return `${rows.join('\n')}\n`;
}
