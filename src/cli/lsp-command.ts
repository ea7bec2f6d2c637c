import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { catalogueOf } from '../../rules/index.js';
import { ParsedTexts } from '../lint/parsed-texts.js';
import { check } from '../lint/run.js';
import { everyNowAndThen } from '../lsp/pause.js';
import { serve } from '../lsp/server.js';
import type { CheckFolder } from '../lsp/session.js';
import type { GraphInvocation, LspInvocation } from './arguments.js';
import { ExitStatus } from './exit-status.js';
import type { Linter } from './linter.js';
import { settings } from './settings.js';
import type { Surroundings } from './surroundings.js';

/** Serves the language server protocol over standard input and output until the editor goes. */
export async function lsp(
  invocation: LspInvocation,
  surroundings: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  const parsed = new Map<string, ParsedTexts>();
  const checkFolder: CheckFolder = async (cwd, texts, signal) => {
    const { options } = await settings(asRun(invocation), { ...surroundings, cwd }, linter, undefined);
    const known = parsed.get(cwd) ?? new ParsedTexts();
    parsed.set(cwd, known);
    const editing = { overlay: texts, signal, parsed: known, pause: everyNowAndThen() };
    return check({ ...options, ...editing }, catalogueOf(options.plugins), true);
  };
  const connection = createConnection(
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  );
  await serve(connection, checkFolder, surroundings.cwd);
  return ExitStatus.clean;
}

/** What a run over a folder is asked to do: all that its configuration says. */
function asRun({ color, config, noCode }: LspInvocation): GraphInvocation {
  return {
    command: 'graph',
    color,
    files: [],
    output: undefined,
    parameters: [],
    environments: [],
    context: [],
    rules: new Map(),
    config,
    noCode,
    strict: false,
    quiet: false,
    stats: false,
    format: undefined,
    allowEmpty: true,
  };
}
