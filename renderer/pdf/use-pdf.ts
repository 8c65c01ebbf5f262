import type { DocumentFile } from '../../contract/document.ts';
import { useDesk } from '../core/desk-context.ts';
import type { PDFDocumentProxy } from './engine.ts';
import { usePdfAt } from './use-pdf-at.ts';

/** One of the desk's documents, for pictures of its pages; null while it is opened, or where it can't be. */
export function usePdf({ digest, bytes }: DocumentFile): PDFDocumentProxy | null {
  const { fileUrl } = useDesk();
  return usePdfAt(fileUrl(digest), bytes);
}
