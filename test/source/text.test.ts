import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/source/decode.js';
import { mentionsAgentCore } from '../../src/source/mentions.js';
import { LineIndex } from '../../src/source/position.js';

describe('decodeText', () => {
  it('keeps the text as it is, a byte order mark included', () => {
    for (const text of ['', 'a: é€😀\r\n', '\uFEFFa: 1', 'a replacement \uFFFD of its own']) {
      expect(decodeText(Buffer.from(text))).toEqual({ ok: true, text });
    }
  });

  it('reads a part of a larger buffer', () => {
    const bytes = new Uint8Array(Buffer.from('xxa: 1xx'));
    expect(decodeText(bytes.subarray(2, 6))).toEqual({ ok: true, text: 'a: 1' });
  });

  it.each([
    ['a byte that begins no character', [0x61, 0x0a, 0x62, 0xff, 0x63], 2, 2],
    ['a character cut off', [0x61, 0xe2, 0x82], 1, 2],
    ['one after a replacement character of the text', [0xef, 0xbf, 0xbd, 0x61, 0x80], 1, 3],
    ['one after two of them', [0xef, 0xbf, 0xbd, 0xef, 0xbf, 0xbd, 0x80], 1, 3],
    ['a surrogate', [0xed, 0xa0, 0x80], 1, 1],
  ])('refuses what is not UTF-8: %s', (_name, bytes, line, column) => {
    expect(decodeText(Uint8Array.from(bytes))).toMatchObject({
      ok: false,
      error: { message: 'The file is not UTF-8 text', range: { start: { line, column } } },
    });
  });

  it('refuses NUL', () => {
    expect(decodeText(Buffer.from('ab\0c'))).toMatchObject({
      ok: false,
      error: {
        message: 'The file holds binary content (a NUL character), not text',
        span: { start: 2, end: 3 },
      },
    });
  });

  it('refuses UTF-16, and can still tell what it mentions', () => {
    const text = '\uFEFFType: AWS::BedrockAgentCore::Gateway\n';
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big, Buffer.concat([big, Buffer.from([0])])]) {
      const result = decodeText(bytes);
      expect(result).toMatchObject({
        ok: false,
        error: { message: 'The file is encoded as UTF-16, where CloudFormation reads UTF-8' },
      });
      expect(mentionsAgentCore(result.text)).toBe(true);
    }
  });
});

describe('mentionsAgentCore', () => {
  it.each([
    'Type: AWS::BedrockAgentCore::Gateway',
    '"Type": "\\u0041WS::BedrockAgentCore::Gateway"',
    '"Type": "AWS\\u003a\\u003A"',
    '"Type": "AWS\\x3a:BedrockAgentCore"',
    '"Type": "AWS::Bedroc\\U0000006b"',
    '"Type": "AWS::Bedrock\\\n    AgentCore"',
    '"Type": "AWS::Bedrock\\\r\n\tAgentCore"',
    '"\\n": "AWS::Bedroc\\x6bAgentCore"',
  ])('%j may', (text) => {
    expect(mentionsAgentCore(text)).toBe(true);
  });

  it.each([
    '',
    'Type: AWS::Bedrock::Agent',
    '"a": "x\\n\\"y\\" \\u003cb\\u003e \\u0026 \\u0027"',
    'a: |\n  cp x \\\n    y\n',
  ])('%j does not', (text) => {
    expect(mentionsAgentCore(text)).toBe(false);
  });
});

describe('positions', () => {
  const at = (text: string, offset: number) => {
    const { line, column } = new LineIndex(text).position(offset);
    return `${line}:${column}`;
  };

  it.each([
    ['LF', 'ab\ncd\n', ['1:1', '1:2', '1:3', '2:1', '2:2', '2:3', '3:1']],
    ['CRLF', 'a\r\nb', ['1:1', '1:2', '1:3', '2:1', '2:2']],
    ['a lone CR', 'a\rb\r\rc', ['1:1', '1:2', '2:1', '2:2', '3:1', '4:1', '4:2']],
    ['a mixture', 'a\r\nb\nc\rd', ['1:1', '1:2', '1:3', '2:1', '2:2', '3:1', '3:2', '4:1', '4:2']],
    ['UTF-16 units', '😀é\nx', ['1:1', '1:2', '1:3', '1:4', '2:1', '2:2']],
    ['a byte order mark', '\uFEFFab\nc', ['1:1', '1:1', '1:2', '1:3', '2:1', '2:2']],
    ['an empty text', '', ['1:1']],
  ])('%s', (_name, text, expected) => {
    expect(Array.from({ length: text.length + 1 }, (_, offset) => at(text, offset))).toEqual(expected);
  });

  it('of an offset outside are those of the nearest end', () => {
    expect(at('a\nb', -5)).toBe('1:1');
    expect(at('a\nb', 99)).toBe('2:2');
  });

  it('make a range', () => {
    expect(new LineIndex('ab\ncd').range({ start: 1, end: 4 })).toEqual({
      start: { line: 1, column: 2 },
      end: { line: 2, column: 2 },
    });
  });
});
