import { isMap, own, ownMap, type PlainMap } from '../../plain/map.js';
import { inModule, moduleAround, moduleNames, type Step, traversal, written } from './address.js';

/** What an expression certainly is. */
export type Resolved =
  /** A constant that is written out. */
  | { readonly kind: 'constant'; readonly value: unknown }
  /** One attribute of one resource; no attribute where the expression names the resource as a whole. */
  | {
      readonly kind: 'resource';
      readonly address: string;
      readonly attribute: readonly Step[];
    }
  /** `reason` is a clause: "it refers to each.key". */
  | { readonly kind: 'unknown'; readonly reason: string };

/** How many variables and outputs an expression is followed through. */
const MAX_STEPS = 50;

/** An expression with more references is none that only hands one on. */
const MAX_REFERENCES = 50;

/**
 * What is written in the modules of a plan, as far as its `configuration` tells: an expression is there as the
 * references in it, not as it is written.
 */
export class Configuration {
  private readonly root: unknown;
  private readonly providers: PlainMap;
  /** The resources of each module by their address in it. */
  private readonly declarations = new Map<unknown, ReadonlyMap<unknown, unknown>>();

  /** @param configuration of a plan; a state has none */
  constructor(configuration: unknown) {
    this.root = own(configuration, 'root_module');
    this.providers = ownMap(configuration, 'provider_config');
  }

  /**
   * What is written for a resource.
   * @param module the address of the module that it stands in
   * @param address of the resource, as seen from the root
   */
  expressionsOf(module: string, address: string): PlainMap | undefined {
    const resource = this.resource(module, address);
    const expressions = own(resource, 'expressions');
    return isMap(expressions) ? expressions : undefined;
  }

  /** The region that the provider of a resource is configured for, where it is written out. Arguments as above. */
  regionOf(module: string, address: string): string | undefined {
    const key = own(this.resource(module, address), 'provider_config_key');
    const provider = typeof key === 'string' ? own(this.providers, key) : undefined;
    const region = own(own(own(provider, 'expressions'), 'region'), 'constant_value');
    return typeof region === 'string' ? region : undefined;
  }

  /**
   * What an expression certainly is: a constant, or an attribute that it refers to and nothing else. Variables are
   * followed to the call of the module, outputs into it.
   * @param expression as the configuration has it: `{ constant_value }` or `{ references }`
   * @param module the address of the module in which it is written
   */
  resolve(expression: unknown, module: string): Resolved {
    return this.follow(expression, module, MAX_STEPS);
  }

  /**
   * The addresses of the resources that an expression is made of, as far as it says which instances they are.
   * @param module the address of the module in which it is written
   */
  mentioned(expression: unknown, module: string): readonly string[] {
    const references = own(expression, 'references');
    if (!Array.isArray(references)) return [];
    const addresses = heads(references.slice(0, MAX_REFERENCES)).flatMap((reference) => {
      const resolved = this.follow({ references: [reference] }, module, MAX_STEPS);
      return resolved.kind === 'resource' ? [resolved.address] : [];
    });
    return [...new Set(addresses)];
  }

  /**
   * The folder of a module's code, relative to that of the root module; undefined for one that is not among the files.
   * @param module its address
   */
  directoryOf(module: string): string | undefined {
    const names = moduleNames(module);
    const sources = names.map((name, index) =>
      own(own(ownMap(this.module(names.slice(0, index)), 'module_calls'), name), 'source'),
    );
    return sources.every((source) => typeof source === 'string' && /^\.\.?(?:\/|$)/.test(source))
      ? sources.join('/')
      : undefined;
  }

  private follow(expression: unknown, module: string, steps: number): Resolved {
    if (isMap(expression) && Object.hasOwn(expression, 'constant_value')) {
      return { kind: 'constant', value: expression.constant_value };
    }
    const references = own(expression, 'references');
    if (!Array.isArray(references)) return unknown('it is known only after apply');
    const [only, ...others] = heads(references.slice(0, MAX_REFERENCES));
    if (only === undefined) return unknown('it is known only after apply');
    if (others.length > 0) return unknown(`it is made of ${[only, ...others].slice(0, 3).join(' and ')}`);
    const path = steps > 0 ? traversal(only) : undefined;
    if (path === undefined) return unknown(`it is made of ${only}`);
    return this.resolveReference(only, path, module, steps - 1);
  }

