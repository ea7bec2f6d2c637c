import { isMap, own } from '../plain/map.js';
import type { Path, PathStep } from '../source/types.js';
import { connectionDialect } from './agentcore-dialect.js';
import { RUNTIME_CODE_TYPE } from './front-end.js';
import { type Lowering, written } from './lowering.js';

const AS_IT_IS = (step: PathStep): PathStep => step;

/**
 * Adds the connections of a runtime or a harness to gateways elsewhere: generated code asks for the token, by the
 * grant that stands here (`connections.js` of @aws/agentcore-cdk).
 * @param value the runtime or harness
 */
export function connections(lowering: Lowering, value: unknown, path: Path, name: string): void {
  const list = own(value, 'connections');
  if (!Array.isArray(list)) return;
  list.forEach((connection, index) => {
    const oauth = own(own(own(connection, 'to'), 'outboundAuth'), 'oauth');
    if (!isMap(oauth)) return;
    const at = [...path, 'connections', index];
    const block = oauthBlock(oauth, [...at, 'to', 'outboundAuth', 'oauth']);
    lowering.add(RUNTIME_CODE_TYPE, name, at, { Oauth: block }, connectionDialect);
  });
}

/** An `oauth` block of the CLI's schema as CloudFormation writes one. */
export function oauthBlock(oauth: unknown, path: Path): unknown {
  if (!isMap(oauth)) return undefined;
  const field = (key: string): unknown => written(own(oauth, key), [...path, key]);
  const grant = own(oauth, 'grantType');
  return written(
    {
      ProviderArn: field('providerArn'),
      Scopes: field('scopes'),
      // The CLI's word for it in `harness.json`; the construct translates it as well.
      GrantType: written(grant === 'USER_FEDERATION' ? 'AUTHORIZATION_CODE' : grant, [...path, 'grantType']),
      CustomParameters: written(own(oauth, 'customParameters'), [...path, 'customParameters'], AS_IT_IS),
    },
    path,
  );
}
