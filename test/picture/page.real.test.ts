import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldEnds } from '../../src/picture/fold.js';
import { renderHtml } from '../../src/picture/html.js';
import { SHOWN } from '../../src/picture/page/view.js';
import type { Picture } from '../../src/picture/picture.js';
import { LIGHT } from '../../src/picture/style.js';
import { renderSvg } from '../../src/picture/svg.js';
import { plainText } from '../../src/picture/text.js';
import {
  type Browser,
  type BrowserContextOptions,
  browserOptedOut,
  launchBrowser,
  type Page,
} from '../real/browser.js';
import { HOSTILE_NAMES, hostilePicture } from './hostile.js';
import { examplePicture, picture } from './pictures.js';

/** For what a page does one after the other, on a machine that has other work. */
const PATIENT = { timeout: 20_000 };
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('the page as it is built', () => {
  it('holds the script and the style that its sources give', () => {
    expect(() =>
      execFileSync(process.execPath, ['scripts/build-page.js', '--check'], { cwd: ROOT, stdio: 'pipe' }),
    ).not.toThrow();
  });

  it('stays small', async () => {
    const bundle = await build({
      entryPoints: [join(ROOT, 'src/picture/html.ts')],
      bundle: true,
      write: false,
      minify: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
    });
    expect(bundle.outputFiles[0]?.contents.length).toBeLessThan(95_000);
  });
});

