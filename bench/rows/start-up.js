import { EXECUTABLE, idle, lint, lintOn, nodeVersions } from '../commands.js';
import { inTurn, ratio } from '../measure.js';
import { few, timesOf } from './row.js';

const GOALS = [
  ['small.json', 'JSON', 1.4],
  ['small.yaml', 'YAML', 1.6],
];

const IF_SLOW =
  'Loading and running the program takes about 20 ms on every version, a third of which V8 spends on unpacking what it compiled before. From 22 on Node.js itself starts in a third of the time, and the same 20 ms weigh more.';

/** What a short run costs beside Node doing nothing, on each version of Node that the workflow tests. */
export function startUps(context) {
  const others = context.large ? nodeVersions() : [];
  return [{ version: undefined, node: process.execPath }, ...others].flatMap((on) =>
    GOALS.map((goal) => startUp(context, on, goal)),
  );
}

function startUp({ cwd, rounds }, { version, node }, [file, format, atMost]) {
  const runs = inTurn({ ours: lintOn(node, file), node: idle(node) }, rounds * 2, { cwd });
  return {
    id: `start-up-${version === undefined ? '' : `${version}-`}${format.toLowerCase()}`,
    what: `a clean template of 40 lines, ${format}, to \`node -e 0\`${version === undefined ? '' : `, Node.js ${version} of the npm registry`}`,
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(runs.ours, runs.node),
    atMost,
    ifMissed: IF_SLOW,
  };
}

/** The executable without Node, where it is built, to ours on Node. */
export function executables({ cwd, rounds }) {
  return ['small.json', 'small.yaml', 'megabyte.yaml', 'hundred', 'hundred-yaml'].map((file) => {
    const runs = inTurn({ executable: [EXECUTABLE, file], ours: lint(file) }, few(rounds), { cwd });
    return {
      id: `executable-${file}`,
      what: `the executable without Node on ${file}, to ours on Node`,
      times: timesOf(runs),
      figure: 'ratio',
      value: ratio(runs.executable, runs.ours),
      atMost: 1,
    };
  });
}
