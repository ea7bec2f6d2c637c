import type { LinkTarget, OutputReference } from '../evaluate/links.js';
import type { Scenario } from '../evaluate/scenario.js';
import { type Cursor, cursorAt, type StackInstance } from '../evaluate/stack-instance.js';
import { displayText, knownText } from '../evaluate/value.js';
import type { AccountRegion } from '../frontends/front-end.js';
import { gather } from '../plain/gather.js';
import { isMap, own } from '../plain/map.js';
import { MAX_CANDIDATES } from './name-index.js';
import { differ, nearest } from './nearness.js';
import type { TemplateFile } from './store.js';

/** Something that one stack of an app leaves for another, and where it can be read. */
interface Offer {
  readonly value: Cursor;
  readonly accountRegion: AccountRegion;
}

/** References that name a stack, or an export that the CDK writes into another region. */
export class StackLinks {
  private exports: ReadonlyMap<string, readonly Offer[]> | undefined;
  private filesByStack: ReadonlyMap<string, readonly TemplateFile[]> | undefined;
  private undeployed: readonly StackInstance[] | undefined;

  constructor(
    private readonly files: () => Iterable<TemplateFile>,
    private readonly instances: (file: TemplateFile) => readonly StackInstance[],
  ) {}

  /** The value that a CDK cross-region export writer publishes under a name. */
  crossRegionExport(name: string, from: StackInstance, when: Scenario): readonly LinkTarget[] {
    this.exports ??= this.findExports();
    const offers = (this.exports.get(name) ?? []).filter(({ value }) => value.instance !== from);
    return target(
      offers,
      from,
      from,
      when,
      'the cross-region export is written here',
      `no template in view writes the cross-region export ${name}`,
    );
  }

  /** The output of a stack, as `Fn::GetStackOutput` names it. */
  stackOutput(reference: OutputReference, from: StackInstance, when: Scenario): readonly LinkTarget[] {
    const stackName = knownText(reference.stackName);
    const offersOf = (instances: readonly StackInstance[]): readonly Offer[] =>
      instances
        .map((instance) => ({
          value: cursorAt(instance, 'Outputs', reference.output, 'Value'),
          accountRegion: instance,
        }))
        .filter(({ value }) => value.exists);
    let offers = stackName === undefined ? [] : offersOf(this.stacksCalled(stackName));
    if (offers.length === 0) offers = bestNamed(offersOf(this.withoutNames()), stackName);
    const accountRegion = {
      account: reference.account ?? from.account,
      region: reference.region ?? from.region,
    };
    const stack = displayText(reference.stackName);
    return target(
      offers,
      from,
      accountRegion,
      when,
      'the output is declared here',
      `no template in view is deployed as the stack ${stack} with the output ${reference.output}`,
    );
  }

  private stacksCalled(stackName: string): readonly StackInstance[] {
    this.filesByStack ??= this.findStacks();
    return (this.filesByStack.get(stackName) ?? [])
      .flatMap((file) => this.instances(file))
      .filter((instance) => instance.parent === undefined && instance.stackName === stackName);
  }

  /** Templates of which nobody knows what their stack is called. */
  private withoutNames(): readonly StackInstance[] {
    this.undeployed ??= [...this.files()]
      .filter((file) => file.file.stacks.length === 0)
      .flatMap((file) => this.instances(file))
      .filter((instance) => instance.parent === undefined);
    return this.undeployed;
  }

  private findExports(): ReadonlyMap<string, readonly Offer[]> {
    const exports = new Map<string, Offer[]>();
    for (const file of [...this.files()]) {
      if (!file.mentions.crossRegionWriter) continue;
      for (const instance of this.instances(file)) {
        for (const properties of writersOf(instance)) {
          const names = properties.child('exports');
          const region = own(properties.raw, 'region');
          const accountRegion = {
            account: instance.account,
            region: typeof region === 'string' ? region : undefined,
          };
          for (const name of isMap(names.raw) ? Object.keys(names.raw) : []) {
            gather(exports, name, { value: names.child(name), accountRegion });
          }
        }
      }
    }
    return exports;
  }

  private findStacks(): ReadonlyMap<string, readonly TemplateFile[]> {
    const byName = new Map<string, TemplateFile[]>();
    for (const file of this.files()) {
      for (const name of new Set(file.file.stacks.map(({ stackName }) => stackName))) {
        if (name !== undefined) gather(byName, name, file);
      }
    }
    return byName;
  }
}

/** The `WriterProps` of an instance's export writers. */
function writersOf(instance: StackInstance): Cursor[] {
  const resources = instance.template.section('Resources');
  return Object.keys(resources)
    .filter((logicalId) => own(resources[logicalId], 'Type') === 'Custom::CrossRegionExportWriter')
    .map((logicalId) => cursorAt(instance, 'Resources', logicalId, 'Properties', 'WriterProps'));
}

/** Those whose file is called like the stack, as the CDK calls it; else all. */
function bestNamed(offers: readonly Offer[], stackName: string | undefined): readonly Offer[] {
  const called = offers.filter(({ value }) => {
    const { file } = value.instance.template;
    return file.slice(file.lastIndexOf('/') + 1).startsWith(`${stackName}.`);
  });
  return called.length > 0 ? called : offers;
}

/** The one offer that can be read in a accountRegion. */
function target(
  offers: readonly Offer[],
  from: StackInstance,
  accountRegion: AccountRegion,
  when: Scenario,
  message: string,
  missing: string,
): readonly LinkTarget[] {
  const near = nearest(
    offers.filter((offer) => !differ(offer.accountRegion, accountRegion)),
    ({ value }) => value.instance,
    from,
  );
  const [only] = near;
  if (only === undefined) return [{ found: false, reason: missing, when }];
  if (near.length > 1) {
    const files = [...new Set(near.map(({ value }) => value.instance.template.file))].sort();
    const reason = `it can come from one of several stacks, in ${files.join(', ')}`;
    const candidates = near.map(({ value }) => value);
    return [{ found: false, reason, when, ...(candidates.length <= MAX_CANDIDATES && { candidates }) }];
  }
  const { value } = only;
  return [
    { found: true, cursor: value, when, hops: [{ message, instance: value.instance, path: value.path }] },
  ];
}
