import { existsSync } from 'node:fs';
import path from 'node:path';
import { OTHER_INPUTS } from './inputs/other-inputs.js';
import { difference, inTurn, medians, peakMemory, printedNumber, ratio } from './measure.js';

const here = import.meta.dirname;
const LINTER = [process.execPath, path.join(here, '..', 'bin', 'cfn-tx-lint.js')];
const lint = (...args) => [...LINTER, ...args];
const floor = (name, ...args) => [process.execPath, path.join(here, 'floors', name), ...args];
const NODE = [process.execPath, '-e', '0'];

/** The executable that `npm run build:standalone` built for this machine; undefined without one. */
const EXECUTABLE = builtExecutable();

function builtExecutable() {
  const folder = path.join(here, '..', 'dist-standalone');
  const system = { darwin: 'macos', win32: 'windows' }[process.platform] ?? process.platform;
  const file = path.join(
    folder,
    `cfn-tx-lint-${system}-${process.arch}${system === 'windows' ? '.exe' : ''}`,
  );
  return existsSync(file) ? file : undefined;
}

/**
 * One line of the benchmark's table.
 *
 * @typedef {object} Row
 * @property {string} id
 * @property {string | undefined} group what rows have in common that are one line of the README
 * @property {string} what what is compared with what
 * @property {Record<string, Time>} times medians in milliseconds, by what was run
 * @property {string} figure what the target speaks of, such as `ratio` or `seconds more`
 * @property {Time} value the measured figure, of wall time and of processor time
 * @property {number | undefined} atMost the target; undefined where there is none
 * @property {number | undefined} atLeast
 * @property {string | undefined} ifMissed why the target is out of reach, to be told where it is missed
 *
 * @typedef {{ wall: number, cpu: number | undefined }} Time
 */

/**
 * All measurements in order, by the id that their rows begin with.
 *
 * @typedef {{ cwd: string, rounds: number, large: boolean, peers: import('./peers/peers.js').Peer[] }} Context
 * @param {Context} context
 * @returns {[id: string, measure: () => Row | Row[]][]}
 */
export function measurements(context) {
  const large = [
    ['thousand', () => thousand(context, 'thousand', 'each with three targets')],
    ['thousand-foreign', () => thousand(context, 'thousand-foreign', 'that mention nothing of ours')],
    ['memory', () => memory(context)],
  ];
  return [
    ['start-up-json', () => startUp(context, 'small.json', 1.4)],
    ['start-up-yaml', () => startUp(context, 'small.yaml', 1.6)],
    ['megabyte-json', () => megabyteJson(context)],
    ['megabyte-yaml', () => megabyteYaml(context)],
    ['foreign-yaml', () => foreignYaml(context)],
    ...(context.large ? large : []),
    ...Object.keys(OTHER_INPUTS).map((id) => [`input-${id}`, () => otherInput(context, id)]),
    ['linear', () => linear(context)],
    ...FORMATS.map((format) => [`targets-${format}`, () => targets(context, format)]),
    ['assembly', () => assembly(context)],
    ['assembly-growth', () => assemblyGrowth(context)],
    ['assembly-sources', () => assemblySources(context)],
    ['environments', () => environments(context)],
    ['environments-small', () => environmentsOf(context, 'environments-small', 'environments')],
    ['environments-sizes', () => environmentsOf(context, 'environments-sizes', 'sizes')],
    [
      'environments-imports',
      () => environmentsOf(context, 'environments-imports', 'environments', 'staged-imports'),
    ],
    ['identities', () => identities(context)],
    ['editor', () => editor(context)],
    ...(EXECUTABLE === undefined ? [] : [['executable', () => executable(context)]]),
    ...context.peers.map((peer) => [`beside-${peer.name}`, () => beside(context, peer)]),
  ];
}

const FORMATS = ['pretty', 'github', 'json', 'sarif', 'junit', 'gitlab'];

/** How often a row is measured that takes long. */
const few = (rounds) => Math.max(3, Math.ceil(rounds / 6));

