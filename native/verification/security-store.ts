import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { PdfStream } from '../pdf/object.ts';
import { type Certificate, readCertificates } from './certificate/certificate.ts';
import type { RevocationValues } from './cms/signed-data.ts';

/** What a document brings along for checking its signatures later (DSS; ISO 32000-2, 12.8.4.3). Hostile until checked. */
export interface SecurityStore {
  readonly certificates: readonly Certificate[];
  readonly revocation: RevocationValues;
}

const maxEntries = 256;
const maxBytes = 32 * 1024 * 1024;

/** Reads the newest revision's store; entries that can't be read are left out, as if they weren't there. */
export function readSecurityStore(document: PdfDocument): SecurityStore {
  const store = document.dict(document.catalog.get('DSS'));
  let total = 0;
  const list = (key: string) =>
    (document.array(store?.get(key)) ?? []).slice(0, maxEntries).flatMap((item) => {
      const bytes = decoded(document, item);
      total += bytes?.length ?? 0;
      return bytes && total <= maxBytes ? [bytes] : [];
    });
  return {
    certificates: readCertificates(list('Certs')),
    revocation: { crls: list('CRLs'), ocsps: list('OCSPs') },
  };
}

function decoded(document: PdfDocument, item: Parameters<PdfDocument['resolve']>[0]): Uint8Array | null {
  try {
    const stream = document.resolve(item);
    return stream instanceof PdfStream ? document.decodedBytes(stream) : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
