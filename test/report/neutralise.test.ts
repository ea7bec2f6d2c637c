import { describe, expect, it } from 'vitest';
import { neutralise } from '../../src/report/neutralise.js';

describe('neutralise', () => {
  it.each([
    ['a colour', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a C1 control', '\u009b2J', '\\u{9b}2J'],
    ['delete', 'a\u007f', 'a\\u{7f}'],
    ['line ends and tabs', 'a\r\n\tb', 'a\\u{d}\\u{a}\\u{9}b'],
    ['bidirectional controls', 'a\u202eb\u2066c', 'a\\u{202e}b\\u{2066}c'],
    ['invisible characters', 'a\u200bb\ufeffc\u{e0041}', 'a\\u{200b}b\\u{feff}c\\u{e0041}'],
    ['a soft hyphen', 'a\u00adb', 'a\\u{ad}b'],
    ['joiners where nothing is joined', 'a\u200db\u200cc', 'a\\u{200d}b\\u{200c}c'],
    ['a joiner beside an emoji', '👩\u200dx', '👩\\u{200d}x'],
    ['a lone surrogate', 'a\ud800b', 'a\\u{d800}b'],
    ['a non-character', 'a\uffff', 'a\\u{ffff}'],
    ['a workflow command', '::add-mask::x', '\\u{3a}:add-mask::x'],
    ['a workflow command that wrapping would bring to the start', 'see ::error::x', 'see \\u{3a}:error::x'],
    ['an old workflow command', 'a ##[error]x', 'a ##\\u{5b}error]x'],
  ])('shows %s', (_, text, shown) => expect(neutralise(text)).toBe(shown));

  it.each([
    'AWS::BedrockAgentCore::GatewayTarget',
    'arn:aws:iam::1:role/x',
    'Straße 日本語 👩‍👩‍👧 é',
    '👩🏽\u200d🚀 ❤️\u200d🔥',
    'می\u200cخواهم क\u094d\u200dष',
    '# [x]',
  ])('leaves %s', (text) => expect(neutralise(text)).toBe(text));
});
