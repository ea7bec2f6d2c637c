import type { RuleInfo } from '../report/format.js';
import type { ConfigurableRule } from './config.js';
import schema from './config.schema.json' with { type: 'json' };

/**
 * The JSON Schema that ships with the package, for editors: the one that configurations are checked with, and in
 * addition every rule by its id, with what it finds and the options that it takes.
 */
export function publishedSchema(rules: readonly (Pick<RuleInfo, 'summary'> & ConfigurableRule)[]) {
  const { rules: setting, overrides, ...others } = schema.properties;
  const { files, rules: settingOfSome } = overrides.items.properties;
  const known = Object.fromEntries(
    rules.map(({ id, summary, options }) => [id, ruleSchema(summary, options?.schema)] as const),
  );
  return {
    ...schema,
    properties: {
      ...others,
      rules: { ...setting, properties: known },
      overrides: {
        ...overrides,
        items: { ...overrides.items, properties: { files, rules: { ...settingOfSome, properties: known } } },
      },
    },
  };
}

function ruleSchema(description: string, options: unknown) {
  const severity = { $ref: '#/definitions/severity' };
  const second = options ?? { type: 'object', additionalProperties: false };
  const list = { type: 'array', items: [severity, second], minItems: 1, additionalItems: false };
  return { description, anyOf: [severity, list] };
}
