import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assetFileOf } from '../../src/discover/assets.js';
import { readCloudAssembly } from '../../src/discover/cloud-assembly.js';
import type { Discovery, StackInfo } from '../../src/discover/types.js';
import {
  asset,
  assetArtifact,
  assets,
  manifest,
  simpleAssembly,
  stackArtifact,
  stageArtifact,
} from './assembly-files.js';
import { add, find, names, tree } from './tree.js';

/** The only stack of the file with this name. */
function stackOf(discovery: Discovery, name: string): StackInfo {
  const stacks = discovery.files.find((file) => file.name === name)?.stacks ?? [];
  expect(stacks, name).toHaveLength(1);
  return stacks[0] as StackInfo;
}

const SIMPLE = ['cdk.out/App.template.json', 'cdk.out/AppNested.nested.template.json'];

describe('where a cloud assembly is found', () => {
  it('without arguments, cdk.out and nothing beside it, though git ignores it', async () => {
    const cwd = tree({ ...simpleAssembly('cdk.out'), '.git/': '', '.gitignore': 'cdk.out', 'a.yaml': '' });
    expect(await names(cwd)).toEqual(SIMPLE);
  });

  it('named as a directory, whatever it is called and whoever ignores it', async () => {
    const cwd = tree({ ...simpleAssembly('build/assembly'), '.git/': '', '.gitignore': 'build' });
    expect(await names(cwd, ['build/assembly'], { ignore: ['build/**'] })).toEqual([
      'build/assembly/App.template.json',
      'build/assembly/AppNested.nested.template.json',
    ]);
  });

  it('by a search that comes across it, unless git ignores it', async () => {
    const cwd = tree({ ...simpleAssembly('infra/cdk.out'), '.git/': '', 'a.yaml': '' });
    const expected = ['a.yaml', ...SIMPLE.map((name) => `infra/${name}`)];
    expect(await names(cwd)).toEqual(expected);
    expect(stackOf(await find(cwd), 'infra/cdk.out/App.template.json').label).toBe('App');
    add(cwd, { '.gitignore': 'cdk.out/' });
    expect(await names(cwd)).toEqual(['a.yaml']);
  });

  it('from inside of it', async () => {
    const cwd = tree(simpleAssembly('cdk.out'));
    expect(await names(path.join(cwd, 'cdk.out'))).toEqual(SIMPLE.map((name) => path.basename(name)));
  });

  it('around a template that is named, or matched by a glob', async () => {
    const cwd = tree(simpleAssembly('cdk.out'));
    for (const argument of ['cdk.out/App.template.json', 'cdk.out/A*p.template.json']) {
      const discovery = await find(cwd, [argument]);
      expect(discovery.files.map(({ name }) => name)).toEqual(['cdk.out/App.template.json']);
      const stack = stackOf(discovery, 'cdk.out/App.template.json');
      expect(stack.assets.get('aaa')).toBe(path.join(cwd, 'cdk.out/AppNested.nested.template.json'));
    }
  });

  it('but not in a folder with a manifest.json of something else', async () => {
    const cwd = tree({
      'web/manifest.json': { name: 'app', version: '1.0', artifacts: { a: { type: 'image' } } },
      'web/a.yaml': '',
      'list/manifest.json': [],
      'broken/manifest.json': '{"name": ',
    });
    const { files, unreadable } = await find(cwd);
    expect(files.map(({ name }) => name)).toEqual([
      'broken/manifest.json',
      'list/manifest.json',
      'web/a.yaml',
      'web/manifest.json',
    ]);
    expect(unreadable).toEqual([]);
  });

  it('without its templates that the options leave out', async () => {
    const cwd = tree(simpleAssembly('cdk.out'));
    expect(await names(cwd, [], { ignore: ['*.nested.template.json'] })).toEqual([
      'cdk.out/App.template.json',
    ]);
  });

  it('as a cdk.out that is a link, unless it leads out of the working directory', async () => {
    const root = tree({ ...simpleAssembly('outside'), ...simpleAssembly('in/build'), 'out/a.yaml': '' });
    symlinkSync('build', path.join(root, 'in/cdk.out'));
    expect(await names(path.join(root, 'in'))).toEqual(SIMPLE);
    symlinkSync('../outside', path.join(root, 'out/cdk.out'));
    expect(await names(path.join(root, 'out'))).toEqual(['a.yaml']);
    expect(await names(path.join(root, 'out'), ['cdk.out'])).toEqual(SIMPLE);
  });

  it('not in a cdk.out that is a file, or a folder of plain templates', async () => {
    expect(await names(tree({ 'cdk.out': '', 'a.yaml': '' }))).toEqual(['a.yaml']);
    const cwd = tree({ '.git/': '', '.gitignore': 'cdk.out', 'cdk.out/b.yaml': '', 'a.yaml': '' });
    expect(await names(cwd)).toEqual(['cdk.out/b.yaml']);
  });
});

