import { describedFacts, factTable } from '../../src/agentcore/facts/catalogue.js';
import { consequenceFacts } from '../../src/lint/consequence.js';
import { consequencesOf } from '../../src/lint/described-rule.js';
import type { AnyRule, MessageTemplate } from '../../src/lint/rule.js';
import type { Evidence, FixKinds, Showcase } from './evidence.js';

/** The first line of every page: what it is built from, for those who would edit it. */
export function notice(source: string): string {
  return `<!-- Built by \`npm run generate\` from ${source}. Do not edit. -->`;
}

/** The page of a rule, as Markdown. */
export function rulePage(rule: AnyRule, evidence: Evidence): string {
  const sections = [
    notice(`rules/${rule.id}.ts and fixtures/${rule.id}`),
    `# ${rule.id}`,
    rule.summary,
    [
      `- Severity: ${rule.severity}`,
      `- Consequence: ${consequenceWords(rule)}`,
      `- Reported on: ${rule.on}`,
      `- Fix: ${fixWords(evidence.fixes)}`,
    ].join('\n'),
    '## Why it matters',
    rule.rationale,
    '## An example that fails',
    ...showcase(evidence.failing),
    'What `cfn-tx-lint` prints:',
    fence('text', evidence.report),
    '## An example that passes',
    ...showcase(evidence.passing),
    '## How to fix it',
    rule.remedy,
    ...options(rule),
    '## Messages',
    messages(rule),
    ...facts(rule),
    ...sources(rule),
  ];
  return `${sections.join('\n\n')}\n`;
}

function consequenceWords(rule: AnyRule): string {
  const claimed = consequencesOf(rule);
  return claimed.length === 0
    ? 'none is claimed'
    : claimed
        .map((consequence) => `${consequenceFacts[consequence].words} (\`${consequence}\`)`)
        .join('; or ');
}

/** One cell or clause: what of the rule's findings can be repaired without a person. */
export function fixWords({ safe, unsafe }: FixKinds): string {
  if (safe && unsafe) return 'safe (`--fix`) for some findings, suggested for others';
  if (safe) return 'safe (`--fix`)';
  return unsafe ? 'suggested' : 'none';
}

function showcase({ folder, about, files }: Showcase): string[] {
  const named = files.length > 1;
  return [
    `[${capitalised(about)}](../${folder}):`,
    ...files.flatMap(({ name, language, text }) => [
      ...(named ? [`\`${name}\`:`] : []),
      fence(language, text),
    ]),
  ];
}

function options(rule: AnyRule): string[] {
  if (rule.options === undefined) return [];
  const { schema, defaults } = rule.options;
  const properties = Object.entries((schema.properties ?? {}) as Record<string, { description?: string }>);
  const example = `rules:\n  ${rule.id}:\n    - ${rule.severity}\n    - ${properties
    .map(([name]) => `${name}: ${inlineYaml(defaults[name])}`)
    .join('\n      ')}`;
  return [
    '## Options',
    properties
      .map(
        ([name, { description = '' }]) =>
          `- \`${name}\`: ${description} Default: \`${inlineYaml(defaults[name])}\`.`,
      )
      .join('\n'),
    'In `cfn-tx-lint.config.yaml`, with the default:',
    fence('yaml', example),
  ];
}

/** Plain values in YAML's flow style, which is JSON without the quotes that it can do without. */
function inlineYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineYaml).join(', ')}]`;
  return typeof value === 'string' && /^[A-Za-z]\w*$/.test(value) ? value : JSON.stringify(value);
}

/** What the rule can say; messages that come from elsewhere as a whole have no words of their own. */
function messages(rule: AnyRule): string {
  const templates: MessageTemplate[] = Object.values(rule.messages);
  return [
    ...new Set(
      templates.map(({ message, help }) => (/^\{\w+\}$/.test(message) ? help : `${message} ${help}`)),
    ),
  ]
    .map((words) => `- ${words}`)
    .join('\n');
}

/** What the rule believes, a row a fact. */
function facts(rule: AnyRule): string[] {
  const rows = describedFacts(rule.facts ?? []);
  if (rows.length === 0) return [];
  return ['## What it rests on', factTable(rows).join('\n')];
}

function sources(rule: AnyRule): string[] {
  if (rule.sources.length === 0) return [];
  return ['## Sources', rule.sources.map((url) => `- ${url}`).join('\n')];
}

/** A fence that is longer than any in the text. */
function fence(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${text.replace(/\s+$/, '')}\n${ticks}`;
}

function capitalised(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}`;
}
