import { nestedStackTypes } from '../template/nested-stack-types.js';

/**
 * What a template's text mentions, found by plain search before anything is parsed: a template is read only when it
 * can have something to say.
 */
export interface Mentions {
  readonly agentCore: boolean;
  readonly nestedStack: boolean;
  readonly export: boolean;
  readonly ssmParameter: boolean;
  readonly crossRegionWriter: boolean;
  readonly iam: boolean;
  /** The linter's own name: there may be suppressions. */
  readonly suppression: boolean;
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

/** Texts with escapes may spell a type in a way that a plain search misses. */
const HIDDEN = /\\(?:u00|x[2-7]|U0000|\r?\n)/;

/**
 * @param text a template's text
 * @param agentCore whether it can contain an AgentCore type, as the source room tells
 */
export function mentionsIn(text: string, agentCore: boolean): Mentions {
  const hidden = text.includes('\\') && HIDDEN.test(text);
  const says = (word: string): boolean => hidden || text.includes(word);
  return {
    agentCore,
    nestedStack: nestedStackTypes().some(says),
    export: says('Export'),
    ssmParameter: says('AWS::SSM::Parameter'),
    crossRegionWriter: says('CrossRegionExportWriter'),
    iam: says('AWS::IAM::'),
    suppression: /cfn-tx-lint/i.test(text),
  };
}
