import {
  type Assignment,
  type Deployed,
  type Deployment,
  deploymentOf,
  isKnown,
  type Made,
} from './deployment.js';
import type { Stack } from './stack.js';
import {
  Absent,
  Ambiguous,
  Dangling,
  entry,
  isList,
  isMap,
  isUnknown,
  NO_VALUE,
  type Plain,
  Refused,
  type TemplateFile,
  Undecided,
  type Value,
} from './values.js';

export type Outcome = 'verified' | 'failed' | 'unverified';

/** A fault, and in which ways to deploy the templates it holds. */
export interface Fault {
  readonly file: string;
  readonly resource: string;
  readonly rule: string;
  readonly holds: ReadonlySet<Assignment>;
}

/** What is right to say of some templates. */
export interface Truth {
  /** How many ways to deploy were looked at, those with it that CloudFormation refuses. */
  readonly ways: number;
  readonly variables: Deployment['variables'];
  readonly deployment: Deployment;
  readonly faults: readonly Fault[];
  /** By file and logical id; null for a consumer that never asks for the exchange. */
  readonly outcomes: ReadonlyMap<string, Outcome | null>;
  /** By file: the ways to deploy it that CloudFormation takes. */
  readonly possible: ReadonlyMap<string, ReadonlySet<Assignment>>;
  /** Ways to deploy that CloudFormation refuses for what a resource says, such as a row that its mapping has not. */
  readonly refused: ReadonlyMap<string, ReadonlySet<Assignment>>;
  /** Ways to deploy of which nothing can be said, by file and logical id. */
  readonly undecided: ReadonlyMap<string, ReadonlySet<Assignment>>;
}

export const PROVIDER = 'AWS::BedrockAgentCore::OAuth2CredentialProvider';
export const GATEWAY = 'AWS::BedrockAgentCore::Gateway';
export const TARGET = 'AWS::BedrockAgentCore::GatewayTarget';
export const HARNESS = 'AWS::BedrockAgentCore::Harness';

const GRANTS: Readonly<Record<string, readonly string[]>> = {
  [TARGET]: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'TOKEN_EXCHANGE'],
  [HARNESS]: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE'],
};
const NATIVE = ['MicrosoftOauth2'];
const BLOCKS: Readonly<Record<string, string>> = {
  CustomOauth2: 'CustomOauth2ProviderConfig',
  MicrosoftOauth2: 'MicrosoftOauth2ProviderConfig',
  SalesforceOauth2: 'SalesforceOauth2ProviderConfig',
};

export function keyOf(file: string, resource: string): string {
  return `${file} ${resource}`;
}

/** Looks at every way to deploy some templates, one by one. */
export function truthOf(files: readonly TemplateFile[]): Truth {
  const deployment = deploymentOf(files);
  const book = new Book();
  const possible = new Map<string, Set<Assignment>>();
  for (const assignment of deployment.assignments()) {
    const deployed = deployment.deploy(assignment);
    for (const stacks of deployed.byRoot.values()) {
      for (const stack of stacks) {
        into(possible, stack.file.name).add(assignment);
        look(stack, deployed, assignment, book);
      }
    }
  }
  return { ways: deployment.size, variables: deployment.variables, deployment, ...book.close(), possible };
}

function into<Item>(sets: Map<string, Set<Item>>, key: string): Set<Item> {
  const known = sets.get(key) ?? new Set<Item>();
  sets.set(key, known);
  return known;
}

/** What was seen so far. */
class Book {
  private readonly faults = new Map<string, Fault & { holds: Set<Assignment> }>();
  private readonly outcomes = new Map<string, Outcome | null>();
  private readonly refused = new Map<string, Set<Assignment>>();
  private readonly undecided = new Map<string, Set<Assignment>>();

  fault(stack: Stack, resource: string, rule: string, assignment: Assignment): void {
    const key = `${keyOf(stack.file.name, resource)} ${rule}`;
    const known = this.faults.get(key) ?? {
      file: stack.file.name,
      resource,
      rule,
      holds: new Set<Assignment>(),
    };
    known.holds.add(assignment);
    this.faults.set(key, known);
  }