describe('the stacks of a cloud assembly', () => {
  const one = (artifact: object, more: Record<string, string | object> = {}) =>
    tree({ 'cdk.out/manifest.json': manifest({ App: artifact }), 'cdk.out/App.template.json': {}, ...more });
  const stackIn = async (cwd: string) => stackOf(await find(cwd), 'cdk.out/App.template.json');

  it('bear name, label, environment and parameters', async () => {
    const cwd = one(
      stackArtifact(
        'App',
        { displayName: 'Prod/App', environment: 'aws://123456789012/eu-west-1' },
        { stackName: 'prod-app', parameters: { Mode: 'obo', Count: 3, ['__proto__']: 'x' } },
      ),
    );
    const stack = await stackIn(cwd);
    expect(stack).toMatchObject({
      label: 'Prod/App',
      stackName: 'prod-app',
      account: '123456789012',
      region: 'eu-west-1',
    });
    expect(Object.entries(stack.parameters)).toEqual([
      ['Mode', 'obo'],
      ['__proto__', 'x'],
    ]);
  });

  it.each([
    ['aws://unknown-account/unknown-region', undefined, undefined],
    ['aws://123456789012/unknown-region', '123456789012', undefined],
    ['aws://unknown-account/us-east-1', undefined, 'us-east-1'],
    ['nonsense', undefined, undefined],
    [undefined, undefined, undefined],
  ])('leave open what the environment %s leaves open', async (environment, account, region) => {
    const stack = await stackIn(one(stackArtifact('App', { environment })));
    expect([stack.account, stack.region]).toEqual([account, region]);
  });

  it('are called by their id when they have no other name', async () => {
    expect(await stackIn(one(stackArtifact('App', { displayName: undefined })))).toMatchObject({
      label: 'App',
      stackName: 'App',
    });
  });

  it('may share a template', async () => {
    const cwd = tree({
      'cdk.out/manifest.json': manifest({
        One: stackArtifact('App', { displayName: 'One' }),
        Two: stackArtifact('App', { displayName: 'Two' }),
      }),
      'cdk.out/App.template.json': {},
    });
    const { files } = await find(cwd);
    expect(files.map(({ stacks }) => stacks.map(({ label }) => label))).toEqual([['One', 'Two']]);
  });

  const metadata = {
    '/App/Tool/Resource': [
      { type: 'aws:cdk:logicalId', data: 'Tool1A2B' },
      { type: 'aws:cdk:warning', data: 'x' },
    ],
    '/App/Nested.NestedStack/Nested.NestedStackResource': [{ type: 'aws:cdk:logicalId', data: 'Nested9' }],
    '/App/Nested/Tool/Resource': [{ type: 'aws:cdk:logicalId', data: 'Tool1A2B' }],
    '/App/Odd': 'no list',
    '/App/Odder': [null, { type: 'aws:cdk:logicalId', data: 7 }],
  };
  const constructPaths = [
    ['Tool1A2B', 'App/Tool/Resource'],
    ['Nested9', 'App/Nested.NestedStack/Nested.NestedStackResource'],
    ['Nested9/Tool1A2B', 'App/Nested/Tool/Resource'],
  ];

  it('know construct paths from the manifest, those of nested stacks apart', async () => {
    const stack = await stackIn(one(stackArtifact('App', { metadata })));
    expect([...stack.constructPaths]).toEqual(constructPaths);
  });

  it('know construct paths from the file that newer versions write', async () => {
    const cwd = one(stackArtifact('App', { additionalMetadataFile: 'App.metadata.json' }), {
      'cdk.out/App.metadata.json': metadata,
    });
    expect([...(await stackIn(cwd)).constructPaths]).toEqual(constructPaths);
  });

  it('do without construct paths that cannot be read', async () => {
    for (const content of ['{"', '[]', undefined]) {
      const more: Record<string, string> =
        content === undefined ? {} : { 'cdk.out/App.metadata.json': content };
      const cwd = one(stackArtifact('App', { additionalMetadataFile: 'App.metadata.json' }), more);
      expect((await stackIn(cwd)).constructPaths.size).toBe(0);
    }
  });
});

