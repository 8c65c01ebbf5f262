import { AppError } from '../../contract/failure.ts';
import { PdfDict, PdfName, PdfRef } from '../pdf/object.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';
import type { CertificationLevel } from './signature-terms.ts';

/** The signature reference that makes a signature a certification (ISO 32000-2, 12.8.2.2). */
export function docMdpReference(level: CertificationLevel): PdfDict {
  return PdfDict.of({
    Type: new PdfName('SigRef'),
    TransformMethod: new PdfName('DocMDP'),
    TransformParams: PdfDict.of({
      Type: new PdfName('TransformParams'),
      P: level,
      V: new PdfName('1.2'),
    }),
  });
}

/** Names the certification in the catalog's /Perms (12.8.6), beside what stands there already. */
export function putPermission(writer: RevisionWriter, signature: PdfRef): void {
  const { catalogRef } = writer.document;
  const catalog = catalogRef && writer.resolve(catalogRef);
  if (!catalogRef || !(catalog instanceof PdfDict)) throw new AppError('pdf-damaged', {});
  const holder = catalog.get('Perms');
  const permissions = writer.resolve(holder);
  const changed = (permissions instanceof PdfDict ? permissions : new PdfDict()).with({ DocMDP: signature });
  if (holder instanceof PdfRef && permissions instanceof PdfDict) writer.set(holder, changed);
  else writer.set(catalogRef, catalog.with({ Perms: changed }));
}