function startUp({ cwd, rounds }, file, atMost) {
  const runs = inTurn({ ours: lint(file), node: NODE }, rounds * 2, { cwd });
  return {
    id: `start-up-${path.extname(file).slice(1)}`,
    what: `a clean template of 40 lines, ${file.endsWith('.json') ? 'JSON' : 'YAML'}, to \`node -e 0\``,
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(runs.ours, runs.node),
    atMost,
  };
}

function megabyteJson({ cwd, rounds }) {
  const runs = inTurn({ ours: lint('megabyte.json'), startUp: lint('small.json') }, rounds, { cwd });
  const parse = printedNumber(floor('parse-json.cjs', 'megabyte.json'), rounds, cwd);
  const more = difference(runs.ours, runs.startUp);
  return {
    id: 'megabyte-json',
    what: 'a clean synthesized template of 1 MB, start-up taken off, to `JSON.parse` of it',
    times: { ...timesOf(runs), parse: { wall: parse, cpu: undefined } },
    figure: 'ratio',
    value: { wall: more.wall / parse, cpu: more.cpu === undefined ? undefined : more.cpu / parse },
    atMost: 5,
  };
}

function megabyteYaml({ cwd, rounds }) {
  const commands = {
    ours: lint('megabyte.yaml'),
    startUp: lint('small.yaml'),
    yaml: floor('parse-yaml.mjs', 'megabyte.yaml'),
    yamlStartUp: floor('parse-yaml.mjs', 'small.yaml'),
  };
  const runs = inTurn(commands, few(rounds), { cwd });
  return {
    id: 'megabyte-yaml',
    what: 'the same in YAML, to the bare `yaml` parse of it, start-up taken off both',
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(without(runs.ours, runs.startUp), without(runs.yaml, runs.yamlStartUp)),
    atMost: 0.4,
  };
}

function foreignYaml({ cwd, rounds }) {
  const runs = inTurn({ ours: lint('foreign.yaml'), startUp: lint('small.json') }, rounds, { cwd });
  return {
    id: 'foreign-yaml',
    what: '1 MB of YAML that mentions nothing of ours, to the start-up alone',
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(runs.ours, runs.startUp),
    atMost: 1.2,
  };
}

/** What 1 MB of an input that is no template costs beside the start-up; all that it says is checked. */
function otherInput({ cwd, rounds }, id) {
  const { file } = OTHER_INPUTS[id];
  const runs = inTurn({ ours: lint(file), startUp: lint('small.json') }, few(rounds), {
    cwd,
    statuses: [0, 1],
  });
  return {
    id: `input-${id}`,
    what: `1 MB of the input \`${id}\`, to the start-up alone`,
    times: timesOf(runs),
    figure: 'seconds more',
    value: inSeconds(difference(runs.ours, runs.startUp)),
    atMost: undefined,
  };
}

function thousand({ cwd, rounds }, folder, which) {
  const runs = inTurn({ ours: lint(folder), parse: floor('read-json.cjs', folder) }, few(rounds), { cwd });
  return {
    id: folder,
    what: `1,000 templates of 100 KB ${which}, to reading and \`JSON.parse\` of them in one process`,
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(runs.ours, runs.parse),
    atMost: 2,
    ifMissed:
      'Half of the time beyond reading and parsing is V8 warming up: a second run in the same process takes half as long. The rest is finding keys that are written twice, which `JSON.parse` passes over, and the checks of 5,000 resources.',
  };
}

function memory({ cwd }) {
  return {
    id: 'memory',
    what: '1,000 templates of 100 KB, the most memory at once',
    times: {},
    figure: 'MB',
    value: { wall: peakMemory(lint('thousand'), cwd), cpu: undefined },
    atMost: 200,
  };
}