describe('the assets of a stack', () => {
  const assembly = (files: Parameters<typeof assets>[0]) => ({
    'cdk.out/manifest.json': manifest({ 'App.assets': assetArtifact('App'), App: stackArtifact('App') }),
    'cdk.out/App.assets.json': assets(files),
    'cdk.out/App.template.json': {},
    'cdk.out/Nested.nested.template.json': {},
  });

  it('lead from a template URL to the file, by hash and by object key', async () => {
    const cwd = tree(
      assembly({
        fa6ae79: asset('fa6ae79', 'Nested.nested.template.json', 'prefix/other-key.json'),
      }),
    );
    const stack = stackOf(await find(cwd), 'cdk.out/App.template.json');
    const nested = path.join(cwd, 'cdk.out/Nested.nested.template.json');
    expect(assetFileOf(stack, '/cdk-hnb659fds-assets-123456789012-us-east-1/fa6ae79.json')).toBe(nested);
    expect(
      assetFileOf(stack, 'https://s3.us-east-1.amazonaws.com/bucket/prefix/other-key.json?versionId=7'),
    ).toBe(nested);
    expect(assetFileOf(stack, 'fa6ae79')).toBe(nested);
    expect(assetFileOf(stack, 'https://bucket/fa6ae79?signature=a/b')).toBe(nested);
    for (const other of ['/bucket/fa6ae7.json', '/fa6ae79.json/', '', '/', '/__proto__.json', '?fa6ae79']) {
      expect(assetFileOf(stack, other), other).toBeUndefined();
    }
  });

  it('hold files that may be templates, and no archives', async () => {
    const cwd = tree({
      ...assembly({
        a: 'asset.a.yaml',
        b: { ...asset('b', 'asset.b'), source: { path: 'asset.b.json', packaging: 'zip' } },
        c: 'asset.c.zip',
        d: { source: { executable: ['make'] }, destinations: {} },
        e: 'gone.json',
        f: 'no object' as never,
        g: { source: { path: 7 } },
      }),
      'cdk.out/asset.a.yaml': '',
      'cdk.out/asset.b.json/x.json': '',
      'cdk.out/asset.c.zip': '',
    });
    const discovery = await find(cwd);
    expect([...stackOf(discovery, 'cdk.out/App.template.json').assets]).toEqual([
      ['a', path.join(cwd, 'cdk.out/asset.a.yaml')],
    ]);
    expect(discovery.unreadable).toEqual([]);
    expect(discovery.files.map(({ name }) => name)).toEqual(['cdk.out/App.template.json']);
  });

  it('are its own, when two stacks have nested stacks of equal content', async () => {
    const cwd = tree({
      'cdk.out/manifest.json': manifest({
        'A.assets': assetArtifact('A'),
        A: stackArtifact('A'),
        'B.assets': assetArtifact('B'),
        B: stackArtifact('B', { dependencies: ['A', 'B.assets'] }),
      }),
      'cdk.out/A.assets.json': assets({ same: 'AN.nested.template.json' }),
      'cdk.out/B.assets.json': assets({ same: 'BN.nested.template.json' }),
      'cdk.out/A.template.json': {},
      'cdk.out/B.template.json': {},
      'cdk.out/AN.nested.template.json': {},
      'cdk.out/BN.nested.template.json': {},
    });
    const discovery = await find(cwd);
    const nestedOf = (name: string) => path.basename(stackOf(discovery, name).assets.get('same') ?? '');
    expect(nestedOf('cdk.out/A.template.json')).toBe('AN.nested.template.json');
    expect(nestedOf('cdk.out/B.template.json')).toBe('BN.nested.template.json');
  });

  it('come from the metadata where there is no asset manifest', async () => {
    const entry = (data: object) => ({ type: 'aws:cdk:asset', data });
    const metadata = {
      '/App': [
        entry({ path: 'Nested.nested.template.json', packaging: 'file', sourceHash: 'abc', id: 'abc' }),
        entry({ path: 'asset.zip', packaging: 'zip', sourceHash: 'def' }),
        entry({ packaging: 'file' }),
      ],
    };
    const cwd = tree({
      'cdk.out/manifest.json': manifest({ App: stackArtifact('App', { dependencies: [], metadata }) }),
      'cdk.out/App.template.json': {},
      'cdk.out/Nested.nested.template.json': {},
    });
    const discovery = await find(cwd);
    expect(discovery.files.map(({ name }) => name)).toContain('cdk.out/Nested.nested.template.json');
    expect([...stackOf(discovery, 'cdk.out/App.template.json').assets.keys()]).toEqual(['abc']);
  });
});

