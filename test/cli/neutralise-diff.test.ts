import { expect, it } from 'vitest';
import { neutraliseDiff } from '../../src/cli/neutralise-diff.js';

it.each([
  ['tabs and line ends', '-\tGrantType: x\r\n+\tGrantType: y\r\n'],
  ['a byte order mark', '-\uFEFF{}\n+\uFEFF{ }\n'],
  ['an IPv6 address', ' CidrIpv6: ::/0\n+- ::/0\n'],
])('keeps %s', (_what, diff) => {
  expect(neutraliseDiff(diff)).toBe(diff);
});

it.each([
  ['a terminal escape', '+\u001b[2J', '+\\u{1b}[2J'],
  ['a lone carriage return', '+a\rb', '+a\\u{d}b'],
  ['a command at the start of a line', '   ::error::x', '   \\u{3a}:error::x'],
  ['an old command', '+##[error]x', '+##\\u{5b}error]x'],
  ['a hidden character in the middle', '+a\uFEFFb', '+a\\u{feff}b'],
])('disarms %s', (_what, diff, shown) => {
  expect(neutraliseDiff(diff)).toBe(shown);
});
