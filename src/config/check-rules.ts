import { RuleIds } from '../lint/catalogue.js';
import type { RuleSetting } from '../lint/options.js';
import type { Path } from '../source/types.js';
import type { ConfigurableRule, Plugin } from './config.js';
import type { Layer } from './layer.js';
import { type Problem, type Schema, suggestion, validate } from './validate.js';

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
  const rules: readonly ConfigurableRule[] = [
    ...(await builtIn()),
    ...plugins.flatMap((plugin) => plugin.rules),
  ];
  const ids = new RuleIds(rules);
  for (const layer of layers) {
    layer.refuse(
      settingsOf(layer).flatMap(({ at, id, setting }) => problemsOf(id, setting, [...at, id], rules, ids)),
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
  rules: readonly ConfigurableRule[],
  ids: RuleIds,
): Problem[] {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) {
    return [{ path: at, at: 'key', message: `unknown rule${suggestion(ids.meantBy(id))}` }];
  }
  if (typeof setting === 'string' || setting[1] === undefined) return [];
  const noun = (path: Path) => (path.length === 1 ? `option of the rule ${id}` : 'key');
  return validate(setting[1], rule.options?.schema ?? NO_OPTIONS, noun).map((problem) => ({
    ...problem,
    path: [...at, 1, ...problem.path],
  }));
}

const NO_OPTIONS: Schema = { type: 'object', additionalProperties: false };
