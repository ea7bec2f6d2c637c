import type { Step } from './address.js';
import type { Configuration } from './configuration.js';
import type { TerraformResource } from './document.js';

/** What an expression gives in the template that is made. */
export type Followed =
  | { readonly kind: 'value'; readonly value: unknown }
  /** `reason` is a clause: "it is made of each.key and aws_x.y". */
  | { readonly kind: 'unknown'; readonly reason: string };

/** A resource as others refer to it. */
export interface Referable {
  readonly resource: TerraformResource;
  /** Its type in CloudFormation. */
  readonly type: string;
  /** What an attribute gives, in the template that is made; undefined for one that nobody knows. */
  attribute(path: readonly Step[]): unknown;
  /** The attributes whose values lead back to it: ARNs and ids, by their name in Terraform. */
  readonly identities: readonly string[];
}

/** Leads from an expression, or from the ARN or id that it gave, to the resource that it stands for. */
export class References {
  private readonly byAddress = new Map<string, Referable>();
  private readonly byIdentity = new Map<string, unknown>();
  /** The addresses that stand for several instances, none of which they name. */
  private readonly repeated = new Set<string>();

  constructor(private readonly configuration: Configuration) {}

  add(referable: Referable): void {
    const { resource, identities } = referable;
    const { address } = resource;
    this.byAddress.set(address, referable);
    if (address.endsWith(']')) this.repeated.add(address.slice(0, address.lastIndexOf('[')));
    for (const name of identities) {
      const identity = resource.values[name];
      if (typeof identity !== 'string' || identity === '') continue;
      const isTwice = this.byIdentity.has(identity);
      this.byIdentity.set(identity, isTwice ? undefined : referable.attribute([{ name }]));
    }
  }

  /**
   * The one resource of a type among those that an expression is made of.
   * @param type in CloudFormation
   * @param module the address of the module in which the expression is written
   * @returns undefined where there is none, or several are
   */
  onlyOf(type: string, expression: unknown, module: string): Referable | undefined {
    const found = this.configuration
      .mentioned(expression, module)
      .flatMap((address) => this.byAddress.get(address) ?? [])
      .filter((one) => one.type === type);
    return found.length === 1 ? found[0] : undefined;
  }

  /** A reference to the resource that bears an ARN or id; undefined where none does, or several do. */
  named(identity: string): unknown {
    return this.byIdentity.get(identity);
  }

  /**
   * Follows what is written for an attribute.
   * @param expression as the configuration has it
   * @param module the address of the module in which it is written
   */
  follow(expression: unknown, module: string): Followed {
    const resolved = this.configuration.resolve(expression, module);
    switch (resolved.kind) {
      case 'constant':
        return resolved.value === null || resolved.value === undefined
          ? { kind: 'unknown', reason: 'it is null' }
          : { kind: 'value', value: resolved.value };
      case 'unknown':
        return resolved;
      case 'resource': {
        const { address, attribute } = resolved;
        const value = this.byAddress.get(address)?.attribute(attribute);
        if (value !== undefined) return { kind: 'value', value };
        const reason = this.repeated.has(address)
          ? `the plan does not say which instance of ${address} it is`
          : `${address} tells it only after apply`;
        return { kind: 'unknown', reason };
      }
    }
  }
}
