import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/picture/html.js';
import type { Picture } from '../../src/picture/picture.js';
import { diagnostic } from '../report/sample.js';

const fix = { title: 'Ask for TOKEN_EXCHANGE', safety: 'unsafe' as const, edits: [] };
const picture: Picture = {
  version: 1,
  environments: [],
  stacks: [],
  nodes: [],
  edges: [],
  findings: [diagnostic({ fix: null }), diagnostic({ fix }), diagnostic({ fix })],
};

describe('a page', () => {
  it('shows the lines to write below the title of a fix, and each once', () => {
    const lines = ['- GrantType: <CLIENT>', '+ GrantType: TOKEN_EXCHANGE'];
    const page = renderHtml({ ...picture, fixLines: [null, null, lines] });
    const shown = '<del>- GrantType: &lt;CLIENT&gt;</del>\n<ins>+ GrantType: TOKEN_EXCHANGE</ins></pre>';
    expect(page.split('data-finding="2"')[1]).toContain(shown);
    expect(page.split('data-finding="2"')[0]).not.toContain('<pre class="lines"');
    // The details of a node show the same findings again: the script makes them.
    expect(page).toContain('"fixLines":[null,null,["- GrantType: \\u003cCLIENT>"');
  });

  it('shows a title alone where there are no lines', () => {
    const page = renderHtml(picture);
    expect(page).toContain('<p class="fix">Fix (unsafe): Ask for TOKEN_EXCHANGE</p></article>');
  });
});
