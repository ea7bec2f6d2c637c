import { extname } from 'node:path';
import { asObject, asText, type JsonObject, readJson } from './manifest.js';
import type { StackInfo } from './types.js';

const MAX_ASSET_MANIFEST_BYTES = 50_000_000;

/** A file that a cloud assembly uploads when it is deployed. */
export interface Asset {
  /** Relative to the directory of the manifest, or absolute; not checked yet. */
  readonly path: string;
  /** What the last part of its URL may be, without suffix: the hash, and the stems of its object keys. */
  readonly names: readonly string[];
  /** The parameter that is given the key of the uploaded object; undefined where the template knows the key itself. */
  readonly keyParameter: string | undefined;
}

/**
 * The file assets of a `*.assets.json`. Directories that are uploaded as archives, container images and files made by
 * a command when deploying are left out: they hold no templates.
 *
 * Shape: `cloud-assembly-schema` of the aws-cdk-cli repository, `lib/assets/schema.ts`.
 */
export function readAssetManifest(
  file: string,
):
  | { readonly ok: true; readonly assets: readonly Asset[] }
  | { readonly ok: false; readonly reason: string } {
  const json = readJson(file, MAX_ASSET_MANIFEST_BYTES);
  if (!json.ok) return json;
  const assets: Asset[] = [];
  for (const [hash, entry] of Object.entries(asObject(asObject(json.value)?.files) ?? {})) {
    const asset = asObject(entry);
    const source = asObject(asset?.source);
    const path = asText(source?.path);
    if (path === undefined || (source?.packaging ?? 'file') !== 'file') continue;
    const keys = Object.values(asObject(asset?.destinations) ?? {}).map((destination) =>
      asText(asObject(destination)?.objectKey),
    );
    const names = [hash, ...keys.filter((key) => key !== undefined).map(stemOf)];
    assets.push({ path, names, keyParameter: undefined });
  }
  return { ok: true, assets };
}

/**
 * The file assets that a stack lists in its own metadata, as the CDK's first synthesizer did:
 * `{ type: 'aws:cdk:asset', data: { path, packaging, sourceHash, s3KeyParameter } }`.
 */
export function assetsInMetadata(metadata: JsonObject): readonly Asset[] {
  const assets: Asset[] = [];
  for (const entries of Object.values(metadata)) {
    if (!Array.isArray(entries)) continue;
    for (const entry of entries) {
      const item = asObject(entry);
      const data = asObject(item?.data);
      const path = asText(data?.path);
      if (item?.type !== 'aws:cdk:asset' || data?.packaging !== 'file' || path === undefined) continue;
      const hash = asText(data.sourceHash) ?? asText(data.id);
      if (hash !== undefined) assets.push({ path, names: [hash], keyParameter: asText(data.s3KeyParameter) });
    }
  }
  return assets;
}

/**
 * The parameters that a deployment gives to a stack for its assets: `PREFIX||HASH.EXTENSION`, of which the prefix does
 * not matter here. Source: the asset parameters of the CDK's command line.
 */
export function assetParameters(assets: readonly Asset[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    assets.flatMap(({ path, names: [hash], keyParameter }) =>
      keyParameter === undefined ? [] : [[keyParameter, `assets/||${hash}${extname(path)}`]],
    ),
  );
}

/**
 * The file of the asset that a template URL leads to; undefined when the stack has no such asset.
 *
 * @param text the URL, or the literal text that it ends in, for example
 *   `/cdk-hnb659fds-assets-123456789012-us-east-1/fa6ae79c.json`
 */
export function assetFileOf(stack: StackInfo, text: string): string | undefined {
  const withoutQuery = text.split(/[?#]/, 1)[0] ?? '';
  return stack.assets.get(stemOf(withoutQuery));
}

/** The last part of a key or URL, up to its first dot. */
function stemOf(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}
