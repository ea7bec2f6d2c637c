import { isMap, own, type PlainMap } from '../../plain/map.js';
import type { Path } from '../../source/types.js';
import { embeddedJson } from '../embedded-json.js';
import { unknownValue } from '../front-end.js';
import type { Origins } from '../origins.js';
import { type AttributeEntry, type BlockTable, credentialBlocks, type Entry } from './blocks.js';
import type { TerraformResource } from './document.js';
import { GIVEN_SECRET } from './embedded.js';
import type { References } from './references.js';

/** Stands for a secret that is written in clear: nobody needs to know it. */
const CLEAR_SECRET = '****';

/** Where a block stands in the template that is made, in the document, and below the values of its resource. */
interface BlockPaths {
  readonly to: Path;
  readonly from: Path;
  readonly within: Path;
}

type Draft = Record<string, unknown>;

/** Makes a resource of CloudFormation's of one of Terraform's, block by block. */
export class ResourceLowering {
  constructor(
    private readonly resource: TerraformResource,
    private readonly references: References,
    private readonly origins: Origins,
  ) {}

  /** The properties, and where they come from. */
  properties(table: BlockTable): Draft {
    const { address, path, values, expressions } = this.resource;
    const to = ['Resources', address, 'Properties'];
    this.origins.note(['Resources', address], path);
    const paths: BlockPaths = { to, from: [...path, 'values'], within: [] };
    return this.block(table, values, expressions, paths);
  }

  private block(table: BlockTable, values: PlainMap, expressions: unknown, paths: BlockPaths): Draft {
    this.origins.note(paths.to, paths.from, spellingOf(table));
    const lowered: Draft = {};
    for (const [name, entry] of Object.entries(table)) {
      const value = this.entry(name, entry, values, expressions, paths);
      if (value !== undefined) lowered[entry.to] = value;
    }
    return lowered;
  }

  private entry(
    name: string,
    entry: Entry,
    values: PlainMap,
    expressions: unknown,
    paths: BlockPaths,
  ): unknown {
    const value = own(values, name);
    const written = writtenOf(expressions, name);
    const at: BlockPaths = {
      to: [...paths.to, entry.to],
      from: [...paths.from, name],
      within: [...paths.within, name],
    };
    this.origins.note(at.to, at.from);
    if ((value ?? null) === null && isLeftOut(expressions, name, this.resource.module)) return undefined;
    if (entry.kind === 'attribute') return this.attribute(entry, value, written, expressions, at);
    if (value === undefined || value === null) return this.missingBlock(entry, value, at);
    const blocks = blocksOf(value, written, at, entry.kind === 'block' && entry.nesting === 'set');
    if (entry.kind === 'credentials') {
      const listed = blocks.map((block, index) => this.credentials(block, [...at.to, index]));
      return listed.length === 0 ? undefined : listed;
    }
    if (entry.nesting !== 'one') {
      const listed = blocks.map(({ value: item, written: inItem, paths: of }, index) =>
        isMap(item)
          ? this.block(entry.of, item, inItem, { ...of, to: [...at.to, index] })
          : this.open(of.within),
      );
      return listed.length === 0 ? undefined : listed;
    }
    const [only] = blocks;
    if (only === undefined) return undefined;
    if (!isMap(only.value)) return this.open(only.paths.within);
    const members = entry.isUnion === true ? membersOf(entry.of, only.value) : entry.of;
    if (members === undefined) return this.open(only.paths.within);
    return this.block(members, only.value, only.written, { ...only.paths, to: at.to });
  }

  /** An attribute: its value where it is known, else what the configuration says of it. */
  private attribute(
    entry: AttributeEntry,
    value: unknown,
    written: unknown,
    expressions: unknown,
    at: BlockPaths,
  ): unknown {
    if (entry.secret === true) return this.secret(entry, value, written, expressions, at);
    if (value !== undefined && value !== null) return this.known(entry, value, at);
    if (entry.made === true || (entry.gathered === true && this.isNotWritten(at))) return undefined;
    if (entry.writeOnly !== undefined && own(expressions, entry.writeOnly) !== undefined) {
      return this.open(at.within, `${entry.writeOnly} is write-only: no plan shows it`);
    }
    if (written === undefined) {
      return value === null && entry.writeOnly === undefined && this.resource.isUnset(at.within)
        ? undefined
        : this.open(at.within);
    }
    if (written instanceof Around) {
      return value === null && this.resource.isUnset(at.within) ? undefined : this.among(entry, written, at);
    }
    const resolved = this.references.follow(written, this.resource.module);
    if (resolved.kind === 'value') return resolved.value;
    if (value === null && this.resource.isUnset(at.within) && entry.writeOnly === undefined) return undefined;
    return this.open(at.within, resolved.reason);
  }

