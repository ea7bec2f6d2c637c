import { isMap, own } from '../plain/map.js';
import { followedProperties } from '../template/followed-types.js';
import { DEPLOYING_WORDS } from '../template/nested-stack-types.js';
import type { Template } from '../template/template.js';
import { deploysOthers } from './unseen-templates.js';

/** What a plain search of a text finds before anything is parsed. */
export interface TextMentions {
  /** Whether there may be an AgentCore type: only then there is something to check. */
  readonly agentCore: boolean;
  /** The linter's own name: there may be suppressions. */
  readonly suppression: boolean;
}

/** What a template may hold that others refer to: which of them are asked, and, for those not yet parsed, are parsed. */
export interface Mentions extends TextMentions {
  /** Whether it deploys other templates, or takes parts from elsewhere. */
  readonly nestedStack: boolean;
  readonly export: boolean;
  readonly ssmParameter: boolean;
  readonly crossRegionWriter: boolean;
  readonly iam: boolean;
}

/** The mentions of a file that nobody has read. */
export const NO_MENTIONS: Mentions = {
  agentCore: false,
  nestedStack: false,
  export: false,
  ssmParameter: false,
  crossRegionWriter: false,
  iam: false,
  suppression: false,
};

/**
 * @param text a template's text
 * @param agentCore whether it can contain an AgentCore type, as the source room tells
 */
export function textMentions(text: string, agentCore: boolean): TextMentions {
  return { agentCore, suppression: /cfn-tx-lint/i.test(text) };
}

/** Texts with escapes may spell a type in a way that a plain search misses. */
const HIDDEN = /\\(?:u00|x[2-7]|U0000|\r?\n)/;

/** What a text that is not parsed mentions: words that may also stand where they mean nothing. */
export function mentionsIn(text: string, known: TextMentions): Mentions {
  const hidden = text.includes('\\') && HIDDEN.test(text);
  const says = (word: string): boolean => hidden || text.includes(word);
  return {
    ...known,
    nestedStack: DEPLOYING_WORDS.some(says),
    export: says('Export'),
    ssmParameter: says(SSM_PARAMETER),
    crossRegionWriter: says(WRITER),
    iam: says(IAM),
  };
}

/** What a parsed template declares. */
export function mentionsOf(template: Template, known: TextMentions): Mentions {
  const outputs = template.section('Outputs');
  const types = new Set(template.followed.keys());
  const take = (resource: unknown): void => {
    const type = own(resource, 'Type');
    if (typeof type === 'string' && followedProperties(type) !== undefined) types.add(type);
  };
  let exports = Object.keys(outputs).some((name) => own(outputs[name], 'Export') !== undefined);
  // What a loop makes that is not unrolled here may be unrolled in a deployment.
  for (const { body } of template.openLoops) {
    for (const entry of entriesOf(body)) {
      take(entry);
      exports ||= own(entry, 'Export') !== undefined;
    }
  }
  const declares = (prefix: string): boolean => [...types].some((type) => type.startsWith(prefix));
  return {
    ...known,
    nestedStack: deploysOthers(template),
    export: exports,
    ssmParameter: declares(SSM_PARAMETER),
    crossRegionWriter: declares(WRITER),
    iam: declares(IAM),
  };
}

/** What the body of a loop makes, with the bodies of the loops in it. */
function entriesOf(body: unknown): unknown[] {
  if (!isMap(body)) return [];
  return Object.values(body).flatMap((entry) => (Array.isArray(entry) ? entriesOf(entry[2]) : [entry]));
}

const SSM_PARAMETER = 'AWS::SSM::Parameter';
const WRITER = 'Custom::CrossRegionExportWriter';
const IAM = 'AWS::IAM::';