  outcome(stack: Stack, resource: string, outcome: Outcome | null): void {
    const key = keyOf(stack.file.name, resource);
    const order = [null, 'verified', 'unverified', 'failed'];
    const known = this.outcomes.get(key) ?? null;
    this.outcomes.set(key, order.indexOf(outcome) > order.indexOf(known) ? outcome : known);
  }

  refuse(stack: Stack, resource: string, assignment: Assignment): void {
    into(this.refused, keyOf(stack.file.name, resource)).add(assignment);
  }

  leaveOut(stack: Stack, resource: string, assignment: Assignment): void {
    into(this.undecided, keyOf(stack.file.name, resource)).add(assignment);
  }

  close(): Pick<Truth, 'faults' | 'outcomes' | 'refused' | 'undecided'> {
    const { faults, outcomes, refused, undecided } = this;
    return { faults: [...faults.values()], outcomes, refused, undecided };
  }
}

function look(stack: Stack, deployed: Deployed, assignment: Assignment, book: Book): void {
  for (const [logicalId, resource] of Object.entries(stack.resources())) {
    if (!stack.isMade(resource)) continue;
    try {
      if (entry(resource, 'Type') === PROVIDER) {
        const fault = setupOf(stack, logicalId).fault;
        if (fault !== undefined) book.fault(stack, logicalId, fault, assignment);
      }
      if (isConsumer(resource)) {
        const { faults, outcome } = judge(stack, logicalId, deployed);
        book.outcome(stack, logicalId, outcome);
        for (const rule of faults) book.fault(stack, logicalId, rule, assignment);
      }
    } catch (error) {
      if (error instanceof Refused) book.refuse(stack, logicalId, assignment);
      else if (error instanceof Undecided) book.leaveOut(stack, logicalId, assignment);
      else throw error;
    }
  }
}

interface Verdict {
  readonly faults: readonly string[];
  readonly outcome: Outcome | null;
}

function isConsumer(resource: Plain | undefined): boolean {
  return Object.hasOwn(GRANTS, String(entry(resource, 'Type')));
}

/** What is wrong with one consumer in one deployment, and how it ends. */
function judge(stack: Stack, logicalId: string, deployed: Deployed): Verdict {
  const resource = stack.resources()[logicalId];
  const isHarness = entry(resource, 'Type') === HARNESS;
  const block = isHarness ? toolOf(stack, logicalId, 'Oauth') : credentialsOf(stack, logicalId);
  if (!isMap(block)) return { faults: [], outcome: null };
  const written = entry(block, 'GrantType');
  const grant = written === undefined ? NO_VALUE : stack.evaluate(written);
  const providers = providersOf(stack, block, deployed);
  const authorizer = (): string | undefined =>
    authorizerOf(
      stack,
      isHarness ? toolOf(stack, logicalId, 'GatewayArn') : gatewayIn(stack, logicalId),
      deployed,
    );
  if (isUnknown(grant)) {
    // What is wrong with the provider is wrong with it whatever the grant.
    const tried = providers.map((provider) => withProvider(provider, 'AUTHORIZATION_CODE'));
    const faults = (tried[0]?.faults ?? []).filter((fault) => tried.every((so) => so.faults.includes(fault)));
    const isBroken = tried.every((so) => so.isBroken || so.faults.length > 0);
    // A vendor that exchanges by itself works with every grant that it may be.
    const anyGrant = providers.every((so) => typeof so !== 'string' && isNative(so));
    if (!isBroken && anyGrant && authorizer() === 'CUSTOM_JWT') return { faults, outcome: 'verified' };
    return { faults, outcome: isBroken ? 'failed' : 'unverified' };
  }
  if (grant !== NO_VALUE && !GRANTS[String(entry(resource, 'Type'))]?.includes(String(grant))) {
    const meant = String(grant).toUpperCase() === 'TOKEN_EXCHANGE';
    const [provider] = providers;
    const tried = providers.map((so) => withProvider(so, 'AUTHORIZATION_CODE'));
    if (tried.length > 1 && !tried.some(isWorking)) throw new Undecided();
    const wrong =
      providers.length === 1 && typeof provider === 'string' && provider !== 'unresolved' ? [provider] : [];
    return { faults: ['invalid-grant-type', ...wrong], outcome: meant ? 'failed' : null };
  }
  const asks = grant === 'TOKEN_EXCHANGE';
  const tried = providers.map((provider) => withProvider(provider, grant));
  // Of several candidates it is a fault that all of them have.
  const faults = (tried[0]?.faults ?? []).filter((fault) => tried.every((so) => so.faults.includes(fault)));
  const isBroken = !tried.some(isWorking);
  // Which rule speaks of candidates that fail by different rules, is not for an oracle to say.
  if (tried.length > 1 && isBroken && faults.length === 0) throw new Undecided();
  // Where all of them work, it does not matter which is meant.
  let isCertain = tried.every((so) => so.isCertain && (tried.length === 1 || isWorking(so)));
  const warnings: string[] = [];
  if (grant === 'AUTHORIZATION_CODE') {
    const url = entry(block, 'DefaultReturnUrl');
    const isWithout = url === undefined || stack.evaluate(url) === NO_VALUE;
    if (!isHarness && authorizer() === 'AWS_IAM') warnings.push('authorization-code-behind-iam');
    if (!isHarness && isWithout) warnings.push('authorization-code-without-return-url');
  }
  if (!asks) return { faults: [...faults, ...warnings], outcome: null };
  const inbound = authorizer();
  if (inbound === 'AWS_IAM') faults.push('token-exchange-without-inbound-jwt');
  else if (inbound !== 'CUSTOM_JWT') isCertain = false;
  // Nobody knows whether it works.
  if (inbound === 'NONE') warnings.push('token-exchange-without-inbound-jwt');
  const isFailed = isBroken || faults.length > 0;
  return {
    faults: [...faults, ...warnings],
    outcome: isFailed ? 'failed' : isCertain ? 'verified' : 'unverified',
  };
}

