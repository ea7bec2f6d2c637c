import { type DescribedFact, describedFacts, factTable, titleOf } from '../agentcore/facts/catalogue.js';
import { FACT_TABLES } from '../agentcore/facts/table-names.js';
import { jsonText } from '../plain/json-text.js';
import { colorPaint } from '../report/color-paint.js';
import { wrap } from '../report/display-width.js';
import { type Paint, plainPaint } from '../report/paint.js';
import type { FactsInvocation } from './arguments.js';
import { ExitStatus } from './exit-status.js';
import type { Surroundings } from './surroundings.js';
import { columnsOf, useColor } from './terminal.js';

/** Prints what the linter believes of AWS and of identity providers: a row a fact, with its source and day. */
export function facts(invocation: FactsInvocation, { env, stdout }: Surroundings): ExitStatus {
  const all = describedFacts();
  switch (invocation.format) {
    case 'json':
      stdout.write(jsonText({ version: 1, facts: all }));
      break;
    case 'markdown':
      stdout.write(`${FACT_TABLES.map((table) => markdown(table, all)).join('\n\n')}\n`);
      break;
    case 'pretty': {
      const paint = useColor(invocation.color, env, stdout) ? colorPaint : plainPaint;
      stdout.write(
        `${FACT_TABLES.map((table) => text(table, all, paint, columnsOf(stdout))).join('\n\n')}\n`,
      );
    }
  }
  return ExitStatus.clean;
}

type Table = (typeof FACT_TABLES)[number];

function markdown(table: Table, all: readonly DescribedFact[]): string {
  return [`## ${titleOf(table)}`, '', ...factTable(all.filter((row) => row.table === table))].join('\n');
}

const INDENT = 2;
const MINIMUM = 40;

function text(table: Table, all: readonly DescribedFact[], paint: Paint, columns: number): string {
  const width = Math.max(MINIMUM, columns - 2 * INDENT);
  const indented = (words: string, by: number): string[] =>
    wrap(words, width).map((line) => `${' '.repeat(by)}${line}`);
  const rows = all
    .filter((row) => row.table === table)
    .flatMap(({ fact, source, confirmed, disputed }) => [
      ...indented(fact, INDENT),
      ...(disputed === null ? [] : indented(`Disputed: ${disputed}`, 2 * INDENT)),
      `${' '.repeat(2 * INDENT)}${confirmed}  ${source.title}`,
      `${' '.repeat(2 * INDENT)}${source.url}`,
    ]);
  return [paint.strong(titleOf(table)), ...rows].join('\n');
}
