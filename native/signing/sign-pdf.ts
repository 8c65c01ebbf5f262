import { AppError } from '../../contract/failure.ts';
import { type EmbeddedPdf, type Preparation, PreparedPdf } from './prepared-pdf.ts';
import type { CertificationLevel } from './signature-terms.ts';
import { signDigest } from './signature-value.ts';
import type { DigestAlgorithm, Signer } from './signer.ts';
import { roundMs, StopWatch } from './stop-watch.ts';

export type SigningStep = 'reading' | 'token' | 'writing' | 'checking';

export interface SignRequest extends Preparation {
  readonly signer: Signer;
  readonly onStep?: (step: SigningStep) => void;
  /** Asked right before the signer is; what it throws ends this signature, and nothing is left. */
  readonly confirm?: () => void | Promise<void>;
}

export interface SignedPdf {
  readonly field: string;
  /** B as it is signed; what time stamps and validation data make of it later is more. */
  readonly level: 'b' | 't' | 'lt' | 'lta';
  readonly subFilter: 'ETSI.CAdES.detached';
  readonly digestAlgorithm: DigestAlgorithm;
  /** Null for an approval signature, as most are. */
  readonly certification: CertificationLevel | null;
  readonly recovered: boolean;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Milliseconds. */
  readonly timings: {
    readonly readMs: number;
    readonly hashMs: number;
    readonly tokenMs: number;
    readonly writeMs: number;
    readonly totalMs: number;
  };
}

/**
 * Signs a PDF at PAdES baseline B (EN 319 142-1) as an incremental update. The source stays, byte for byte, the prefix
 * of the target; the target appears under its name only when it is whole, flushed and checked. Whatever fails or is
 * killed before leaves no target.
 *
 * Throws the reader's failures and what forbids this signature (`pdf-…`), the signer's (`token-…`, `pin-…`),
 * `signature-mismatch`, `file-exists`, `disk-full`, `write-failed`, `cancelled`.
 */
export async function signPdf(request: SignRequest): Promise<SignedPdf> {
  const { onStep } = request;
  onStep?.('reading');
  const prepared = await PreparedPdf.prepare(request);
  return finishSigning(prepared, request);
}

/**
 * The steps from the token on, for a file that was prepared before. Ends `prepared`, whatever happens. An answer that
 * is longer than was thought gets its room in a new layout, once; to the signature that is another document, so the
 * token is asked again, but not before.
 */
export async function finishSigning(prepared: PreparedPdf, parties: SigningParties): Promise<SignedPdf> {
  try {
    return await signAndEmbed(prepared, parties);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'signature-room-too-small') throw error;
    const needed = Number(error.params['needed']);
    return signAndEmbed(await prepared.withRoom(prepared.room + needed), parties);
  }
}

type SigningParties = Pick<SignRequest, 'signer' | 'signal' | 'onStep' | 'confirm'>;

async function signAndEmbed(
  prepared: PreparedPdf,
  { signer, signal, onStep, confirm }: SigningParties,
): Promise<SignedPdf> {
  try {
    const watch = new StopWatch();
    await confirm?.();
    onStep?.('token');
    const contents = await signDigest(signer, prepared.digestAlgorithm, prepared.messageDigest);
    if (signal?.aborted) throw new AppError('cancelled');
    const tokenMs = watch.lap();
    onStep?.('writing');
    return outcome(prepared, tokenMs, await prepared.embed(contents, () => onStep?.('checking')));
  } catch (error) {
    await prepared.discard();
    throw error;
  }
}

function outcome(prepared: PreparedPdf, tokenMs: number, embedded: EmbeddedPdf): SignedPdf {
  const { field, digestAlgorithm, certification, recovered } = prepared;
  const { readMs, hashMs } = prepared.timings;
  const { bytesIn, bytesOut, writeMs } = embedded;
  const totalMs = roundMs(readMs + hashMs + tokenMs + writeMs);
  return {
    ...{ field, level: 'b', subFilter: 'ETSI.CAdES.detached', digestAlgorithm, certification, recovered },
    ...{ bytesIn, bytesOut, timings: { readMs, hashMs, tokenMs, writeMs, totalMs } },
  };
}
