import type { Picture } from './picture.js';

/** Every format of `cfn-tx-lint graph`; the first is the default. */
export const PICTURE_FORMATS = ['mermaid', 'dot', 'json', 'svg', 'html'] as const;

export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** Draws a picture as the whole text of a file, ending in a line feed. */
export type PictureRenderer = (picture: Picture) => string;

/** Loads what draws a format, and nothing of the other formats. */
export async function loadPictureFormat(name: PictureFormat): Promise<PictureRenderer> {
  switch (name) {
    case 'mermaid':
      return (await import('./mermaid.js')).renderMermaid;
    case 'dot':
      return (await import('./dot.js')).renderDot;
    case 'json':
      return (await import('./json.js')).renderJson;
    case 'svg':
      return (await import('./svg.js')).renderSvg;
    case 'html':
      return (await import('./html.js')).renderHtml;
  }
}
