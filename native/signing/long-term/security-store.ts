import { deflateSync } from 'node:zlib';
import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { PdfDict, PdfName, type PdfObject, PdfRef, PdfStream } from '../../pdf/object.ts';
import { type Increment, RevisionWriter } from '../../pdf/revision-writer.ts';
import { identity, type ValidationData } from '../../verification/evidence-recorder.ts';
import { storeEntries } from '../../verification/security-store.ts';

/** How many pieces of each kind a revision adds. */
export interface StoredCounts {
  readonly certificates: number;
  readonly ocsps: number;
  readonly crls: number;
}

/**
 * A revision that adds validation data to the document's security store (DSS; ISO 32000-2, 12.8.4.3; EN 319 142-1, 5.4.2),
 * which is made where there is none. What the store holds already isn't added again, and nothing is taken out. Null where
 * there is nothing to add.
 *
 * No /VRI: it is optional, keyed by SHA-1, says nothing that the lists don't, and readers of all makers do without.
 */
export function storeRevision(
  document: PdfDocument,
  data: ValidationData,
): { increment: Increment; counts: StoredCounts } | null {
  const writer = new RevisionWriter(document);
  const holder = document.catalog.get('DSS');
  const store = document.dict(holder) ?? new PdfDict();
  const entries = storeEntries(document);
  // What can't be read, or lies beyond what a verification reads, doesn't count as stored.
  const added = (key: keyof typeof entries, values: readonly Uint8Array[]): PdfObject[] => {
    const known = new Set(entries[key].map(identity));
    return values.filter((value) => !known.has(identity(value))).map((value) => writer.add(stream(value)));
  };
  const lists = {
    Certs: added('Certs', data.certificates),
    OCSPs: added('OCSPs', data.ocsps),
    CRLs: added('CRLs', data.crls),
  };
  const changes = Object.entries(lists).flatMap(([key, items]) =>
    items.length === 0 ? [] : [[key, [...(document.array(store.get(key)) ?? []), ...items]] as const],
  );
  if (changes.length === 0) return null;
  const changed = store.with({ Type: new PdfName('DSS'), ...Object.fromEntries(changes) });
  if (holder instanceof PdfRef) writer.set(holder, changed);
  else replaceInCatalog(writer, changed);
  return {
    increment: writer.build(),
    counts: { certificates: lists.Certs.length, ocsps: lists.OCSPs.length, crls: lists.CRLs.length },
  };
}

function replaceInCatalog(writer: RevisionWriter, store: PdfDict): void {
  const { catalog, catalogRef } = writer.document;
  if (!catalogRef) throw new AppError('pdf-damaged', {});
  writer.set(catalogRef, catalog.with({ DSS: writer.add(store), Extensions: extensions(writer.document) }));
}

/** Readers of PDF 1.7 are told that the store is there (EN 319 142-1, 5.6; ISO 32000-1, 7.12). */
function extensions(document: PdfDocument): PdfDict {
  const known = document.dict(document.catalog.get('Extensions')) ?? new PdfDict();
  if (known.has('ESIC')) return known;
  const own = PdfDict.of({ BaseVersion: new PdfName('1.7'), ExtensionLevel: 1 });
  return known.with({ ESIC: own });
}

/** Lists of revoked certificates shrink to a third; certificates and answers hardly do, and are left as they are. */
function stream(value: Uint8Array): PdfStream {
  const packed = deflateSync(value);
  if (packed.length > value.length * 0.8) return new PdfStream(new PdfDict(), { bytes: value });
  return new PdfStream(PdfDict.of({ Filter: new PdfName('FlateDecode') }), { bytes: packed });
}