/** What a template costs in a larger run beside what it costs in a smaller one. */
function linear({ cwd, rounds, large }) {
  const counts = large ? [10, 100, 1_000, 10_000] : [10, 100, 1_000];
  const commands = Object.fromEntries(counts.map((count) => [`templates${count}`, lint(`count-${count}`)]));
  const runs = inTurn(commands, few(rounds), { cwd });
  const [small, medium, big] = counts.slice(-3);
  const each = (from, to) => dividedBy(without(runs[`templates${to}`], runs[`templates${from}`]), to - from);
  return {
    id: 'linear',
    what: `a further template of 10 KB among ${big} templates, to one among ${medium}`,
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(each(medium, big), each(small, medium)),
    atMost: 1.2,
  };
}

function targets({ cwd, rounds }, format) {
  const runs = inTurn(
    { ours: lint('targets.json', '--format', format), parse: floor('read-json.cjs', 'targets.json') },
    few(rounds),
    { cwd, statuses: [0, 1] },
  );
  const more = difference(runs.ours, runs.parse);
  return {
    id: `targets-${format}`,
    group: 'targets',
    what: `10,000 targets with 1,000 findings in one template, \`--format ${format}\`, to parsing it`,
    times: timesOf(runs),
    figure: 'seconds more',
    value: inSeconds(more),
    atMost: 1,
    ifMissed:
      'Half of it is V8 warming up: a second run in the same process takes half as long. The rest is 0.03 ms for each target, and finding 1,000 places and fixes in 7 MB of text.',
  };
}

function assembly({ cwd, rounds }) {
  const runs = inTurn(
    { ours: lint('assembly-300'), parse: floor('read-json.cjs', 'assembly-300') },
    few(rounds),
    { cwd },
  );
  return {
    id: 'assembly',
    what: 'a cloud assembly of 300 stacks, 3,000 targets and 1,000 providers in other stacks, to parsing it',
    times: timesOf(runs),
    figure: 'seconds more',
    value: inSeconds(difference(runs.ours, runs.parse)),
    atMost: 1,
  };
}

function assemblyGrowth({ cwd, rounds }) {
  const sizes = [75, 150, 300];
  const commands = Object.fromEntries(sizes.map((stacks) => [`stacks${stacks}`, lint(`assembly-${stacks}`)]));
  const runs = inTurn(commands, few(rounds), { cwd });
  const each = (from, to) => dividedBy(without(runs[`stacks${to}`], runs[`stacks${from}`]), to - from);
  return {
    id: 'assembly-growth',
    what: 'a further stack among 300, to one among 150',
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(each(150, 300), each(75, 150)),
    atMost: 1.2,
  };
}

function assemblySources({ cwd, rounds }) {
  const runs = inTurn({ sources: lint('assembly-sources'), without: lint('assembly-faulty') }, few(rounds), {
    cwd,
    statuses: [1],
  });
  return {
    id: 'assembly-sources',
    what: 'an assembly of 300 stacks with 300 findings whose constructs have their lines, to one without lines',
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(runs.sources, runs.without),
    atMost: 1.5,
  };
}

/** What the environments of a row check, and what differs between them. */
const DIFFERENCES = {
  'environments-small':
    '1,000 targets and nothing else in five templates, in three environments that differ in the names of resources',
  'environments-sizes': 'the same in three that differ in a parameter that nothing asks for',
  'environments-imports': 'the same where every target imports its provider under a name that differs',
};

function environmentsOf({ cwd, rounds }, id, differing, folder = 'staged-small') {
  const inEnvironments = (count) => lint(folder, '--config', `${count}-${differing}.json`);
  const runs = inTurn({ three: inEnvironments('three'), one: inEnvironments('one') }, rounds, { cwd });
  return {
    id,
    what: `${DIFFERENCES[id]}, to one environment`,
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(runs.three, runs.one),
    atMost: 1.5,
    ifMissed:
      'Where the name differs under which every target finds its provider, nothing can be left out. Where a template holds other resources, too, reading it is the larger part.',
  };
}

function environments({ cwd, rounds }) {
  const inEnvironments = (count) => lint('staged', '--config', `${count}-environments.json`);
  const runs = inTurn({ three: inEnvironments('three'), one: inEnvironments('one') }, rounds, { cwd });
  return {
    id: 'environments',
    what: '20 templates of 100 KB in three environments, to one environment',
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(runs.three, runs.one),
    atMost: 1.5,
  };
}

