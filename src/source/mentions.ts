/** What the types begin with that there is something to check about: one search for all is faster than one for each. */
const PREFIX = /AWS::(?:BedrockAgentCore|AgentRegistry)/;

/*
 * Escapes of JSON (\u0041) and of YAML's double-quoted strings (\x41, \u0041, \U00000041) for a letter or a colon:
 * what could hide a prefix. The common escapes of synthesized templates (\n, \", \u003c) are none of them.
 */
const HIDING_ESCAPE = /\\(?:x|u00|U000000)(?:3[aA]|[4-7][0-9a-fA-F])/;

/** A YAML double-quoted string goes on after a backslash at the end of a line, without a space in between. */
const LINE_CONTINUATION = /\\\r?\n[ \t]*/g;

/**
 * Whether a text can contain a type of Amazon Bedrock AgentCore. May say true of a text that has none (an escape
 * that could spell one), but never false of one that has. Costs a few percent of parsing the text.
 */
export function mentionsAgentCore(text: string): boolean {
  if (hasPrefix(text)) return true;
  if (!text.includes('\\')) return false;
  if (HIDING_ESCAPE.test(text)) return true;
  return /\\\r?\n/.test(text) && hasPrefix(text.replace(LINE_CONTINUATION, ''));
}

function hasPrefix(text: string): boolean {
  return PREFIX.test(text);
}
