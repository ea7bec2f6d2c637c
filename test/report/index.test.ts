import { describe, expect, it } from 'vitest';
import {
  FORMAT_NAMES,
  loadFormatter,
  syntaxOf,
  tellsHeldBack,
  tellsRelated,
} from '../../src/report/index.js';
import { context, diagnostic, HOSTILE, related, result, texts } from './sample.js';

describe.each(FORMAT_NAMES)('%s', (name) => {
  const hostile = diagnostic({
    ruleId: HOSTILE,
    message: HOSTILE,
    help: HOSTILE,
    url: HOSTILE,
    file: HOSTILE,
    resource: HOSTILE,
    constructPath: HOSTILE,
    path: [HOSTILE],
    scenario: { [HOSTILE]: HOSTILE },
    source: { file: HOSTILE, line: 3, column: 1 },
    related: [
      related({
        message: HOSTILE,
        file: HOSTILE,
        resource: HOSTILE,
        constructPath: HOSTILE,
        source: { file: HOSTILE, line: 3, column: 1 },
      }),
    ],
    fix: {
      title: HOSTILE,
      safety: 'safe',
      edits: [{ file: HOSTILE, range: diagnostic().range, text: HOSTILE }],
    },
  });
  const report = async (change = {}) => {
    const broken = result([hostile, diagnostic({ severity: 'warning' })], {
      internalErrors: [{ ruleId: HOSTILE, message: HOSTILE }],
      suppressed: [{ ...hostile, suppression: { kind: 'comment', justification: HOSTILE } }],
    });
    const files = [{ path: HOSTILE, status: 'skipped', reason: HOSTILE } as const];
    const formatter = await loadFormatter(name);
    const maskedText = texts({ [HOSTILE]: `${HOSTILE}\n`.repeat(30) });
    return formatter(
      { ...broken, report: { ...broken.report, files } },
      context({ maskedText, maskedCode: maskedText, ...change }),
    );
  };

  it('obeys nothing that a template says', async () => {
    const text = await report();
    expect(text).toMatch(/\n$/);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028-\u202e]/u);
    expect(text).not.toContain('##[');
    const commands = text.split('\n').filter((line) => line.trimStart().startsWith('::'));
    expect(commands.map((line) => line.split(' ')[0])).toEqual(
      syntaxOf(name) === 'workflow-commands' ? ['::error', '::warning'] : [],
    );
  });

  it('tells no path of the machine', async () => {
    expect(await report()).not.toContain('/home/someone');
  });

  it('says that Terraform planned what a .tf file declares, and that nobody synthesized it', async () => {
    const formatter = await loadFormatter(name);
    const textFor = (file: string, section = 'planned_values'): string =>
      formatter(
        result([
          diagnostic({
            file: 'tfplan.json',
            source: { file, line: 1, column: 1 },
            related: [],
            path: [section, 'root_module', 'resources', 0],
          }),
        ]),
        context({ maskedCode: texts({ [file]: 'resource "a" "b" {}\n' }) }),
      );
    for (const file of ['infra/main.tf', 'infra/main.tf.json'])
      expect(textFor(file)).not.toContain('synthesized');
    const isSaid = textFor('lib/tools-stack.ts').includes('synthesized');
    const isPlanned = (section: string): boolean =>
      /planned here|in the Terraform plan/i.test(textFor('infra/main.tf', section));
    const isApplied = (section: string): boolean =>
      /applied here|in the Terraform state/i.test(textFor('infra/main.tf', section));
    expect([isPlanned('planned_values'), isApplied('planned_values')]).toEqual([isSaid, false]);
    expect([isPlanned('values'), isApplied('values')]).toEqual([false, isSaid]);
  });

  it('points at the user’s own code first, and names the template second', async () => {
    const formatter = await loadFormatter(name);
    const found = diagnostic({
      file: 'cdk.out/App.template.json',
      source: { file: 'lib/tools-stack.ts', line: 2, column: 7 },
      related: [
        related({ file: 'cdk.out/Idp.template.json', source: { file: 'lib/idp.ts', line: 1, column: 3 } }),
      ],
    });
    const code = texts({
      'lib/tools-stack.ts': 'class Tools {\n  tool = new Target();\n}\n',
      'lib/idp.ts': 'new Idp();\n',
    });
    const text = formatter(result([found]), context({ maskedCode: code }));
    await expect(text).toMatchFileSnapshot(`snapshots/source.${name}.txt`);
    expect(text).toContain('cdk.out/App.template.json');
    // Suites and files are told before their findings; there the order within a finding says nothing.
    if (syntaxOf(name) !== 'json' && syntaxOf(name) !== 'xml') {
      expect(text.indexOf('lib/tools-stack.ts')).toBeLessThan(text.indexOf('cdk.out/App.template.json'));
    }
    expect(text).toContain('lib/tools-stack.ts');
    if (tellsRelated(name)) expect(text).toContain('lib/idp.ts');
  });

  it('is empty of findings for a clean run, and still a report', async () => {
    const formatter = await loadFormatter(name);
    await expect(formatter(result([]), context())).toMatchFileSnapshot(`snapshots/clean.${name}.txt`);
  });

  it('counts what is suppressed and in the baseline, where it has a place for it, and calls nothing clean then', async () => {
    const held = diagnostic({ file: 'a.yaml' });
    const given = result([], {
      suppressed: [{ ...held, suppression: { kind: 'comment', justification: null } }],
    });
    const summary = { ...given.report.summary, suppressed: 17, baseline: 23 };
    const files = [{ path: 'a.yaml', status: 'checked', reason: null } as const];
    const formatter = await loadFormatter(name);
    const text = formatter({ ...given, report: { ...given.report, files, summary } }, context());
    const found = (count: number, word: string) =>
      new RegExp(`${count} .*${word}|"${word}": ?${count}`).test(text);
    expect([found(17, 'suppressed'), found(23, 'baseline')]).toEqual([
      tellsHeldBack(name),
      tellsHeldBack(name),
    ]);
    expect(text).not.toMatch(/no problems|"no findings"/i);
  });

  it('leaves warnings to the JSON report when it is to be quiet', async () => {
    const formatter = await loadFormatter(name);
    const text = formatter(result([diagnostic({ severity: 'warning' })]), context({ quiet: true }));
    if (name === 'json') expect(text).toContain('OnBehalfOfTokenExchangeConfig');
    else expect(text).not.toContain('OnBehalfOfTokenExchangeConfig');
  });
});
