import type { ReasonCode } from '../../../contract/verdict.ts';
import { Reader } from '../../../native/reading/index.ts';
import { verifyPdf } from '../../../native/verification/index.ts';

/** What our verifier says of a file: whether a person would take it for good, signed or to be signed. */
export interface Judgement {
  /** `valid` but for the signer, `unsigned` and nothing keeps it from being signed, or what keeps it. */
  readonly isAccepted: boolean;
  readonly outcome: string;
}

/** What is said of signers alone: who signs here is made up, and nobody vouches for them. */
const ofSigners: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  ...(['chain-untrusted', 'revocation-unknown', 'certificate-expired', 'certificate-not-yet-valid'] as const),
  ...(['signing-time-unproven', 'time-implausible'] as const),
]);

/** Our own opinion of files, as an office has it: the verdict, and PDF.js' reading held against ours. Asks nobody. */
export class Verifier {
  readonly #reader = new Reader();

  /** Throws what `verifyPdf` throws: its own faults. */
  async judge(path: string): Promise<Judgement> {
    const { verdict, signatures, findings = [] } = await verifyPdf(path, { anchors: [], offline: true });
    const kind = signatures.length > 0 ? 'signed' : 'draft';
    if (verdict === 'unreadable') return { isAccepted: false, outcome: 'unreadable' };
    const reasons = signatures.flatMap((one) => one.reasons.filter((reason) => !ofSigners.has(reason)));
    const [held] = reasons.toSorted();
    const closed = findings.find(({ weight }) => weight === 'blocks');
    if (closed) return { isAccepted: false, outcome: `${kind}, ${closed.code}` };
    if (held) return { isAccepted: false, outcome: `${kind}, ${held}` };
    const compared = (await this.#reader.read(path)).findings.find(({ weight }) => weight === 'blocks');
    if (compared) return { isAccepted: false, outcome: `${kind}, ${compared.code}` };
    return { isAccepted: true, outcome: kind === 'draft' ? 'draft' : 'valid' };
  }

  close(): Promise<void> {
    return this.#reader.close();
  }
}
