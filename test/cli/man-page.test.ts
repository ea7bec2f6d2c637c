import { expect, it } from 'vitest';
import { manPage } from '../../scripts/pages/man-page.js';
import { COMMANDS, OPTION_NAMES } from '../../src/cli/options.js';

const page = manPage();

it('names every command and every option', () => {
  const plain = page.replaceAll('\\-', '-');
  expect(COMMANDS.filter((command) => !plain.includes(`.B ${command}\n`))).toEqual([]);
  expect(OPTION_NAMES.filter((name) => !plain.includes(`\\fB--${name}\\fR`))).toEqual([]);
});

it('is roff of known requests only: no text is taken for one', () => {
  const requests = page.split('\n').flatMap((line) => /^[.']\S*/.exec(line)?.[0] ?? []);
  expect([...new Set(requests)].sort()).toEqual(
    ['.B', '.I', '.PP', '.SH', '.TH', '.TP', '.\\"', '.ad', '.br', '.nh'].sort(),
  );
});
