import type { RuleSetting } from '../lint/options.js';
import type { Path } from '../source/types.js';
import type { ConfigurableRule, Plugin } from './config.js';
import type { Layer } from './layer.js';
import { didYouMean, type Problem, type Schema, validate } from './validate.js';

/**
 * Holds the settings of rules, for all files and for some, to the rules that there are.
 * @throws UsageError with the places of settings of rules that do not exist, and of options that a rule does not take
 */
export async function checkRules(
  layers: readonly Layer[],
  builtIn: () => Promise<readonly ConfigurableRule[]>,
  plugins: readonly Plugin[],
): Promise<void> {
  if (layers.every((layer) => settingsOf(layer).length === 0)) return;
  const known: readonly ConfigurableRule[] = [...(await builtIn()), ...plugins.flatMap(({ rules }) => rules)];
  for (const layer of layers) {
    layer.refuse(
      settingsOf(layer).flatMap(({ at, id, setting }) => problemsOf(id, setting, [...at, id], known)),
    );
  }
}

/** All settings of a layer, with the path of the map that each stands in. */
function settingsOf({ raw }: Layer): { at: Path; id: string; setting: RuleSetting }[] {
  const maps: { at: Path; rules: Readonly<Record<string, RuleSetting>> }[] = [
    { at: ['rules'], rules: raw.rules ?? {} },
    ...(raw.overrides ?? []).map(({ rules }, index) => ({ at: ['overrides', index, 'rules'], rules })),
  ];
  return maps.flatMap(({ at, rules }) => Object.entries(rules).map(([id, setting]) => ({ at, id, setting })));
}

function problemsOf(
  id: string,
  setting: RuleSetting,
  at: Path,
  known: readonly ConfigurableRule[],
): Problem[] {
  const rule = known.find((candidate) => candidate.id === id);
  if (rule === undefined) {
    const hint = didYouMean(
      id,
      known.map((other) => other.id),
    );
    return [{ path: at, at: 'key', message: `unknown rule${hint}` }];
  }
  if (typeof setting === 'string' || setting[1] === undefined) return [];
  const noun = (path: Path) => (path.length === 1 ? `option of the rule ${id}` : 'key');
  return validate(setting[1], rule.options?.schema ?? NO_OPTIONS, noun).map((problem) => ({
    ...problem,
    path: [...at, 1, ...problem.path],
  }));
}

const NO_OPTIONS: Schema = { type: 'object', additionalProperties: false };
