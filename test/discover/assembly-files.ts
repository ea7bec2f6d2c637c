/** The files of cloud assemblies, in the shape in which the CDK writes them. */

export function stackArtifact(
  name: string,
  more: Readonly<Record<string, unknown>> = {},
  properties: object = {},
) {
  return {
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/unknown-region',
    properties: { templateFile: `${name}.template.json`, ...properties },
    dependencies: [`${name}.assets`],
    displayName: name,
    ...more,
  };
}

export function assetArtifact(name: string) {
  return { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json` } };
}

export function stageArtifact(directoryName: unknown) {
  return { type: 'cdk:cloud-assembly', properties: { directoryName } };
}

export function manifest(artifacts: Readonly<Record<string, unknown>>) {
  return {
    version: '55.0.0',
    artifacts: { Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } }, ...artifacts },
  };
}

/** A `*.assets.json`: hash to the file's path, or to a whole entry. */
export function assets(files: Readonly<Record<string, string | object>>) {
  const entries = Object.entries(files).map(([hash, file]) => [
    hash,
    typeof file === 'string' ? asset(hash, file) : file,
  ]);
  return { version: '55.0.0', files: Object.fromEntries(entries), dockerImages: {} };
}

export function asset(hash: string, path: string, objectKey = `${hash}.json`) {
  return {
    source: { path, packaging: 'file' },
    destinations: { 'current_account-current_region-1a2b': { bucketName: 'cdk-assets', objectKey } },
  };
}

/** One stack with one nested stack, in a directory. */
export function simpleAssembly(directory: string): Record<string, string | object> {
  return {
    [`${directory}/cdk.out`]: { version: '55.0.0' },
    [`${directory}/manifest.json`]: manifest({
      'App.assets': assetArtifact('App'),
      App: stackArtifact('App'),
    }),
    [`${directory}/tree.json`]: {},
    [`${directory}/App.assets.json`]: assets({
      aaa: 'AppNested.nested.template.json',
      bbb: 'App.template.json',
    }),
    [`${directory}/App.template.json`]: {},
    [`${directory}/AppNested.nested.template.json`]: {},
    [`${directory}/asset.ccc/lambda.yaml`]: '',
  };
}
