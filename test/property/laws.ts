import type { LintOptions } from '../../src/lint/options.js';
import { type Assignment, type Deployment, deploymentOf } from '../oracle/deployment.js';
import { generate } from '../oracle/generate.js';
import { declarationKey } from '../oracle/parameters.js';
import { Random } from '../oracle/random.js';
import { renamed, reordered, respelt } from '../oracle/rewrite.js';
import { spell } from '../oracle/spelling.js';
import { section, type TemplateFile, unknownText } from '../oracle/values.js';
import { keyOf } from '../oracle/verdicts.js';
import { type Answer, answerAbout, answerOf, compare, shown, textsOf, truthAbout } from './compare.js';

/** What must hold of every deployment. */
export interface Law {
  readonly name: string;
  /** How it is broken; nothing when it holds. */
  readonly broken: (files: readonly TemplateFile[], seed: number, tally: Tally) => Promise<Breaches>;
}

/** The ways in which a law is broken, in words that are the same for the same cause, each with where it is seen. */
export type Breaches = ReadonlyMap<string, string>;

/** What was counted on the way. */
export class Tally {
  /** Consumers that the oracle decides. */
  decided = 0;
  /** Those of them that the linter leaves unverified. */
  leftOpen = 0;
}

/** What an answer says, words and lines aside, with other names in it. */
function told(answer: Answer, rename: (text: string) => string = (text) => text): string[] {
  const findings = answer.diagnostics.map(({ ruleId, file, resource, path, scenario, severity }) => ({
    ...{ ruleId, file, resource, path, severity },
    scenario: Object.entries(scenario ?? {}),
  }));
  const renamed = JSON.parse(rename(JSON.stringify(findings))) as typeof findings;
  return [
    ...renamed.map((finding) =>
      JSON.stringify({ ...finding, scenario: finding.scenario.map(String).sort() }),
    ),
    ...[...answer.outcomes].map(([key, outcome]) => rename(`${key} ${outcome}`)),
  ].sort();
}

function difference(before: readonly string[], after: readonly string[]): Breaches {
  const gone = before.filter((line) => !after.includes(line));
  const come = after.filter((line) => !before.includes(line));
  return new Map([
    ...gone.map((line) => [`lost ${kindOf(line)}`, line] as const),
    ...come.map((line) => [`new ${kindOf(line)}`, line] as const),
  ]);
}

/** The rule of a finding, or the outcome. */
function kindOf(line: string): string {
  return /"ruleId":"([^"]+)"/.exec(line)?.[1] ?? line.split(' ').at(-1) ?? '';
}

const agreement: Law = {
  name: 'the linter says what the oracle says',
  broken: async (files, _seed, tally) => {
    const { disagreements, decided, leftOpen } = await compare(files);
    tally.decided += decided;
    tally.leftOpen += leftOpen;
    return new Map(
      disagreements.map(({ kind, rule, file, resource, detail }) => [
        `${kind} ${rule}`,
        `${resource} of ${file} ${detail}`,
      ]),
    );
  },
};

const order: Law = {
  name: 'the order of files and keys changes nothing',
  broken: async (files, seed) => {
    const before = told(await answerAbout(files));
    return difference(before, told(await answerOf(textsOf(reordered(files, seed)))));
  },
};

const names: Law = {
  name: 'other names of files, resources, conditions and mappings change nothing but these',
  broken: async (files) => {
    const before = told(withoutChoices(await answerAbout(files)), renamed);
    const after = await answerOf(textsOf(JSON.parse(renamed(JSON.stringify(files))) as TemplateFile[]));
    return difference(before, told(withoutChoices(after)));
  },
};

/**
 * Of several candidates the one whose name comes first is named, and its rule speaks: which finding it is hangs on their
 * names, and so does for which scenarios together.
 */
function withoutChoices(answer: Answer): Answer {
  return {
    ...answer,
    diagnostics: answer.diagnostics.map((finding) =>
      finding.related.some(({ message }) => message === ONE_OF_SEVERAL)
        ? { ...finding, ruleId: 'of one of several', severity: 'error', path: [], scenario: null }
        : finding,
    ),
  };
}

/** What is said of the places of candidates. */
const ONE_OF_SEVERAL = 'it can be this one';

const spelling: Law = {
  name: 'JSON and YAML agree',
  broken: async (files, seed) => {
    const random = new Random(seed);
    const other = JSON.parse(respelt(JSON.stringify(files))) as TemplateFile[];
    const texts = other.map(({ name, template }) => ({ name, text: spell(name, template, random) }));
    const before = told(await answerAbout(files))
      .map(respelt)
      .sort();
    return difference(before, told(await answerOf(texts)));
  },
};

/** How many ways to deploy one deployment are tried by giving each parameter its value. */
const TRIED = 2;

const pinned: Law = {
  name: 'what is verified stays so whatever values the parameters have',
  broken: async (files, seed) => {
    const texts = textsOf(files);
    const verified = [...(await answerAbout(files)).outcomes].filter(([, outcome]) => outcome === 'verified');
    if (verified.length === 0) return new Map();
    const { deployment, refused } = truthAbout(files);
    const broken = new Map<string, string>();
    for (const assignment of new Random(seed).shuffled(deployment.assignments()).slice(0, TRIED)) {
      const { outcomes } = await answerOf(texts, { parameters: valuesOf(deployment, assignment) });
      for (const [key] of verified) {
        const now = outcomes.get(key) ?? 'verified';
        const [file = ''] = key.split(' ');
        // Where the template is deployed, no parameter says: it may be where CloudFormation refuses it.
        if ([...(refused.get(key) ?? [])].some((so) => haveTheSameValues(so, assignment))) continue;
        if (now !== 'verified' && isDeployed(deployment, assignment, file))
          broken.set(`verified becomes ${now}`, `${key} ${shown(assignment)}`);
      }
    }
    return broken;
  },
};

