import { describe, expect, it } from 'vitest';
import { useColor, useHyperlinks } from '../../src/cli/terminal.js';

const output = (isTerminal: boolean) => ({ isTerminal, columns: undefined, write: () => {} });

describe('colours', () => {
  it.each([
    ['a terminal', undefined, {}, true, true],
    ['no terminal', undefined, {}, false, false],
    ['a dumb terminal', undefined, { TERM: 'dumb' }, true, false],
    ['NO_COLOR', undefined, { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR', undefined, { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR', undefined, { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR over NO_COLOR', undefined, { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0', undefined, { FORCE_COLOR: '0' }, true, false],
    ['--color over NO_COLOR', true, { NO_COLOR: '1' }, false, true],
    ['--no-color over FORCE_COLOR', false, { FORCE_COLOR: '1' }, true, false],
  ])('with %s', (_case, asked, env, isTerminal, expected) => {
    expect(useColor(asked, env, output(isTerminal))).toBe(expected);
  });
});

describe('hyperlinks', () => {
  it.each([
    ['an unknown terminal', {}, true, false],
    ['a known terminal', { TERM_PROGRAM: 'WezTerm' }, true, true],
    ['a pipe', { TERM_PROGRAM: 'WezTerm' }, false, false],
    ['a CI job', { TERM_PROGRAM: 'WezTerm', CI: 'true' }, true, false],
    ['an old GNOME terminal', { VTE_VERSION: '4600' }, true, false],
    ['a GNOME terminal', { VTE_VERSION: '6003' }, true, true],
    ['force', { FORCE_HYPERLINK: '1' }, false, true],
  ])('with %s', (_case, env, isTerminal, expected) => {
    expect(useHyperlinks(env, output(isTerminal))).toBe(expected);
  });
});