describe.skipIf(browserOptedOut)('the page in a browser', () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'cfn-tx-lint-page-'));
  /** What went wrong on any page: messages on the console, errors, requests for anything but the page itself. */
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (given: Picture, options: BrowserContextOptions = {}): Promise<Page> => {
    const file = join(folder, 'graph.html');
    writeFileSync(file, renderHtml(given));
    complaints.length = 0;
    const context = await browser.newContext({ viewport: { width: 1400, height: 800 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:') && !request.url().startsWith('data:'))
        complaints.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return page;
  };
  const nodeNamed = (page: Page, label: string) =>
    page.locator(`#scene .node:has(text.label:text-is("${label}"))`);
  const zoomLevel = (page: Page) => page.locator('#zoom-level').textContent();
  const shownFindings = (page: Page) => page.locator('#findings article:visible');

  it('draws every node and lists every finding, without a complaint or a request', async () => {
    const page = await open(examplePicture());
    const drawn = foldEnds(examplePicture());
    expect(await page.locator('#scene .node').count()).toBe(drawn.nodes.length);
    expect(await page.locator('#scene .edge').count()).toBe(drawn.edges.length);
    // What is folded into a node is told by it.
    const [gateway] = await nodeNamed(page, 'ToolsGateway').locator('text').allTextContents();
    expect(gateway).toBe('ToolsGateway');
    expect(await nodeNamed(page, 'ToolsGateway').textContent()).toContain('login.example.com');
    expect(await nodeNamed(page, 'OktaProvider').textContent()).toContain('acme.okta.com');
    expect(await shownFindings(page).count()).toBe(3);
    await expect(page.locator('#findings article').first().textContent()).resolves.toContain(
      'gateway.yaml:31:26',
    );
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows all of a small drawing, within the view', async () => {
    const page = await open(examplePicture());
    const view = await page.locator('#drawing').boundingBox();
    const scene = await page.locator('#scene').boundingBox();
    expect(scene?.x).toBeGreaterThanOrEqual(view?.x ?? Infinity);
    expect((scene?.x ?? 0) + (scene?.width ?? 0)).toBeLessThanOrEqual((view?.x ?? 0) + (view?.width ?? 0));
    expect((scene?.y ?? 0) + (scene?.height ?? 0)).toBeLessThanOrEqual((view?.y ?? 0) + (view?.height ?? 0));
    await page.context().close();
  });

  it('shows what is known about a node that is clicked, and lights its connections', async () => {
    const page = await open(examplePicture());
    await nodeNamed(page, 'JiraTarget').click();
    const details = page.locator('#details');
    expect(await details.textContent()).toMatch(
      /JiraTarget[\s\S]*failed[\s\S]*gateway\.yaml:31:3[\s\S]*token-exchange-without-config/,
    );
    expect(await details.locator('a').getAttribute('href')).toBe(
      'https://example.com/rules/token-exchange-without-config.md',
    );
    expect(await page.locator('#scene .node.lit, #scene .node.chosen').count()).toBe(3);
    // From there along a connection to the next node.
    await details.getByRole('button', { name: 'JiraProvider' }).click();
    expect(await details.locator('h2').textContent()).toBe('JiraProvider');
    await page.locator('#close').click();
    expect(await details.isVisible()).toBe(false);
    expect(await page.locator('#scene .lit').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows what is known about an edge that is clicked', async () => {
    const page = await open(examplePicture());
    await page.locator('#scene .edge.unverified .tag', { hasText: 'TOKEN_EXCHANGE' }).click();
    expect(await page.locator('#details').textContent()).toMatch(
      /PayrollTarget → payroll-ProviderArn[\s\S]*provider-unresolved[\s\S]*when Mode is 'obo'/,
    );
    await page.context().close();
  });

  it('leads from a finding to its node', async () => {
    const page = await open(examplePicture());
    await shownFindings(page).nth(1).getByRole('button', { name: 'Show in graph' }).click();
    expect(await page.locator('#details h2').textContent()).toBe('PayrollTarget');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain(
      'PayrollTarget',
    );
    await page.context().close();
  });

  it('filters by outcome, rule and text, the graph and the list alike', async () => {
    const page = await open(examplePicture());
    const names = () => page.locator('#scene .node text.label').allTextContents();
    await page.getByRole('button', { name: /^Failed/ }).click();
    expect((await names()).sort()).toEqual(['JiraProvider', 'JiraTarget', 'ToolsGateway']);
    expect(await shownFindings(page).count()).toBe(1);
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.locator('#rule').selectOption('plaintext-client-secret');
    expect(await names()).toContain('EntraProvider');
    expect(await names()).not.toContain('JiraTarget');
    await page.locator('#rule').selectOption('');
    await page.locator('#search').fill('payroll');
    await expect.poll(names).toContain('PayrollTarget');
    await expect.poll(names).not.toContain('JiraTarget');
    await page.locator('#search').fill('nothing of the kind');
    await page.getByText('Nothing fits the filter.').waitFor();
    expect(await page.locator('#finding-count').textContent()).toBe('0 of 3 findings');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows every text at 12 pixels and more at first, on a small screen and on a large one', async () => {
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
      [390, 844],
    ] as const) {
      const page = await open(examplePicture(), { viewport: { width, height } });
      const sizes = await page.evaluate(() => {
        const shown = [...document.querySelectorAll('body *')].filter(
          (element) =>
            element.getClientRects().length > 0 &&
            [...element.childNodes].some((child) => child.nodeType === 3 && child.nodeValue?.trim()),
        );
        const scene = document.getElementById('scene');
        const zoom = Number(/scale\(([\d.]+)\)/.exec(scene?.getAttribute('transform') ?? '')?.[1]);
        return shown.map((element) => {
          const size = Number.parseFloat(getComputedStyle(element).fontSize);
          return [element.textContent, scene?.contains(element) ? size * zoom : size] as const;
        });
      });
      expect(sizes.length).toBeGreaterThan(40);
      expect(sizes.filter(([, size]) => size < 12)).toEqual([]);
      await page.context().close();
    }
  });

  it('fits into the width of a small screen', async () => {
    const page = await open(examplePicture(), { viewport: { width: 1280, height: 800 } });
    const [view, scene] = [
      await page.locator('#graph').boundingBox(),
      await page.locator('#scene').boundingBox(),
    ];
    expect((scene?.x ?? 0) + (scene?.width ?? 0)).toBeLessThanOrEqual((view?.x ?? 0) + (view?.width ?? 0));
    expect(await zoomLevel(page)).toBe('100 %');
    await page.context().close();
  });

  it('narrows down to each thing that there is to see, and counts it', async () => {
    const page = await open(examplePicture());
    const targets = () =>
      page.locator('#scene .node.target text.label').evaluateAll((all) => all.map((one) => one.textContent));
    const shown = {
      failed: ['JiraTarget'],
      lost: ['JiraTarget'],
      unverified: ['PayrollTarget'],
      warnings: ['MailTarget'],
      verified: ['CustomerTarget', 'MailTarget'],
    };
    expect(Object.keys(shown)).toEqual(SHOWN.slice(1));
    for (const [name, wanted] of Object.entries(shown)) {
      const button = page.locator(`button[data-shown="${name}"]`);
      await button.click();
      expect((await targets()).sort(), name).toEqual(wanted);
      // A warning about a provider shows the target that leads to it.
      expect(await button.locator('b').textContent(), name).toBe(String(wanted.length));
    }
    await page.context().close();
  });

  it('marks what a failure comes from, and says who fails by it', async () => {
    const page = await open(examplePicture());
    expect(await page.locator('#scene .node.cause text.label').allTextContents()).toEqual(['JiraProvider']);
    expect((await page.locator('#scene .node.cause text.cause').allTextContents()).join(' ')).toBe(
      'Cause: no exchange block',
    );
    await nodeNamed(page, 'JiraProvider').click();
    const told = page.locator('#details .because');
    expect(await told.textContent()).toContain('identity lost');
    await told.getByRole('button', { name: 'JiraTarget' }).click();
    expect(await page.locator('#details h2').textContent()).toBe('JiraTarget');
    expect(await page.locator('#details dl').textContent()).toContain('identity unknown');
    await page.context().close();
  });

  it('makes a lost identity as loud as an error', async () => {
    const page = await open(examplePicture());
    const fill = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => getComputedStyle(one).fill);
    const failed = await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--failed'),
    );
    expect(failed).toBe(LIGHT.failed);
    const lost = await fill('#scene .edge.lost .tag rect');
    expect(lost).toBe(await fill('.legend .mark.failed circle'));
    expect(await page.locator('#scene .edge.lost .tag').textContent()).toContain('identity lost');
    await page.context().close();
  });

  it('draws what holds only under a condition dashed, says the condition, and explains the dashes', async () => {
    const page = await open(examplePicture());
    const dashes = (selector: string) =>
      page.locator(selector).evaluateAll((all) => all.map((one) => getComputedStyle(one).strokeDasharray));
    expect(new Set(await dashes('#scene .edge.conditional .wire'))).toEqual(new Set(['6px, 4px']));
    expect(new Set(await dashes('#scene .edge:not(.conditional) .wire'))).toEqual(new Set(['none']));
    expect(await dashes('#scene .node.conditional .card')).toEqual(['6px, 4px']);
    for (const text of await page.locator('#scene .edge.conditional .tag').allTextContents())
      expect(text).toContain("when Mode is 'obo'");
    expect(await page.locator('.legend').textContent()).toContain('Only under a condition');
    expect(await dashes('.legend .wire')).toEqual(['6px, 4px']);
    await page.context().close();
  });

  it('shows one environment when it is chosen, and its numbers', async () => {
    const example = examplePicture();
    const given: Picture = {
      ...example,
      environments: ['dev', 'prod'],
      nodes: example.nodes.map((one) =>
        one.id === 'jira' ? { ...one, outcomes: { dev: 'verified', prod: 'failed' } } : one,
      ),
      edges: example.edges.flatMap((one) =>
        one.status === 'failed'
          ? [
              { ...one, environments: ['prod'] },
              { ...one, environments: ['dev'], status: 'verified', lost: false, findings: [] },
            ]
          : [one],
      ),
      findings: example.findings.map((one, index) =>
        index === 0 ? { ...one, environments: ['prod'] } : one,
      ),
    };
    const page = await open(given);
    const count = (shown: string) => page.locator(`button[data-shown="${shown}"] b`).textContent();
    expect(await page.locator('#scene .edge.failed').count()).toBe(2);
    await page.getByLabel('Environment', { exact: true }).selectOption('dev');
    expect([await count('failed'), await count('verified')]).toEqual(['0', '3']);
    expect(await page.locator('#scene .edge.failed').count()).toBe(0);
    expect(await page.locator('#finding-count').textContent()).toBe('2 findings');
    await page.getByLabel('Environment', { exact: true }).selectOption('prod');
    expect([await count('failed'), await count('verified')]).toEqual(['1', '2']);
    // Within one environment it always holds.
    expect(await page.locator('#scene .edge.failed.conditional').count()).toBe(0);
    await page.getByLabel('Environment', { exact: true }).selectOption('');
    expect(await page.locator('#scene .edge.failed.conditional').count()).toBe(2);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('draws the nodes of a group by themselves when asked, and leaves the other groups', async () => {
    const given = picture({ targets: 200, providers: 40, gateways: 4, stacks: 4 });
    const page = await open(given);
    const before = await page.locator('#scene .node').count();
    const groups = page.locator('#scene .node', {
      has: page.locator('text.label', { hasText: /^\d+ targets$/ }),
    });
    const all = await groups.count();
    await groups.first().click();
    await page.locator('#details [data-expand]').click();
    await expect.poll(() => page.locator('#scene .node').count()).toBeGreaterThan(before);
    expect(await groups.count()).toBe(all - 1);
    await page.context().close();
  });

  it('draws thousands of nodes one after the other, and each when it is asked for', async () => {
    const given = picture({ targets: 3000, providers: 300, gateways: 20, stacks: 10 });
    const page = await open(given);
    await page.locator('#group').click();
    await page.locator('#search').fill('target2999');
    await expect.poll(() => page.locator('#scene .node.target').count(), PATIENT).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('#scene .node').count(), PATIENT).toBe(foldEnds(given).nodes.length);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('works by keyboard alone', async () => {
    const page = await open(examplePicture());
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id ?? '',
      );
    await page.keyboard.press('/');
    expect(await focused()).toBe('Search');
    await page.keyboard.press('Escape');
    // Tab reaches the graph as one stop, arrows walk in it.
    for (let presses = 0; presses < 15 && !(await focused()).startsWith('Gateway'); presses += 1)
      await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^Gateway ToolsGateway, CUSTOM_JWT, login\.example\.com/);
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toMatch(/^Target/);
    for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('ArrowDown');
    const last = await focused();
    await page.keyboard.press('ArrowUp');
    expect(await focused()).not.toBe(last);
    await page.keyboard.press('Enter');
    expect(await page.locator('#details').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('#details').isVisible()).toBe(false);
    const pressed = () => page.locator('[data-shown][aria-pressed="true"]').getAttribute('data-shown');
    for (const shown of SHOWN.slice(1)) {
      await page.keyboard.press('f');
      expect(await pressed()).toBe(shown);
    }
    await page.keyboard.press('Escape');
    expect(await pressed()).toBe('all');
    const zoom = () => page.locator('#zoom-level').textContent();
    const fitted = await zoom();
    await page.keyboard.press('+');
    expect(await zoom()).not.toBe(fitted);
    await page.keyboard.press('0');
    expect(await zoom()).toBe(fitted);
    await page.context().close();
  });

  it('moves and zooms by drag and wheel, and a drag is no click', async () => {
    const page = await open(examplePicture());
    const transform = () => page.locator('#scene').getAttribute('transform');
    const start = await transform();
    const from = await nodeNamed(page, 'ToolsGateway').boundingBox();
    await page.mouse.move((from?.x ?? 0) + 20, (from?.y ?? 0) + 10);
    await page.mouse.down();
    await page.mouse.move((from?.x ?? 0) + 90, (from?.y ?? 0) + 60, { steps: 4 });
    await page.mouse.up();
    const moved = await transform();
    expect(moved).not.toBe(start);
    expect(await page.locator('#details').isVisible()).toBe(false);
    await page.mouse.wheel(0, 120);
    await expect.poll(transform).not.toBe(moved);
    const zoom = await page.locator('#zoom-level').textContent();
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -120);
    await page.keyboard.up('Control');
    await expect.poll(() => zoomLevel(page)).not.toBe(zoom);
    await page.locator('#fit').click();
    expect(await zoomLevel(page)).toBe('100 %');
    await page.context().close();
  });

  it('follows the system to dark, and the reader against it', async () => {
    const page = await open(examplePicture(), { colorScheme: 'dark' });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await background()).toBe('rgb(15, 19, 26)');
    await page.getByRole('button', { name: 'Change to the light theme' }).click();
    expect(await background()).toBe('rgb(251, 251, 253)');
    await page.getByRole('button', { name: 'Change to the dark theme' }).click();
    expect(await background()).toBe('rgb(15, 19, 26)');
    await page.context().close();
  });

  it('lists the findings where scripts do not run', async () => {
    const page = await open(examplePicture(), { javaScriptEnabled: false });
    expect(await shownFindings(page).count()).toBe(3);
    expect(await page.locator('#without').isVisible()).toBe(true);
    await page.context().close();
  });

  it('stays usable on a narrow screen', async () => {
    const page = await open(examplePicture(), { viewport: { width: 390, height: 800 } });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    expect(await page.locator('#scene .node').first().isVisible()).toBe(true);
    await page.context().close();
  });

  it('shows hostile names as text and nothing else', async () => {
    const page = await open(hostilePicture());
    await page.locator('#group').click();
    const broken = await page.evaluate(() => (globalThis as { broken?: number }).broken);
    expect(broken).toBeUndefined();
    expect(await page.locator('body img, body iframe, #scene script, a[href^="javascript"]').count()).toBe(0);
    // One script with the data, one that runs.
    expect(await page.locator('script').count()).toBe(2);
    const messages = await page.locator('#findings p.message').allTextContents();
    expect(messages).toEqual(HOSTILE_NAMES.map(plainText));
    await page.locator('#scene .node.failed').first().click();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('groups a thousand targets, finds one of them, and shows them all when asked', async () => {
    const given = picture({ targets: 1000, providers: 300, gateways: 10, stacks: 20 });
    const page = await open(given);
    expect(await page.locator('#scene .node').count()).toBeLessThan(given.nodes.length / 2);
    await page
      .locator('#scene .node', { has: page.locator('text.label', { hasText: /^\d+ targets$/ }) })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    const member = page.locator('#details [data-go]').last();
    const name = await member.textContent();
    await member.click();
    expect(await page.locator('#details h2').textContent()).toBe(name);
    // It alone has left its group; the rest comes out when all are asked for.
    expect(await page.locator('#scene .node').count()).toBeLessThan(given.nodes.length / 2);
    await page.locator('#group').click();
    await expect.poll(() => page.locator('#scene .node').count(), PATIENT).toBe(foldEnds(given).nodes.length);
    await page.keyboard.press('Escape');
    await page.keyboard.press('f');
    await expect.poll(() => page.locator('#scene .node').count()).toBeLessThan(300);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('says so when there is nothing to draw', async () => {
    const page = await open({ version: 1, environments: [], stacks: [], nodes: [], edges: [], findings: [] });
    await page.getByText('There is no token exchange in these templates.').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('prints the whole drawing and every finding', async () => {
    const page = await open(examplePicture());
    const pdf = await page.pdf();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(await shownFindings(page).count()).toBe(3);
    await page.context().close();
  });

  it('gives XML that a browser reads as a picture, hostile names included', async () => {
    const page = await open(examplePicture());
    for (const given of [examplePicture(), hostilePicture()]) {
      const read = await page.evaluate((svg) => {
        const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
        return {
          error: parsed.querySelector('parsererror')?.textContent ?? null,
          nodes: parsed.querySelectorAll('.node').length,
          active: parsed.querySelectorAll('script, a, image, foreignObject, use').length,
        };
      }, renderSvg(given));
      expect(read).toEqual({ error: null, nodes: foldEnds(given).nodes.length, active: 0 });
    }
    await page.context().close();
  });

  it.each(['graph.png', 'graph-50.png'])('has a small picture of itself in the documents: %s', (name) => {
    expect(statSync(join(ROOT, 'docs/images', name)).size).toBeLessThan(250_000);
  });
});
