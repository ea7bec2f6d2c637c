/**
 * The parts of the CDK's plugin interface that this plugin uses, written out so that its types need no `aws-cdk-lib`.
 * They fit `IPolicyValidationPlugin` and its older form `IPolicyValidationPluginBeta1` alike; tests hold them to both.
 *
 * Lists are mutable because the CDK changes the reports it is given: it makes paths relative and takes out what an app
 * acknowledges.
 *
 * Source: aws-cdk-lib `core/lib/validation/validation.d.ts` and `report.d.ts`.
 */

/** What the CDK tells a plugin. */
export interface ValidationContext {
  /**
   * The paths of the stacks' templates; those of nested stacks are not among them. Relative to the working directory
   * when the output directory of the app is, and absolute else, whatever the CDK's documentation says.
   */
  readonly templatePaths: readonly string[];
}

/** What a plugin answers. */
export interface ValidationReport {
  /** False fails the synthesis. */
  readonly success: boolean;
  readonly pluginVersion: string;
  readonly metadata: { readonly [key: string]: string };
  readonly violations: Violation[];
}

export interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly fix: string;
  /** One of those that the CDK knows. An app can acknowledge all but `fatal`. */
  readonly severity: 'fatal' | 'error' | 'warning' | 'info';
  readonly ruleMetadata: { readonly [key: string]: string };
  violatingResources: ViolatingResource[];
}

export interface ViolatingResource {
  /** The CDK finds the construct by it and by the template; empty for a finding that is about no resource. */
  readonly resourceLogicalId: string;
  /** Absolute. */
  readonly templatePath: string;
  /** Relative to the resource, `Properties.TargetConfiguration`; relative to the template when it is about none. */
  readonly locations: string[];
}