describe('the stages of a cloud assembly', () => {
  const staged = {
    'cdk.out/cdk.out': '',
    'cdk.out/manifest.json': manifest({ 'assembly-Prod': stageArtifact('assembly-Prod') }),
    'cdk.out/asset.x.json': {},
    'cdk.out/assembly-Prod/cdk.out': '',
    'cdk.out/assembly-Prod/manifest.json': manifest({
      'App.assets': assetArtifact('App'),
      App: stackArtifact('App', { displayName: 'Prod/App' }, { stackName: 'Prod-App' }),
      'assembly-Prod-Sub': stageArtifact('assembly-Prod-Sub'),
    }),
    'cdk.out/assembly-Prod/App.template.json': {},
    'cdk.out/assembly-Prod/App.assets.json': assets({ xxx: '../asset.x.json' }),
    'cdk.out/assembly-Prod/assembly-Prod-Sub/manifest.json': manifest({ Deep: stackArtifact('Deep') }),
    'cdk.out/assembly-Prod/assembly-Prod-Sub/Deep.template.json': {},
  };

  it('are read at any depth, and use the assets of the whole', async () => {
    const cwd = tree(staged);
    const discovery = await find(cwd);
    expect(discovery.unreadable).toEqual([]);
    expect(stackOf(discovery, 'cdk.out/assembly-Prod/assembly-Prod-Sub/Deep.template.json').label).toBe(
      'Deep',
    );
    const stack = stackOf(discovery, 'cdk.out/assembly-Prod/App.template.json');
    expect(stack).toMatchObject({ label: 'Prod/App', stackName: 'Prod-App' });
    expect(stack.assets.get('xxx')).toBe(path.join(cwd, 'cdk.out/asset.x.json'));
  });

  it('may be named by themselves, from anywhere', async () => {
    const root = tree({ ...staged, 'elsewhere/': '' });
    for (const argument of ['assembly-Prod', 'assembly-Prod/App.template.json']) {
      const discovery = await find(path.join(root, 'elsewhere'), [path.join(root, 'cdk.out', argument)]);
      expect(discovery.unreadable).toEqual([]);
      const stack = stackOf(discovery, path.join(root, 'cdk.out/assembly-Prod/App.template.json'));
      expect(stack.assets.size).toBe(1);
    }
  });

  it.each(['.', '..', 'assembly-Prod/..', '../cdk.out'])(
    'end when they name each other: %s',
    async (directoryName) => {
      const cwd = tree({
        'cdk.out/manifest.json': manifest({ Again: stageArtifact(directoryName), App: stackArtifact('App') }),
        'cdk.out/App.template.json': {},
        'cdk.out/assembly-Prod/': '',
        'manifest.json': manifest({ Down: stageArtifact('cdk.out') }),
      });
      const discovery = await find(cwd, ['cdk.out']);
      expect(discovery.files.map(({ name }) => name)).toEqual(['cdk.out/App.template.json']);
      expect(discovery.unreadable).toEqual([]);
    },
  );

  it('are read only when asked for', () => {
    const directory = path.join(tree(staged), 'cdk.out');
    const templates = (stages: boolean) => {
      const result = readCloudAssembly(directory, { mayRead: () => false, stages });
      return result.kind === 'assembly' ? result.assembly.templates.size : result.kind;
    };
    expect(templates(false)).toBe(0);
    expect(templates(true)).toBe(2);
  });

  it('are refused past a depth', async () => {
    const files: Record<string, string | object> = {};
    for (let depth = 0; depth <= 20; depth++) {
      const directory = `cdk.out${'/s'.repeat(depth)}`;
      files[`${directory}/manifest.json`] = manifest({ App: stackArtifact('App'), s: stageArtifact('s') });
      files[`${directory}/App.template.json`] = {};
    }
    files[`cdk.out${'/s'.repeat(21)}/manifest.json`] = manifest({});
    const { files: found, unreadable } = await find(tree(files));
    expect(found).toHaveLength(17);
    expect(unreadable).toMatchObject([{ reason: expect.stringContaining('limit of 16') }]);
  });
});

