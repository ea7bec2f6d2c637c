import { maskCredentials, maskSecrets } from '../mask/mask.js';
import { isSecretName } from '../mask/secret-names.js';
import { SecretValues } from '../mask/secret-values.js';
import type { PathStep } from '../source/types.js';
import type { ParameterDeclaration } from '../template/template.js';
import type { ParameterAssignment } from './options.js';
import type {
  Diagnostic,
  IdentityRow,
  NotInView,
  ResourceName,
  SourcePosition,
  SuppressedDiagnostic,
} from './result.js';
import { HIDDEN } from './wording.js';

/** What the secrets of a run are known from. */
export interface SecretSources {
  /** The plain values of templates. */
  readonly templates: Iterable<unknown>;
  readonly parameters: Iterable<ParameterDeclaration>;
  /** What inputs say to be secret. */
  readonly secrets: Iterable<string>;
  /** The values that the user gives. */
  readonly assignments: readonly ParameterAssignment[];
  /** The values that cloud assemblies give. */
  readonly parameterValues: Iterable<readonly [string, string]>;
  /** The sentences of the rules. What is a word of theirs is no secret there. */
  readonly wording: readonly string[];
}

/** Keeps secrets out of everything that leaves the program. */
export class Masking {
  private readonly values = new SecretValues();
  private readonly wording: string;

  constructor({ templates, parameters, secrets, assignments, parameterValues, wording }: SecretSources) {
    this.wording = wording.join('\n');
    const all = [...templates];
    for (const template of all) this.values.prepare(template);
    for (const template of all) this.values.addTemplate(template);
    for (const secret of secrets) this.values.add(secret, true);
    const noEcho = new Set([...parameters].flatMap(({ name, noEcho }) => (noEcho ? [name] : [])));
    const given = [...parameterValues, ...assignments.flatMap(({ values }) => Object.entries(values))];
    for (const [name, value] of given) {
      if (noEcho.has(name) || isSecretName(name)) this.values.add(value, noEcho.has(name));
    }
  }

  /** A sentence or a name without what is, or looks like, a secret. */
  readonly text = (text: string): string =>
    maskCredentials(
      this.values.hide(text, (value, apart) => (!apart && this.wording.includes(value) ? value : HIDDEN)),
    );

  /** A template's text with its secrets as asterisks, at equal length. */
  readonly source = (text: string): string =>
    maskSecrets(this.values.hide(text, (value) => '*'.repeat(value.length)));

  /** The same of one that was suppressed, with what its suppression says. */
  readonly suppressed = (diagnostic: SuppressedDiagnostic): SuppressedDiagnostic => {
    const { suppression, ...rest } = this.diagnostic(diagnostic);
    const { kind, justification } = suppression;
    return {
      ...rest,
      suppression: { kind, justification: justification === null ? null : this.text(justification) },
    };
  };

  /** The diagnostic without secrets in its texts. */
  readonly diagnostic = <Found extends Diagnostic>(diagnostic: Found): Found => ({
    ...diagnostic,
    data: mapped(diagnostic.data, this.text),
    message: this.text(diagnostic.message),
    help: this.text(diagnostic.help),
    resource: diagnostic.resource === null ? null : this.text(diagnostic.resource),
    constructPath: diagnostic.constructPath === null ? null : this.text(diagnostic.constructPath),
    path: diagnostic.path.map((step: PathStep) => (typeof step === 'string' ? this.text(step) : step)),
    scenario: diagnostic.scenario === null ? null : this.scenario(diagnostic.scenario),
    source: this.position(diagnostic.source),
    ...(diagnostic.constructFix !== undefined && {
      constructFix: {
        ...diagnostic.constructFix,
        title: this.text(diagnostic.constructFix.title),
        constructPath: this.text(diagnostic.constructFix.constructPath),
        source: this.position(diagnostic.constructFix.source),
        lines: diagnostic.constructFix.lines.map(this.text),
      },
    }),
    related: diagnostic.related.map((place) => ({
      ...place,
      message: this.text(place.message),
      resource: place.resource === null ? null : this.text(place.resource),
      constructPath: place.constructPath === null ? null : this.text(place.constructPath),
      source: this.position(place.source),
    })),
  });

  /** What cannot be read, without secrets in what names it. */
  readonly unseen = (entry: NotInView): NotInView => ({
    ...entry,
    resource: this.text(entry.resource),
    reference: this.text(entry.reference),
    reason: this.text(entry.reason),
  });

  private position(source: SourcePosition | null): SourcePosition | null {
    return source === null ? null : { ...source, file: this.text(source.file) };
  }

  /** A row of the report's consumers without secrets in its texts. */
  readonly row = (row: IdentityRow): IdentityRow => ({
    ...row,
    resource: this.text(row.resource),
    constructPath: row.constructPath === null ? null : this.text(row.constructPath),
    grant: row.grant === null ? null : this.text(row.grant),
    provider: this.name(row.provider),
    gateway: this.name(row.gateway),
    identityProvider: row.identityProvider === null ? null : this.text(row.identityProvider),
    scenario: row.scenario === null ? null : this.scenario(row.scenario),
    credentialType: row.credentialType === null ? null : this.text(row.credentialType),
    authorizer: row.authorizer === null ? null : this.text(row.authorizer),
  });

  private name(name: ResourceName | null): ResourceName | null {
    return name === null ? null : { ...name, resource: this.text(name.resource) };
  }

  private scenario(scenario: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(scenario).map(([name, value]) => [
        this.text(name),
        isSecretName(name) ? HIDDEN : this.text(value),
      ]),
    );
  }
}

function mapped(
  data: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(data).map(([name, text]) => [name, change(text)]));
}