  /** A reference among those of the expression around it: the one to a resource of the type that belongs there. */
  private among(entry: AttributeEntry, { expression }: Around, at: BlockPaths): unknown {
    const wanted = entry.refers === true ? REFERRED[entry.to] : undefined;
    const found =
      wanted === undefined
        ? undefined
        : this.references.onlyOf(wanted.type, expression, this.resource.module);
    if (wanted === undefined || found === undefined) return this.open(at.within);
    const { address } = found.resource;
    return wanted.attribute === 'Ref' ? { Ref: address } : { 'Fn::GetAtt': [address, wanted.attribute] };
  }

  private known(entry: AttributeEntry, value: unknown, at: BlockPaths): unknown {
    if (entry.json === true) {
      return typeof value === 'string'
        ? (embeddedJson(value) ?? this.open(at.within, 'its text is no JSON'))
        : this.open(at.within);
    }
    // What is unknown in a list stands there as null.
    if (Array.isArray(value)) {
      return value.map((item, index) =>
        item === null ? this.open([...at.within, index]) : this.identified(entry, item),
      );
    }
    return this.identified(entry, value);
  }

  private identified(entry: AttributeEntry, value: unknown): unknown {
    return entry.refers === true && typeof value === 'string'
      ? (this.references.named(value) ?? value)
      : value;
  }

  /** A plan has every secret in clear: whether somebody wrote it so, only the configuration tells. */
  private secret(
    { writeOnly }: AttributeEntry,
    value: unknown,
    written: unknown,
    expressions: unknown,
    at: BlockPaths,
  ): unknown {
    const isWritten = isMap(written) && typeof own(written, 'constant_value') === 'string';
    if (isWritten && value !== '') return CLEAR_SECRET;
    if (typeof value === 'string' && value !== '') return GIVEN_SECRET;
    const isElsewhere =
      writeOnly !== undefined && !(isMap(expressions) && own(expressions, writeOnly) === undefined);
    if (value === null && !isElsewhere && this.resource.isUnset(at.within)) return undefined;
    return this.open(at.within, 'it is a secret');
  }

  private missingBlock(entry: Entry, value: unknown, at: BlockPaths): unknown {
    if (entry.kind === 'block' && entry.gathered === true && this.isNotWritten(at)) return undefined;
    return value === null && this.resource.isUnset(at.within) ? undefined : this.open(at.within);
  }

  /**
   * Whether a resource is made without an attribute: the configuration of it is there, and says nothing of the
   * attribute. What a `dynamic` block makes is not in the configuration, but among the values.
   */
  private isNotWritten({ within }: BlockPaths): boolean {
    const { expressions, isCreated } = this.resource;
    const [name] = within;
    return (
      isCreated &&
      expressions !== undefined &&
      Object.keys(expressions).length > 0 &&
      within.length === 1 &&
      own(expressions, name ?? '') === undefined
    );
  }

  /** One `credential_provider_configuration`: CloudFormation wants the type as well, which here the block is. */
  private credentials(block: FoundBlock, to: Path): unknown {
    const { value, written, paths } = block;
    this.origins.note(to, paths.from);
    if (!isMap(value)) return this.open(paths.within);
    let isOpen = false;
    for (const [name, { type, to: blockName, of }] of Object.entries(credentialBlocks)) {
      const entry = own(value, name);
      if (entry === undefined) isOpen = true;
      if (entry === undefined || entry === null) continue;
      const at: BlockPaths = { to, from: [...paths.from, name], within: [...paths.within, name] };
      const [inner] = blocksOf(entry, own(written, name), at, false);
      if (inner === undefined) continue;
      for (const key of ['CredentialProviderType', 'CredentialProvider'])
        this.origins.note([...to, key], at.from);
      if (blockName === '') return { CredentialProviderType: type };
      const innerTo = [...to, 'CredentialProvider', blockName];
      const lowered = isMap(inner.value)
        ? this.block(of, inner.value, inner.written, { ...inner.paths, to: innerTo })
        : this.open(inner.paths.within);
      // A role that signs for no service is written as an empty block.
      if (isMap(lowered) && Object.keys(lowered).length === 0) return { CredentialProviderType: type };
      return { CredentialProviderType: type, CredentialProvider: { [blockName]: lowered } };
    }
    return isOpen ? this.open(paths.within) : {};
  }