describe('a broken cloud assembly', () => {
  it('is told by its manifest, and searched like any directory', async () => {
    const cwd = tree({
      'cdk.out/manifest.json': '{"secret": hunter2',
      'cdk.out/App.template.json': {},
      'a.yaml': '',
    });
    const { files, unreadable } = await find(cwd);
    expect(files.map(({ name }) => name)).toEqual(['cdk.out/App.template.json', 'cdk.out/manifest.json']);
    expect(unreadable).toEqual([{ name: 'cdk.out/manifest.json', reason: 'it is not valid JSON' }]);
  });

  it('is told when a search finds it by its mark, and when a template in it is named', async () => {
    const cwd = tree({
      'infra/out/manifest.json': '{',
      'infra/out/cdk.out': '',
      'infra/out/App.template.json': {},
    });
    const told = [{ name: 'infra/out/manifest.json', reason: 'it is not valid JSON' }];
    expect((await find(cwd)).unreadable).toEqual(told);
    expect((await find(cwd, ['infra/out/App.template.json'])).unreadable).toEqual(told);
  });

  it('gives what is whole, and tells what is missing', async () => {
    const cwd = tree({
      ...simpleAssembly('cdk.out'),
      'cdk.out/manifest.json': manifest({
        'App.assets': assetArtifact('App'),
        App: stackArtifact('App'),
        Gone: stackArtifact('Gone'),
        Number: stackArtifact('Number', {}, { templateFile: 7 }),
        Nothing: { type: 'aws:cloudformation:stack' },
        Text: 'no object',
        Untyped: {},
        Future: { type: 'cdk:something-new', properties: { file: 3 } },
        Stage: stageArtifact('no-such-stage'),
        ['__proto__']: null,
        'B.assets': assetArtifact('B'),
      }),
      'cdk.out/B.assets.json': '[',
    });
    rmSync(path.join(cwd, 'cdk.out/AppNested.nested.template.json'));
    const { files, unreadable } = await find(cwd);
    expect(files.map(({ name }) => name)).toEqual(['cdk.out/App.template.json']);
    const missing = 'manifest.json names it, and it is not there';
    expect(unreadable).toEqual([
      { name: 'cdk.out/AppNested.nested.template.json', reason: missing },
      { name: 'cdk.out/B.assets.json', reason: 'it is not valid JSON' },
      { name: 'cdk.out/Gone.template.json', reason: missing },
      { name: 'cdk.out/manifest.json', reason: 'its artifact "Number" names no file' },
      { name: 'cdk.out/no-such-stage', reason: missing },
    ]);
  });
});

