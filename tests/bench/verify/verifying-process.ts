import { X509Certificate } from 'node:crypto';
import { HttpFetcher, verifyPdf } from '../../../native/verification/index.ts';
import { peakMemoryMb } from '../peak-memory.ts';

/** What to verify, and whom to trust. */
export interface VerifyingOrder {
  readonly paths: readonly string[];
  /** PEM. */
  readonly root: string;
}

/** Milliseconds for all files together, and the most memory that this process ever held, in MB. */
export interface VerifyingCost {
  readonly totalMs: number;
  readonly peakMb: number;
}

/** A process that does nothing but verify: what it holds at most is what verifying takes. */
process.on('message', async ({ paths, root }: VerifyingOrder) => {
  const options = { anchors: [new X509Certificate(root)], fetcher: new HttpFetcher({ allowPrivate: true }) };
  const begun = performance.now();
  for (const path of paths) {
    const { verdict } = await verifyPdf(path, options);
    if (verdict !== 'valid') throw new Error(`the file is ${verdict}`);
  }
  const totalMs = performance.now() - begun;
  process.send?.({ totalMs, peakMb: peakMemoryMb() } satisfies VerifyingCost);
});
