import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { PdfDict, PdfName, PdfString } from '../../pdf/object.ts';
import { RevisionWriter } from '../../pdf/revision-writer.ts';
import { addFields, freeFieldName } from '../field.ts';
import { PageFinder } from '../page-finder.ts';
import { fillByteRange, fillContents, type PreparedIncrement } from '../signature-dictionary.ts';
import type { DigestAlgorithm } from '../signer.ts';
import type { TimeStampAuthority } from '../time-stamp/authority.ts';
import type { StampToken } from '../time-stamp/response.ts';
import type { GrowingFile } from './growing-file.ts';

const digestAlgorithm: DigestAlgorithm = 'sha256';
/** The government's tokens, with two certificates, are about 5 KiB. */
const usualRoom = 8192;
const widest = 10 ** 10 - 1;

interface StampLayout extends PreparedIncrement {
  readonly base: number;
  readonly room: number;
  readonly field: string;
}

/** Asked once a token is there and before it is written: true where it may be, false where another one must be got. */
type TokenCheck = (token: StampToken) => Promise<boolean>;

const mostTokens = 3;

/**
 * Appends a document time stamp (ISO 32000-2, 12.8.5; EN 319 142-1, 5.4.3): a revision that proves when everything before it
 * was there. `mayStand` may append what the token needs and ask for another. A token that is larger than its room is asked
 * for again with room for it. Throws what the authority does (`timestamp-…`).
 */
export async function appendDocumentStamp(
  file: GrowingFile,
  authority: TimeStampAuthority,
  options: { readonly mayStand: TokenCheck; readonly signal?: AbortSignal | undefined },
): Promise<{ field: string; token: StampToken }> {
  let room = usualRoom;
  for (let count = 1; count <= mostTokens; count++) {
    const layout = await file.read((document) => layOut(document, room));
    const base = file.length;
    await file.append(layout.bytes);
    const { gap } = layout;
    const digest = await file.file.digestOutside(
      digestAlgorithm,
      base + gap.start,
      base + gap.end,
      file.length,
    );
    const token = await authority.stamp({ algorithm: digestAlgorithm, digest }, options.signal);
    await file.shrink(base);
    const fits = token.bytes.length <= room;
    if (!fits) room = token.bytes.length + 512;
    if ((await options.mayStand(token)) && fits) {
      await file.append(fillContents(layout, token.bytes));
      return { field: layout.field, token };
    }
  }
  // Each answer by another authority, or larger than the one before: nothing to build an archive on.
  throw new AppError('timestamp-invalid', { reason: 'tsa-certificate' });
}

/** An invisible field on the first page, so that readers who look for fields on pages find it, too. */
function layOut(document: PdfDocument, room: number): StampLayout {
  const writer = new RevisionWriter(document);
  const value = writer.add(stampDictionary(room));
  const field = freeFieldName(writer, 'antin-timestamp');
  const page = new PageFinder(document).page(1);
  const look = { rectangle: [0, 0, 0, 0], appearance: null, label: 'Dấu thời gian' } as const;
  addFields(writer, [{ type: 'Sig', name: field, page, value, ...look }]);
  const increment = writer.build();
  return { ...fillByteRange(increment, value.number), base: increment.base, room, field };
}

/** ISO 32000-2, table 255 and 12.8.5: no /M, since the token itself says when. */
function stampDictionary(room: number): PdfDict {
  return new PdfDict([
    ['Type', new PdfName('DocTimeStamp')],
    ['Filter', new PdfName('Adobe.PPKLite')],
    ['SubFilter', new PdfName('ETSI.RFC3161')],
    ['ByteRange', [0, widest, widest, widest]],
    ['Contents', new PdfString(new Uint8Array(room), true)],
  ]);
}
