import { useEffect, useState } from 'react';
import { openPdf, type PDFDocumentProxy } from './engine.ts';

/**
 * A document for pictures of its pages, closed again with what shows them; null while it is opened, or where it can't
 * be. `onFailure`, which must stay the same: it can't be opened, or a part of it can't be had.
 */
export function usePdfAt(
  url: string,
  bytes: number,
  onFailure?: (cause: unknown) => void,
): PDFDocumentProxy | null {
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  useEffect(() => {
    let closed = false;
    const failed = (cause: unknown) => {
      if (closed) return;
      setPdf(null);
      onFailure?.(cause);
    };
    const opened = openPdf(url, bytes, failed);
    opened.document.then((document) => !closed && setPdf(document), failed);
    return () => {
      closed = true;
      opened.close();
      setPdf(null);
    };
  }, [url, bytes, onFailure]);
  return pdf;
}
