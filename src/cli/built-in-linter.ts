import { catalogueOf } from '../../rules/index.js';
import { describedRule } from '../lint/described-rule.js';
import { check, run } from '../lint/run.js';
import type { Linter } from './linter.js';

/** The linter of this package, with the rules that come with it and those of the plugins that a run names. */
export const linter: Linter = {
  run: (options) => run(options, catalogueOf(options.plugins)),
  async rules(plugins = []) {
    const { rules, url } = catalogueOf(plugins);
    return rules.map((rule) => describedRule(rule, url(rule.id)));
  },
  async picture(options) {
    const { pictureOf } = await import('../picture/picture-of-run.js');
    const checked = await check(options, catalogueOf(options.plugins), true);
    return { picture: pictureOf(checked), result: checked.result };
  },
  async draw(picture, format) {
    const { loadPictureFormat } = await import('../picture/index.js');
    return (await loadPictureFormat(format))(picture);
  },
};
