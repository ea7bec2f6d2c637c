import { gateway, gatewayRole, provider, target } from './resources.js';

const ENVIRONMENT = { account: '123456789012', region: 'eu-central-1' };

/**
 * A cloud assembly: stacks with ten providers each that export their ARNs, and stacks with a gateway each whose
 * targets import them.
 *
 * @param {{ stacks: number, providers: number, targets: number }} counts in the whole assembly
 * @param {{ faulty?: boolean, sources?: boolean }} options whether each tenth provider is not set up for the exchange, and
 *   whether the CDK wrote down where each construct is made
 * @returns {Map<string, object>} file name to content
 */
export function cloudAssembly({ stacks, providers, targets }, { faulty = false, sources = false } = {}) {
  const identityStacks = providers / 10;
  const gatewayStacks = stacks - identityStacks;
  const files = new Map();
  const templates = [];
  for (let n = 0; n < identityStacks; n++) templates.push([`Identity${n}`, identityTemplate(n, faulty)]);
  for (let n = 0; n < gatewayStacks; n++) {
    const first = Math.floor((n * targets) / gatewayStacks);
    const end = Math.floor(((n + 1) * targets) / gatewayStacks);
    templates.push([`Gateway${n}`, gatewayTemplate(n, first, end, providers)]);
  }
  const artifacts = {};
  for (const [name, template] of templates) {
    files.set(`${name}.template.json`, template);
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      environment: `aws://${ENVIRONMENT.account}/${ENVIRONMENT.region}`,
      properties: { templateFile: `${name}.template.json` },
      metadata: Object.fromEntries(
        Object.keys(template.Resources).map((logicalId, index) => [
          `/${name}/${logicalId}/Resource`,
          [{ type: 'aws:cdk:logicalId', data: logicalId }, ...(sources ? [creationStack(name, index)] : [])],
        ]),
      ),
      displayName: name,
    };
  }
  files.set('manifest.json', { version: '48.0.0', artifacts });
  files.set('cdk.out', { version: '48.0.0' });
  return files;
}

/** Ten frames, as aws-cdk-lib writes them: the user's own among those of packages, which it leaves out. */
function creationStack(name, index) {
  const own = [0, 1, 2].map((depth) => `new ${name}${depth} (lib/${name}.ts:${10 * index + depth + 1}:5)`);
  return { type: 'aws:cdk:creationStack', data: ['...aws-cdk-lib...', ...own, '...node internals...'] };
}

function identityTemplate(stack, faulty) {
  const resources = {};
  const outputs = {};
  for (let n = stack * 10; n < stack * 10 + 10; n++) {
    resources[`Provider${n}`] = provider(`idp-${n}`, !faulty || n % 10 !== 0);
    outputs[`ExportsOutputFnGetAttProvider${n}CredentialProviderArn`] = {
      Value: { 'Fn::GetAtt': [`Provider${n}`, 'CredentialProviderArn'] },
      Export: { Name: exportName(n) },
    };
  }
  return { Resources: resources, Outputs: outputs };
}

function gatewayTemplate(stack, first, end, providers) {
  const resources = { GatewayRole: gatewayRole(), Gateway: gateway(`tools-${stack}`) };
  for (let n = first; n < end; n++) {
    const providerArn = { 'Fn::ImportValue': exportName((n * 7) % providers) };
    resources[`Target${n}`] = target(`tool-${n}`, providerArn);
  }
  return { Resources: resources };
}

function exportName(n) {
  return `Identity${Math.floor(n / 10)}:ExportsOutputFnGetAttProvider${n}CredentialProviderArn`;
}
