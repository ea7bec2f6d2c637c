import { builtInRules, ruleUrl } from '../../rules/index.js';
import { check, run } from '../lint/run.js';
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
  async picture(options) {
    const { pictureOf } = await import('../picture/picture-of-run.js');
    const checked = await check(options, catalogue(options));
    return { picture: pictureOf(checked), result: checked.result };
  },
  async draw(picture, format) {
    const { loadPictureFormat } = await import('../picture/index.js');
    return (await loadPictureFormat(format))(picture);
  },
};

function catalogue({ plugins = [] }: RunOptions) {
  return { rules: [...builtInRules, ...plugins.flatMap(({ rules }) => rules)], url: ruleUrl };
}
