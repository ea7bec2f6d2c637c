import { EXECUTABLE, floor, formats, lint } from './commands.js';
import { OTHER_INPUTS } from './inputs/other-inputs.js';
import { difference, inTurn, peakMemory, printedTimes, ratio } from './measure.js';
import { editor, editorOfLarger } from './rows/editor.js';
import { pages } from './rows/page.js';
import { beside } from './rows/peers.js';
import { dividedBy, few, inSeconds, timesOf, without } from './rows/row.js';
import { executables, startUps } from './rows/start-up.js';

/**
 * All measurements in order, by the id that their rows begin with.
 *
 * @param {import('./rows/row.js').Context} context
 * @returns {[id: string, measure: () => import('./rows/row.js').Row | import('./rows/row.js').Row[]][]}
 */
export function measurements(context) {
  const large = [
    ['thousand', () => thousand(context, 'thousand', 'each with three targets')],
    ['thousand-foreign', () => thousand(context, 'thousand-foreign', 'that mention nothing of ours')],
    ['memory', () => memory(context)],
    ['page', () => pages(context)],
  ];
  return [
    ['start-up', () => startUps(context)],
    ['megabyte-json', () => megabyteJson(context)],
    ['megabyte-yaml', () => megabyteYaml(context)],
    ['foreign-yaml', () => foreignYaml(context)],
    ...(context.large ? large : []),
    ...Object.keys(OTHER_INPUTS).map((id) => [`input-${id}`, () => otherInput(context, id)]),
    ['linear', () => linear(context)],
    ...formats().map((format) => [`targets-${format}`, () => targets(context, format)]),
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
    ['environments-json', () => environmentsOf(context, 'environments-json', 'environments', 'staged-small')],
    ['identities', () => identities(context)],
    ['editor', () => editor(context)],
    ['editor-10kb', () => editorOfLarger(context)],
    ...(EXECUTABLE === undefined ? [] : [['executable', () => executables(context)]]),
    ...context.peers.map((peer) => [`beside-${peer.name}`, () => beside(context, peer)]),
  ];
}

function megabyteJson({ cwd, rounds }) {
  const runs = inTurn({ ours: lint('megabyte.json'), startUp: lint('small.json') }, rounds, { cwd });
  const parse = printedTimes(floor('parse-json.cjs', 'megabyte.json'), rounds, cwd);
  const more = difference(runs.ours, runs.startUp);
  return {
    id: 'megabyte-json',
    what: 'a clean synthesized template of 1 MB, start-up taken off, to `JSON.parse` of it',
    times: { ...timesOf(runs), parse },
    figure: 'ratio',
    value: { wall: more.wall / parse.wall, cpu: more.cpu === undefined ? undefined : more.cpu / parse.cpu },
    atMost: 5,
    ifMissed:
      'Beside the parse, twice as long goes into finding keys that are written twice, which `JSON.parse` passes over, as long into reading the file, and as long into collecting garbage.',
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
      'Of what is beyond reading and parsing, a third is the checks of 6,000 resources, an eighth finding keys that are written twice, which `JSON.parse` passes over, an eighth garbage collection, and the rest compiling, searching texts and cutting templates down to what references lead to.',
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
    ifMissed:
      'What was found out about a template is kept until the end of the run, about 60 KB for each: others may refer to it.',
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
      'The checks of 10,000 targets are two fifths of it, how each exchange ends a seventh, 1,000 places and fixes in 7 MB of text a tenth, and compiling and garbage collection most of the rest. JSON has a row for each target in addition.',
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
    ifMissed:
      'More than half of it are the checks of 3,000 targets and of what leads to other stacks, and half of these whether the roles of their gateways allow the calls; collecting garbage is a fifth, reading 300 files a tenth.',
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
  'environments-json': 'the 1,000 targets with who calls whom, `--format json`, in three environments',
  'environments-imports': 'the same where every target imports its provider under a name that differs',
};

function environmentsOf({ cwd, rounds }, id, differing, folder = 'staged-small') {
  const format = id.endsWith('json') ? ['--format', 'json'] : [];
  const inEnvironments = (count) => lint(folder, '--config', `${count}-${differing}.json`, ...format);
  const runs = inTurn({ three: inEnvironments('three'), one: inEnvironments('one') }, rounds, { cwd });
  return {
    id,
    what: `${DIFFERENCES[id]}, to one environment`,
    times: timesOf(runs),
    figure: 'ratio',
    value: ratio(runs.three, runs.one),
    atMost: 1.5,
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
