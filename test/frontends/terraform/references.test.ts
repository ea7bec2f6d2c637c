import { describe, expect, it } from 'vitest';
import { terraform } from '../../../src/frontends/terraform/index.js';
import { own } from '../../../src/plain/map.js';
import { parseSource } from '../../../src/source/parse.js';
import { gateway, type PlannedModule, type PlannedResource, plan, provider, refers, target } from './plan.js';

/*
 * What a target of a plan gets for `provider_arn`, by what is written for it.
 */

const PROVIDER = 'aws_bedrockagentcore_oauth2_credential_provider.hr';

function lowered(
  resources: readonly PlannedResource[],
  modules: Readonly<Record<string, PlannedModule>> = {},
) {
  const parsed = parseSource('tfplan.json', JSON.stringify(plan(resources, modules)));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return terraform.lower(parsed.source)?.value.Resources;
}

function providerArn(resources: unknown, address = 'aws_bedrockagentcore_gateway_target.hr'): unknown {
  return [
    address,
    'Properties',
    'CredentialProviderConfigurations',
    0,
    'CredentialProvider',
    'OauthCredentialProvider',
    'ProviderArn',
  ].reduce(own, resources);
}

const asking = (expression: unknown, module?: string): PlannedResource => ({
  ...target(),
  ...(module !== undefined && { module }),
  expressions: { credential_provider_configuration: [{ oauth: [{ provider_arn: expression }] }] },
});

const arnOf = (address: string) => ({ 'Fn::GetAtt': [address, 'CredentialProviderArn'] });
const reason = (value: unknown) => own(value, 'Fn::CfnTxLintUnknown');

describe('references of Terraform', () => {
  it('lead to the resource and its attribute', () => {
    expect(providerArn(lowered([provider(), asking(refers(`${PROVIDER}.credential_provider_arn`))]))).toEqual(
      arnOf(PROVIDER),
    );
  });

  it('lead to the instance that they name', () => {
    const one = { ...provider(), address: `${PROVIDER}["eu"]`, repeated: 'for_each' as const };
    const other = {
      ...provider({ name: 'us-api' }),
      address: `${PROVIDER}["us"]`,
      repeated: 'for_each' as const,
    };
    expect(
      providerArn(lowered([one, other, asking(refers(`${PROVIDER}["us"].credential_provider_arn`))])),
    ).toEqual(arnOf(`${PROVIDER}["us"]`));
  });

  it.each([
    ['each.key', [`${PROVIDER}`, 'each.key']],
    ['count.index', [`${PROVIDER}`, 'count.index']],
    ['a local', ['local.provider_arn']],
    ['a data source', ['data.aws_ssm_parameter.arn.value', 'data.aws_ssm_parameter.arn']],
    ['two providers', [`${PROVIDER}.credential_provider_arn`, PROVIDER, 'aws_x.y.arn', 'aws_x.y']],
    ['a variable of the root', ['var.provider_arn']],
    ['a resource that the plan does not have', ['aws_x.y.arn', 'aws_x.y']],
    ['an attribute that the resource has not', [`${PROVIDER}.tags_all`, PROVIDER]],
    ['nothing that is a reference', ['%%']],
  ])('are unknown, never nothing, where they lead through %s', (_, references) => {
    const one = { ...provider(), address: `${PROVIDER}[0]`, repeated: 'count' as const };
    const value = providerArn(lowered([one, provider({ name: 'b' }), asking({ references })]));
    expect(reason(value)).toMatch(/provider_arn of aws_bedrockagentcore_gateway_target\.hr is not known: /);
  });

  it('tell which reference stopped the search', () => {
    const value = providerArn(lowered([provider(), asking(refers('data.aws_ssm_parameter.arn.value'))]));
    expect(reason(value)).toContain('data.aws_ssm_parameter.arn.value is known only after apply');
  });

  it('lead out of a module through its outputs', () => {
    const resources = [{ ...provider(), module: 'module.idp' }, asking(refers('module.idp.provider_arn'))];
    const outputs = { provider_arn: { expression: refers(`${PROVIDER}.credential_provider_arn`) } };
    expect(providerArn(lowered(resources, { idp: { outputs } }))).toEqual(arnOf(`module.idp.${PROVIDER}`));
  });

  it('lead out of the instance of a module that they name, and of no other', () => {
    const resources = (reference: string) => [
      { ...provider(), module: 'module.idp[0]' },
      { ...provider({ name: 'other' }), module: 'module.idp[1]' },
      asking(refers(reference)),
    ];
    const modules = {
      idp: {
        repeated: 'count' as const,
        outputs: { provider_arn: { expression: refers(`${PROVIDER}.credential_provider_arn`) } },
      },
    };
    expect(providerArn(lowered(resources('module.idp[1].provider_arn'), modules))).toEqual(
      arnOf(`module.idp[1].${PROVIDER}`),
    );
    expect(reason(providerArn(lowered(resources('module.idp.provider_arn'), modules)))).toBeDefined();
  });

  it('lead into a module through its variables', () => {
    const module = 'module.tools';
    const resources = [provider(), asking(refers('var.provider_arn'), module)];
    const expressions = { provider_arn: refers(`${PROVIDER}.credential_provider_arn`) };
    expect(
      providerArn(
        lowered(resources, { tools: { expressions } }),
        `${module}.aws_bedrockagentcore_gateway_target.hr`,
      ),
    ).toEqual(arnOf(PROVIDER));
  });

  it('lead to an attribute of a resource that an output or a variable hands on as a whole', () => {
    const whole = { expression: { references: [PROVIDER] } };
    const outward = [
      { ...provider(), module: 'module.idp' },
      asking(refers('module.idp.provider.credential_provider_arn')),
    ];
    expect(providerArn(lowered(outward, { idp: { outputs: { provider: whole } } }))).toEqual(
      arnOf(`module.idp.${PROVIDER}`),
    );
    const inward = [provider(), asking(refers('var.provider.credential_provider_arn'), 'module.tools')];
    const expressions = { provider: { references: [PROVIDER] } };
    const address = 'module.tools.aws_bedrockagentcore_gateway_target.hr';
    expect(providerArn(lowered(inward, { tools: { expressions } }), address)).toEqual(arnOf(PROVIDER));
  });

  it('lead nowhere through a part of what is no resource as a whole', () => {
    const outputs = { providers: { expression: refers(`${PROVIDER}.credential_provider_arn`) } };
    const resources = [
      { ...provider(), module: 'module.idp' },
      asking(refers('module.idp.providers.credential_provider_arn')),
    ];
    expect(reason(providerArn(lowered(resources, { idp: { outputs } })))).toBeDefined();
  });

  it('end where modules lead in a circle', () => {
    const outputs = { arn: { expression: refers('var.arn') } };
    const resources = [provider(), { ...gateway(), module: 'module.a' }, asking(refers('module.a.arn'))];
    const value = providerArn(
      lowered(resources, { a: { outputs, expressions: { arn: refers('module.a.arn') } } }),
    );
    expect(reason(value)).toBeDefined();
  });

  it('are found again by the ARN that they gave', () => {
    const arn =
      'arn:aws:bedrock-agentcore:eu-central-1:111122223333:token-vault/default/oauth2credentialprovider/hr-api';
    const known = { ...target({ oauth: [{ scopes: [], grant_type: 'TOKEN_EXCHANGE', provider_arn: arn }] }) };
    expect(providerArn(lowered([provider({ credential_provider_arn: arn }), known]))).toEqual(
      arnOf(PROVIDER),
    );
    expect(providerArn(lowered([provider(), known]))).toBe(arn);
  });
});
