import { describe, expect, it } from 'vitest';
import { DARK, LIGHT, type Palette } from '../../src/picture/style.js';

/** WCAG 2.2: contrast of a text with what it stands on, at least 4.5 for level AA. */
function contrast(text: string, ground: string): number {
  const [light = 0, dark = 0] = [luminance(text), luminance(ground)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** What is written on what. */
const TEXTS: readonly (readonly [text: keyof Palette, ...grounds: (keyof Palette)[]])[] = [
  ['text', 'paper', 'card', 'stack', 'failedCard', 'unverifiedCard'],
  ['muted', 'paper', 'card', 'stack', 'failedCard', 'unverifiedCard'],
  ['accent', 'card', 'failedCard'],
  ['verified', 'card', 'stack'],
  ['failed', 'card', 'failedCard', 'stack'],
  ['unverified', 'card', 'unverifiedCard'],
  ['info', 'card'],
  ['mark', 'failed', 'unverified', 'info'],
];

describe('the colours', () => {
  it('are told by their contrast', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5);
  });

  it.each([
    ['light', LIGHT],
    ['dark', DARK],
  ] as const)('can be read by everybody in the %s theme', (_, palette) => {
    const weak = TEXTS.flatMap(([text, ...grounds]) =>
      grounds
        .filter((ground) => contrast(palette[text], palette[ground]) < 4.5)
        .map((ground) => [text, ground]),
    );
    expect(weak).toEqual([]);
  });
});
