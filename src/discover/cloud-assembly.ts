import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { gather } from '../plain/gather.js';
import { type Asset, assetParameters, assetsInMetadata, readAssetManifest } from './assets.js';
import { CDK_APP } from './cdk-app.js';
import { ACKNOWLEDGED, NotesOfConstructs } from './construct-notes.js';
import { constructPathsOf } from './construct-paths.js';
import { isInside } from './inside.js';
import {
  type Artifact,
  asObject,
  asText,
  type JsonObject,
  type ManifestResult,
  readJson,
  readManifest,
} from './manifest.js';
import { someText } from './read.js';
import { errorCode, reasonOf } from './reasons.js';
import type { StackInfo } from './types.js';

/** Stages in stages in stages: real apps have two or three. */
const MAX_STAGE_DEPTH = 16;

const MAX_METADATA_BYTES = 200_000_000;

export const MANIFEST = 'manifest.json';

/** The name of the file that marks a directory as a cloud assembly, and by default of that directory itself. */
export const MARKER = 'cdk.out';

/** The templates of a cloud assembly, each with the stacks that deploy it. */
export interface CloudAssembly {
  /** Absolute file to its stacks; a nested stack's template has none, because its parent deploys it. */
  readonly templates: ReadonlyMap<string, readonly StackInfo[]>;
  /** What could not be read or was refused: the absolute file that it is about, and a reason. */
  readonly problems: readonly { readonly file: string; readonly reason: string }[];
}

export type AssemblyResult =
  | { readonly kind: 'assembly'; readonly assembly: CloudAssembly }
  /** The directory has no manifest.json, or one of something else. */
  | { readonly kind: 'other' }
  | { readonly kind: 'broken'; readonly file: string; readonly reason: string };

export interface AssemblyOptions {
  /**
   * Whether a file outside of the assembly's own directory may be read. Inside it every file may, links that lead out
   * of it excepted: a manifest is as little to be trusted as a template.
   */
  readonly mayRead: (file: string) => boolean;
  /** Whether the assemblies of stages are read too. */
  readonly stages: boolean;
}

/**
 * Reads the cloud assembly in a directory. Nothing in it makes this throw: an artifact that is broken is a problem of
 * the result, and types of artifacts that are not known are passed over.
 *
 * @param directory absolute
 */
export function readCloudAssembly(directory: string, options: AssemblyOptions): AssemblyResult {
  const file = path.join(directory, MANIFEST);
  // A look first: most directories have none, and an error with its stack is dear.
  if (!existsSync(file)) return { kind: 'other' };
  const manifest = readManifest(file);
  if (manifest.kind === 'broken') return { kind: 'broken', file, reason: manifest.reason };
  if (manifest.kind === 'other') return { kind: 'other' };
  const reader = new AssemblyReader(directory, options);
  reader.readArtifacts(directory, manifest, 0);
  return { kind: 'assembly', assembly: reader };
}

/** The directory of the app's whole assembly: the assembly of a stage lies in it, and uses its assets. */
export function outermostAssembly(directory: string): string {
  const parent = path.dirname(directory);
  const isStage = existsSync(path.join(parent, MARKER)) && existsSync(path.join(parent, MANIFEST));
  return isStage && parent !== directory ? outermostAssembly(parent) : directory;
}

/** The app that an assembly was made by: the nearest directory around it with a `cdk.json`, else the one it lies in. */
function appOf(assembly: string): string {
  for (let place = path.dirname(assembly); ; place = path.dirname(place)) {
    if (existsSync(path.join(place, CDK_APP))) return place;
    if (path.dirname(place) === place) return path.dirname(assembly);
  }
}

type Manifest = Extract<ManifestResult, { kind: 'manifest' }>;

/** Collects what the manifests of one assembly and of its stages list. */
class AssemblyReader implements CloudAssembly {
  readonly templates = new Map<string, StackInfo[]>();
  readonly problems: { file: string; reason: string }[] = [];
  /** Real directories whose manifest has been read, so that stages that name each other end. */
  private readonly visited = new Set<string>();

  /** The real directory that the manifests may name files of. */
  private readonly root: string;
  /** The directory of the CDK app. */
  private readonly app: string;

