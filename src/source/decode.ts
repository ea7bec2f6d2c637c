import { isUtf8 } from 'node:buffer';
import { characterAt, type Fault, failure } from './fault.js';
import { MAX_FILE_BYTES } from './limits.js';
import type { SourceError } from './types.js';

export type DecodeResult =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly error: SourceError;
      /** The text as far as it can be read: good for `mentionsAgentCore` and a code frame, not for parsing. */
      readonly text: string;
    };

/**
 * The text of a template file, from its bytes. A UTF-8 byte order mark stays in the text as its first character, so
 * that edits by offset keep it; positions do not count it.
 *
 * Fails for more than `MAX_FILE_BYTES`, for UTF-16 (CloudFormation reads UTF-8), and for what is no text at all:
 * bytes that are not UTF-8, and NUL.
 */
export function decodeText(bytes: Uint8Array): DecodeResult {
  if (bytes.length > MAX_FILE_BYTES) return refuse('', tooLarge());
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf16 = decodeUtf16(buffer);
  if (utf16 !== undefined) {
    return refuse(utf16, {
      message: 'The file is encoded as UTF-16, where CloudFormation reads UTF-8',
      span: { start: 0, end: 0 },
    });
  }
  const text = buffer.toString('utf8');
  if (!isUtf8(buffer)) {
    const offset = firstInvalid(text, buffer);
    return refuse(text, { message: 'The file is not UTF-8 text', span: characterAt(text, offset) });
  }
  const binary = binaryContent(text);
  return binary ? refuse(text, binary) : { ok: true, text };
}

/** The fault of a text that holds a NUL character, which no template may. */
export function binaryContent(text: string): Fault | undefined {
  const offset = text.indexOf('\0');
  if (offset === -1) return undefined;
  return {
    message: 'The file holds binary content (a NUL character), not text',
    span: { start: offset, end: offset + 1 },
  };
}

export function tooLarge(): Fault {
  return {
    message: `The file is larger than the limit of ${MAX_FILE_BYTES / 1024 / 1024} MiB`,
    span: { start: 0, end: 0 },
  };
}

function refuse(text: string, fault: Fault): DecodeResult {
  return { ok: false, error: failure(text, fault).error, text };
}

/** The text of bytes that begin with the byte order mark of UTF-16; otherwise undefined. */
function decodeUtf16(buffer: Buffer): string | undefined {
  const [first, second] = buffer;
  if (first === 0xff && second === 0xfe) return buffer.toString('utf16le');
  if (first === 0xfe && second === 0xff) {
    const even = buffer.length - (buffer.length % 2);
    return Buffer.from(buffer.subarray(0, even)).swap16().toString('utf16le');
  }
  return undefined;
}

/** Where decoding put the first replacement character that the bytes do not hold themselves. */
function firstInvalid(text: string, buffer: Buffer): number {
  const replacement = Buffer.from('\uFFFD');
  let bytesBefore = 0;
  let from = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', from)) {
    bytesBefore += Buffer.byteLength(text.slice(from, at));
    if (!buffer.subarray(bytesBefore, bytesBefore + replacement.length).equals(replacement)) return at;
    bytesBefore += replacement.length;
    from = at + 1;
  }
  return 0;
}
