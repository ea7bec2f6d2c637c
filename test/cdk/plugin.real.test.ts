import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TokenExchangeValidation, type TokenExchangeValidationOptions } from '../../src/cdk/index.js';
import { defineRule } from '../../src/index.js';
import { addProvider, addTarget, type Exchange } from './parts.js';
import { type App, type Construct, cdk } from './real-parts.js';
import { temporaryDirectory } from './synthesize.js';
import { nameWirings } from './wirings/names.js';
import type { Wiring } from './wirings/wiring.js';

interface Synthesis {
  /** What the synthesis failed with; undefined when it passed. */
  readonly error: string | undefined;
  /** The plugin reports that the CDK leaves beside the templates. */
  readonly reports: readonly PluginReport[];
}

interface PluginReport {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly violations: readonly {
    readonly ruleName: string;
    readonly description: string;
    readonly suggestedFix: string;
    readonly severity: string;
    readonly ruleMetadata: Readonly<Record<string, string>>;
    readonly violatingConstructs: readonly {
      readonly constructPath: string;
      readonly cloudFormationResource?: {
        readonly templatePath: string;
        readonly logicalId: string;
        readonly propertyPaths: readonly string[];
      };
    }[];
  }[];
}

function synthesizeWith(
  plugin: TokenExchangeValidation,
  build: (app: App) => void,
  at?: (app: App) => Construct,
  outdir = path.join(temporaryDirectory(), 'cdk.out'),
): Synthesis {
  const app = new cdk.App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
    confirmValidationPluginsDoNotMutate: true,
  });
  build(app);
  cdk.Validations.of(at?.(app) ?? app).addPlugins(plugin);
  let error: string | undefined;
  try {
    app.synth();
  } catch (thrown) {
    error = (thrown as Error).message;
  }
  return { error, reports: reportsIn(outdir) };
}

function reportsIn(outdir: string): PluginReport[] {
  try {
    return JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8')).pluginReports;
  } catch {
    return [];
  }
}

function oneStack(app: Construct, exchange: Exchange): void {
  const stack = new cdk.Stack(app, 'Tools');
  addTarget(stack, addProvider(stack, exchange).ref);
}

const validate = (build: (app: App) => void, options?: TokenExchangeValidationOptions) =>
  synthesizeWith(new TokenExchangeValidation(options), build);

describe('the synthesis of an app', () => {
  it('passes when nothing is wrong', () => {
    expect(validate((app) => oneStack(app, 'set up'))).toEqual({ error: undefined, reports: [] });
  });

  it('fails with the finding, at its construct', () => {
    const { error, reports } = validate((app) => oneStack(app, 'not set up'));
    expect(error).toContain(
      'Tool asks for TOKEN_EXCHANGE, but its provider Provider has no OnBehalfOfTokenExchangeConfig',
    );
    expect(error).toContain('Tools/Tool (Tool)');
    expect(error).toContain('Suggested fix: ');
    expect(error).toContain('rules/token-exchange-without-config.md');
    expect(reports).toMatchObject([
      {
        pluginName: 'cfn-tx-lint',
        conclusion: 'failure',
        metadata: { tokenExchange: '0 verified, 1 failed, 0 unverified' },
        violations: [
          {
            ruleName: 'token-exchange-without-config',
            severity: 'error',
            ruleMetadata: {
              documentation: expect.stringContaining('token-exchange-without-config'),
              place: expect.stringMatching(/Tools\.template\.json:\d+:\d+$/),
              related: expect.stringMatching(/\((?:\w+\/)*Provider\): the provider is declared here$/),
            },
            violatingConstructs: [
              {
                constructPath: 'Tools/Tool',
                cloudFormationResource: {
                  templatePath: 'Tools.template.json',
                  logicalId: 'Tool',
                  propertyPaths: [
                    'Properties.CredentialProviderConfigurations.0.CredentialProvider.OauthCredentialProvider.GrantType',
                  ],
                },
              },
            ],
          },
        ],
      },
    ]);
  });

  it('fails when the output directory is relative, as the command line of the CDK names it', () => {
    const outdir = path.relative(process.cwd(), path.join(temporaryDirectory(), 'cdk.out'));
    const { error } = synthesizeWith(
      new TokenExchangeValidation(),
      (app) => oneStack(app, 'not set up'),
      undefined,
      outdir,
    );
    expect(error).toContain('Tools/Tool (Tool)');
  });

  it('fails for several stacks, nested stacks and stages, each finding at its construct', () => {
    const { reports } = validate((app) => {
      const identity = new cdk.Stack(app, 'Identity');
      const vault = new cdk.NestedStack(identity, 'Vault');
      const bad = addProvider(vault, 'not set up');
      addTarget(new cdk.NestedStack(new cdk.Stack(app, 'Tools'), 'Inner'), bad.attrCredentialProviderArn);
      addTarget(vault, addProvider(vault, 'set up', { id: 'Good', name: 'good' }).ref);
      oneStack(new cdk.Stage(app, 'Beta'), 'set up');
      oneStack(new cdk.Stage(app, 'Prod'), 'not set up');
    });
    expect(reports[0]?.metadata.tokenExchange).toBe('2 verified, 2 failed, 0 unverified');
    const constructs = reports[0]?.violations.flatMap(({ violatingConstructs }) => violatingConstructs);
    expect(constructs?.map(({ constructPath }) => constructPath).sort()).toEqual([
      'Prod/Tools/Tool',
      'Tools/Inner/Tool',
    ]);
  });

  it('reads the YAML templates of nested stacks too', () => {
    const { build } = nameWirings['a nested stack of a YAML file'] as Wiring;
    expect(validate((app) => build(app, 'set up')).error).toBeUndefined();
    expect(validate((app) => build(app, 'not set up')).error).toContain(
      'has no OnBehalfOfTokenExchangeConfig',
    );
  });
});

