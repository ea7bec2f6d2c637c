import path from 'node:path';
import { UsageError } from '../discover/usage-error.js';
import { renderIdentities } from '../report/identities.js';
import type { IdentityFormat } from '../report/identity-formats.js';
import type { IdentitiesInvocation } from './arguments.js';
import type { ExitStatus } from './exit-status.js';
import type { Linter } from './linter.js';
import { withProgress } from './progress.js';
import { settings } from './settings.js';
import { showText, statusWithoutFindings } from './show-text.js';
import type { Surroundings } from './surroundings.js';

/** Says who calls whom as whom. Findings fail nothing here: who wants that lints. */
export async function identities(
  invocation: IdentitiesInvocation,
  surroundings: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  if (invocation.files.includes('-')) throw new UsageError('identities reads no standard input');
  const made = await settings(invocation, surroundings, linter, undefined);
  const { options } = made;
  const result = await withProgress(surroundings.stderr, (onProgress) =>
    linter.run({ ...options, consumers: true, ...(onProgress && { onProgress }) }),
  );
  const format = invocation.format ?? formatByName(invocation.output);
  const text = renderIdentities(result.identities ?? [], format);
  showText(invocation, surroundings, made, result, text);
  return statusWithoutFindings(invocation, surroundings, result);
}

const FORMATS_BY_SUFFIX: Readonly<Record<string, IdentityFormat>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.md': 'markdown',
};

function formatByName(output: string | undefined): IdentityFormat {
  return FORMATS_BY_SUFFIX[path.extname(output ?? '').toLowerCase()] ?? 'pretty';
}
