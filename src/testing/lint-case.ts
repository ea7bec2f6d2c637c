import os from 'node:os';
import path from 'node:path';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import type { ParameterAssignment } from '../lint/options.js';
import type { Diagnostic } from '../lint/result.js';
import type { AnyRule } from '../lint/rule.js';
import { run } from '../lint/run.js';
import type { ValidCase } from './cases.js';
import { fail } from './failure.js';

/**
 * Lints templates in memory with one rule.
 *
 * @param texts the templates by name
 * @returns the findings of the rule, sorted by file and position
 * @throws AssertionError when the rule throws, a template cannot be read, or the case's parameters do not fit
 */
export async function lintCase(
  rule: AnyRule,
  { parameters = {}, options = {} }: Pick<ValidCase, 'parameters' | 'options'>,
  texts: ReadonlyMap<string, string>,
): Promise<Diagnostic[]> {
  const thrown: unknown[] = [];
  const tested = catching(rule, thrown);
  const essential = builtInRules.filter(({ id, runReports }) => runReports !== undefined && id !== rule.id);
  const { report, internalErrors, notes } = await run(
    {
      // No such directory: what a template refers to is found among the case's own templates or nowhere.
      cwd: path.join(os.tmpdir(), 'cfn-tx-lint-rule-tester', 'templates-in-memory'),
      texts: [...texts].map(([name, text]) => ({ name, text })),
      parameters: assignments(parameters),
      rules: { [rule.id]: [rule.severity, options] },
    },
    { rules: [tested, ...essential], url: ruleUrl },
  );
  const [error] = internalErrors;
  if (error !== undefined) fail(`the rule threw: ${error.message}`, { cause: thrown[0] });
  if (rule.runReports !== 'unreadable') {
    const [unread] = report.files.filter(({ status }) => status !== 'checked');
    if (unread !== undefined) fail(`${unread.path} was not checked: ${unread.reason}`);
  }
  if (notes.length > 0) fail(notes.join('\n'));
  return report.diagnostics.filter(({ ruleId }) => ruleId === rule.id);
}

function assignments(parameters: NonNullable<ValidCase['parameters']>): ParameterAssignment[] {
  return Object.entries(parameters).map(([key, value]) => ({
    ...(typeof value === 'string'
      ? { template: undefined, values: { [key]: value } }
      : { template: key, values: value }),
    origin: 'parameters',
  }));
}

/** Keeps what the rule throws: the run tells only its message, and the author of the rule wants the stack. */
function catching(rule: AnyRule, thrown: unknown[]): AnyRule {
  const check = Object.entries(rule.check as Record<string, (...things: unknown[]) => void>).map(
    ([name, visit]) => [
      name,
      (...things: unknown[]) => {
        try {
          visit.apply(rule.check, things);
        } catch (error) {
          thrown.push(error);
          throw error;
        }
      },
    ],
  );
  return { ...rule, check: Object.fromEntries(check) };
}
