import { readText } from './read.js';

/** A manifest of a large app with all its metadata inside has some tens of megabytes. */
const MAX_MANIFEST_BYTES = 200_000_000;

export type JsonObject = Readonly<Record<string, unknown>>;

/** One artifact of a cloud assembly's manifest.json, of whatever type; its properties are not checked yet. */
export interface Artifact {
  readonly id: string;
  /** For example `aws:cloudformation:stack`. */
  readonly type: string;
  readonly displayName: string | undefined;
  readonly environment: string | undefined;
  /** Ids of other artifacts. */
  readonly dependencies: readonly string[];
  readonly properties: JsonObject;
  /** Construct path to a list of entries; older versions of the CDK write it here. */
  readonly metadata: JsonObject;
  /** The file that newer versions of the CDK write the metadata to. */
  readonly additionalMetadataFile: string | undefined;
}

export type ManifestResult =
  | {
      readonly kind: 'manifest';
      readonly artifacts: ReadonlyMap<string, Artifact>;
      /** The values that stand for what the CDK has yet to look up; undefined where nothing is missing. */
      readonly dummyValues: ReadonlySet<string> | undefined;
    }
  /** A manifest.json of something else, such as a web application. */
  | { readonly kind: 'other' }
  | { readonly kind: 'broken'; readonly reason: string };

/**
 * Reads the manifest.json of a cloud assembly, of any version: what this version of the program does not know is
 * passed over. Shape: `cloud-assembly-schema` of the aws-cdk-cli repository.
 */
export function readManifest(file: string): ManifestResult {
  const json = readJson(file, MAX_MANIFEST_BYTES);
  if (!json.ok) return { kind: 'broken', reason: json.reason };
  const manifest = asObject(json.value);
  const entries = asObject(manifest?.artifacts);
  if (manifest === undefined || entries === undefined || typeof manifest.version !== 'string') {
    return { kind: 'other' };
  }
  const artifacts = new Map<string, Artifact>();
  for (const [id, entry] of Object.entries(entries)) {
    const artifact = asArtifact(id, entry);
    if (artifact !== undefined) artifacts.set(id, artifact);
  }
  const isCloudAssembly = [...artifacts.values()].some(({ type }) => /^(?:aws|cdk):/.test(type));
  if (!isCloudAssembly) return { kind: 'other' };
  return { kind: 'manifest', artifacts, dummyValues: dummyValuesOf(manifest.missing) };
}

/**
 * What `missing` of a manifest says: `[{ key, provider, props: { dummyValue } }]`, where a dummy value is a text, a list
 * or a map of texts, or left out. Source: `core/lib/context-provider.js` of aws-cdk-lib 2.276.0.
 */
function dummyValuesOf(missing: unknown): ReadonlySet<string> | undefined {
  if (!Array.isArray(missing) || missing.length === 0) return undefined;
  const values = new Set<string>();
  for (const entry of missing) {
    const dummy = asObject(asObject(entry)?.props)?.dummyValue;
    const texts = typeof dummy === 'object' && dummy !== null ? Object.values(dummy) : [dummy];
    for (const text of texts) if (isText(text) && text !== '') values.add(text);
  }
  return values;
}

function asArtifact(id: string, entry: unknown): Artifact | undefined {
  const artifact = asObject(entry);
  if (artifact === undefined || typeof artifact.type !== 'string') return undefined;
  return {
    id,
    type: artifact.type,
    displayName: asText(artifact.displayName),
    environment: asText(artifact.environment),
    dependencies: Array.isArray(artifact.dependencies) ? artifact.dependencies.filter(isText) : [],
    properties: asObject(artifact.properties) ?? {},
    metadata: asObject(artifact.metadata) ?? {},
    additionalMetadataFile: asText(artifact.additionalMetadataFile),
  };
}

/** Reads a JSON file. The reason of a failure holds nothing of the file's content, which may be anybody's. */
export function readJson(
  file: string,
  limit: number,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string } {
  const content = readText(file, limit);
  if (!content.ok) return { ok: false, reason: content.reason };
  try {
    return { ok: true, value: JSON.parse(content.content.replace(/^\uFEFF/, '')) };
  } catch {
    return { ok: false, reason: 'it is not valid JSON' };
  }
}

/** The value, if it is a JSON object. Its keys are data: `__proto__` is an own property like any other. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

export function asText(value: unknown): string | undefined {
  return isText(value) ? value : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