  constructor(
    directory: string,
    private readonly options: AssemblyOptions,
  ) {
    const outermost = outermostAssembly(directory);
    this.root = realOrSame(outermost);
    this.app = appOf(outermost);
    this.visited.add(realOrSame(directory));
  }

  readArtifacts(directory: string, manifest: Manifest, depth: number): void {
    const { artifacts, dummyValues } = manifest;
    const manifests = this.readAssetManifests(directory, artifacts);
    for (const artifact of artifacts.values()) {
      switch (artifact.type) {
        case 'aws:cloudformation:stack':
          this.addStack(directory, artifact, manifests, dummyValues);
          break;
        case 'cdk:cloud-assembly':
          if (this.options.stages) this.addStage(directory, artifact, depth + 1);
          break;
      }
    }
  }

  private readAssetManifests(
    directory: string,
    artifacts: ReadonlyMap<string, Artifact>,
  ): ReadonlyMap<string, readonly Asset[]> {
    const manifests = new Map<string, readonly Asset[]>();
    for (const artifact of artifacts.values()) {
      if (artifact.type !== 'cdk:asset-manifest') continue;
      const file = this.resolve(directory, artifact.properties.file, artifact);
      if (file === undefined) continue;
      const manifest = readAssetManifest(file);
      if (manifest.ok) manifests.set(artifact.id, manifest.assets);
      else this.problems.push({ file, reason: manifest.reason });
    }
    return manifests;
  }

  private addStack(
    directory: string,
    artifact: Artifact,
    manifests: ReadonlyMap<string, readonly Asset[]>,
    dummyValues: ReadonlySet<string> | undefined,
  ): void {
    const template = this.resolve(directory, artifact.properties.templateFile, artifact);
    if (template === undefined) return;
    const assets = this.assetsOf(directory, artifact, manifests);
    const stack = stackInfo(directory, artifact, {
      assets: this.resolveAssets(directory, artifact, assets),
      parameters: assetParameters(assets),
      metadata: () => this.metadataOf(directory, artifact),
      acknowledges: () => this.acknowledges(directory, artifact),
      app: this.app,
      dummyValues,
    });
    gather(this.templates, template, stack);
  }

  /**
   * The assets of a stack are those of the asset manifests it depends on. Two stacks may hold nested stacks of equal
   * content, with one hash and two files: so the manifests of all stacks are no substitute.
   */
  private assetsOf(
    directory: string,
    artifact: Artifact,
    manifests: ReadonlyMap<string, readonly Asset[]>,
  ): readonly Asset[] {
    const own = artifact.dependencies.flatMap((id) => manifests.get(id) ?? []);
    // The CDK's first synthesizer writes no asset manifest.
    return own.length > 0 ? own : assetsInMetadata(this.metadataOf(directory, artifact));
  }

  private resolveAssets(
    directory: string,
    artifact: Artifact,
    assets: readonly Asset[],
  ): ReadonlyMap<string, string> {
    const files = new Map<string, string>();
    for (const asset of assets) {
      if (!/\.(?:json|ya?ml|template)$/i.test(asset.path)) continue;
      const isNestedTemplate = asset.path.endsWith('.nested.template.json');
      // Of other assets, one that was tidied away concerns nobody until a template refers to it.
      if (!isNestedTemplate && !existsSync(path.resolve(directory, asset.path))) continue;
      const file = this.resolve(directory, asset.path, artifact);
      if (file === undefined) continue;
      for (const name of asset.names) files.set(name, file);
      if (isNestedTemplate && !this.templates.has(file)) this.templates.set(file, []);
    }
    return files;
  }

  private addStage(directory: string, artifact: Artifact, depth: number): void {
    const stage = this.resolve(directory, artifact.properties.directoryName, artifact);
    if (stage === undefined) return;
    const real = realOrSame(stage);
    if (this.visited.has(real)) return;
    this.visited.add(real);
    const file = path.join(stage, MANIFEST);
    if (depth > MAX_STAGE_DEPTH) {
      this.problems.push({ file, reason: `its stages are nested past the limit of ${MAX_STAGE_DEPTH}` });
      return;
    }
    const manifest = readManifest(file);
    if (manifest.kind === 'manifest') this.readArtifacts(stage, manifest, depth);
    else {
      const reason =
        manifest.kind === 'broken' ? manifest.reason : 'it is not the manifest of a cloud assembly';
      this.problems.push({ file, reason });
    }
  }

