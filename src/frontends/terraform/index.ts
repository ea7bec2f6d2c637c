import type { PlainMap } from '../../plain/map.js';
import type { Source } from '../../source/types.js';
import type { FrontEnd, Lowered } from '../front-end.js';
import { Origins } from '../origins.js';
import type { Step } from './address.js';
import { addAttachments } from './attachments.js';
import { awsResources, type ResourceTable } from './blocks.js';
import { readDocument, type TerraformResource } from './document.js';
import { ResourceLowering } from './lower-resource.js';
import { References } from './references.js';

/** The answer of `terraform show -json` for a plan or a state. */
export const terraform: FrontEnd = { id: 'terraform', lower };

function lower(source: Source): Lowered | undefined {
  const document = readDocument(source.value);
  if (document === undefined) return undefined;
  const origins = new Origins();
  const references = new References(document.configuration);
  const found: { readonly resource: TerraformResource; readonly table: ResourceTable }[] = [];
  for (const resource of document.resources.values()) {
    const table = tableOf(resource.type);
    if (table === undefined) continue;
    found.push({ resource, table });
    references.add({
      resource,
      attribute: (path) => attributeOf(resource.address, table, path),
      identities: table.identities ?? [],
    });
  }
  const resources: Record<string, PlainMap> = {};
  for (const { resource, table } of found) {
    const lowering = new ResourceLowering(resource, references, origins);
    resources[resource.address] = { Type: table.type, Properties: lowering.properties(table.properties) };
  }
  addAttachments(document, references, resources);
  return {
    value: { Resources: resources },
    origin: origins.origin,
    nameOf: (logicalId) => logicalId,
    dialectOf: () => terraformDialect,
  };
}
