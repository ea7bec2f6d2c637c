import { EXECUTABLE, lint } from '../commands.js';
import { inTurn, ratio } from '../measure.js';
import { few, timesOf } from './row.js';

/** The inputs that peers are asked about. */
const INPUTS = {
  small: ['small.json', '40 lines'],
  megabyte: ['megabyte.json', '1 MB'],
  megabyteYaml: ['megabyte.yaml', '1 MB of YAML'],
  hundred: ['hundred', '100 templates of 40 lines'],
  hundredYaml: ['hundred-yaml', '100 templates of 40 lines, YAML'],
};

/** Targets by peer and input: how much of the peer's time at most. */
const GOALS = {
  '@aws/cloudformation-validate': { small: 0.07, megabyte: 1, hundred: 1 },
  'cfn-guard': { megabyte: 0.4, megabyteYaml: 0.5, hundred: 1.4, hundredYaml: 2 },
  'cfn-lint': { small: 0.13, megabyte: 1, hundred: 1 },
};

/** The same for the executable without Node. */
const EXECUTABLE_GOALS = { 'cfn-guard': { hundredYaml: 1.3 } };

const START = 'Half of it or more is the start of Node.js.';
const NATIVE =
  'cfn-guard is a native program that starts in a few milliseconds and asks one question of one type. It is done with 100 small templates in the time in which Node.js 20 starts; the other half of ours is functions that V8 runs for the first time.';

const IF_SLOWER = { megabyte: START, megabyteYaml: START, hundred: NATIVE, hundredYaml: NATIVE };

/** How long a peer takes, and how much of that we take. */
export function beside({ cwd, rounds }, peer) {
  // The slow ones are not asked in YAML, too.
  const asked = Object.keys(INPUTS).filter((id) => peer.name === 'cfn-guard' || !id.endsWith('Yaml'));
  return asked.flatMap((id) => {
    const [input, name] = INPUTS[id];
    const goals = [['ours', GOALS[peer.name]?.[id]]];
    const commands = { ours: lint(input), theirs: peer.command(input) };
    if (peer.name === 'cfn-guard' && EXECUTABLE !== undefined) {
      commands.executable = [EXECUTABLE, input];
      goals.push(['executable', EXECUTABLE_GOALS[peer.name]?.[id]]);
    }
    const runs = inTurn(commands, few(rounds), { cwd, statuses: [0, ...peer.statuses] });
    return goals.map(([label, atMost]) => ({
      id: `beside-${peer.name}-${id}${label === 'ours' ? '' : `-${label}`}`,
      what: `${label === 'ours' ? 'ours' : 'the executable without Node'} on ${name}, to ${peer.name} ${peer.version}`,
      times: timesOf({ [label]: runs[label], theirs: runs.theirs }),
      figure: 'ratio',
      value: ratio(runs[label], runs.theirs),
      atMost,
      ifMissed: IF_SLOWER[id],
    }));
  });
}