  /** Whether the metadata of a stack speaks of rules that are accepted: a look into the text, without parsing it. */
  private acknowledges(directory: string, { metadata, additionalMetadataFile }: Artifact): boolean {
    if (JSON.stringify(metadata).includes(ACKNOWLEDGED)) return true;
    if (additionalMetadataFile === undefined) return false;
    const file = path.resolve(directory, additionalMetadataFile);
    return isInside(this.root, realOrSame(file)) && someText(file, (part) => part.includes(ACKNOWLEDGED));
  }

  private metadataOf(directory: string, artifact: Artifact): JsonObject {
    if (artifact.additionalMetadataFile === undefined) return artifact.metadata;
    const file = this.resolve(directory, artifact.additionalMetadataFile, artifact);
    const json = file === undefined ? undefined : readJson(file, MAX_METADATA_BYTES);
    const additional = json?.ok ? asObject(json.value) : undefined;
    return { ...artifact.metadata, ...additional };
  }

  /**
   * The absolute file that a manifest names, when it is there and may be read; else a problem is noted and the answer
   * is undefined.
   */
  private resolve(directory: string, name: unknown, artifact: Artifact): string | undefined {
    const manifest = path.join(directory, MANIFEST);
    if (typeof name !== 'string' || name === '') {
      this.problems.push({
        file: manifest,
        reason: `its artifact ${JSON.stringify(artifact.id)} names no file`,
      });
      return undefined;
    }
    const file = path.resolve(directory, name);
    try {
      const real = realpathSync.native(file);
      if (isInside(this.root, real) || this.options.mayRead(real)) return file;
      this.problems.push({
        file: manifest,
        reason: `it names ${JSON.stringify(name)}, which lies outside of the cloud assembly and of the project`,
      });
    } catch (error) {
      const gone = errorCode(error) === 'ENOENT';
      this.problems.push({
        file,
        reason: gone ? `${MANIFEST} names it, and it is not there` : reasonOf(error),
      });
    }
    return undefined;
  }
}

function realOrSame(directory: string): string {
  try {
    return realpathSync.native(directory);
  } catch {
    return directory; // gone since it was looked at; what is read from it will say so
  }
}

/** What other artifacts and files than its own say of a stack. */
interface StackSurroundings {
  readonly assets: ReadonlyMap<string, string>;
  /** Values of the parameters that stand for assets. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly metadata: () => JsonObject;
  readonly acknowledges: () => boolean;
  /** The absolute directory of the CDK app. */
  readonly app: string;
  readonly dummyValues: ReadonlySet<string> | undefined;
}

function stackInfo(directory: string, artifact: Artifact, around: StackSurroundings): StackInfo {
  const { properties } = artifact;
  const [account, region] = environmentOf(artifact.environment);
  // Only a finding asks, and the answer may take another large file.
  const metadata = once(around.metadata);
  const constructPaths = once(() => constructPathsOf(metadata()));
  const notes = once(() => new NotesOfConstructs(metadata(), around.app));
  return {
    label: artifact.displayName ?? artifact.id,
    stackName: asText(properties.stackName) ?? artifact.id,
    account,
    region,
    assembly: directory,
    parameters: { ...around.parameters, ...textValues(asObject(properties.parameters) ?? {}) },
    assets: around.assets,
    get constructPaths() {
      return constructPaths();
    },
    constructNotes: (constructPath) => notes().of(constructPath),
    acknowledgements: once(() => (around.acknowledges() ? notes().acknowledgements() : [])),
    dummyValues: around.dummyValues,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Account and region of `aws://ACCOUNT/REGION`; what the stack leaves to its deployment is undefined. */
function environmentOf(environment: string | undefined): [string | undefined, string | undefined] {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment ?? '') ?? [];
  return [
    account === 'unknown-account' ? undefined : account,
    region === 'unknown-region' ? undefined : region,
  ];
}

function textValues(values: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
