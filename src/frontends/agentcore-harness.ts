import { isMap, own } from '../plain/map.js';
import { connections, oauthBlock } from './agentcore-connections.js';
import { harnessDialect } from './agentcore-dialect.js';
import type { FrontEnd } from './front-end.js';
import { Lowering, written } from './lowering.js';

/** `harness.json` of the AgentCore CLI: the tools of a harness, and what calls gateways elsewhere. */
export const agentcoreHarness: FrontEnd = {
  id: 'agentcore-harness',
  lower({ value }) {
    if (!isMap(value)) return undefined;
    const tools = own(value, 'tools');
    const isHarness =
      (Array.isArray(tools) && tools.some((tool) => own(tool, 'type') === 'agentcore_gateway')) ||
      isConnected(own(value, 'connections'));
    // The API's answers and requests have tools of the same types.
    if (!isHarness || own(value, 'harnessName') !== undefined || own(value, 'harness') !== undefined)
      return undefined;
    const written_ = own(value, 'name');
    const name = typeof written_ === 'string' && written_ !== '' ? written_ : 'harness';
    const lowering = new Lowering(harnessDialect);
    lowering.add('AWS::BedrockAgentCore::Harness', name, [...(written_ === undefined ? [] : ['name'])], {
      HarnessName: written(own(value, 'name'), ['name']),
      Tools: written(
        (Array.isArray(tools) ? tools : []).map((tool, index) => {
          const at = ['tools', index];
          const gateway = own(own(tool, 'config'), 'agentCoreGateway');
          if (!isMap(gateway)) return written({ Type: own(tool, 'type') }, at);
          const within = [...at, 'config', 'agentCoreGateway'];
          const auth = own(gateway, 'outboundAuth');
          return written(
            {
              Type: own(tool, 'type'),
              Name: own(tool, 'name'),
              Config: {
                AgentCoreGateway: written(
                  {
                    GatewayArn: written(own(gateway, 'gatewayArn'), [...within, 'gatewayArn']),
                    OutboundAuth: isMap(auth)
                      ? written(
                          { Oauth: oauthBlock(own(auth, 'oauth'), [...within, 'outboundAuth', 'oauth']) },
                          [...within, 'outboundAuth'],
                        )
                      : undefined,
                  },
                  within,
                ),
              },
            },
            at,
          );
        }),
        ['tools'],
      ),
    });
    connections(lowering, value, [], name);
    return lowering.lowered();
  },
};

/** Whether a list is one of connections to what AgentCore runs: other programs have connections of their own. */
function isConnected(list: unknown): boolean {
  return (
    Array.isArray(list) &&
    list.some((connection) => {
      const arn = own(own(connection, 'to'), 'arn');
      return typeof arn === 'string' && arn.includes(':bedrock-agentcore:');
    })
  );
}
