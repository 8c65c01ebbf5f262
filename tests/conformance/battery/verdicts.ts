import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { VerificationReport } from '../../../contract/verdict.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { signedRanges } from '../signing-judges.ts';
import type { Cell } from './axes.ts';
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
export async function verdictsOn(
  file: string,
  cell: Cell,
  shop: Workshop,
  password?: string,
): Promise<Verdicts> {
  const name = basename(file, '.pdf');
  const [pdfsig, qpdf, mutool, report, openssl] = await Promise.all([
    askPdfsig(file, shop.database, password),
    askQpdf(file, password),
    askMutool(file, password),
    ownReport(file, cell, shop, password),
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

/** From LT on the file has to carry all that is needed: nobody is asked. */
function ownReport(
  file: string,
  { level }: Cell,
  shop: Workshop,
  password?: string,
): Promise<VerificationReport> {
  const offline = level === 'lt' || level === 'lta';
  return verifyPdf(file, { ...shop.trust, offline, ...(password === undefined ? {} : { password }) });
}
