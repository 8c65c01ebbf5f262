import { constants, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import { peakMemoryMb } from '../peak-memory.ts';

/** What to sign; comes by IPC, since no key is ever an argument. */
export interface SigningOrder {
  readonly source: string;
  readonly target: string;
  /** PEM. */
  readonly key: string;
  readonly certificates: readonly string[];
}

/** Milliseconds of `signPdf` alone, and the most memory that this process ever held so far, in MB. */
export interface SigningCost {
  readonly totalMs: number;
  readonly peakMb: number;
}

/** A process that does nothing but sign, one order after the other: what it holds at most is what signing takes. */
process.on('message', async ({ source, target, key: pem, certificates }: SigningOrder) => {
  const key = createPrivateKey(pem);
  const [certificate, ...chain] = certificates.map((text) => new X509Certificate(text));
  if (!certificate) throw new Error('no certificate');
  const begun = performance.now();
  await signPdf({
    source,
    target,
    stamp: { kind: 'plain' },
    signer: {
      ...{ certificate, chain },
      sign: async (algorithm, data) =>
        sign(algorithm, data, { key, padding: constants.RSA_PKCS1_PADDING, dsaEncoding: 'der' }),
    },
  });
  const totalMs = performance.now() - begun;
  process.send?.({ totalMs, peakMb: peakMemoryMb() } satisfies SigningCost);
});
