import { describe, expect, it } from 'vitest';
import { defineRule, type Rule } from '../../src/index.js';
import { type Cases, RuleTester } from '../../src/testing/index.js';
import { collecting } from './collect.js';
import { GRANT_LINE, scopePrefix, withGrant } from './sample.js';

/** Runs the tests that the cases make; the messages of those that fail, by name. */
async function failures<Key extends string, Options>(
  rule: Rule<Key, Options>,
  cases: Partial<Cases<Key, Options>>,
): Promise<Record<string, string>> {
  const { framework, tests } = collecting();
  new RuleTester(framework).run(rule, { valid: [], invalid: [], ...cases });
  const failed: Record<string, string> = {};
  for (const [name, test] of tests) {
    await test().catch((error: Error) => {
      failed[name] = error.message;
    });
  }
  return failed;
}

const grant = (value: string, rest = {}) => ({ template: withGrant(value), ...rest });
const noPrefix = { messageKey: 'noPrefix' as const, resource: 'Target', line: GRANT_LINE };

// The tester is tested in the framework that it is used in, too.
new RuleTester({ describe, it }).run(scopePrefix, {
  valid: [withGrant('hr.grant'), grant('x.grant', { options: { prefix: 'x.' }, name: 'another prefix' })],
  invalid: [
    {
      template: withGrant('CLIENT'),
      findings: [
        {
          messageKey: 'noPrefix',
          message: 'Target asks for the grant CLIENT.',
          severity: 'warning',
          file: 'template.yaml',
          resource: 'Target',
          line: GRANT_LINE,
          at: 'CLIENT',
          scenario: null,
          fix: null,
        },
      ],
    },
    {
      name: 'under a condition',
      template: withGrant('!If [IsObo, CLIENT, hr.grant]'),
      findings: [{ scenario: { Mode: 'obo' }, message: /when Mode is 'obo'\.$/ }],
    },
    {
      name: 'fixed',
      template: withGrant('client'),
      findings: [
        {
          messageKey: 'upperCase',
          fix: { title: 'Write it in upper case', safety: 'safe', output: withGrant('CLIENT') },
        },
      ],
      output: withGrant('CLIENT'),
    },
    { name: 'counted', template: withGrant('CLIENT'), findings: 1 },
  ],
});