describe('a hostile cloud assembly', () => {
  const outside = () => {
    const root = tree({
      'secret.template.json': {},
      'secret.assets.json': assets({}),
      'stage/manifest.json': manifest({}),
    });
    const cwd = path.join(root, 'project');
    return { root, cwd };
  };

  it.each([
    [
      'a template',
      (out: string) => ({ App: stackArtifact('App', {}, { templateFile: `${out}/secret.template.json` }) }),
    ],
    [
      'an asset manifest',
      (out: string) => ({ A: { ...assetArtifact('A'), properties: { file: `${out}/secret.assets.json` } } }),
    ],
    ['a stage', (out: string) => ({ S: stageArtifact(`${out}/stage`) })],
  ])('may not name %s outside of itself and the project', async (_, artifacts) => {
    const { root, cwd } = outside();
    for (const out of ['../..', root]) {
      add(root, { 'project/cdk.out/manifest.json': manifest(artifacts(out)) });
      const { files, unreadable } = await find(cwd);
      expect(files).toEqual([]);
      expect(unreadable).toMatchObject([
        { name: 'cdk.out/manifest.json', reason: expect.stringContaining('lies outside') },
      ]);
    }
  });

  it('may not name an asset outside', async () => {
    const { root, cwd } = outside();
    add(root, {
      'project/cdk.out/manifest.json': manifest({
        'App.assets': assetArtifact('App'),
        App: stackArtifact('App'),
      }),
      'project/cdk.out/App.assets.json': assets({ aaa: '../../secret.template.json' }),
      'project/cdk.out/App.template.json': {},
    });
    const discovery = await find(cwd);
    expect(stackOf(discovery, 'cdk.out/App.template.json').assets.size).toBe(0);
    expect(discovery.unreadable).toHaveLength(1);
  });

  it('may not lead out through a link', async () => {
    const { root, cwd } = outside();
    add(root, {
      'project/cdk.out/manifest.json': manifest({ App: stackArtifact('App'), S: stageArtifact('stage') }),
    });
    symlinkSync('../../secret.template.json', path.join(cwd, 'cdk.out/App.template.json'));
    symlinkSync('../../stage', path.join(cwd, 'cdk.out/stage'));
    const { files, unreadable } = await find(cwd);
    expect(files).toEqual([]);
    expect(unreadable).toHaveLength(1);
  });

  it('may name files of the project', async () => {
    const cwd = tree({
      'templates/App.template.json': {},
      'cdk.out/manifest.json': manifest({
        App: stackArtifact('App', {}, { templateFile: '../templates/App.template.json' }),
      }),
    });
    expect(await names(cwd)).toEqual(['templates/App.template.json']);
  });

  it.each(['a\0b', '', 'x'.repeat(10_000), 'App.template.json/x'])(
    'may not bring it down by a name: %#',
    async (name) => {
      const cwd = tree({ 'cdk.out/manifest.json': '', 'cdk.out/App.template.json': {} });
      const artifacts = {
        App: stackArtifact('App', {}, { templateFile: name }),
        'A.assets': { type: 'cdk:asset-manifest', properties: { file: name } },
        S: stageArtifact(name),
      };
      writeFileSync(path.join(cwd, 'cdk.out/manifest.json'), JSON.stringify(manifest(artifacts)));
      const { files, unreadable } = await find(cwd);
      expect(files).toEqual([]);
      expect(unreadable.length).toBeGreaterThan(0);
    },
  );

  it('may not mix keys of objects with data', async () => {
    const text = `{"version":"1","artifacts":{"__proto__":${JSON.stringify(stackArtifact('App'))},"constructor":{"type":"cdk:tree"}}}`;
    const cwd = tree({ 'cdk.out/manifest.json': text, 'cdk.out/App.template.json': {} });
    expect(stackOf(await find(cwd), 'cdk.out/App.template.json').stackName).toBe('__proto__');
  });
});
