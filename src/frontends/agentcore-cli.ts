/**
 * The version of the AgentCore CLI, `@aws/agentcore` on npm, that was read and run for what is said of it here: its
 * schema, its `deploy`, and the construct that it synthesizes with (`@aws/agentcore-cdk` 0.1.0-alpha.45).
 */
export const AGENTCORE_CLI_VERSION = '0.30.0';

/** The same as messages say it: a patch release changes nothing of it. */
export const AGENTCORE_CLI = `AgentCore CLI ${AGENTCORE_CLI_VERSION.replace(/\.\d+$/, '')}`;

/** The property of a credential's provider that lists the keys which the CLI drops. */
export const IGNORED_BY_CLI = 'IgnoredByAgentCoreCli';
