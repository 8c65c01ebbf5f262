import { AppError } from '../../contract/failure.ts';
import { type VerificationReport, verificationReport } from '../../contract/verdict.ts';
import { MemorySource } from '../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../native/pdf/document.ts';
import type { Trust } from '../../native/verification/certificate/trust.ts';
import { survey } from '../../native/verification/survey.ts';
import { judge } from '../../native/verification/verify-pdf.ts';
import type { PdfSeed, SeedSignature } from './corpus.ts';
import type { Input, Outcome } from './target.ts';

type PdfInput = Extract<Input, { target: 'pdf' }>;

/**
 * Verifies as `verifyPdf` does, but without its last net, that takes every RangeError for a file that is too complex: here only
 * what was meant to be refused may be. Throws what isn't a reader's failure.
 */
async function verdictOn({ bytes, seeds }: PdfInput, trust: Trust): Promise<VerificationReport> {
  try {
    const options = { password: seeds[0]?.password, lenient: true };
    const document = PdfDocument.read(new MemorySource(bytes), options);
    return await judge(document, await survey(document, trust), trust);
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('pdf-'))
      return { verdict: 'unreadable', failure: error.code, signatures: [] };
    throw error;
  }
}

/** What may be said of a changed file, told from its bytes alone. Throws what the verifier throws. */
export async function judgePdf(input: PdfInput, trust: Trust): Promise<Outcome> {
  const report = verificationReport.parse(await verdictOn(input, trust));
  const outcome = `pdf ${report.verdict}`;
  for (const signature of report.signatures) {
    if (signature.verdict !== 'valid') continue;
    const original = input.seeds.some((seed) =>
      seed.signatures.some(
        (one) =>
          one.digest === signature.signer?.certificateDigest &&
          one.field === signature.field &&
          one.isStamp === (signature.type === 'timestamp') &&
          (signature.timestampAt === null || isTimeOf(signature.timestampAt, seed)) &&
          isUntouched(input.bytes, seed, one),
      ),
    );
    if (!original) return { outcome, finding: `valid, though not what was signed: ${signature.field}` };
  }
  if (report.verdict === 'unsigned' && input.seeds.some((seed) => keepsClaim(input.bytes, seed)))
    return { outcome, finding: 'unsigned, though a whole signature dictionary is left' };
  return { outcome };
}

/** A time that a stamp of this file proves; one that is lost makes it the next around. */
function isTimeOf(time: string, { signatures }: PdfSeed): boolean {
  return signatures.some(({ timestampAt }) => timestampAt === time);
}

function isUntouched(bytes: Buffer, seed: PdfSeed, { gapStart, gapEnd, end }: SeedSignature): boolean {
  const isSame = (from: number, to: number) =>
    bytes.length >= to && bytes.compare(seed.bytes, from, to, from, to) === 0;
  return isSame(0, gapStart) && isSame(gapEnd, end);
}

/** Whether both halves of a signature's object stand there as they did, one behind the other, and the file is long enough for its gap. */
function keepsClaim(bytes: Buffer, seed: PdfSeed): boolean {
  return seed.signatures.some(({ gapStart, gapEnd }) => {
    const begin = seed.bytes.lastIndexOf(' obj', gapStart);
    const head = bytes.indexOf(seed.bytes.subarray(begin, gapStart));
    if (head < 0) return false;
    const close = seed.bytes.indexOf('endobj', gapEnd);
    const tail = bytes.indexOf(seed.bytes.subarray(gapEnd, close), head + gapEnd - begin - 64);
    return tail >= 0;
  });
}
