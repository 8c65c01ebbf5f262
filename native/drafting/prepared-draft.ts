import { formFieldNames } from '../../contract/document.ts';
import { MemorySource } from '../pdf/byte-source.ts';
import { PdfDocument } from '../pdf/document.ts';
import { type Page, pages } from '../pdf/page.ts';
import { type BoxMm, shownSize, toUserSpace } from '../pdf/page-geometry.ts';
import { RevisionWriter } from '../pdf/revision-writer.ts';
import { drawing } from '../signing/appearance.ts';
import { addFields } from '../signing/field.ts';
import { sealBox, withinPage } from '../signing/placement.ts';
import { labelFor, largestSeal } from '../signing/seal-field.ts';
import { tagFields } from './tagged-fields.ts';
import type { TypesetPaper, TypesetPlace } from './typesetter.ts';

/** A field as it waits in the file; millimetres from the top left corner of its page, pages from 1. */
export interface PreparedField {
  readonly name: string;
  readonly page: number;
  readonly box: BoxMm;
}

const kinds = {
  number: { type: 'Tx', name: formFieldNames.number, label: 'Số văn bản' },
  date: { type: 'Tx', name: formFieldNames.date, label: 'Ngày ban hành' },
  approval: { type: 'Sig', name: formFieldNames.approval, label: 'Chữ ký của người có thẩm quyền' },
  seal: { type: 'Sig', name: formFieldNames.seal },
} as const;

/**
 * Gives typeset pages the fields of number, date, signature and seal, before anything is signed: whoever approves,
 * numbers and seals finds each waiting where the typesetter put it, and adds none.
 */
export function withFields(
  paper: TypesetPaper,
  agency: string,
): { pdf: Uint8Array; fields: PreparedField[] } {
  const document = PdfDocument.read(new MemorySource(paper.pdf));
  const writer = new RevisionWriter(document);
  const all = [...pages(document)];
  const placed = paper.places.flatMap((place) => {
    const page = all[place.page - 1];
    return page ? withSeal(place, page) : [];
  });
  const refs = addFields(
    writer,
    placed.map(({ kind, page, box }) => {
      const { type, name } = kinds[kind];
      const label = kind === 'seal' ? labelFor([agency]) : kinds[kind].label;
      const appearance = drawing({ writer, page, size: box }, []);
      return { type, name, label, page, rectangle: toUserSpace(page, box), appearance, value: null };
    }),
  );
  tagFields(writer, refs);
  const fields = placed.map(({ kind, page, box }) => ({
    name: kinds[kind].name,
    page: all.indexOf(page) + 1,
    box,
  }));
  return { pdf: Buffer.concat([paper.pdf, writer.build().bytes]), fields };
}

interface Placed {
  readonly kind: keyof typeof kinds;
  readonly page: Page;
  readonly box: BoxMm;
}

/** The seal's place follows from the signature's: over its left third (PL I, II.8.a). */
function withSeal({ name, x, y, width, height }: TypesetPlace, page: Page): Placed[] {
  const box = { x, y, width, height };
  const own: Placed = { kind: name, page, box };
  if (name !== 'approval') return [own];
  return [own, { kind: 'seal', page, box: withinPage(sealBox(box, largestSeal), shownSize(page)) }];
}
