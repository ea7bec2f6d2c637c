import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import type { Diagnostic } from '../../src/lint/result.js';
import { run } from '../../src/lint/run.js';
import { holds } from '../samples.js';

/*
 * The law: what is found with scenarios is what brute force finds: given every combination of parameter values, lint
 * each, take the union. And every scenario that is named reproduces its finding when it is pinned.
 */

const VALUES = ['a', 'b', 'c'];

type Condition = unknown;

interface Model {
  readonly parameters: readonly (readonly string[])[];
  readonly conditions: readonly Condition[];
  readonly template: Record<string, unknown>;
}

const model: fc.Arbitrary<Model> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 10 }))
  .chain(([parameterCount, conditionCount]) =>
    fc.record({
      parameters: fc.array(fc.subarray(VALUES, { minLength: 1 }), {
        minLength: parameterCount,
        maxLength: parameterCount,
      }),
      conditions: fc.tuple(
        ...Array.from({ length: conditionCount }, (_, index) => condition(parameterCount, index)),
      ),
      resources: resources(conditionCount),
    }),
  )
  .map(({ parameters, conditions, resources }) => ({
    parameters,
    conditions,
    template: {
      Parameters: Object.fromEntries(
        parameters.map((allowed, index) => [`P${index}`, { Type: 'String', AllowedValues: allowed }]),
      ),
      Conditions: Object.fromEntries(conditions.map((expression, index) => [`C${index}`, expression])),
      Resources: resources,
    },
  }));

/** A condition over the parameters and the conditions before it. */
function condition(parameterCount: number, index: number): fc.Arbitrary<Condition> {
  const parameter = fc.integer({ min: 0, max: parameterCount - 1 }).map((number) => ({ Ref: `P${number}` }));
  const equals = fc
    .tuple(parameter, fc.oneof(fc.constantFrom(...VALUES, 'never'), parameter))
    .map((operands) => ({ 'Fn::Equals': operands }));
  const earlier =
    index === 0
      ? equals
      : fc.integer({ min: 0, max: index - 1 }).map((number) => ({ Condition: `C${number}` }));
  return fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2 },
      equals,
      earlier,
      tie('tree').map((inner) => ({ 'Fn::Not': [inner] })),
      fc.tuple(tie('tree'), tie('tree')).map((operands) => ({ 'Fn::And': operands })),
      fc.tuple(tie('tree'), tie('tree')).map((operands) => ({ 'Fn::Or': operands })),
    ),
  })).tree;
}

const NO_VALUE = { Ref: 'AWS::NoValue' };

function resources(conditionCount: number): fc.Arbitrary<Record<string, unknown>> {
  const name = fc.integer({ min: 0, max: conditionCount - 1 }).map((number) => `C${number}`);
  /** One of some values, perhaps chosen by `Fn::If`, up to twice nested. */
  const chosen = (...values: unknown[]): fc.Arbitrary<unknown> =>
    fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 2, depthSize: 'small' },
        fc.constantFrom(...values),
        fc.tuple(name, tie('tree'), tie('tree')).map((branches) => ({ 'Fn::If': branches })),
      ),
    })).tree;
  const resourceCondition = fc
    .option(name, { nil: undefined })
    .map((so) => (so === undefined ? {} : { Condition: so }));
  const onBehalfOf = chosen(
    NO_VALUE,
    { GrantType: 'TOKEN_EXCHANGE', TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' } },
    { GrantType: 'JWT_AUTHORIZATION_GRANT' },
    { GrantType: 'TOKEN_EXCHANGE' },
    { GrantType: 'TOKEN_EXCHANG' },
  );
  const provider = fc
    .record({
      condition: resourceCondition,
      vendor: chosen('CustomOauth2', 'GoogleOauth2', 'MicrosoftOauth2'),
      block: onBehalfOf,
      custom: chosen('custom', NO_VALUE),
    })
    .map(({ condition, vendor, block }) => ({
      Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
      ...condition,
      Properties: {
        Name: 'provider',
        CredentialProviderVendor: vendor,
        Oauth2ProviderConfigInput: {
          CustomOauth2ProviderConfig: {
            ClientId: 'client',
            OauthDiscovery: { DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration' },
            OnBehalfOfTokenExchangeConfig: block,
          },
        },
      },
    }));
  const target = fc
    .record({
      condition: resourceCondition,
      grant: chosen('TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS', NO_VALUE, 'token_exchange'),
      arn: chosen({ 'Fn::GetAtt': ['First', 'CredentialProviderArn'] }, { Ref: 'Second' }),
    })
    .map(({ condition, grant, arn }) => ({
      Type: 'AWS::BedrockAgentCore::GatewayTarget',
      ...condition,
      Properties: {
        GatewayIdentifier: 'gateway',
        TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://mcp.example.com' } } },
        CredentialProviderConfigurations: [
          {
            CredentialProviderType: 'OAUTH',
            CredentialProvider: {
              OauthCredentialProvider: { ProviderArn: arn, GrantType: grant, Scopes: ['read'] },
            },
          },
        ],
      },
    }));
  return fc.record({ First: provider, Second: provider, Target: target });
}

async function findings(
  template: unknown,
  parameterValues: Record<string, string>,
): Promise<readonly Diagnostic[]> {
  const { report } = await run(
    {
      texts: [{ name: 'template.json', text: JSON.stringify(template) }],
      parameters: [{ template: undefined, values: parameterValues, origin: 'test' }],
    },
    { rules: builtInRules, url: ruleUrl },
  );
  return report.diagnostics;
}

/** What makes two findings the same, whatever the scenario. */
function identity({ ruleId, resource, path, message }: Diagnostic): string {
  return JSON.stringify([ruleId, resource, path, message.replace(/, when .*?(?=; did you mean|\.$)/, '')]);
}

function combinations(parameters: readonly (readonly string[])[]): Record<string, string>[] {
  return parameters.reduce<Record<string, string>[]>(
    (before, allowed, index) =>
      before.flatMap((so) => allowed.map((value) => ({ ...so, [`P${index}`]: value }))),
    [{}],
  );
}

describe('scenarios and brute force', () => {
  it('find the same', async () => {
    await holds(
      fc.asyncProperty(model, async ({ parameters, template }) => {
        const withScenarios = await findings(template, {});
        const all = combinations(parameters);
        const united = new Map<string, Diagnostic>();
        for (const parameterValues of all)
          for (const so of await findings(template, parameterValues)) united.set(identity(so), so);
        expect(withScenarios.map(identity).sort()).toEqual([...united.keys()].sort());
        for (const finding of withScenarios) {
          const matching = all.filter((parameterValues) =>
            Object.entries(finding.scenario ?? {}).every(([name, value]) => parameterValues[name] === value),
          );
          expect(matching.length).toBeGreaterThan(0);
          for (const parameterValues of finding.scenario === null ? all : matching) {
            expect((await findings(template, parameterValues)).map(identity)).toContain(identity(finding));
          }
        }
      }),
      { few: 10, many: 150 },
    );
  }, 3_600_000);
});
