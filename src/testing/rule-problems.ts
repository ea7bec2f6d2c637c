import { type Schema, validate } from '../config/validate.js';
import { CONSEQUENCES } from '../lint/consequence.js';
import type { AnyRule, MessageTemplate } from '../lint/rule.js';

/**
 * What a rule lacks to be shown to people: in reports, by `cfn-tx-lint rules`, and on its page.
 * @returns one clause for each problem; empty for a rule that is complete
 */
export function ruleProblems(rule: AnyRule): string[] {
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(rule.id))
    problems.push(`the id ${rule.id} is not in kebab-case`);
  for (const key of ['summary', 'rationale', 'remedy'] as const) {
    if (!endsSentence(rule[key])) problems.push(`${key} is not a sentence: it must end in a full stop`);
  }
  for (const source of rule.sources) {
    if (!URL.canParse(source) || !source.startsWith('https://'))
      problems.push(`the source ${source} is no https address`);
  }
  return [...problems, ...messageProblems(rule), ...optionProblems(rule)];
}

function messageProblems(rule: AnyRule): string[] {
  const messages: [string, MessageTemplate][] = Object.entries(rule.messages);
  if (messages.length === 0) return ['messages has no message'];
  return messages.flatMap(([key, { message, help, consequence }]) => [
    ...[
      ['message', message],
      ['help', help],
    ].flatMap(([part = '', text = '']) =>
      endsSentence(text) ? [] : [`messages.${key}.${part} is not a sentence`],
    ),
    ...(consequence === null || CONSEQUENCES.includes(consequence)
      ? []
      : [`messages.${key}.consequence is neither null nor one of ${CONSEQUENCES.join(', ')}`]),
  ]);
}

function optionProblems({ options }: AnyRule): string[] {
  if (options === undefined) return [];
  const { schema, defaults } = options as NonNullable<AnyRule['options']>;
  const problems = validate(defaults, schema as Schema, () => 'option').map(
    ({ path, message }) => `options.defaults does not fit its schema: ${[...path, ''].join('.')} ${message}`,
  );
  const {
    type,
    additionalProperties,
    properties = {},
  } = schema as Schema & {
    properties?: Readonly<Record<string, { description?: string }>>;
  };
  if (type !== 'object' || additionalProperties !== false) {
    problems.push(
      'options.schema must be of the type object with additionalProperties false, so that slips are told',
    );
  }
  for (const [name, { description }] of Object.entries(properties)) {
    if (!endsSentence(description))
      problems.push(`the option ${name} has no description that ends in a full stop`);
    if (!Object.hasOwn(defaults, name)) problems.push(`the option ${name} has no default`);
  }
  return problems;
}

/** Whether a text ends like a sentence, or is handed in as a whole. */
function endsSentence(text: string | undefined): boolean {
  return text !== undefined && /\S[.?!]$|^\{\w+\}$/.test(text);
}
