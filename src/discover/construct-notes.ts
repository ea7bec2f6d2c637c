import { creationPlace, type SourcePlace } from './creation-place.js';
import { asObject, asText, type JsonObject } from './manifest.js';

/** A rule that the app accepts for a construct and all below it. */
export interface Acknowledgement {
  /** The id as the CDK qualifies it: `cfn-tx-lint::plaintext-client-secret`. */
  readonly id: string;
  readonly reason: string | null;
}

/** The same with the path of the construct, which has no slash in front. */
export interface PlacedAcknowledgement extends Acknowledgement {
  readonly constructPath: string;
}

/** A word that stands in the metadata of every stack whose app accepts something. */
export const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';

/** What the CDK wrote down of one construct. */
export interface ConstructNotes {
  /** Where it is made in the user's code; undefined where nobody knows. */
  readonly source: SourcePlace | undefined;
  readonly acknowledged: readonly Acknowledgement[];
}

/**
 * What a stack's metadata says of its constructs, by construct path (`Stack/Construct/Resource`).
 *
 * Entries: `{ type: 'aws:cdk:creationStack', data: [frame, ...] }`, or the `trace` of `aws:cdk:logicalId` in versions
 * that knew no such entry, and `{ type: 'aws:cdk:acknowledged-rules', data: { id: reason } }`, which
 * `Validations.acknowledge` of aws-cdk-lib 2.276.0 leaves (`core/lib/validation/validations.js`). What is acknowledged
 * for a whole app or stage stands in no stack's metadata.
 */
export class NotesOfConstructs {
  private readonly known = new Map<string, ConstructNotes>();

  /** @param app the absolute directory of the CDK app */
  constructor(
    private readonly metadata: JsonObject,
    private readonly app: string,
  ) {}

  /** @param constructPath without a slash in front */
  of(constructPath: string): ConstructNotes {
    let notes = this.known.get(constructPath);
    if (notes === undefined) {
      notes = this.read(constructPath);
      this.known.set(constructPath, notes);
    }
    return notes;
  }

  /** What is accepted anywhere in the stack, in the order of the metadata. */
  acknowledgements(): PlacedAcknowledgement[] {
    return Object.keys(this.metadata).flatMap((key) => {
      const constructPath = key.replace(/^\//, '');
      return this.of(constructPath).acknowledged.map((one) => ({ ...one, constructPath }));
    });
  }

  private read(constructPath: string): ConstructNotes {
    const key = `/${constructPath}`;
    const written = Object.hasOwn(this.metadata, key) ? this.metadata[key] : undefined;
    const entries: readonly JsonObject[] = Array.isArray(written)
      ? written.map(asObject).filter((entry) => entry !== undefined)
      : [];
    const frames = (wanted: string, field: string): readonly unknown[] =>
      entries.flatMap((entry) => {
        const list = entry.type === wanted ? entry[field] : undefined;
        return Array.isArray(list) ? list : [];
      });
    const stack = frames('aws:cdk:creationStack', 'data');
    return {
      source: creationPlace(stack.length > 0 ? stack : frames('aws:cdk:logicalId', 'trace'), this.app),
      acknowledged: entries.flatMap((entry) =>
        entry.type === ACKNOWLEDGED ? acknowledgements(entry.data) : [],
      ),
    };
  }
}

function acknowledgements(data: unknown): Acknowledgement[] {
  return Object.entries(asObject(data) ?? {}).map(([id, reason]) => ({ id, reason: asText(reason) ?? null }));
}
