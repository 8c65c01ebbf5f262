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

/** Asks all judges at once. `password` opens the file. */
export async function verdictsOn(file: string, shop: Workshop, password?: string): Promise<Verdicts> {
  const name = basename(file, '.pdf');
  const [pdfsig, qpdf, mutool, report, openssl] = await Promise.all([
    askPdfsig(file, shop.trust, password),
    askQpdf(file, password),
    askMutool(file, password),
    ownReport(file, shop, password),
    readFile(file).then((bytes) =>
      Promise.all(
        signedRanges(bytes).map((range, index) =>
          askOpenssl(range, shop.authorities, shop.folder, `${name}-${index}`),
        ),
      ),
    ),
  ]);
  return {
    pdfsig: pdfsig.map(({ field, valid, trusted, whole }) =>
      [
        field,
        valid ? 'valid' : 'NOT VALID',
        trusted ? 'trusted' : 'NOT TRUSTED',
        whole ? 'whole' : 'part',
      ].join(', '),
    ),
    ...{ qpdf, mutool, openssl: openssl.flat() },
    ours: [
      report.verdict,
      ...report.signatures.map(({ field, verdict, algorithm, reasons, ...one }) =>
        [field, verdict, algorithm, one.level, one.coverage, ...reasons].join(', '),
      ),
    ],
  };
}

function ownReport(file: string, shop: Workshop, password?: string): Promise<VerificationReport> {
  const anchors = [shop.pki.root];
  const { fetcher } = shop;
  return verifyPdf(file, { anchors, fetcher, ...(password === undefined ? {} : { password }) });
}
