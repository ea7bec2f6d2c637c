import { type Assignment, type Deployed, Deployment, isKnown } from './deployment.js';
import type { Stack } from './stack.js';
import {
  Absent,
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
  readonly faults: readonly Fault[];
  /** By file and logical id; null for a consumer that never asks for the exchange. */
  readonly outcomes: ReadonlyMap<string, Outcome | null>;
  /** By file: the ways to deploy it that CloudFormation takes. */
  readonly possible: ReadonlyMap<string, ReadonlySet<Assignment>>;
  /** Ways to deploy of which nothing can be said, by file and logical id. */
  readonly undecided: ReadonlyMap<string, ReadonlySet<Assignment>>;
}

export const PROVIDER = 'AWS::BedrockAgentCore::OAuth2CredentialProvider';
export const GATEWAY = 'AWS::BedrockAgentCore::Gateway';
export const TARGET = 'AWS::BedrockAgentCore::GatewayTarget';

const GRANTS = ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'TOKEN_EXCHANGE'];
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
  const deployment = new Deployment(files);
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
  return { ways: deployment.size, variables: deployment.variables, ...book.close(), possible };
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

  leaveOut(stack: Stack, resource: string, assignment: Assignment): void {
    into(this.undecided, keyOf(stack.file.name, resource)).add(assignment);
  }

  close(): Pick<Truth, 'faults' | 'outcomes' | 'undecided'> {
    return { faults: [...this.faults.values()], outcomes: this.outcomes, undecided: this.undecided };
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
      if (entry(resource, 'Type') === TARGET) {
        const { faults, outcome } = judge(stack, logicalId, deployed);
        book.outcome(stack, logicalId, outcome);
        for (const rule of faults) book.fault(stack, logicalId, rule, assignment);
      }
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Undecided)) throw error;
      book.leaveOut(stack, logicalId, assignment);
    }
  }
}

interface Verdict {
  readonly faults: readonly string[];
  readonly outcome: Outcome | null;
}

/** What is wrong with one target in one deployment, and how it ends. */
function judge(stack: Stack, logicalId: string, deployed: Deployed): Verdict {
  const block = credentialsOf(stack, logicalId);
  if (block === undefined) return { faults: [], outcome: null };
  const written = entry(block, 'GrantType');
  const grant = written === undefined ? NO_VALUE : stack.evaluate(written);
  const asks = grant === 'TOKEN_EXCHANGE';
  const faults: string[] = [];
  let certain = true;
  let broken = false;
  const warnings: string[] = [];
  if (isUnknown(grant)) return { faults, outcome: 'unverified' };
  if (grant !== NO_VALUE && !GRANTS.includes(String(grant))) {
    const meant = String(grant).toUpperCase() === 'TOKEN_EXCHANGE';
    const provider = providerOf(stack, block, deployed);
    faults.push('invalid-grant-type');
    if (typeof provider === 'string' && provider !== 'unresolved') faults.push(provider);
    return { faults, outcome: meant ? 'failed' : null };
  }
  const provider = providerOf(stack, block, deployed);
  if (typeof provider === 'string') {
    if (provider === 'unresolved') certain = false;
    else faults.push(provider);
  } else {
    const setup = setupOf(...provider);
    const faulty = setup.fault !== undefined;
    broken = faulty;
    if (asks && !faulty && !setup.exchanges) {
      faults.push(setup.custom ? 'token-exchange-without-config' : 'token-exchange-on-built-in-vendor');
    }
    const shared = grant === NO_VALUE || grant === 'CLIENT_CREDENTIALS';
    if (shared && !faulty && setup.custom && setup.exchanges) faults.push('token-exchange-config-unused');
  }
  if (asks) {
    const authorizer = authorizerOf(stack, logicalId, deployed);
    if (authorizer === 'AWS_IAM') faults.push('token-exchange-without-inbound-jwt');
    else if (authorizer !== 'CUSTOM_JWT') certain = false;
    // Nobody knows whether it works.
    if (authorizer === 'NONE') warnings.push('token-exchange-without-inbound-jwt');
  }
  if (!asks) return { faults, outcome: null };
  return {
    faults: [...faults, ...warnings],
    outcome: broken || faults.length > 0 ? 'failed' : certain ? 'verified' : 'unverified',
  };
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

/** Where `ProviderArn` leads: to a provider, to nobody in view, or to what the name of a rule says. */
function providerOf(stack: Stack, block: Plain, deployed: Deployed): readonly [Stack, string] | string {
  let arn: Value;
  try {
    const written = entry(block, 'ProviderArn');
    arn = written === undefined ? NO_VALUE : stack.evaluate(written);
  } catch (error) {
    if (error instanceof Absent) return 'provider-absent-under-condition';
    if (error instanceof Dangling) return 'invalid-provider-reference';
    throw error;
  }
  if (arn !== NO_VALUE && isUnknown(arn)) return 'unresolved';
  const shape =
    /^arn:[\w-]+:bedrock-agentcore:[\w-]+:\d{12}:token-vault\/[\w-]+\/oauth2credentialprovider\/([\w-]+)$/;
  const name = typeof arn === 'string' ? shape.exec(arn)?.[1] : undefined;
  if (name === undefined) return 'invalid-provider-reference';
  const found = deployed.named(PROVIDER, (owner, logicalId) => owner.property(logicalId, 'Name') === name);
  return found ?? 'unresolved';
}

/** Who lets callers in at the gateway of a target; undefined when the gateway is not in view. */
function authorizerOf(stack: Stack, logicalId: string, deployed: Deployed): string | undefined {
  const id = stack.property(logicalId, 'GatewayIdentifier');
  if (!isKnown(id)) return undefined;
  const found = deployed.named(GATEWAY, (owner, gateway) => owner.reference(gateway) === id);
  const type = found?.[0].property(found[1], 'AuthorizerType');
  return typeof type === 'string' ? type : undefined;
}
