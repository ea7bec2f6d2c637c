import { catalogueOf } from '../../rules/index.js';
import { requireKnownRules } from '../config/known-rules.js';
import { plainFrontEnds } from '../frontends/all.js';
import { provideFrontEnds } from '../frontends/index.js';
import { holdBack } from '../lint/baseline.js';
import { type Catalogue, RuleIds } from '../lint/catalogue.js';
import { consumerRows } from '../lint/consumer-rows.js';
import { Declarations } from '../lint/declarations.js';
import { writeFix } from '../lint/fix-writer.js';
import { Masking } from '../lint/masking.js';
import type { LintOptions } from '../lint/options.js';
import { runOnFiles } from '../lint/run.js';
import { unknownAcknowledgements } from '../lint/unknown-acknowledgements.js';
import { provideYaml } from '../source/parse.js';
import * as yaml from '../source/yaml.js';
import * as suppressions from '../suppress/index.js';
import { version } from '../version.js';
import { assemblyFiles } from './assembly-files.js';
import type { ValidationContext, ValidationReport } from './interfaces.js';
import { validationReport } from './violations.js';

export type { ParameterAssignment, RuleSetting } from '../lint/options.js';
export type { SeveritySetting } from '../lint/result.js';
export type { ValidationContext, ValidationReport, ViolatingResource, Violation } from './interfaces.js';

/** What `lint` takes, apart from the files, which the CDK names. */
export interface TokenExchangeValidationOptions
  extends Pick<LintOptions, 'rules' | 'parameters' | 'context' | 'strict' | 'plugins'> {
  /** More warnings than this fail the synthesis; default: no number of them does. */
  readonly maxWarnings?: number;
}

/**
 * Checks the token exchange of a CDK app when it is synthesized: an `IPolicyValidationPlugin` of `aws-cdk-lib`, and an
 * `IPolicyValidationPluginBeta1` of its older versions.
 *
 *     Validations.of(app).addPlugins(new TokenExchangeValidation());
 *     new App({ policyValidationBeta1: [new TokenExchangeValidation()] }); // older versions
 */
export class TokenExchangeValidation {
  readonly name = 'cfn-tx-lint';
  readonly version = version;
  readonly ruleIds: string[];
  private readonly catalogue: Catalogue;

  /** @throws UsageError when `rules` names a rule that does not exist */
  constructor(private readonly options: TokenExchangeValidationOptions = {}) {
    this.catalogue = catalogueOf(options.plugins);
    const ids = new RuleIds(this.catalogue.rules);
    this.ruleIds = [...ids.all];
    requireKnownRules(options.rules ?? {}, ids);
  }

  /**
   * Lints the templates of a synthesized app, those of nested stacks included. Called by the CDK, which does not wait
   * for promises; writes nothing.
   */
  validate(context: ValidationContext): ValidationReport {
    // The template of a nested stack can be a YAML file of the app's author.
    provideYaml(yaml);
    provideFrontEnds(plainFrontEnds);
    const { rules, parameters, strict, maxWarnings = Number.POSITIVE_INFINITY } = this.options;
    const cwd = process.cwd();
    const discovery = assemblyFiles(context.templatePaths, this.options.context ?? [], cwd);
    // A synthesis that fails looks nothing up: what is unknown for want of a look-up is judged in the next pass.
    const isFirstPass = discovery.files.some(({ stacks }) =>
      stacks.some(({ dummyValues }) => dummyValues !== undefined),
    );
    const result = runOnFiles(
      { cwd, rules, parameters, strict: strict === true && !isFirstPass, acknowledgements: false },
      this.catalogue,
      discovery,
      { writeFix, consumerRows, suppressions, holdBack, Masking, Declarations, unknownAcknowledgements },
    );
    return validationReport(result, { cwd, maxWarnings });
  }
}
