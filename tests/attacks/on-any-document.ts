import { formFieldNames } from '../../contract/document.ts';
import type { PdfDocument } from '../../native/pdf/document.ts';
import { formFields } from '../../native/pdf/form.ts';
import { PdfDict, PdfName, type PdfObject, PdfRef, PdfStream, PdfString } from '../../native/pdf/object.ts';
import { type Page, pages } from '../../native/pdf/page.ts';
import { RevisionWriter } from '../../native/pdf/revision-writer.ts';

/** Attacks on whatever an honest program signed: found by its structure, written in its own kind of cross-reference. */
export type Manipulation = (document: PdfDocument, writer: RevisionWriter) => void;

const forged = 'BT /Forged 20 Tf 100 700 Td (Chi 900 ty dong) Tj ET';
/** Over the heading of an office document, where there are words on every first page. */
const headRect = [40, 700, 560, 820] as const;

function firstPage(document: PdfDocument): Page {
  const [page] = pages(document);
  if (!page) throw new Error('a document without pages');
  return page;
}

function name(value: string): PdfName {
  return new PdfName(value);
}

const font = PdfDict.of({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name('Helvetica') });
const fonts = PdfDict.of({ Font: PdfDict.of({ Forged: font }) });

function content(text: string, entries: Record<string, PdfObject> = {}): PdfStream {
  return new PdfStream(PdfDict.of(entries), { bytes: Buffer.from(text, 'latin1') });
}

/** A white sheet with other words, as an appearance of the head's size. */
function sheet(writer: RevisionWriter): PdfRef {
  const [left, bottom, right, top] = headRect;
  const box = [0, 0, right - left, top - bottom];
  const drawing = `1 g 0 0 ${box[2]} ${box[3]} re f 0 g BT /Forged 20 Tf 20 20 Td (Chi 900 ty dong) Tj ET`;
  return writer.add(
    content(drawing, { Type: name('XObject'), Subtype: name('Form'), BBox: box, Resources: fonts }),
  );
}

function onPage(
  document: PdfDocument,
  writer: RevisionWriter,
  annotation: Record<string, PdfObject>,
): PdfRef {
  const page = firstPage(document);
  const ref = writer.add(
    PdfDict.of({ Type: name('Annot'), Rect: [...headRect], P: page.ref, F: 4, ...annotation }),
  );
  writer.append(page.dict.get('Annots'), [ref], (array) => {
    writer.set(page.ref, page.dict.with({ Annots: array }));
  });
  return ref;
}

function setCatalog(document: PdfDocument, writer: RevisionWriter, changes: Record<string, PdfObject>): void {
  const root = document.catalogRef;
  if (!root) throw new Error('a document without a root');
  writer.set(root, document.catalog.with(changes));
}

export const manipulations: Readonly<Record<string, Manipulation>> = {
  'page content replaced': (document, writer) => {
    const page = firstPage(document);
    const resources = page.resources.with({ Font: fonts.get('Font') ?? null });
    writer.set(page.ref, page.dict.with({ Contents: writer.add(content(forged)), Resources: resources }));
  },
  'page content replaced in place': (document, writer) => {
    const contents = firstPage(document).dict.get('Contents');
    const first = contents instanceof PdfRef ? contents : document.array(contents)?.[0];
    if (first instanceof PdfRef) writer.set(first, content('1 0 0 rg 0 0 900 900 re f'));
  },
  'page tree of its own': (document, writer) => {
    const tree = writer.reserve();
    const page = writer.add(
      PdfDict.of({
        Type: name('Page'),
        Parent: tree,
        MediaBox: [0, 0, 595, 842],
        Resources: fonts,
        Contents: writer.add(content(forged)),
      }),
    );
    writer.set(tree, PdfDict.of({ Type: name('Pages'), Kids: [page], Count: 1 }));
    setCatalog(document, writer, { Pages: tree });
  },
  'a sheet of paper laid over as a stamp': (document, writer) => {
    onPage(document, writer, { Subtype: name('Stamp'), AP: PdfDict.of({ N: sheet(writer) }) });
  },
  'a sheet of paper laid over as free text': (document, writer) => {
    onPage(document, writer, {
      Subtype: name('FreeText'),
      DA: PdfString.fromText('/Helv 12 Tf'),
      Contents: PdfString.fromText('Chi 900'),
      AP: PdfDict.of({ N: sheet(writer) }),
    });
  },
  'a field for signing that is a sheet of paper': (document, writer) => {
    const form = document.catalog.get('AcroForm');
    const dict = document.dict(form) ?? new PdfDict();
    const field = onPage(document, writer, {
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: PdfString.fromText('la'),
      AP: PdfDict.of({ N: sheet(writer) }),
    });
    const fields = [...(document.array(dict.get('Fields')) ?? []), field];
    if (form instanceof PdfRef) writer.set(form, dict.with({ Fields: fields }));
    else setCatalog(document, writer, { AcroForm: dict.with({ Fields: fields }) });
  },
  'validation data that carry a page': (document, writer) => {
    const page = firstPage(document);
    writer.set(page.ref, page.dict.with({ Contents: writer.add(content(forged)) }));
    setCatalog(document, writer, { DSS: PdfDict.of({ Type: name('DSS'), Certs: [page.ref] }) });
  },
  'a page turned': (document, writer) => {
    const page = firstPage(document);
    writer.set(page.ref, page.dict.with({ Rotate: 180 }));
  },
  'an action on opening': (document, writer) => {
    setCatalog(document, writer, {
      OpenAction: PdfDict.of({ S: name('JavaScript'), JS: PdfString.fromText('app.alert(1)') }),
    });
  },
  'fields drawn anew': (document, writer) => {
    const form = document.catalog.get('AcroForm');
    const dict = (document.dict(form) ?? new PdfDict()).with({ NeedAppearances: true });
    if (form instanceof PdfRef) writer.set(form, dict);
    else setCatalog(document, writer, { AcroForm: dict });
    for (const field of formFields(document)) {
      if (field.type !== 'Tx' || !field.ref) continue;
      // An empty field that is drawn anew shows what it goes back to.
      const entry = field.value === null ? 'DV' : 'V';
      writer.set(field.ref, field.dict.with({ [entry]: PdfString.fromText('99') }));
    }
  },
  'the prepared number shown over half the page': (document, writer) => {
    const field = formFields(document).find((one) => one.name === formFieldNames.number);
    const target = field?.ref ?? onPage(document, writer, { Subtype: name('Widget'), FT: name('Tx') });
    const dict =
      field?.dict ?? document.dict(target) ?? PdfDict.of({ Subtype: name('Widget'), FT: name('Tx') });
    writer.set(
      target,
      dict.with({ V: PdfString.fromText('99'), Rect: [...headRect], AP: PdfDict.of({ N: sheet(writer) }) }),
    );
  },
  'the signatures taken out of the form': (document, writer) => {
    setCatalog(document, writer, { AcroForm: PdfDict.of({ Fields: [] }) });
  },
  'the first signature taken out of its field': (document, writer) => {
    const field = formFields(document).find(({ type, value }) => type === 'Sig' && value !== null);
    if (field?.ref) writer.set(field.ref, field.dict.with({ V: undefined }));
  },
};

/** The document with a manipulation behind it. */
export function manipulated(document: PdfDocument, manipulate: Manipulation): Buffer {
  const writer = new RevisionWriter(document);
  manipulate(document, writer);
  return Buffer.concat([document.source.read(0, document.source.length), writer.build().bytes]);
}
