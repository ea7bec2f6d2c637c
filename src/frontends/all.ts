import { agentcoreApi } from './agentcore-api.js';
import { agentcoreHarness } from './agentcore-harness.js';
import { agentcoreProject } from './agentcore-project.js';
import { awsCustomResource } from './aws-custom-resource.js';
import type { FrontEnd } from './front-end.js';
import { packaging } from './packaging.js';
import { templateAnswer } from './template-answer.js';
import { terraform } from './terraform/index.js';

/** The front ends of JSON and YAML, for callers that cannot wait until one is loaded. */
export const plainFrontEnds: readonly FrontEnd[] = [
  templateAnswer,
  awsCustomResource,
  packaging,
  agentcoreProject,
  agentcoreHarness,
  agentcoreApi,
  terraform,
];
