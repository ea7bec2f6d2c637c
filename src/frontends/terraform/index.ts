import type { PlainMap } from '../../plain/map.js';
import type { Source } from '../../source/types.js';
import type { AccountRegion, Declaration, Dialect, FrontEnd, Lowered } from '../front-end.js';
import { Origins } from '../origins.js';
import { type Step, traversal } from './address.js';
import { withAttachments } from './attachments.js';
import { awsccTable } from './awscc.js';
import { awsResources, type ResourceTable } from './blocks.js';
import { CLOUD_CONTROL, cloudControlType, lowerCloudControl } from './cloud-control.js';
import { awsccDialect, embeddedDialect, terraformDialect } from './dialect.js';
import { readDocument, type TerraformDocument, type TerraformResource } from './document.js';
import { ResourceLowering } from './lower-resource.js';
import { References } from './references.js';
import { sensitiveTexts } from './sensitive.js';
import { type DeployedStack, deploysTemplate, readStack, stackAttribute, unreadStack } from './stacks.js';

/** The answer of `terraform show -json` for a plan or a state. */
export const terraform: FrontEnd = {
  id: 'terraform',
  lower(source: Source): Lowered | undefined {
    // A plan of something else is none of the linter's business.
    const document = /bedrock_?agentcore/i.test(source.text) ? readDocument(source.value) : undefined;
    return document === undefined
      ? undefined
      : {
          ...new DocumentLowering(document).lowered(),
          secrets: () => sensitiveTexts(source.value),
        };
  },
};

type Section = 'Resources' | 'Parameters' | 'Conditions' | 'Mappings' | 'Outputs';

/** Makes a template of a plan or a state. A resource bears its address as its logical id. */
class DocumentLowering {
  private readonly origins = new Origins();
  private readonly references: References;
  private readonly tables = new Map<TerraformResource, ResourceTable>();
  private readonly stacks = new Map<string, DeployedStack>();
  private readonly sections = new Map<Section, Map<string, unknown>>();
  /** The resource that deploys the template in which a logical id stands, and its name there. */
  private readonly deployed = new Map<string, { readonly by: string; readonly as: string }>();
  private readonly dialects = new Map<string, Dialect>();

  constructor(private readonly document: TerraformDocument) {
    this.references = new References(document.configuration);
  }

  lowered(): Lowered {
    const resources = [...this.document.resources.values()];
    for (const resource of resources) this.announce(resource);
    const lowered = new Map<string, PlainMap>();
    for (const resource of resources) {
      const made = this.lower(resource);
      if (made !== undefined) lowered.set(resource.address, made);
    }
    for (const [address, resource] of withAttachments(this.document, this.references, lowered)) {
      this.section('Resources').set(address, resource);
    }
    for (const stack of this.stacks.values()) this.addStack(stack);
    const sections = [...this.sections].map(
      ([name, entries]) => [name, Object.fromEntries(entries)] as const,
    );
    return {
      value: { Resources: {}, ...Object.fromEntries(sections) },
      origin: this.origins.origin,
      nameOf: (logicalId) => this.deployed.get(logicalId)?.by ?? logicalId,
      labelOf: (logicalId) => {
        const deployed = this.deployed.get(logicalId);
        return deployed && `${deployed.as} of ${deployed.by}`;
      },
      declarationOf: (logicalId) => this.declarationOf(this.deployed.get(logicalId)?.by ?? logicalId),
      dialectOf: (logicalId) => this.dialects.get(logicalId) ?? terraformDialect,
      accountRegionOf: (logicalId) => this.accountRegionOf(this.deployed.get(logicalId)?.by ?? logicalId),
    };
  }

  /** The region that a resource names, or its provider does, and the account of the ARN that it has. */
  private accountRegionOf(address: string): AccountRegion | undefined {
    const resource = this.document.resources.get(address);
    if (resource === undefined) return undefined;
    const arn = ['credential_provider_arn', 'gateway_arn', 'arn'].find(
      (name) => typeof resource.values[name] === 'string',
    );
    const [, , , inArn, account] = arn === undefined ? [] : String(resource.values[arn]).split(':');
    const region = resource.values.region ?? inArn ?? resource.region;
    return {
      account: account || undefined,
      region: typeof region === 'string' && region !== '' ? region : undefined,
    };
  }