  private open(within: Path, why?: string): unknown {
    const name = within.filter((step) => typeof step === 'string').join('.');
    const what = `${name === '' ? 'a value' : name} of ${this.resource.address}`;
    return unknownValue(
      why === undefined ? `${what} is known only after apply` : `${what} is not known: ${why}`,
    );
  }
}

/**
 * An attribute that holds others is written as one expression: the plan tells what all of it refers to, and not which
 * part does.
 */
class Around {
  constructor(readonly expression: unknown) {}
}

/** What is written for a part of a block, or of an attribute that holds others. */
function writtenOf(expressions: unknown, name: string): unknown {
  if (expressions instanceof Around) return expressions;
  if (Array.isArray(own(expressions, 'references'))) return new Around(expressions);
  const constant = own(expressions, 'constant_value');
  if (!isMap(constant)) return own(expressions, name);
  const value = own(constant, name);
  return value === undefined ? undefined : { constant_value: value };
}

/**
 * Whether an attribute that holds others certainly is not given one of them: all that is written for it is known when
 * Terraform plans, and this is not among it.
 */
function isLeftOut(expressions: unknown, name: string, module: string): boolean {
  const constant = own(expressions, 'constant_value');
  if (isMap(constant)) return (own(constant, name) ?? null) === null;
  const { expression = expressions } = expressions instanceof Around ? expressions : {};
  const references = own(expression, 'references');
  // Only those of the root module are always known.
  return (
    module === '' && Array.isArray(references) && references.every((one) => ALWAYS_KNOWN.test(String(one)))
  );
}

const ALWAYS_KNOWN = /^(?:var|path|terraform)\./;

/** What the attributes refer to whose names tell it, and which of its attributes they are given. */
const REFERRED: Readonly<Record<string, { readonly type: string; readonly attribute: string }>> = {
  ClientId: { type: 'AWS::Cognito::UserPoolClient', attribute: 'Ref' },
  GatewayArn: { type: 'AWS::BedrockAgentCore::Gateway', attribute: 'GatewayArn' },
  GatewayIdentifier: { type: 'AWS::BedrockAgentCore::Gateway', attribute: 'Ref' },
  ProviderArn: { type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider', attribute: 'Ref' },
};

interface FoundBlock {
  readonly value: unknown;
  readonly written: unknown;
  readonly paths: BlockPaths;
}

/** The blocks of one name: a list in most providers, a map where there can be one only. */
function blocksOf(value: unknown, written: unknown, at: BlockPaths, isSet: boolean): FoundBlock[] {
  if (!Array.isArray(value)) {
    return [{ value, written: Array.isArray(written) ? written[0] : written, paths: at }];
  }
  // What is made by `dynamic` is not among the written ones, and a set is in no order.
  const areAligned =
    Array.isArray(written) && written.length === value.length && !(isSet && value.length > 1);
  const writtenAt = (index: number): unknown => {
    if (written instanceof Around || Array.isArray(own(written, 'references')))
      return written instanceof Around ? written : new Around(written);
    if (areAligned) return written[index];
    const constant = own(own(written, 'constant_value'), index);
    return constant === undefined ? undefined : { constant_value: constant };
  };
  return value.map((item, index) => ({
    value: item,
    written: writtenAt(index),
    paths: { to: at.to, from: [...at.from, index], within: [...at.within, index] },
  }));
}

/**
 * The blocks that a union has: of what it takes, the one that is there. Undefined where none is and some are not known.
 */
function membersOf(table: BlockTable, values: PlainMap): BlockTable | undefined {
  const entries = Object.entries(table);
  const present = entries.filter(([name]) => isPresent(own(values, name)));
  if (present.length > 0) return Object.fromEntries(present);
  return entries.every(([name]) => own(values, name) !== undefined) ? {} : undefined;
}

function isPresent(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isMap(value);
}

/** How a block spells the names of CloudFormation. */
function spellingOf(table: BlockTable): (step: string | number) => string | number {
  return (step) => Object.keys(table).find((name) => table[name]?.to === step) ?? step;
}
