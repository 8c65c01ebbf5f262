import { useEffect, useState } from 'react';
import type { DocumentFile } from '../../contract/document.ts';
import { useDesk } from '../core/desk-context.ts';
import { openPdf, type PDFDocumentProxy } from './engine.ts';

/** A document for pictures of its pages, closed again with what shows them; null while it is opened, or where it can't be. */
export function usePdf({ digest, bytes }: DocumentFile): PDFDocumentProxy | null {
  const { fileUrl } = useDesk();
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  useEffect(() => {
    let closed = false;
    const opened = openPdf(fileUrl(digest), bytes, () => setPdf(null));
    opened.document.then(
      (document) => !closed && setPdf(document),
      () => setPdf(null),
    );
    return () => {
      closed = true;
      opened.close();
      setPdf(null);
    };
  }, [digest, bytes, fileUrl]);
  return pdf;
}