  private resolveReference(
    reference: string,
    path: readonly Step[],
    module: string,
    steps: number,
  ): Resolved {
    const open = unknown(`${reference} is known only after apply`);
    const [first, second] = path.map((step) => ('name' in step ? step.name : undefined));
    switch (first) {
      case undefined:
      case 'data':
      case 'each':
      case 'count':
      case 'local':
      case 'path':
      case 'self':
      case 'terraform':
        return open;
      case 'var': {
        if (module === '' || second === undefined) return open;
        const outer = moduleAround(module);
        const argument = own(own(this.callOf(module), 'expressions'), second);
        if (argument === undefined) return open;
        return partOf(this.follow(argument, outer, steps), path.slice(2)) ?? open;
      }
      case 'module':
        return this.output(path, module, steps) ?? open;
      default: {
        const length = path[2] !== undefined && 'key' in path[2] ? 3 : 2;
        const address = path.slice(0, length);
        if (second === undefined) return open;
        return {
          kind: 'resource',
          address: inModule(module, written(address)),
          attribute: path.slice(length),
        };
      }
    }
  }

  /** Follows `module.NAME.OUTPUT`, with or without the key of an instance. */
  private output(path: readonly Step[], module: string, steps: number): Resolved | undefined {
    const hasKey = path[2] !== undefined && 'key' in path[2];
    const output = path[hasKey ? 3 : 2];
    if (output === undefined || 'key' in output) return undefined;
    const called = inModule(module, written(path.slice(0, hasKey ? 3 : 2)));
    const call = this.callOf(called);
    if (!hasKey && (own(call, 'count_expression') ?? own(call, 'for_each_expression')) !== undefined)
      return undefined;
    const declared = own(ownMap(own(call, 'module'), 'outputs'), output.name);
    return declared === undefined
      ? undefined
      : partOf(this.follow(own(declared, 'expression'), called, steps), path.slice(hasKey ? 4 : 3));
  }

  /** The call of a module in the module around it. */
  private callOf(module: string): unknown {
    const names = moduleNames(module);
    const last = names[names.length - 1];
    return last === undefined
      ? undefined
      : own(ownMap(this.module(names.slice(0, -1)), 'module_calls'), last);
  }

  private module(names: readonly string[]): unknown {
    return names.reduce(
      (around, name) => own(own(ownMap(around, 'module_calls'), name), 'module'),
      this.root,
    );
  }

  private resource(module: string, address: string): unknown {
    const steps = traversal(address) ?? [];
    const last = steps[steps.length - 1];
    const bare = last !== undefined && 'key' in last ? steps.slice(0, -1) : steps;
    return this.declared(module, written(bare.slice(-2)));
  }

  private declared(module: string, name: string): unknown {
    const resources = own(this.module(moduleNames(module)), 'resources');
    if (!Array.isArray(resources)) return undefined;
    let known = this.declarations.get(resources);
    if (known === undefined) {
      known = new Map(resources.map((resource) => [own(resource, 'address'), resource]));
      this.declarations.set(resources, known);
    }
    return known.get(name);
  }
}

/** A part of what an expression is: an attribute of a resource that is handed on as a whole. */
function partOf(resolved: Resolved, path: readonly Step[]): Resolved | undefined {
  if (path.length === 0 || resolved.kind === 'unknown') return resolved;
  return resolved.kind === 'resource' && resolved.attribute.length === 0
    ? { ...resolved, attribute: path }
    : undefined;
}

/** The references that are no beginning of another: Terraform lists `a.b.c` with `a.b` behind it. */
function heads(references: readonly unknown[]): string[] {
  const texts = [...new Set(references.filter((one): one is string => typeof one === 'string'))];
  const goesOn = (text: string, other: string) =>
    other.startsWith(`${text}.`) || other.startsWith(`${text}[`);
  return texts.filter((text) => !texts.some((other) => goesOn(text, other)));
}

function unknown(reason: string): Resolved {
  return { kind: 'unknown', reason };
}
