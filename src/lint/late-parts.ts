import type { FixWriter } from './diagnose.js';

/** What only a run with something to say needs: loaded late, so that a clean run starts fast. */
export interface LateParts {
  readonly writeFix: FixWriter | undefined;
  readonly suppressions: typeof import('../suppress/index.js') | undefined;
  readonly holdBack: typeof import('./baseline.js').holdBack | undefined;
  readonly consumerRows: typeof import('./consumer-rows.js').consumerRows | undefined;
  readonly Masking: typeof import('./masking.js').Masking | undefined;
  readonly unknownAcknowledgements:
    | typeof import('./unknown-acknowledgements.js').unknownAcknowledgements
    | undefined;
  readonly Declarations: typeof import('./declarations.js').Declarations | undefined;
}

export type AllLateParts = { readonly [Part in keyof LateParts]: NonNullable<LateParts[Part]> };

/** Which of them a run needs. */
export interface LatePartsNeeded {
  readonly fixes: boolean;
  readonly suppressions: boolean;
  readonly diagnostics: boolean;
  readonly baseline: boolean;
  readonly consumers: boolean;
  readonly acknowledgements: boolean;
}

/** Loads what a run needs and nothing else. */
export async function loadLateParts(needed: LatePartsNeeded): Promise<LateParts> {
  return {
    writeFix: needed.fixes ? (await import('./fix-writer.js')).writeFix : undefined,
    suppressions: needed.suppressions ? await import('../suppress/index.js') : undefined,
    holdBack: needed.baseline ? (await import('./baseline.js')).holdBack : undefined,
    consumerRows: needed.consumers ? (await import('./consumer-rows.js')).consumerRows : undefined,
    Masking: needed.diagnostics ? (await import('./masking.js')).Masking : undefined,
    unknownAcknowledgements: needed.acknowledgements
      ? (await import('./unknown-acknowledgements.js')).unknownAcknowledgements
      : undefined,
    Declarations: needed.diagnostics ? (await import('./declarations.js')).Declarations : undefined,
  };
}