/** Whether two ways to deploy give each parameter the same value, in whichever region. */
function haveTheSameValues(one: Assignment, other: Assignment): boolean {
  return [...one].every(([key, value]) => key === 'AWS::Region' || other.get(key) === value);
}

/**
 * Whether CloudFormation takes the values for the deployment that a file is in, and for all others: what leads into one
 * that it refuses leads nowhere.
 */
function isDeployed(deployment: Deployment, assignment: Assignment, file: string): boolean {
  const stacks = [...deployment.deploy(assignment).byRoot.values()];
  return stacks.every((made) => made.length > 0) && stacks.flat().some((stack) => stack.file.name === file);
}

function valuesOf(deployment: Deployment, assignment: Assignment): LintOptions['parameters'] {
  return deployment.roots.map(({ name, template }) => ({
    template: name,
    origin: 'the law',
    values: Object.fromEntries(
      Object.entries(section(template, 'Parameters'))
        .map(
          ([parameter, declaration]) =>
            [parameter, assignment.get(declarationKey(parameter, declaration))] as const,
        )
        .filter(
          (pair): pair is readonly [string, string] =>
            pair[1] !== undefined && pair[1] !== unknownText(pair[0]),
        )
        .map(([parameter, value]) => [parameter, value.replaceAll('\u0001', '')]),
    ),
  }));
}

/** What is said of an export that no template makes in a scenario. */
const MISSED_EXPORT = /is created where the export \S+ is not made/;

const monotone: Law = {
  name: 'one template more never turns failed into verified',
  broken: async (files, seed) => {
    const { outcomes: before, diagnostics } = await answerAbout(files);
    // What is missed where one template makes no export can be what another one is there to make.
    const missed = new Set(
      diagnostics
        .filter(({ message }) => MISSED_EXPORT.test(message))
        .map(({ file, resource }) => keyOf(file, resource ?? '')),
    );
    const others = generate(seed + 1_000_003).map(({ name, template }) => ({
      name: `more-${name}`,
      template,
    }));
    const roots = deploymentOf(others).roots.filter(
      ({ template }) => !JSON.stringify(template).includes('TemplateURL'),
    );
    const [more] = roots;
    if (more === undefined) return new Map();
    const after = (await answerOf(textsOf([...files, more]))).outcomes;
    const turned = [...before].filter(
      ([key, outcome]) => outcome === 'failed' && after.get(key) === 'verified' && !missed.has(key),
    );
    return new Map(turned.map(([key]) => ['failed becomes verified', key]));
  },
};

const errors: Law = {
  name: 'every error makes some consumer fail',
  broken: async (files) => {
    const { diagnostics, outcomes, consumers } = await answerAbout(files);
    const { refused } = truthAbout(files);
    const broken = new Map<string, string>();
    for (const { severity, ruleId, file, resource, scenario } of diagnostics) {
      if (severity !== 'error') continue;
      if (refused.has(keyOf(file, resource ?? ''))) continue;
      const own = consumers.filter((row) => row.file === file && row.resource === resource);
      const outcome = outcomes.get(keyOf(file, resource ?? ''));
      // What is wrong where it asks for another grant is no fault of the exchange.
      if (own.length > 0 && own.every((row) => row.outcome !== null) && outcome !== 'failed')
        broken.set(`${ruleId} leaves its consumer ${outcome}`, `${file} ${resource}`);
      if (scenario !== null) continue;
      const callers = consumers.filter(
        ({ provider, outcome: end }) =>
          end !== null && provider?.file === file && provider.resource === resource,
      );
      if (callers.some(({ outcome: end }) => end !== 'failed'))
        broken.set(`${ruleId} leaves a caller of its provider ${callers[0]?.outcome}`, `${file} ${resource}`);
    }
    return broken;
  },
};

/** How many environments are looked at together. */
const ENVIRONMENTS = 3;

/** What a message says of the environments in which a finding holds. */
const NAMED = /, in the environments? e\d(?:(?:, | and )e\d)*/;

const environments: Law = {
  name: 'environments together say what each says alone',
  broken: async (files, seed) => {
    const { deployment } = truthAbout(files);
    const texts = textsOf(files);
    const [first, ...others] = new Random(seed).shuffled(deployment.assignments());
    if (first === undefined) return new Map();
    // What differs little is shared most.
    const differing = (other: Assignment): number =>
      [...other].filter(([key, value]) => first.get(key) !== value).length;
    const near = others.sort((a, b) => differing(a) - differing(b)).slice(0, ENVIRONMENTS - 1);
    const assignments = [first, ...near];
    const all = assignments.map((assignment, index) => ({
      name: `e${index}`,
      parameters: valuesOf(deployment, assignment) ?? [],
    }));
    const together = await answerOf(texts, { environments: all });
    const broken = new Map<string, string>();
    for (const { name, parameters } of all) {
      const here = together.diagnostics.filter((finding) => finding.environments?.includes(name) ?? true);
      const alone = await answerOf(texts, { parameters });
      const words = ({ message }: Answer['diagnostics'][number]): string => message.replace(NAMED, '');
      const [one, other] = [here, alone.diagnostics].map((found) =>
        told({ diagnostics: found, outcomes: new Map(), consumers: [] }).concat(found.map(words).sort()),
      );
      for (const [kind, line] of difference(other ?? [], one ?? [])) broken.set(kind, `${name}: ${line}`);
    }
    return broken;
  },
};

export const laws: readonly Law[] = [
  agreement,
  order,
  names,
  spelling,
  pinned,
  monotone,
  errors,
  environments,
];