describe('cases', () => {
  it('makes a test of each, and of each in YAML another in JSON', () => {
    const { framework, tests } = collecting();
    new RuleTester(framework).run(scopePrefix, {
      valid: [withGrant('hr.a'), grant('hr.b', { name: 'named', json: false }), '{ "Resources": {} }'],
      invalid: [{ template: withGrant('A'), findings: 1 }],
    });
    expect([...tests.keys()]).toEqual([
      'scope-prefix > is complete',
      'scope-prefix > valid > valid[0]',
      'scope-prefix > valid > valid[0], as JSON',
      'scope-prefix > valid > named',
      'scope-prefix > valid > valid[2]',
      'scope-prefix > invalid > invalid[0]',
      'scope-prefix > invalid > invalid[0], as JSON',
    ]);
  });

  it('fails a valid case that has a finding, and shows it', async () => {
    const { 'scope-prefix > valid > valid[0]': message } = await failures(scopePrefix, {
      valid: [withGrant('CLIENT')],
    });
    expect(message).toBe(
      [
        'expected no finding, and found 1:',
        `  template.yaml:${GRANT_LINE}:26  warning  noPrefix  in Target  at CLIENT`,
        '    Target asks for the grant CLIENT.',
      ].join('\n'),
    );
  });

  it('fails an invalid case without a finding', async () => {
    const failed = await failures(scopePrefix, {
      invalid: [{ template: withGrant('hr.a'), findings: [{}] }],
    });
    expect(failed).toEqual({ 'scope-prefix > invalid > invalid[0]': 'expected 1 finding, and found none' });
  });

  it.each([
    ['messageKey', 'upperCase'],
    ['message', 'Another one.'],
    ['message', /^Another/],
    ['severity', 'error'],
    ['file', 'gateway.yaml'],
    ['resource', 'Gateway'],
    ['resource', null],
    ['line', 3],
    ['at', 'CLIENT_CREDENTIALS'],
    ['scenario', { Mode: 'obo' }],
    ['fix', {}],
  ])('fails when %s is not %s', async (key, value) => {
    const { 'scope-prefix > invalid > invalid[0]': message } = await failures(scopePrefix, {
      invalid: [{ template: withGrant('CLIENT'), findings: [{ [key]: value }], json: false }],
    });
    expect(message).toMatch(
      new RegExp(`^findings\\[0\\]\\.${key}: expected .*, and found .* in\n  template.yaml`),
    );
  });

  it.each([
    ['title', { title: 'Another' }],
    ['safety', { safety: 'unsafe' }],
    ['output', { output: withGrant('clienT') }],
  ] as const)('fails when the %s of the fix differs', async (key, fix) => {
    const { 'scope-prefix > invalid > invalid[0]': message } = await failures(scopePrefix, {
      invalid: [
        { template: withGrant('client'), findings: [{ fix }], output: withGrant('CLIENT'), json: false },
      ],
    });
    expect(message).toMatch(new RegExp(`^findings\\[0\\]\\.fix\\.${key}: expected`));
  });

  it.each([
    ['a key of the case', { template: '', finding: [] }, /the case has the key finding/],
    ['no findings', { template: '' }, /must say its findings/],
    ['an empty list of findings', { template: '', findings: [] }, /must have a finding/],
    ['a key of a finding', { template: '', findings: [{ mesage: 'x' }] }, /findings\[0\] has the key mesage/],
    ['no template', { findings: 1 }, /either template or files/],
    ['both', { template: '', files: {}, findings: 1 }, /either template or files/],
    [
      'an unknown option',
      { template: '', findings: 1, options: { prefx: '' } },
      /options\.prefx: unknown option/,
    ],
    [
      'an option of another type',
      { template: '', findings: 1, options: { prefix: 1 } },
      /options\.prefix: must be/,
    ],
  ])('tells a slip in the case itself: %s', async (_, testCase, message) => {
    const failed = await failures(scopePrefix, { invalid: [testCase as never] });
    expect(Object.values(failed)).toEqual([expect.stringMatching(message)]);
  });

  it('takes no options for a rule without', async () => {
    const { options: _, ...plain } = scopePrefix;
    const bare = { ...plain, check: {} } as Rule;
    const failed = await failures(bare, { valid: [{ template: withGrant('hr.a'), options: { a: 1 } }] });
    expect(Object.values(failed)).toEqual(['the case sets options, and scope-prefix takes none']);
  });

  it('says why a template was not checked', async () => {
    const failed = await failures(scopePrefix, { valid: [{ template: 'Outputs: {}', json: false }] });
    expect(Object.values(failed)).toEqual([expect.stringMatching(/^template\.yaml was not checked: /)]);
    const broken = await failures(scopePrefix, {
      valid: [{ template: `${withGrant('a')}  : "`, json: false }],
    });
    expect(Object.values(broken)).toEqual([expect.stringMatching(/^template\.yaml was not checked: /)]);
  });

  it('tells a parameter that no template has', async () => {
    const failed = await failures(scopePrefix, {
      valid: [{ template: withGrant('hr.a'), parameters: { Stage: 'x' }, json: false }],
    });
    expect(Object.values(failed)).toEqual(['parameters: no template has a parameter Stage']);
  });

  it('sets parameters', async () => {
    const template = withGrant('!If [IsObo, CLIENT, hr.grant]');
    expect(
      await failures(scopePrefix, {
        valid: [{ template, parameters: { Mode: 'm2m' } }],
        invalid: [{ template, parameters: { Mode: 'obo' }, findings: [{ scenario: null }] }],
      }),
    ).toEqual({});
  });

  it('lints several templates together', async () => {
    const exporting = (value: string) =>
      `Resources: {}\nOutputs:\n  Grant:\n    Value: ${value}\n    Export: { Name: the-grant }\n`;
    const gateway = withGrant('!ImportValue the-grant');
    expect(
      await failures(scopePrefix, {
        valid: [{ files: { 'grants.yaml': exporting('hr.a'), 'gateway.yaml': gateway } }],
        invalid: [
          {
            files: { 'grants.yaml': exporting('A'), 'gateway.yaml': gateway },
            findings: [{ file: 'gateway.yaml', message: 'Target asks for the grant A.' }],
          },
        ],
      }),
    ).toEqual({});
  });

  it('finds the template of a nested stack by its name', async () => {
    const parent = withGrant('!GetAtt Grants.Outputs.Grant').replace(
      'Resources:\n',
      'Resources:\n  Grants:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ./grants.yaml }\n',
    );
    const grants = (value: string) => `Resources: {}\nOutputs:\n  Grant: { Value: ${value} }\n`;
    expect(
      await failures(scopePrefix, {
        valid: [{ files: { 'parent.yaml': parent, 'grants.yaml': grants('hr.a') } }],
        invalid: [
          {
            files: { 'parent.yaml': parent, 'grants.yaml': grants('A') },
            findings: [{ file: 'parent.yaml', message: 'Target asks for the grant A.' }],
          },
        ],
      }),
    ).toEqual({});
  });
});

