import { decodeText } from '../source/decode.js';
import { MAX_FILE_BYTES } from '../source/limits.js';
import { mentionsAgentCore } from '../source/mentions.js';
import type { SourceError } from '../source/types.js';
import { readBytes, someText } from './read.js';

export type TemplateText =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      /** Fits after the file's name and a colon. */
      readonly reason: string;
      /** The same with its place in the text; undefined when the file could not even be opened or is too large. */
      readonly error: SourceError | undefined;
      /** The text as far as it can be read: for a code frame, not for parsing; undefined when there is none. */
      readonly text: string | undefined;
      /** Whether an AgentCore type occurs in it; undefined when nobody can tell, as without permission to read it. */
      readonly mentionsAgentCore: boolean | undefined;
    };

/**
 * The text of a template file. Never throws and never blocks: a pipe, a directory, a file without permission, one that
 * has vanished, is too large or is no UTF-8 text gives the reason.
 *
 * @param file an absolute path
 */
export function readTemplateText(file: string): TemplateText {
  const bytes = readBytes(file, MAX_FILE_BYTES);
  if (!bytes.ok) {
    const mentions = bytes.isTooLarge ? someText(file, mentionsAgentCore) : undefined;
    return {
      ok: false,
      reason: bytes.reason,
      error: undefined,
      text: undefined,
      mentionsAgentCore: mentions,
    };
  }
  const decoded = decodeText(bytes.content);
  if (decoded.ok) return decoded;
  const { error, text } = decoded;
  return { ok: false, reason: error.message, error, text, mentionsAgentCore: mentionsAgentCore(text) };
}
