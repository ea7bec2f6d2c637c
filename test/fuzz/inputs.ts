import fc from 'fast-check';
import { FRONT_ENDS, frontEndsFor, mayHoldApiCalls, mayTakeParts } from '../../src/frontends/index.js';
import { FORMAT_NAMES } from '../../src/report/index.js';
import { type FuzzFile, type FuzzProject, fixtures, type ParsedFile, parsedFixtures } from './corpus.js';
import { holdEquivalences, holdLaws } from './laws.js';
import { editText, editTrees, textEdit, treeEdit } from './mutations.js';
import { SIDE_FILES, sideFile } from './side-files.js';
import { graph } from './worlds.js';

/** A kind of random input: how one is made, and what holds for it. */
export interface InputKind {
  readonly name: string;
  /** How often it is drawn beside the others. */
  readonly weight: number;
  /** One property; `layout` says whether the pictures that are laid out are drawn as well. */
  property(layout: boolean): fc.IAsyncProperty<unknown>;
}

/** All kinds of random inputs. */
export async function inputKinds(): Promise<readonly InputKind[]> {
  const texts = fixtures();
  const trees = await parsedFixtures();
  const anyFixture = fc.nat(texts.length - 1);
  const anyTree = fc.nat(trees.length - 1);
  return [
    kind('edited text', 9, (layout) =>
      fc.asyncProperty(
        anyFixture,
        fc.nat(100),
        fc.array(textEdit, { minLength: 1, maxLength: 4 }),
        async (index, which, edits) => {
          await holdLaws(editText(texts[index]?.files ?? [], which, edits), { layout });
        },
      ),
    ),
    kind('edited tree', 12, (layout) =>
      fc.asyncProperty(anyTree, fc.array(treeEdit, { minLength: 1, maxLength: 5 }), async (index, edits) => {
        await holdLaws(asJson(editTrees(trees[index] ?? [], edits)), { layout });
      }),
    ),
    kind('graph', 9, (layout) =>
      fc.asyncProperty(graph, async (files) => {
        await holdLaws(asJson(files), { layout });
      }),
    ),
    kind('equal trees', 3, () =>
      fc.asyncProperty(anyTree, fc.array(treeEdit, { maxLength: 3 }), async (index, edits) => {
        await holdEquivalences(editTrees(trees[index] ?? [], edits).map(withoutFormat));
      }),
    ),
    kind('equal worlds', 3, () =>
      fc.asyncProperty(graph, async (files) => {
        await holdEquivalences(files);
      }),
    ),
    ...OTHER_INPUTS.map(({ name, isIn }) => edited(name, texts.filter(isIn))),
    ...SIDE_FILES.map((file) => kind(`side file ${file.name}`, 1, () => sideFile(file, FORMAT_NAMES))),
    kind('noise', 3, (layout) =>
      fc.asyncProperty(noise, fc.constantFrom('json', 'yaml', 'template', 'py'), async (text, suffix) => {
        await holdLaws([{ name: `/cfn-tx-lint-fuzz/noise.${suffix}`, text }], { layout });
      }),
    ),
  ];
}

/** What is no plain template, each with the fixtures that hold some: the kinds of inputs, and templates in parts. */
const OTHER_INPUTS: readonly { readonly name: string; isIn(project: FuzzProject): boolean }[] = [
  ...FRONT_ENDS.map(({ id }) => ({
    name: id,
    isIn: ({ files }: FuzzProject) =>
      files.some(({ name, text }) => frontEndsFor(name, text).some((entry) => entry.id === id)),
  })),
  { name: 'API calls in templates', isIn: ({ files }) => files.some(({ text }) => mayHoldApiCalls(text)) },
  { name: 'templates in parts', isIn: ({ files }) => files.some(({ text }) => mayTakeParts(text)) },
];

/** The text of one of some fixtures, edited. */
function edited(name: string, projects: readonly FuzzProject[]): InputKind {
  return kind(`edited ${name}`, 1, (layout) =>
    fc.asyncProperty(
      fc.nat(projects.length - 1),
      fc.nat(100),
      fc.array(textEdit, { minLength: 1, maxLength: 4 }),
      async (index, which, edits) => {
        await holdLaws(editText(projects[index]?.files ?? [], which, edits), { layout });
      },
    ),
  );
}

function kind(name: string, weight: number, property: InputKind['property']): InputKind {
  return { name, weight, property };
}

/** Texts that are hardly ever a template, all of which say that they are one. */
const noise = fc
  .tuple(
    fc.array(
      fc.oneof(
        fc.string({ maxLength: 8 }),
        fc.string({ maxLength: 4, unit: 'binary' }),
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          '"',
          ':',
          ',',
          '\n',
          '- ',
          '  ',
          '&a',
          '*a',
          '<<: *a',
          '!Ref x',
          '!!binary',
          '!<x>',
          '? ',
          '|\n',
          '%YAML 1.2\n',
          '---\n',
        ),
        fc.json({ maxDepth: 3 }),
      ),
      { maxLength: 12 },
    ),
    fc.constantFrom(
      '',
      'Resources:\n  A:\n    Type: AWS::BedrockAgentCore::Gateway\n',
      '{"Resources":{"A":{"Type":"AWS::BedrockAgentCore::Gateway",',
      '# AWS::BedrockAgentCore::\n',
    ),
  )
  .map(([parts, start]) => start + parts.join(''));

function asJson(files: readonly ParsedFile[]): FuzzFile[] {
  return files.map(({ name, value }) => ({ name, text: JSON.stringify(value, null, 1) ?? 'null' }));
}

/** Under a name that may be either format. */
function withoutFormat({ name, value }: ParsedFile): ParsedFile {
  return { name: name.replace(/\.(?:json|ya?ml|template)$/, '.template'), value };
}
