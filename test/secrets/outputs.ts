import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { catalogueOf } from '../../rules/index.js';
import { IDENTITY_FORMATS, REPORTS } from '../../src/cli/options.js';
import { check } from '../../src/lint/run.js';
import { codeActions } from '../../src/lsp/code-actions.js';
import { lspDiagnostic } from '../../src/lsp/diagnostics.js';
import { hoverText } from '../../src/lsp/hover.js';
import { documentSymbols } from '../../src/lsp/symbols.js';
import { PICTURE_FORMATS } from '../../src/picture/index.js';
import { runProgram } from '../run-program.js';

/** A place that a run leaves text in, for people or for programs. */
export interface Output {
  readonly name: string;
  /**
   * All that a run leaves there.
   * @param given files and options, such as `--parameters`
   */
  read(cwd: string, given: readonly string[]): Promise<string>;
}

const FILE = 'output.txt';

/** What a call prints, and what it writes to `output.txt`. */
function calling(name: string, ...args: readonly string[]): Output {
  return {
    name,
    async read(cwd, given) {
      const [command, ...rest] = args;
      const isNamed = command === 'graph' || command === 'identities';
      const call = isNamed ? [command, ...given, ...rest] : [...given, ...args];
      const { stdout, stderr } = await runProgram(cwd, call);
      const file = path.join(cwd, FILE);
      return stdout + stderr + (existsSync(file) ? readFileSync(file, 'utf8') : '');
    },
  };
}

/** Every output of the program. What is listed in its code is not listed here again. */
export const OUTPUTS: readonly Output[] = [
  ...REPORTS.map((format) => calling(`the report as ${format}`, '--report', `${format}=${FILE}`)),
  ...PICTURE_FORMATS.map((format) => calling(`the graph as ${format}`, 'graph', '--format', format)),
  ...IDENTITY_FORMATS.map((format) =>
    calling(`who calls whom as ${format}`, 'identities', '--format', format),
  ),
  calling('what would be fixed', '--fix-suggested', '--fix-dry-run', '--format', 'pretty'),
  calling('statistics', '--stats', '--format', 'compact'),
  calling('the list of files', '--list-files'),
  calling('the configuration', '--print-config'),
  calling('a baseline', '--baseline', FILE, '--update-baseline', '--format', 'compact'),
  { name: 'the language server', read: spoken },
];

/** What an editor is told of every line of the files. */
async function spoken(cwd: string, given: readonly string[]): Promise<string> {
  const files = given.filter((argument) => existsSync(path.join(cwd, argument)));
  const run = await check({ cwd, files }, catalogueOf(), true);
  const uriOf = (file: string): string => pathToFileURL(path.join(cwd, file)).href;
  const { diagnostics } = run.result.report;
  return files
    .flatMap((file) => {
      const text = readFileSync(path.join(cwd, file), 'utf8');
      const own = diagnostics.filter((diagnostic) => diagnostic.file === file);
      const lines = text
        .split('\n')
        .map((line, index) => ({ line: index, character: line.search(/\S|$/) + 1 }));
      const all = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
      return [
        ...own.map((diagnostic) => JSON.stringify(lspDiagnostic(diagnostic, uriOf))),
        ...lines.map((position) => hoverText(run, file, position, uriOf) ?? ''),
        JSON.stringify(documentSymbols(run, file, uriOf)),
        JSON.stringify(codeActions(own, all, text, uriOf)),
      ];
    })
    .join('\n');
}
