import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { type PdfObject, PdfRef, PdfStream } from '../pdf/object.ts';
import { type Certificate, readCertificates } from './certificate/certificate.ts';
import type { RevocationValues } from './cms/signed-data.ts';

/** What a document brings along for checking its signatures later (DSS; ISO 32000-2, 12.8.4.3). Hostile until checked. */
export interface SecurityStore {
  readonly certificates: readonly Certificate[];
  readonly revocation: RevocationValues;
}

const maxEntries = 256;
const maxBytes = 32 * 1024 * 1024;
/** What an entry that can't be read counts for: it may have been unpacked as far as this before that showed. */
const unreadableBytes = maxBytes / 8;

type StoreKey = 'Certs' | 'CRLs' | 'OCSPs';

/**
 * What the newest revision's store holds, as it lies there; entries that can't be read are left out, as if they weren't there, and so is
 * all that comes when its room is used up: a few kilobytes of packed zeros, named hundreds of times, took a minute.
 */
export function storeEntries(document: PdfDocument): Readonly<Record<StoreKey, readonly Uint8Array[]>> {
  const store = document.dict(document.catalog.get('DSS'));
  let room = maxBytes;
  const list = (key: StoreKey) => {
    const entries: Uint8Array[] = [];
    for (const item of onceEach(document.array(store?.get(key)) ?? []).slice(0, maxEntries)) {
      if (room <= 0) break;
      const bytes = decoded(document, item, room);
      room -= bytes?.length ?? unreadableBytes;
      if (bytes) entries.push(bytes);
    }
    return entries;
  };
  return { Certs: list('Certs'), CRLs: list('CRLs'), OCSPs: list('OCSPs') };
}

/** The store's entries for a verification. */
export function readSecurityStore(document: PdfDocument): SecurityStore {
  const { Certs, CRLs: crls, OCSPs: ocsps } = storeEntries(document);
  return { certificates: readCertificates(Certs), revocation: { crls, ocsps } };
}

function onceEach(items: readonly PdfObject[]): PdfObject[] {
  const seen = new Set<number>();
  return items.filter((item) => {
    if (!(item instanceof PdfRef)) return true;
    const isNew = !seen.has(item.number);
    seen.add(item.number);
    return isNew;
  });
}

function decoded(document: PdfDocument, item: PdfObject, limit: number): Uint8Array | null {
  try {
    const stream = document.resolve(item);
    return stream instanceof PdfStream ? document.decodedBytes(stream, limit) : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
