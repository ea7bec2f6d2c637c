/** Put in by the build. */
declare const CFN_TX_LINT_VERSION: string | undefined;

/** The version of this package as in its package.json; `0.0.0-source` when the sources run unbuilt. */
export const version = typeof CFN_TX_LINT_VERSION === 'string' ? CFN_TX_LINT_VERSION : '0.0.0-source';