/** Whether a provider is of a vendor that exchanges without being told to, and set up rightly. */
function isNative({ stack, logicalId }: Made): boolean {
  const { fault, exchanges, custom } = setupOf(stack, logicalId);
  return fault === undefined && exchanges && !custom;
}

/** What a consumer gets of one provider. */
interface Got {
  readonly faults: readonly string[];
  readonly isBroken: boolean;
  readonly isCertain: boolean;
}

function isWorking({ faults, isBroken }: Got): boolean {
  return !isBroken && faults.length === 0;
}

function withProvider(provider: Found, grant: Value): Got {
  if (provider === 'unresolved') return { faults: [], isBroken: false, isCertain: false };
  if (typeof provider === 'string') return { faults: [provider], isBroken: false, isCertain: true };
  const { fault, exchanges, custom } = setupOf(provider.stack, provider.logicalId);
  if (fault !== undefined) return { faults: [], isBroken: true, isCertain: true };
  const shared = grant === NO_VALUE || grant === 'CLIENT_CREDENTIALS';
  const faults: string[] = [];
  if (grant === 'TOKEN_EXCHANGE' && !exchanges)
    faults.push(custom ? 'token-exchange-without-config' : 'token-exchange-on-built-in-vendor');
  if (shared && custom && exchanges) faults.push('token-exchange-config-unused');
  return { faults, isBroken: false, isCertain: true };
}

/** What the gateway tool of a harness says of its gateway, or its OAuth block. */
function toolOf(stack: Stack, logicalId: string, what: 'Oauth' | 'GatewayArn'): Plain | undefined {
  const tools = stack.peeled(entry(entry(stack.resources()[logicalId], 'Properties'), 'Tools'));
  const tool = entry(entry(isList(tools) ? tools[0] : undefined, 'Config'), 'AgentCoreGateway');
  return what === 'GatewayArn' ? entry(tool, what) : stack.peeled(entry(entry(tool, 'OutboundAuth'), what));
}

function gatewayIn(stack: Stack, logicalId: string): Plain | undefined {
  return entry(entry(stack.resources()[logicalId], 'Properties'), 'GatewayIdentifier');
}