  /** Where the code of the module has the resource, whose type and name are written out there. */
  private declarationOf(address: string): Declaration | undefined {
    const resource = this.document.resources.get(address);
    const directory = resource && this.document.configuration.directoryOf(resource.module);
    const name = traversal(address)
      ?.flatMap((step) => ('name' in step ? [step.name] : []))
      .at(-1);
    if (resource === undefined || directory === undefined || name === undefined) return undefined;
    if (!/^\w+$/.test(resource.type)) return undefined;
    const opening = new RegExp(`^([ \\t]*)resource[ \\t]+"${resource.type}"[ \\t]+"${name}"`, 'mu');
    return { directory, extension: '.tf', opening };
  }

  /** Makes a resource known to those that refer to it. */
  private announce(resource: TerraformResource): void {
    const { address, type } = resource;
    const table = (Object.hasOwn(awsResources, type) ? awsResources[type] : undefined) ?? awsccTable(type);
    if (type.startsWith('awscc_')) this.dialects.set(address, awsccDialect);
    if (type === CLOUD_CONTROL || deploysTemplate(type)) this.dialects.set(address, embeddedDialect);
    if (table !== undefined) {
      this.tables.set(resource, table);
      this.references.add({
        resource,
        type: table.type,
        attribute: (path) => attributeOf(address, table, path),
        identities: table.identities,
      });
    } else if (deploysTemplate(type)) {
      this.references.add({
        resource,
        type: 'AWS::CloudFormation::Stack',
        attribute: (path) => stackAttribute(() => this.stack(resource), path),
        identities: [],
      });
    } else if (type === CLOUD_CONTROL) {
      // Its `id` is the primary identifier, which `Ref` gives; `properties` is a text that holds it.
      this.references.add({
        resource,
        type: cloudControlType(resource) ?? '',
        attribute: ([first]) =>
          first !== undefined && 'name' in first && /^(?:id|properties)$/.test(first.name)
            ? { Ref: address }
            : undefined,
        identities: ['id'],
      });
    }
  }

  private lower(resource: TerraformResource): PlainMap | undefined {
    const table = this.tables.get(resource);
    if (table !== undefined) {
      const properties = new ResourceLowering(resource, this.references, this.origins).properties(
        table.properties,
      );
      return { Type: table.type, Properties: properties };
    }
    if (deploysTemplate(resource.type)) {
      const stack = this.stack(resource);
      if (stack.moved !== undefined) return undefined;
      this.origins.note(['Resources', resource.address], resource.path);
      const values = [...resource.path, 'values'];
      this.origins.note(['Resources', resource.address, 'Properties'], values);
      this.origins.note(
        ['Resources', resource.address, 'Properties', 'TemplateURL'],
        [...values, typeof resource.values.template_url === 'string' ? 'template_url' : 'template_body'],
      );
      return unreadStack(stack);
    }
    const type = resource.type === CLOUD_CONTROL ? cloudControlType(resource) : undefined;
    return type === undefined ? undefined : lowerCloudControl(resource, type, this.references, this.origins);
  }

  private stack(resource: TerraformResource): DeployedStack {
    let stack = this.stacks.get(resource.address);
    if (stack === undefined) {
      // Stacks that are given outputs of one another, which Terraform refuses, end here.
      this.stacks.set(resource.address, { resource, moved: undefined, origin: resource.path });
      stack = readStack(resource, this.document, this.references);
      this.stacks.set(resource.address, stack);
    }
    return stack;
  }

  private addStack({ resource, moved, origin }: DeployedStack): void {
    if (moved === undefined) return;
    for (const [section, entries] of Object.entries(moved.sections)) {
      for (const [name, entry] of Object.entries(entries)) {
        const written = name.slice(resource.address.length + 1);
        this.section(section as Section).set(name, entry);
        // Nothing below a text has a place of its own: the text around it is shown.
        this.origins.note([section, name], [...origin, section, written]);
        if (section === 'Resources') {
          this.deployed.set(name, { by: resource.address, as: written });
          this.dialects.set(name, embeddedDialect);
        }
      }
    }
  }

  private section(name: Section): Map<string, unknown> {
    let entries = this.sections.get(name);
    if (entries === undefined) {
      entries = new Map();
      this.sections.set(name, entries);
    }
    return entries;
  }
}

/** What an attribute of a resource gives, as CloudFormation refers to it. */
function attributeOf(address: string, table: ResourceTable, path: readonly Step[]): unknown {
  const [first, ...rest] = path.filter((step): step is { readonly name: string } => 'name' in step);
  const { attributes } = table;
  const name =
    first === undefined || !Object.hasOwn(attributes, first.name) ? undefined : attributes[first.name];
  if (name === undefined) return undefined;
  if (name === 'Ref') return { Ref: address };
  return { 'Fn::GetAtt': [address, [name, ...rest.map((step) => pascal(step.name))].join('.')] };
}

function pascal(name: string): string {
  return name
    .split('_')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('');
}
