import { cloudFormation } from './cloudformation.js';
import type { FrontEnd, FrontEndId } from './front-end.js';

/** A front end as a run knows it before it is loaded. */
export interface FrontEndEntry {
  readonly id: FrontEndId;
  /** What people call the input, as it stands in a list: "agentcore.json". */
  readonly title: string;
  /**
   * Words of which one must stand in a text for it to be an input of this kind: the glance before anything is parsed.
   * Cheap, and rare in other files.
   */
  readonly marks: readonly string[];
  /**
   * Words that the input may have without any of its marks, and that other files have as well: one is asked for, and a
   * broken text with nothing else in it is taken for something else.
   */
  readonly hints?: readonly string[];
  /** How the names of its files end where they are not those of templates: `.py`. Other files are not asked then. */
  readonly extensions?: readonly string[];
  load(): Promise<FrontEnd>;
}

/** Every kind of input beside CloudFormation, in the order in which they are asked; each is loaded when it is met. */
export const FRONT_ENDS: readonly FrontEndEntry[] = [
  {
    id: 'template-answer',
    title: 'the answer of `aws cloudformation get-template`',
    marks: ['TemplateBody'],
    load: async () => (await import('./template-answer.js')).templateAnswer,
  },
  {
    id: 'agentcore-project',
    title: 'agentcore.json of the AgentCore CLI',
    marks: ['agentCoreGateways', 'schema.agentcore.aws.dev'],
    load: async () => (await import('./agentcore-project.js')).agentcoreProject,
  },
  {
    id: 'agentcore-harness',
    title: 'harness.json of the AgentCore CLI',
    marks: ['agentcore_gateway'],
    hints: ['outboundAuth'],
    load: async () => (await import('./agentcore-harness.js')).agentcoreHarness,
  },
  {
    id: 'agentcore-api',
    title: "JSON of the control-plane API's answers and requests",
    marks: [
      'oauth2ProviderConfig',
      'Oauth2ProviderConfigOutput',
      'credentialProviderVendor',
      'credentialProviderConfigurations',
    ],
    hints: ['authorizerType', 'targetConfiguration', 'gatewayId', 'GatewayId', 'TargetId', 'harnessName'],
    load: async () => (await import('./agentcore-api.js')).agentcoreApi,
  },
  {
    id: 'terraform',
    title: '`terraform show -json` of a plan or a state',
    marks: ['aws_bedrockagentcore_', 'awscc_bedrockagentcore_'],
    // CloudFormation within Terraform: the AgentCore type stands in `type_name` or `template_body`.
    hints: ['aws_cloudcontrolapi_resource', 'aws_cloudformation_stack'],
    load: async () => (await import('./terraform/index.js')).terraform,
  },
  {
    id: 'python',
    title: 'Python that calls the API or asks for tokens',
    marks: [
      'create_gateway(',
      'create_gateway_target(',
      'update_gateway_target(',
      'create_oauth2_credential_provider(',
      'update_oauth2_credential_provider(',
      'requires_access_token(',
      'get_resource_oauth2_token(',
    ],
    // Imported under another name.
    hints: ['requires_access_token as '],
    extensions: ['.py'],
    load: async () => (await import('./python/index.js')).python,
  },
];

/** What stands in a template whose custom resources call the control-plane API: the names of its client. */
const API_CLIENT = /bedrock-agentcore-control|BedrockAgentCoreControl/i;
const CUSTOM_RESOURCE = /Custom::/;

/** Whether a template may hold calls of the control-plane API: custom resources that make what others refer to. */
export function mayHoldApiCalls(text: string): boolean {
  return CUSTOM_RESOURCE.test(text) && API_CLIENT.test(text);
}

/**
 * Words of which one stands in every template that a tool on the user's machine puts together from several files. The
 * section `Modules`, a word of everyday language, is told by its key. A regular expression finds none of them in a fifth of
 * the time that `includes` takes, which looks for one after another.
 */
const PACKAGED_WORDS = /AWS::Include|Rain::|LocalModule|Const::/;

/** Whether a template may have to be put together from several files before it is read. */
export function mayTakeParts(text: string): boolean {
  return PACKAGED_WORDS.test(text);
}

const CUSTOM_RESOURCES = {
  id: 'aws-custom-resource',
  load: async () => (await import('./aws-custom-resource.js')).awsCustomResource,
} as const;

const PACKAGING = {
  id: 'packaging',
  load: async () => (await import('./packaging.js')).packaging,
} as const;

const loaded = new Map<FrontEndId, FrontEnd>([[cloudFormation.id, cloudFormation]]);

/** Thrown where a text needs a front end for which `prepareFrontEnd` was not awaited before. */
export class FrontEndNotPrepared extends Error {
  constructor(readonly id: FrontEndId) {
    super(`await prepareFrontEnd('${id}') before reading its inputs`);
    this.name = 'FrontEndNotPrepared';
  }
}

/** Loads a front end. Cheap when called again. */
export async function prepareFrontEnd(id: FrontEndId): Promise<void> {
  const entry = [...FRONT_ENDS, CUSTOM_RESOURCES, PACKAGING].find((one) => one.id === id);
  if (entry !== undefined && !loaded.has(id)) loaded.set(id, await entry.load());
}

/** Gives front ends to runs that cannot wait for `prepareFrontEnd`. */
export function provideFrontEnds(frontEnds: readonly FrontEnd[]): void {
  for (const one of frontEnds) loaded.set(one.id, one);
}

/**
 * A front end that is loaded.
 * @throws FrontEndNotPrepared when it is not
 */
export function frontEnd(id: FrontEndId): FrontEnd {
  const found = loaded.get(id);
  if (found === undefined) throw new FrontEndNotPrepared(id);
  return found;
}

/** The front ends, beside CloudFormation's, that a text may be an input of. */
export function frontEndsFor(file: string, text: string): FrontEndEntry[] {
  return FRONT_ENDS.filter(
    ({ marks, hints = [], extensions }) =>
      (extensions === undefined ? !isOfForeignSyntax(file) : endsIn(file, extensions)) &&
      (isIn(text, marks) || isIn(text, hints)),
  );
}

/** Whether a text certainly was meant as an input of a kind, even if it cannot be read. */
export function bearsMark(entry: FrontEndEntry, text: string): boolean {
  return isIn(text, entry.marks) || text.includes(':bedrock-agentcore:');
}

function isIn(text: string, words: readonly string[]): boolean {
  return words.some((word) => text.includes(word));
}

/** Whether a file's name says that it is neither JSON nor YAML. */
export function isOfForeignSyntax(file: string): boolean {
  return FRONT_ENDS.some(({ extensions }) => extensions !== undefined && endsIn(file, extensions));
}

function endsIn(file: string, extensions: readonly string[]): boolean {
  return extensions.some((end) => file.endsWith(end));
}
