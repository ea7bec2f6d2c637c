import { lowerFirst } from './api-shapes.js';
import type { Dialect, Saying } from './front-end.js';

/** What differs between the ways of calling the API: JSON for the AWS CLI, a custom resource, Python. */
const SAYINGS: Readonly<Record<string, Saying>> = {};

/** The words of the control-plane API: CloudFormation's with a small first letter. */
export const apiDialect: Dialect = {
  name: 'the API',
  word: lowerFirst,
  sayings: SAYINGS,
  fixes: false,
  facts: {
    // HarnessGatewayOutboundAuth is the same union member as a target's in the API's model (SDK 3.1142.0).
    grants: { harness: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'TOKEN_EXCHANGE'] },
  },
};
