import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { VerificationReport } from '../../../contract/verdict.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { signedRanges } from '../signing-judges.ts';
import { askMutool, askOpenssl, askPdfsig, askQpdf } from './judges.ts';
import type { Workshop } from './workshop.ts';

/** What every judge says of one result, in one shape for every cell. */
export interface Verdicts {
  readonly pdfsig: readonly string[];
  readonly openssl: readonly string[];
  /** What it complains of. */
  readonly qpdf: readonly string[];
  readonly mutool: readonly string[];
  readonly ours: readonly string[];
}

export interface Asking {
  /** Opens the file. */
  readonly password?: string | undefined;
  /** Our own verifier asks nobody: the file has to carry all that is needed. */
  readonly offline?: boolean;
}

/** Asks all judges at once. */
export async function verdictsOn(file: string, shop: Workshop, asking: Asking = {}): Promise<Verdicts> {
  const { password } = asking;
  const name = basename(file, '.pdf');
  const [pdfsig, qpdf, mutool, report, openssl] = await Promise.all([
    askPdfsig(file, shop.database, password),
    askQpdf(file, password),
    askMutool(file, password),
    ownReport(file, shop, asking),
    readFile(file).then((bytes) =>
      Promise.all(
        signedRanges(bytes).map((range, index) =>
          askOpenssl(range, shop.authorities, shop.folder, `${name}-${index}`),
        ),
      ),
    ),
  ]);
  return {
    ...{ pdfsig, qpdf, mutool, openssl: openssl.flat() },
    ours: [
      report.verdict,
      ...report.signatures.map(
        ({ field, verdict, algorithm, reasons, ...one }) =>
          `${field}: ${[verdict, algorithm, one.level, one.coverage, ...reasons].join(', ')}`,
      ),
    ],
  };
}

function ownReport(file: string, shop: Workshop, asking: Asking): Promise<VerificationReport> {
  const { password, offline = false } = asking;
  return verifyPdf(file, { ...shop.trust, offline, ...(password === undefined ? {} : { password }) });
}
