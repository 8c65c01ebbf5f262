import type { PdfSeed } from './corpus.ts';

/** What became of an input: a word for the table, and what is wrong, where something is. */
export interface Outcome {
  readonly outcome: string;
  readonly finding?: string;
}

/** An input as it was made: `bytes` is what is written down where something is found. */
export type Input =
  | { readonly target: 'pdf'; readonly bytes: Buffer; readonly seeds: readonly PdfSeed[] }
  | { readonly target: 'message'; readonly bytes: Buffer; readonly seed: PdfSeed; readonly signature: number }
  | { readonly target: 'certificate'; readonly bytes: Buffer; readonly original: Buffer }
  | { readonly target: 'list'; readonly bytes: Buffer; readonly isRevoked: boolean }
  | { readonly target: 'answer'; readonly bytes: Buffer; readonly isRevoked: boolean };
