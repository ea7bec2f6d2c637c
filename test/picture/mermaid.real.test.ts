import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderMermaid } from '../../src/picture/mermaid.js';
import type { Picture } from '../../src/picture/picture.js';
import { shortText } from '../../src/picture/text.js';
import { type Browser, browserOptedOut, launchBrowser, type Page } from '../real/browser.js';
import { MERMAID_SCRIPT } from '../real/mermaid.js';
import { HOSTILE_NAMES, hostilePicture } from './hostile.js';
import { edge, examplePicture, node, picture } from './pictures.js';

interface Rendered {
  readonly nodes: readonly string[];
  readonly stacks: readonly string[];
  readonly edges: number;
  readonly failed: readonly string[];
  readonly active: number;
  readonly error: string | null;
}

describe.skipIf(browserOptedOut)('mermaid, drawn by Mermaid in a browser', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.setContent('<!doctype html><body></body>');
    await page.addScriptTag({ path: MERMAID_SCRIPT });
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** Draws with the settings that GitHub and Mermaid have by default. */
  const draw = (given: Picture): Promise<Rendered> =>
    page.evaluate(async (chart) => {
      const { mermaid } = globalThis as unknown as {
        mermaid: {
          initialize(options: object): void;
          render(id: string, chart: string): Promise<{ svg: string }>;
        };
      };
      const texts = (selector: string): string[] =>
        [...document.body.querySelectorAll(selector)].map((element) => element.textContent?.trim() ?? '');
      try {
        mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
        document.body.innerHTML = (await mermaid.render('drawn', chart)).svg;
      } catch (error) {
        return { nodes: [], stacks: [], edges: 0, failed: [], active: 0, error: String(error) };
      }
      return {
        nodes: texts('.node .nodeLabel'),
        stacks: texts('.cluster-label .nodeLabel'),
        edges: document.body.querySelectorAll('.edgePaths path.flowchart-link').length,
        failed: texts('.node.failed .nodeLabel'),
        active: document.body.querySelectorAll('script, a, img, iframe, [onclick], .clickable, .katex, i')
          .length,
        error: null,
      };
    }, renderMermaid(given));

  it('shows each node, edge and stack', async () => {
    const given = examplePicture();
    const drawn = await draw(given);
    expect(drawn.error).toBeNull();
    expect(drawn.nodes).toHaveLength(given.nodes.length);
    expect(drawn.edges).toBe(given.edges.length);
    expect([...drawn.stacks].sort()).toEqual(['GatewayStack', 'IdentityStack']);
    expect(drawn.failed).toEqual([
      '✗ JiraTargetMcpServer',
      '✗ JiraProviderCustomOauth2Cause: no exchange block',
    ]);
  });

  // One picture for each name, so that a name that breaks the chart is told.
  it.each(HOSTILE_NAMES.map((name) => [JSON.stringify(shortText(name)), name]))(
    'shows the name %s as it is',
    async (_, name) => {
      const drawn = await draw({
        version: 1,
        environments: [],
        stacks: [{ id: 'stack', label: name, parent: null, file: name }],
        nodes: [
          node({ id: 'a', kind: 'target', label: name, detail: name, stack: 'stack', outcome: 'failed' }),
          node({ id: 'b', kind: 'provider', label: name }),
        ],
        edges: [edge('a', 'b', { label: name, status: 'failed' })],
        findings: [],
      });
      const shown = shortText(name).replace(/\s+/g, ' ').trim();
      // A word joiner shows nothing; it keeps Mermaid from seeing icons and formulas.
      const squeeze = (text: string): string => text.replaceAll('\u2060', '').replace(/\s+/g, ' ').trim();
      expect(drawn.error).toBeNull();
      expect(drawn.active).toBe(0);
      expect(drawn.edges).toBe(1);
      expect(drawn.stacks.map(squeeze)).toEqual([shown]);
      expect(drawn.nodes.map(squeeze)).toContain(shown);
    },
  );

  it('takes all hostile names at once', async () => {
    const drawn = await draw(hostilePicture());
    expect(drawn).toMatchObject({ error: null, active: 0 });
    expect(drawn.nodes.length).toBeGreaterThan(HOSTILE_NAMES.length);
  });

  it('is not too large for Mermaid with a thousand targets', async () => {
    const drawn = await draw(picture({ targets: 1000, providers: 300, gateways: 10, stacks: 20 }));
    expect(drawn.error).toBeNull();
    expect(drawn.failed.length).toBeGreaterThan(10);
  });
});
