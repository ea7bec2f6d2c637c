import { builtInRules, ruleUrl } from '../../rules/index.js';
import { run } from '../lint/run.js';
import type { Linter, RunOptions } from './linter.js';

/** The linter of this package, with the rules that come with it and those of the plugins that a run names. */
export const linter: Linter = {
  run: (options) => run(options, catalogue(options)),
  async rules(plugins = []) {
    return [...builtInRules, ...plugins.flatMap(({ rules }) => rules)].map((rule) => ({
      ...rule,
      url: ruleUrl(rule.id),
    }));
  },
  async picture() {
    throw new Error('the graph cannot be drawn yet');
  },
  async draw(picture, format) {
    const { loadPictureFormat } = await import('../picture/index.js');
    return (await loadPictureFormat(format))(picture);
  },
};

function catalogue({ plugins = [] }: RunOptions) {
  return { rules: [...builtInRules, ...plugins.flatMap(({ rules }) => rules)], url: ruleUrl };
}