describe('fixes', () => {
  const finding = { template: withGrant('client'), findings: 1, json: false };

  it('wants to be told what a safe fix does', async () => {
    const failed = await failures(scopePrefix, { invalid: [finding] });
    expect(Object.values(failed)).toEqual([
      expect.stringMatching(/^a finding has a safe fix: say in output/),
    ]);
  });

  it.each([
    ['another text', withGrant('Client')],
    ['no change', null],
    ['another text by name', { 'template.yaml': withGrant('Client') }],
    ['a file that is not there', { 'template.yaml': withGrant('CLIENT'), 'other.yaml': 'x' }],
  ])('fails when the output is %s', async (_, output) => {
    const failed = await failures(scopePrefix, { invalid: [{ ...finding, output }] });
    expect(Object.values(failed)).toEqual([expect.stringMatching(/^output: after the safe fixes /)]);
  });

  it('fails when an output is said and nothing is fixed', async () => {
    const failed = await failures(scopePrefix, {
      invalid: [{ template: withGrant('CLIENT'), findings: 1, output: withGrant('CLIENT'), json: false }],
    });
    expect(Object.values(failed)).toEqual(['the case has an output, and no finding has a safe fix']);
  });

  it('fails when a fix leaves its finding', async () => {
    const stubborn = defineRule({
      ...scopePrefix,
      check: {
        consumer: (consumer, context) => {
          for (const { at, when } of consumer.grant()) {
            context.report({
              message: 'noPrefix',
              data: { consumer: 'x', grant: 'x' },
              at,
              when,
              fix: {
                title: 'Do nothing',
                safety: 'safe',
                changes: [{ kind: 'replace', path: at.path, value: 'B' }],
              },
            });
          }
        },
      },
    });
    const failed = await failures(stubborn, {
      invalid: [{ template: withGrant('A'), findings: 1, output: withGrant('B'), json: false }],
    });
    expect(Object.values(failed)).toEqual([expect.stringMatching(/did not make its finding go away/)]);
  });
});

