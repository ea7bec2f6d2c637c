import { UsageError } from '../discover/usage-error.js';
import { version } from '../version.js';
import { type Invocation, parseArguments } from './arguments.js';
import { ExitStatus } from './exit-status.js';
import { lint } from './lint-command.js';
import type { Linter } from './linter.js';
import { say } from './messages.js';
import type { Surroundings } from './surroundings.js';

/**
 * Runs one command line.
 *
 * @param argv the arguments after the program's name
 * @returns the exit status; never rejects
 */
export async function program(
  argv: readonly string[],
  surroundings: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  try {
    return await perform(await parseArguments(argv), surroundings, linter);
  } catch (error) {
    if (error instanceof UsageError) {
      const hint = await (await import('./command-hint.js')).commandHint(argv);
      say(surroundings.stderr, `${error.message}${hint}\n(cfn-tx-lint --help says how to call it)`);
      return ExitStatus.usage;
    }
    const { reportFault } = await import('./fault.js');
    reportFault(error, surroundings.stderr);
    return ExitStatus.fault;
  }
}

/** Only what lints is loaded from the start: it is what nearly every call wants, and the others can wait. */
async function perform(
  invocation: Invocation,
  surroundings: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  switch (invocation.command) {
    case 'lint':
      return lint(invocation, surroundings, linter);
    case 'identities':
      return (await import('./identities-command.js')).identities(invocation, surroundings, linter);
    case 'graph':
      return (await import('./graph-command.js')).graph(invocation, surroundings, linter);
    case 'explain':
      return (await import('./explain-command.js')).explain(invocation, surroundings, linter);
    case 'rules':
      return (await import('./rules-command.js')).rules(invocation, surroundings, linter);
    case 'lsp':
      return (await import('./lsp-command.js')).lsp(invocation, surroundings, linter);
    case 'facts':
      return (await import('./facts-command.js')).facts(invocation, surroundings);
    case 'init':
      return (await import('./init-command.js')).init(surroundings);
    case 'completions':
      surroundings.stdout.write((await import('./completions/index.js')).completions(invocation.shell));
      return ExitStatus.clean;
    case 'help':
      surroundings.stdout.write((await import('./help.js')).help(invocation.topic));
      return ExitStatus.clean;
    case 'version':
      surroundings.stdout.write(`${version}\n`);
      return ExitStatus.clean;
  }
}
