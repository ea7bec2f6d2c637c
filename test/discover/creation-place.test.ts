import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { NotesOfConstructs } from '../../src/discover/construct-notes.js';
import { creationPlace } from '../../src/discover/creation-place.js';
import { tree } from './tree.js';

describe('the place where a construct is made', () => {
  const app = '/home/me/app';

  it.each<[string, [string, number, number]]>([
    ['new Tools (/home/me/app/lib/tools.ts:12:5)', ['/home/me/app/lib/tools.ts', 12, 5]],
    ['    at new Tools (/home/me/app/lib/tools.ts:12:5)', ['/home/me/app/lib/tools.ts', 12, 5]],
    ['Object.<anonymous> (/a/b.ts:1:2)', ['/a/b.ts', 1, 2]],
    ['/a/b.ts:1:2', ['/a/b.ts', 1, 2]],
    ['f (file:///a/b%20c.ts:1:2)', ['/a/b c.ts', 1, 2]],
    ['f (/a/(group)/b (1).ts:1:2)', ['/a/(group)/b (1).ts', 1, 2]],
    ['f (C:\\a\\b.ts:1:2)', ['C:\\a\\b.ts', 1, 2]],
    ['<module> (/a/app.py:7)', ['/a/app.py', 7, 1]],
    ['f (/a/b.ts:0:0)', ['/a/b.ts', 1, 1]],
  ])('is read from the frame %s', (frame, [file, line, column]) => {
    expect(creationPlace([frame], app)).toEqual({ file, line, column });
  });

  it('is the first frame that is the user’s', () => {
    const frames = [
      '...aws-cdk-lib...',
      '    ...Validations.acknowledge in aws-cdk-lib...',
      7,
      null,
      '',
      'no place',
      `f (${'x'.repeat(2_000)}:1:1)`,
      'new Resource (/home/me/app/node_modules/constructs/lib/construct.js:1:1)',
      'new Resource (C:\\app\\node_modules\\constructs\\lib\\construct.js:1:1)',
      'f (node:internal/modules/cjs/loader:1:1)',
      'f (internal/main.js:1:1)',
      'f (<anonymous>:1:1)',
      'f (/usr/lib/python3.12/site-packages/aws_cdk/__init__.py:1)',
      'f (file://%zz:1:1)',
      'f (a\0b.ts:1:1)',
      'f (/home/me/app/bin/app.ts:3:4)',
      'f (/home/me/app/bin/other.ts:5:6)',
    ];
    expect(creationPlace(frames, app)).toEqual({ file: '/home/me/app/bin/app.ts', line: 3, column: 4 });
    expect(creationPlace(frames.slice(0, -2), app)).toBeUndefined();
  });

  it('starts from the app where its name is relative, and must be there', () => {
    const root = tree({ 'src/app.py': '' });
    expect(creationPlace(['main (src/app.py:4)'], root)).toEqual({
      file: path.join(root, 'src/app.py'),
      line: 4,
      column: 1,
    });
    expect(creationPlace(['com.acme.Tools.<init> (Tools.java:4)'], root)).toBeUndefined();
  });

  it('is found by the package where a language of the JVM tells a bare name', () => {
    const root = tree({ 'src/main/java/com/acme/Tools.java': '', 'src/main/kotlin/com/acme/App.kt': '' });
    const file = path.join(root, 'src/main/java/com/acme/Tools.java');
    const aws = 'software.amazon.awscdk.services.bedrockagentcore.CfnGateway.<init> (CfnGateway.java:9)';
    for (const method of ['<init>', 'main', 'lambda$main$0'])
      expect(creationPlace([aws, `com.acme.Tools.${method} (Tools.java:4)`], root)).toEqual({
        file,
        line: 4,
        column: 1,
      });
    expect(creationPlace(['com.acme.Tools$Inner.<init> (Tools.java:7)'], root)?.line).toBe(7);
    expect(creationPlace(['com.acme.AppKt.main (App.kt:2)'], root)?.file).toMatch(/App\.kt$/);
    expect(creationPlace([aws, 'com.other.Tools.main (Tools.java:4)', 'Tools.java:4'], root)).toBeUndefined();
    expect(creationPlace(['com.acme.Tools.main (../com/acme/Tools.java:4)'], root)).toBeUndefined();
  });

  it('is never in the process that runs the CDK for other languages', () => {
    const frames = [
      'Kernel.create (/private/var/folders/zv/T/tmpjph88goj/lib/program.js:1:51955)',
      'KernelHost.run (/tmp/jsii-runtime.2073899629/lib/program.js:1:211164)',
      'Immediate._onImmediate (C:\\Users\\me\\AppData\\Local\\Temp\\tmpjph88goj\\lib\\program.js:1:211208)',
      'Kernel.invoke (/tmp/jsii-java-runtime1/jsii-runtime.js:7679:26)',
    ];
    expect(creationPlace(frames, app)).toBeUndefined();
    expect(creationPlace([...frames, '<module> (/home/me/app/app.py:7)'], app)?.line).toBe(7);
    expect(creationPlace(['f (/home/me/app/lib/program.js:1:2)'], app)?.line).toBe(1);
  });
});

describe('the notes of a construct', () => {
  const notes = (entries: unknown) => new NotesOfConstructs({ '/App/Tool': entries }, '/app').of('App/Tool');
  const creation = (file: string) => ({ type: 'aws:cdk:creationStack', data: [`f (${file}:1:2)`] });

  it('hold where it is made, by the newer way of writing before the older', () => {
    const older = { type: 'aws:cdk:logicalId', data: 'Tool', trace: ['f (/older.ts:1:2)'] };
    expect(notes([older]).source?.file).toBe('/older.ts');
    expect(notes([older, creation('/newer.ts')]).source?.file).toBe('/newer.ts');
  });

  it('hold what the app accepts', () => {
    const acknowledged = (data: unknown) => ({ type: 'aws:cdk:acknowledged-rules', data });
    expect(
      notes([acknowledged({ 'a::b': 'why', 'a::c': 7 }), acknowledged({ 'a::d': '' })]).acknowledged,
    ).toEqual([
      { id: 'a::b', reason: 'why' },
      { id: 'a::c', reason: null },
      { id: 'a::d', reason: '' },
    ]);
  });

  it('are empty where nothing of the kind is written', () => {
    const empty = { source: undefined, acknowledged: [] };
    for (const entries of [
      undefined,
      null,
      'x',
      {},
      [null, 7, [], { type: 'aws:cdk:creationStack', data: 'x' }],
    ]) {
      expect(notes(entries)).toEqual(empty);
    }
    expect(new NotesOfConstructs({}, '/app').of('toString')).toEqual(empty);
  });
});
