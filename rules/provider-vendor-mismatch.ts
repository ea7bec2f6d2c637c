import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';

export const providerVendorMismatch = defineRule({
  id: 'provider-vendor-mismatch',
  severity: 'error',
  on: 'provider',
  summary:
    'The CredentialProviderVendor of a provider and the block in its Oauth2ProviderConfigInput disagree, or there are several blocks.',
  rationale:
    'Which block of the union applies follows from the vendor. CloudFormation\'s schema does not link the two, so the creation fails with "Provided configuration does not match selected type".',
  remedy:
    'CustomOauth2 goes with CustomOauth2ProviderConfig; Google, Github, Slack, Salesforce, Microsoft, Atlassian and Linkedin have a block of their own name; all other vendors take IncludedOauth2ProviderConfig. Exactly one block may stand there.',
  sources: [sources.providerConfigInput, sources.createCredentialProvider],
  messages: {
    otherBlock: {
      consequence: 'deployment-fails',
      message:
        '{provider} is of the vendor {vendor}, which takes {expected}, but has {block}, so the deployment fails.',
      help: 'Rename {block} to {expected}, or change the vendor.',
    },
    severalBlocks: {
      consequence: 'deployment-fails',
      message:
        '{provider} is of the vendor {vendor} and has several config blocks: {blocks}, so the deployment fails.',
      help: 'Keep {expected} only.',
    },
    misspelledBlock: {
      consequence: 'deployment-fails',
      message:
        '{provider} has {block} in its Oauth2ProviderConfigInput, which CloudFormation does not know, so the deployment fails; did you mean {suggestion}?',
      help: 'The vendor {vendor} takes {expected}.',
    },
    misspelledVendor: {
      consequence: 'deployment-fails',
      message:
        "The vendor '{vendor}' of {provider} is not one that CloudFormation knows, so the deployment fails; did you mean {suggestion}?",
      help: 'Write {suggestion}.',
    },
    emptyInput: {
      consequence: 'deployment-fails',
      message:
        '{provider} is of the vendor {vendor}, and its {input} is empty, where it needs one block, so the deployment fails.',
      help: 'Add {expected} to {input}.',
    },
    misspelledKey: {
      consequence: 'deployment-fails',
      message:
        '{provider} has {written} among its Properties, which CloudFormation does not know; it is called {key}, so the deployment fails.',
      help: 'Rename it to {key}, and the properties below it likewise: CloudFormation writes them with a capital letter.',
    },
    noBlock: {
      consequence: 'deployment-fails',
      message: '{provider} is of the vendor {vendor}, but has no {expected}, so the deployment fails.',
      help: 'Add Oauth2ProviderConfigInput with {expected}.',
    },
  },
  check: {
    provider(provider, when, context) {
      for (const problem of provider.unionProblems(when)) context.report(problem);
    },
  },
});