/** The OAuth block as it is written, because a reference in it may lead to nothing. */
function credentialsOf(stack: Stack, logicalId: string): Plain | undefined {
  const properties = entry(stack.resources()[logicalId], 'Properties');
  const list = stack.peeled(entry(properties, 'CredentialProviderConfigurations'));
  const first = (isList(list) ? list : [])
    .map((item) => stack.peeled(item))
    .find((item) => item !== undefined);
  const provider = stack.peeled(entry(first, 'CredentialProvider'));
  return stack.peeled(entry(provider, 'OauthCredentialProvider'));
}

type Setup = { readonly fault?: string; readonly exchanges: boolean; readonly custom: boolean };

/** What a provider is set up for. */
function setupOf(stack: Stack, logicalId: string): Setup {
  const vendor = stack.property(logicalId, 'CredentialProviderVendor');
  const input = stack.property(logicalId, 'Oauth2ProviderConfigInput');
  const blocks = isMap(input) ? Object.keys(input) : [];
  const custom = vendor === 'CustomOauth2';
  if (blocks.length !== 1 || blocks[0] !== BLOCKS[String(vendor)])
    return { fault: 'provider-vendor-mismatch', exchanges: false, custom };
  const exchange = entry(entry(input as Plain, blocks[0] ?? ''), 'OnBehalfOfTokenExchangeConfig');
  if (exchange === undefined) return { exchanges: NATIVE.includes(String(vendor)), custom };
  if (!custom) return { fault: 'token-exchange-on-built-in-vendor', exchanges: false, custom };
  const grant = entry(exchange, 'GrantType');
  if (grant !== 'TOKEN_EXCHANGE' && grant !== 'JWT_AUTHORIZATION_GRANT')
    return { fault: 'malformed-on-behalf-of-config', exchanges: false, custom };
  return { exchanges: true, custom };
}

/** Where `ProviderArn` leads, or each of the candidates for it. */
function providersOf(stack: Stack, block: Plain, deployed: Deployed): readonly Found[] {
  const written = entry(block, 'ProviderArn');
  try {
    return found(() => (written === undefined ? NO_VALUE : stack.evaluate(written)), stack, deployed);
  } catch (error) {
    if (error instanceof Ambiguous)
      return error.candidates.flatMap((candidate) => found(candidate, stack, deployed));
    throw error;
  }
}

/** A provider, 'unresolved' when nobody in view is it, or the rule that says why there can be none. */
type Found = Made | string;

function found(arn: () => Value, from: Stack, deployed: Deployed): readonly Found[] {
  try {
    return providersNamed(arn(), from, deployed);
  } catch (error) {
    if (error instanceof Absent) return ['provider-absent-under-condition'];
    if (error instanceof Dangling) return ['invalid-provider-reference'];
    throw error;
  }
}

function providersNamed(arn: Value, from: Stack, deployed: Deployed): readonly Found[] {
  if (arn !== NO_VALUE && isUnknown(arn)) return ['unresolved'];
  const shape =
    /^arn:[\w-]+:bedrock-agentcore:[\w-]+:\d{12}:token-vault\/[\w-]+\/oauth2credentialprovider\/([\w-]+)$/;
  const { text, owner } = deployed.unmarked(typeof arn === 'string' ? arn : '');
  const name = shape.exec(text)?.[1];
  if (name === undefined) return ['invalid-provider-reference'];
  if (owner !== undefined) return [owner];
  const named = deployed.named(
    PROVIDER,
    ({ stack, logicalId }) => stack.property(logicalId, 'Name') === name,
    from,
  );
  return named.length === 0 ? ['unresolved'] : named;
}

/** Who lets callers in at a gateway, by its id or ARN; undefined when the gateway is not in view. */
function authorizerOf(stack: Stack, written: Plain | undefined, deployed: Deployed): string | undefined {
  const id = written === undefined ? NO_VALUE : stack.evaluate(written);
  const { owner } = deployed.unmarked(isKnown(id) ? id : '');
  const type = owner?.stack.property(owner.logicalId, 'AuthorizerType');
  return typeof type === 'string' ? type : undefined;
}
