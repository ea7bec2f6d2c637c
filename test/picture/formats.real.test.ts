import { beforeAll, describe, expect, it } from 'vitest';
import { loadPictureFormat, PICTURE_FORMATS } from '../../src/picture/index.js';
import type { Picture } from '../../src/picture/picture.js';
import { escapeMarkup, fitText, plainText, shortText, textWidth } from '../../src/picture/text.js';
import { Graphviz } from '../real/graphviz.js';
import { HOSTILE_NAMES, hostilePicture } from './hostile.js';
import { examplePicture, node, picture } from './pictures.js';

const EMPTY: Picture = { version: 1, environments: [], stacks: [], nodes: [], edges: [], findings: [] };

/** What no output may hold, in any format: terminal escapes, direction marks, other controls. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what this finds
const ACTED_ON = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

describe.each(PICTURE_FORMATS)('%s', (format) => {
  it('draws a picture the same way each time, as text that ends in a line feed', async () => {
    const render = await loadPictureFormat(format);
    const first = render(examplePicture());
    expect(first).toMatch(/\n$/);
    expect(render(examplePicture())).toBe(first);
  });

  it('draws nothing, and 1, 10 and 1,000 targets', async () => {
    const render = await loadPictureFormat(format);
    expect(render(EMPTY)).not.toBe('');
    for (const targets of [1, 10, 1000]) {
      const text = render(picture({ targets, providers: Math.ceil(targets / 4), gateways: 2, stacks: 3 }));
      expect(text).toContain(targets === 1000 && format === 'mermaid' ? 'more' : `Target${targets - 1}`);
    }
  });

  it('holds nothing that a terminal or an editor acts on', async () => {
    const render = await loadPictureFormat(format);
    expect(render(hostilePicture())).not.toMatch(ACTED_ON);
  });
});

describe('json', () => {
  it('parses to the picture, hostile names included', async () => {
    const render = await loadPictureFormat('json');
    expect(JSON.parse(render(examplePicture()))).toEqual(examplePicture());
    expect(JSON.parse(render(hostilePicture()))).toEqual(hostilePicture());
  });
});

describe('svg', () => {
  it('has a title, a description, and a text for each node', async () => {
    const render = await loadPictureFormat('svg');
    const svg = render(examplePicture());
    expect(svg).toContain('role="img"');
    expect(svg).toContain('<desc id="picture-summary">Token exchange: 2 verified, 1 failed, 1 unverified;');
    for (const { label } of examplePicture().nodes) expect(svg).toContain(label);
  });

  it('has no script, no event handler and no address of anything', async () => {
    const render = await loadPictureFormat('svg');
    // What is in quotes or between tags is text; what is left is the markup.
    const markup = render(hostilePicture())
      .replace(/"[^"]*"/g, '""')
      .replace(/>[^<]*</g, '><');
    expect(markup).not.toMatch(/script|\son\w+=|href|url\(|@import|<image|<foreignObject/i);
  });

  it('marks failed and unverified by shape as well as by colour', async () => {
    const render = await loadPictureFormat('svg');
    const svg = render(examplePicture());
    const marks = [...svg.matchAll(/<g class="mark (\w+)"[^>]*>.*?<path d="([^"]+)"/g)];
    const shapes = new Map(marks.map(([, outcome, shape]) => [outcome, shape]));
    expect([...shapes.keys()].sort()).toEqual(['failed', 'lost', 'unverified', 'verified']);
    expect(new Set(shapes.values()).size).toBe(4);
  });

  it('cuts a long name and keeps it whole in the tooltip', async () => {
    const render = await loadPictureFormat('svg');
    const label = 'A'.repeat(80);
    const svg = render({ ...EMPTY, nodes: [node({ id: 'a', kind: 'gateway', label })] });
    expect(svg).toContain(`<title>Gateway ${label}</title>`);
    expect(svg).toMatch(/<text class="label"[^>]*>A{8,30}…<\/text>/);
  });

  it('has colours for light and for dark', async () => {
    const render = await loadPictureFormat('svg');
    const svg = render(examplePicture());
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
    expect(svg).not.toContain('var(');
  });
});

describe('dot, read by Graphviz', () => {
  let graphviz: Graphviz;
  beforeAll(async () => {
    graphviz = await Graphviz.load();
  });

  interface Read {
    readonly objects: readonly {
      readonly name: string;
      readonly label?: string;
      readonly nodes?: readonly number[];
    }[];
    readonly edges: readonly { readonly label?: string; readonly style?: string }[];
  }
  const read = async (given: Picture): Promise<Read> =>
    JSON.parse(graphviz.layout((await loadPictureFormat('dot'))(given), 'json', 'nop')) as Read;

  it('has each node, edge and stack', async () => {
    const given = examplePicture();
    const { objects, edges } = await read(given);
    const clusters = objects.filter(({ name }) => name.startsWith('cluster_'));
    expect(clusters.map(({ label }) => label)).toEqual(['GatewayStack', 'IdentityStack']);
    expect(objects.length - clusters.length).toBe(given.nodes.length);
    expect(edges).toHaveLength(given.edges.length);
    // What holds only under a condition is dashed, and says so.
    expect(edges.filter(({ style }) => style === 'dashed').map(({ label }) => label)).toEqual([
      "? identity unknown\\nwhen Mode is 'obo'",
      "? TOKEN_EXCHANGE\\nwhen Mode is 'obo'",
    ]);
    expect(edges.map(({ label }) => label)).toContain('✗ identity lost');
    expect(objects.map(({ label }) => label)).toContain('✗ JiraTarget\\nMcpServer');
    expect(objects.map(({ label }) => label)).toContain(
      '✗ JiraProvider\\nCustomOauth2\\nCause: no exchange block',
    );
  });

  it('shows hostile names as they are', async () => {
    const svg = graphviz.layout((await loadPictureFormat('dot'))(hostilePicture()), 'svg', 'dot');
    const texts = new Set(
      [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => decode(text ?? '')),
    );
    for (const name of HOSTILE_NAMES) {
      if (name.trim() !== '') expect([...texts], name).toContain(shortText(name));
    }
    expect(svg).not.toMatch(/<script|href|<image/);
  });
});

/** Graphviz's own escapes in SVG, back to characters. */
function decode(text: string): string {
  return text
    .replaceAll('&#160;', ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#45;', '-')
    .replaceAll('&amp;', '&');
}

describe('mermaid', () => {
  it('says as whom each call is made, what a failure comes from, and what holds only under a condition', async () => {
    const chart = (await loadPictureFormat('mermaid'))(examplePicture());
    expect(chart).toContain('n1 -->|"✓ as the user"| n2');
    expect(chart).toContain('n1 ==>|"✗ identity lost"| n3');
    expect(chart).toMatch(/n1 -\.->\|"\? identity unknown<br\/>when Mode is/);
    expect(chart).toContain('JiraProvider<br/>CustomOauth2<br/>Cause#58; no exchange block');
    expect(chart).toMatch(/class n7 cause/);
  });

  it('stays below the limits at which Mermaid refuses a chart, with all that failed where there is room', async () => {
    const render = await loadPictureFormat('mermaid');
    for (const amounts of [
      { targets: 1000, providers: 300, gateways: 10, stacks: 20 },
      { targets: 1000, providers: 1000, gateways: 1000, stacks: 0 },
    ]) {
      const chart = render(picture(amounts));
      expect(chart.length).toBeLessThanOrEqual(50_000);
      expect(chart.match(/-->|==>|-\.->/g)?.length).toBeLessThanOrEqual(500);
    }
  });

  it('tells how many consumers it had to leave out', async () => {
    const render = await loadPictureFormat('mermaid');
    const given = picture({ targets: 900, providers: 1, gateways: 1, stacks: 1 });
    const failed = {
      ...given,
      nodes: given.nodes.map((one) =>
        one.kind === 'target' ? { ...one, outcome: 'failed' as const, findings: [0] } : one,
      ),
    };
    const chart = render(failed);
    const shown = chart.match(/✗ Target/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(50);
    expect(chart).toContain(`and ${900 - shown} more`);
    expect(chart).toContain('900 failed');
  });
});

describe('text', () => {
  it('replaces what a terminal, a browser or an editor acts on', () => {
    expect(plainText('a\u001b[31mb\u202ec\ud800d\ne\u0000')).toBe(
      'a\\u{1b}[31mb\\u{202e}c\\u{d800}d e\\u{0}',
    );
    expect(plainText('naïve 漢字 🦄')).toBe('naïve 漢字 🦄');
    expect(escapeMarkup(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
  });

  it('cuts to a width, and never through a character of two units', () => {
    expect(fitText('short', 13, 200)).toBe('short');
    const cut = fitText('🦄'.repeat(40), 13, 100);
    expect(cut).toMatch(/^(🦄)+…$/u);
    expect(textWidth(cut, 13)).toBeLessThanOrEqual(100);
  });
});
