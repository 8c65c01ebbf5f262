import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { PdfDict, PdfName, type PdfObject, PdfString } from '../../../native/pdf/object.ts';
import { pages } from '../../../native/pdf/page.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';

export interface TemplateOptions {
  /** Field and widget as two dictionaries, as some writers make them. */
  readonly separateWidget?: boolean;
  /** The widget doesn't say which page it is on. */
  readonly withoutPage?: boolean;
  /** More entries of the form's dictionary. */
  readonly form?: Record<string, PdfObject>;
}

/** The file with an empty signature field on its first page, as a template has it. */
export function withEmptyField(pdf: Uint8Array, name: string, options: TemplateOptions = {}): Buffer {
  const document = PdfDocument.read(new MemorySource(pdf));
  const writer = new RevisionWriter(document);
  const [page] = [...pages(document)];
  const { catalogRef, catalog } = document;
  if (!page || !catalogRef) throw new Error('a file without pages');
  const look = {
    Type: new PdfName('Annot'),
    Subtype: new PdfName('Widget'),
    Rect: [100, 300, 250, 350],
    F: 4,
    ...(options.withoutPage ? {} : { P: page.ref }),
  };
  const field = { FT: new PdfName('Sig'), T: PdfString.fromText(name) };
  const fieldRef = writer.reserve();
  let widgetRef = fieldRef;
  if (options.separateWidget) {
    widgetRef = writer.add(PdfDict.of({ ...look, Parent: fieldRef }));
    writer.set(fieldRef, PdfDict.of({ ...field, Kids: [widgetRef] }));
  } else {
    writer.set(fieldRef, PdfDict.of({ ...look, ...field }));
  }
  writer.append(page.dict.get('Annots'), [widgetRef], (array) =>
    writer.set(page.ref, page.dict.with({ Annots: array })),
  );
  const form = PdfDict.of({ Fields: [fieldRef], ...options.form });
  writer.set(catalogRef, catalog.with({ AcroForm: writer.add(form) }));
  return Buffer.concat([pdf, writer.build().bytes]);
}
