import type { FormatContext } from '../report/format.js';
import { loadFormatter } from '../report/index.js';
import { jobSummary } from '../report/job-summary.js';
import type { LintInvocation } from './arguments.js';
import type { RunResult } from './linter.js';
import { writeOutput } from './output-file.js';
import { columnsOf } from './terminal.js';

/**
 * Writes the reports that `--report` asks for, each to its file.
 *
 * @param context that of the main report; what it says of a terminal does not hold for files
 * @param mermaid draws the graph of the run, or gives undefined when there is nothing to draw; called once at most
 * @param inputs names of files that are not written over
 * @throws UsageError when a file cannot be written; those before it are
 */
export async function writeMoreReports(
  reports: LintInvocation['reports'],
  result: RunResult,
  context: FormatContext,
  mermaid: () => Promise<string | undefined>,
  inputs: readonly string[],
): Promise<void> {
  const plain: FormatContext = {
    ...context,
    color: false,
    hyperlinks: false,
    width: columnsOf({ columns: undefined }),
  };
  for (const { format, file } of reports) {
    const text =
      format === 'job-summary'
        ? jobSummary(result, plain, await mermaid())
        : (await loadFormatter(format, plain))(result, plain);
    writeOutput(context.cwd, file, text, inputs);
  }
}