describe('rules', () => {
  const saying = (check: (typeof scopePrefix)['check']) => ({ ...scopePrefix, check });
  const valid = [{ template: withGrant('A'), json: false }];

  it('hands on what a rule throws, with its cause', async () => {
    const thrown = new TypeError('no such thing');
    const { framework, tests } = collecting();
    const rule = saying({
      consumer: () => {
        throw thrown;
      },
    });
    new RuleTester(framework).run(rule, { valid, invalid: [] });
    const error = await tests
      .get('scope-prefix > valid > valid[0]')?.()
      .catch((caught: Error) => caught);
    expect(error).toMatchObject({ message: 'the rule threw: no such thing', cause: thrown });
  });

  it('tells a message that the rule does not have', async () => {
    const rule = saying({
      consumer: (consumer, context) => {
        context.report({ message: 'nosuch' as never, at: consumer.block.at, when: consumer.block.when });
      },
    });
    const failed = await failures(rule, {
      invalid: [{ ...valid[0], template: withGrant('A'), findings: 1 }],
    });
    expect(Object.values(failed)[0]).toBe(
      "the rule threw: the rule reported the message 'nosuch', which it does not have",
    );
  });

  it('tells a placeholder without data', async () => {
    const rule = saying({
      consumer: (consumer, context) => {
        const { at, when } = consumer.block;
        context.report({ message: 'noPrefix', data: { consumer: 'Target' }, at, when });
      },
    });
    const failed = await failures(rule, {
      invalid: [{ template: withGrant('A'), findings: 1, json: false }],
    });
    expect(Object.values(failed)).toEqual(['the report of the message noPrefix has no data for {grant}']);
  });

  it('tells findings that JSON has not', async () => {
    const rule = saying({
      consumer: (consumer, context) => {
        const format = consumer.node.cursor.path.length === 2 && calls++ === 0 ? 'yaml' : 'json';
        if (format === 'json') return;
        const { at, when } = consumer.block;
        context.report({ message: 'noPrefix', data: { consumer: 'a', grant: 'b' }, at, when });
      },
    });
    let calls = 0;
    const { framework, tests } = collecting();
    new RuleTester(framework).run(rule, { valid: [], invalid: [{ template: withGrant('A'), findings: 1 }] });
    await expect(tests.get('scope-prefix > invalid > invalid[0], as JSON')?.()).rejects.toThrow(
      /^the same template in JSON has other findings/,
    );
  });

  it.each([
    [{ id: 'Scope_Prefix' }, /kebab-case/],
    [{ summary: 'No stop' }, /summary is not a sentence/],
    [{ sources: ['http://example.com'] }, /no https address/],
    [{ messages: {} }, /messages has no message/],
    [
      { messages: { a: { consequence: null, message: 'No stop', help: 'A stop.' } } },
      /messages\.a\.message is not a sentence/,
    ],
    [
      { messages: { a: { consequence: 'doom' as never, message: 'A stop.', help: 'A stop.' } } },
      /messages\.a\.consequence is neither null nor one of deployment-fails, /,
    ],
    [
      { options: { ...scopePrefix.options, defaults: { prefix: 1 } } },
      /options\.defaults does not fit its schema/,
    ],
    [{ options: { schema: { type: 'object' }, defaults: {} } }, /additionalProperties false/],
  ])('tells what a rule lacks: %j', async (change, message) => {
    const failed = await failures({ ...scopePrefix, ...change } as unknown as Rule, {});
    expect(Object.values(failed)).toEqual([expect.stringMatching(message)]);
  });
});

describe('frameworks', () => {
  it('says what to do without one', () => {
    expect(() => new RuleTester()).toThrow(/no global describe and it: hand them in/);
  });

  it('takes the globals', () => {
    const { framework, tests } = collecting();
    Object.assign(globalThis, framework);
    try {
      new RuleTester().run(scopePrefix, { valid: [withGrant('hr.a')], invalid: [] });
    } finally {
      Reflect.deleteProperty(globalThis, 'describe');
      Reflect.deleteProperty(globalThis, 'it');
    }
    expect(tests.size).toBe(3);
  });

  it('compares the finding expected', async () => {
    expect(await failures(scopePrefix, { invalid: [{ ...grant('CLIENT'), findings: [noPrefix] }] })).toEqual(
      {},
    );
  });
});
