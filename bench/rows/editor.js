import { spawnSync } from 'node:child_process';
import { floor, lint } from '../commands.js';
import { median } from '../measure.js';
import { few } from './row.js';

/** What a server is asked for, by what `lsp-answers.mjs` calls it. */
const ASKED = {
  diagnostics: 'the diagnostics',
  hover: 'the text of a hover',
  definition: 'the definition in another file',
  references: 'the 99 references in other files',
  'code-actions': 'the code actions',
  'document-symbols': 'the symbols of the document',
};

/** How long each kind of answer takes in a workspace of 100 templates of 40 lines. */
export function editor(context) {
  return answers(context, 'editor').map(({ kind, times }) => ({
    id: `editor-${kind}`,
    what: `a change of one of 100 templates of 40 lines in an editor, to ${ASKED[kind]}`,
    ...figures(times),
  }));
}

/** The same where the templates are larger. */
export function editorOfLarger(context) {
  return answers(context, 'editor-10kb').map(({ kind, times }) => ({
    id: `editor-10kb-${kind}`,
    group: 'editor-10kb',
    what: 'the same where each template has 10 KB, to any of these answers',
    ...figures(times),
  }));
}

function figures({ typing, atRest }) {
  const time = (wall) => ({ wall, cpu: undefined });
  return {
    times: { ours: time(typing), ...(atRest !== undefined && { atRest: time(atRest) }) },
    figure: 'ms',
    value: time(typing),
    atMost: 50,
    ifMissed:
      'A change is checked against all 100 templates with their 600 resources of AgentCore; the rules are two fifths of it, collecting garbage a fifth.',
  };
}

function answers({ cwd, rounds }, folder) {
  const [program, ...args] = floor('lsp-answers.mjs', folder, 'stack-0.yaml', ...lint('lsp'));
  const runs = Array.from({ length: few(rounds) }, () =>
    JSON.parse(spawnSync(program, args, { cwd, encoding: 'utf8' }).stdout),
  );
  const of = (name) => (runs[0][name] === undefined ? undefined : median(runs.map((run) => run[name])));
  return Object.keys(ASKED).map((kind) => ({
    kind,
    // Nobody is sent diagnostics who types nothing.
    times: { typing: of(`${kind}-typing`), atRest: of(kind) },
  }));
}
