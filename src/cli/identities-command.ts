import path from 'node:path';
import { UsageError } from '../discover/usage-error.js';
import { renderIdentities } from '../report/identities.js';
import type { IdentityFormat } from '../report/identity-formats.js';
import type { IdentitiesInvocation } from './arguments.js';
import { ExitStatus } from './exit-status.js';
import type { Linter } from './linter.js';
import { say, sayFaults } from './messages.js';
import { statusOfNothing, whyNothing } from './nothing-checked.js';
import { inputsOf, summaryLine, writeOutput } from './output-file.js';
import { withProgress } from './progress.js';
import { settings } from './settings.js';
import type { Surroundings } from './surroundings.js';

/** Says who calls whom as whom. Findings fail nothing here: who wants that lints. */
export async function identities(
  invocation: IdentitiesInvocation,
  surroundings: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  const { cwd, stdout, stderr } = surroundings;
  if (invocation.files.includes('-')) throw new UsageError('identities reads no standard input');
  const made = await settings(invocation, surroundings, linter, undefined);
  const { options, notes } = made;
  const result = await withProgress(stderr, (onProgress) =>
    linter.run({ ...options, consumers: true, ...(onProgress && { onProgress }) }),
  );
  const format = invocation.format ?? formatByName(invocation.output);
  const text = renderIdentities(result.identities ?? [], format);
  if (invocation.output === undefined) {
    stdout.write(text);
  } else {
    say(stderr, summaryLine(result));
    writeOutput(cwd, invocation.output, text, inputsOf(result, made));
  }
  if (!invocation.quiet) for (const note of [...notes, ...result.notes]) say(stderr, note);
  sayFaults(stderr, result);
  if (result.internalErrors.length > 0) return ExitStatus.fault;
  if (result.report.summary.files > 0) return ExitStatus.clean;
  if (!invocation.quiet) say(stderr, whyNothing(invocation, result));
  return statusOfNothing(invocation, cwd);
}

const FORMATS_BY_SUFFIX: Readonly<Record<string, IdentityFormat>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.md': 'markdown',
};

function formatByName(output: string | undefined): IdentityFormat {
  return FORMATS_BY_SUFFIX[path.extname(output ?? '').toLowerCase()] ?? 'pretty';
}