function identities({ cwd, rounds }) {
  const commands = { ours: lint('identities', 'assembly-75'), lint: lint('assembly-75') };
  const runs = inTurn(commands, few(rounds), { cwd });
  return {
    id: 'identities',
    what: '`identities` of a cloud assembly of 75 stacks with 750 targets, to linting it',
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(runs.ours, runs.lint),
    atMost: 1.5,
  };
}

/** The wait of 120 ms for further keys is in it. */
function editor({ cwd, rounds }) {
  const client = floor('lsp-answer.mjs', 'editor/template.yaml', ...lint('lsp'));
  return {
    id: 'editor',
    what: 'a change of a template of 40 lines in an editor, to the diagnostics for it',
    times: {},
    figure: 'ms',
    value: { wall: printedNumber(client, few(rounds), cwd), cpu: undefined },
    atMost: 300,
  };
}

/** The executable without Node, where it is built, to Node doing nothing. */
function executable({ cwd, rounds }) {
  return ['small.json', 'small.yaml', 'megabyte.yaml', 'hundred', 'hundred-yaml'].map((file) => {
    const commands = { executable: [EXECUTABLE, file], ours: lint(file) };
    const runs = inTurn(commands, few(rounds), { cwd });
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

/** Targets by peer and input: how many times faster at least. */
const FASTER = {
  '@aws/cloudformation-validate': { small: 15, megabyte: 1, hundred: 1 },
  'cfn-guard': { megabyte: 2.5, megabyteYaml: 2, hundred: 0.71, hundredYaml: 0.5 },
  'cfn-lint': { small: 8, megabyte: 1, hundred: 1 },
};

const NATIVE =
  'cfn-guard is a native program that starts in a few milliseconds, and asks one question of one type. It is done with small inputs before Node.js has started.';

const IF_SLOWER = {
  'cfn-guard': {
    hundred: NATIVE,
    hundredYaml: NATIVE,
  },
};

function beside({ cwd, rounds }, peer) {
  const inputs = {
    small: ['small.json', '40 lines'],
    megabyte: ['megabyte.json', '1 MB'],
    megabyteYaml: ['megabyte.yaml', '1 MB of YAML'],
    hundred: ['hundred', '100 templates of 40 lines'],
    hundredYaml: ['hundred-yaml', '100 templates of 40 lines, YAML'],
  };
  // The slow ones are not asked in YAML, too.
  const asked = Object.entries(inputs).filter(([id]) => peer.name === 'cfn-guard' || !id.endsWith('Yaml'));
  return asked.map(([id, [input, name]]) => {
    const commands = { ours: lint(input), theirs: peer.command(input) };
    const runs = inTurn(commands, few(rounds), { cwd, statuses: peer.statuses });
    return {
      id: `beside-${peer.name}-${id}`,
      what: `${peer.name} ${peer.version} on ${name}, to ours`,
      times: timesOf(runs),
      figure: 'times faster',
      value: ratio(runs.theirs, runs.ours),
      atLeast: FASTER[peer.name]?.[id],
      ifMissed: IF_SLOWER[peer.name]?.[id],
    };
  });
}

function timesOf(runs) {
  return Object.fromEntries(Object.entries(runs).map(([label, of]) => [label, medians(of)]));
}

/** The runs of one with those of another taken off, round by round. */
function without(of, less) {
  const minus = (time) => of[time].map((value, round) => value - less[time][round]);
  return { wall: minus('wall'), cpu: minus('cpu') };
}

function dividedBy(runs, divisor) {
  const part = (time) => runs[time].map((value) => value / divisor);
  return { wall: part('wall'), cpu: part('cpu') };
}

function inSeconds({ wall, cpu }) {
  return { wall: wall / 1000, cpu: cpu === undefined ? undefined : cpu / 1000 };
}
