import type { FileFinding } from '../../../contract/file-finding.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isLinearizedUntruly } from './linearization.ts';

/**
 * What about a file could deceive whoever looks at it, by its structure and content alone; signed or not. Throws the reader's failures
 * (`pdf-too-complex` where all work is spent).
 */
export function fileFindings(document: PdfDocument): FileFinding[] {
  return isLinearizedUntruly(document)
    ? [{ code: 'linearization-untrue', weight: 'blocks', page: null, params: {} }]
    : [];
}