describe('a plugin of a stage', () => {
  const build = (app: App): void => {
    oneStack(new cdk.Stage(app, 'Beta'), 'not set up');
    oneStack(new cdk.Stage(app, 'Prod'), 'not set up');
  };

  it('tells the findings of that stage only', () => {
    const { reports } = synthesizeWith(
      new TokenExchangeValidation(),
      build,
      (app) => app.node.findChild('Prod') as Construct,
    );
    const constructs = reports[0]?.violations.flatMap(({ violatingConstructs }) => violatingConstructs);
    expect(constructs?.map(({ constructPath }) => constructPath)).toEqual(['Prod/Tools/Tool']);
  });
});

describe('an option', () => {
  const bad = (app: App): void => oneStack(app, 'not set up');
  /** Whose provider is not in view. */
  const unverified = (app: App): void => {
    addTarget(new cdk.Stack(app, 'Tools'), cdk.Fn.importValue('idp-arn'));
  };
  /** Asks for the wrong grant: a warning. */
  const unused = (app: App): void => {
    const stack = new cdk.Stack(app, 'Tools');
    const target = addTarget(stack, addProvider(stack, 'set up').ref);
    target.addPropertyOverride(
      'CredentialProviderConfigurations.0.CredentialProvider.OauthCredentialProvider.GrantType',
      'CLIENT_CREDENTIALS',
    );
  };

  it('rules: turns a rule off', () => {
    expect(validate(bad, { rules: { 'token-exchange-without-config': 'off' } }).error).toBeUndefined();
  });

  it('rules: makes a rule a warning', () => {
    const { error, reports } = validate(bad, { rules: { 'token-exchange-without-config': 'warning' } });
    expect(error).toBeUndefined();
    expect(reports[0]?.violations.map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('rules: must name rules that there are', () => {
    expect(() => new TokenExchangeValidation({ rules: { 'token-exchange-without-confg': 'off' } })).toThrow(
      'token-exchange-without-config',
    );
  });

  it('maxWarnings: fails when there are more', () => {
    expect(validate(unused).error).toBeUndefined();
    expect(validate(unused, { maxWarnings: 1 }).error).toBeUndefined();
    expect(validate(unused, { maxWarnings: 0 }).error).toContain('CLIENT_CREDENTIALS');
  });

  it('strict: fails what cannot be verified', () => {
    expect(validate(unverified).error).toBeUndefined();
    expect(validate(unverified, { strict: true }).error).toContain('idp-arn');
  });

  it('context: shows templates of other apps', () => {
    const other = temporaryDirectory();
    const app = new cdk.App({ outdir: path.join(other, 'cdk.out'), builtinCloudFormationValidation: false });
    const identity = new cdk.Stack(app, 'Identity');
    identity.exportValue(addProvider(identity, 'not set up').ref, { name: 'idp-arn' });
    app.synth();
    for (const context of [
      other,
      `${other}/**/*.json`,
      `${other}/cdk.out/Identity.template.json`,
      `${other}/cdk.*`,
    ]) {
      const { error, reports } = validate(unverified, { context: [context] });
      expect(error, context).toContain('has no OnBehalfOfTokenExchangeConfig');
      expect(reports[0]?.violations).toHaveLength(1);
    }
  });

  it('parameters: settles what is wrong', () => {
    const build = (app: App): void => {
      const stack = new cdk.Stack(app, 'Tools');
      const grant = new cdk.CfnParameter(stack, 'Grant', {
        allowedValues: ['TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS'],
      });
      addTarget(stack, addProvider(stack, 'not set up').ref).addPropertyOverride(
        'CredentialProviderConfigurations.0.CredentialProvider.OauthCredentialProvider.GrantType',
        grant.valueAsString,
      );
    };
    const given = (Grant: string) => ({
      parameters: [{ template: undefined, values: { Grant }, origin: 'test' }],
    });
    const { error, reports } = validate(build);
    expect(error).toContain("when Grant is 'TOKEN_EXCHANGE'");
    expect(reports[0]?.violations[0]?.ruleMetadata.scenario).toBe('Grant=TOKEN_EXCHANGE');
    expect(validate(build, given('CLIENT_CREDENTIALS')).error).toBeUndefined();
    expect(validate(build, given('TOKEN_EXCHANGE')).error).toBeDefined();
  });

  it("plugins: runs rules of one's own, and says when one fails", () => {
    const faulty = defineRule({
      id: 'faulty',
      severity: 'warning',
      summary: 'Fails',
      messages: { any: { message: 'any', help: 'any' } },
      check: {
        consumer: () => {
          throw new Error('out of luck');
        },
      },
    } as unknown as Parameters<typeof defineRule>[0]);
    const { error, reports } = validate(bad, { plugins: [{ rules: [faulty] }] });
    expect(error).toContain('the rule faulty failed: out of luck');
    expect(reports[0]?.violations.map(({ ruleName, severity }) => [ruleName, severity])).toEqual([
      ['faulty', 'fatal'],
      ['token-exchange-without-config', 'error'],
    ]);
  });
});

describe('a finding', () => {
  it('can be acknowledged as the CDK does it', () => {
    const { error, reports } = validate((app) => {
      oneStack(app, 'not set up');
      cdk.Validations.of(app.node.findChild('Tools')).acknowledge({
        id: 'cfn-tx-lint::token-exchange-without-config',
        reason: 'until the identity team is ready',
      });
    });
    expect(error).toBeUndefined();
    expect(reports[0]?.violations).toEqual([]);
  });

  it('can be suppressed in the metadata of its resource', () => {
    const { error } = validate((app) => {
      const stack = new cdk.Stack(app, 'Tools');
      addTarget(stack, addProvider(stack, 'not set up').ref).addMetadata('cfn-tx-lint', {
        ignore: ['token-exchange-without-config'],
      });
    });
    expect(error).toBeUndefined();
  });

  it('about no resource says where it is', () => {
    const { reports } = validate((app) => {
      const stack = new cdk.Stack(app, 'Tools');
      stack.templateOptions.metadata = { 'cfn-tx-lint': { ignore: ['no-such-rule'] } };
      addTarget(stack, addProvider(stack, 'set up').ref);
    });
    expect(reports[0]?.violations.map(({ ruleName }) => ruleName)).toEqual(['invalid-suppression']);
    expect(reports[0]?.violations[0]?.description).toMatch(/Tools\.template\.json:\d+:\d+: /);
  });
});
