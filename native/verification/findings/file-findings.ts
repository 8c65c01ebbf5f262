import { blockingFinding, deceptive, type FileFinding } from '../../../contract/file-finding.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { ContentWatch } from './content.ts';
import { isLinearizedUntruly } from './linearization.ts';
import { visitReachable } from './reachable.ts';
import { StructureWatch } from './structure.ts';

/**
 * What about a file could deceive whoever looks at it, by its structure and content alone; signed or not. Throws the
 * reader's failures (`pdf-too-complex` where all work is spent).
 */
export function fileFindings(document: PdfDocument): FileFinding[] {
  const structure = new StructureWatch(document);
  const content = new ContentWatch(document);
  visitReachable(document, {
    onObject: (number, value) => structure.onObject(number, value),
    onDictionary: (dict, stream) => {
      structure.onDictionary(dict);
      content.onDictionary(dict, stream);
    },
  });
  return [...blocking(document, structure), ...content.findings];
}

/**
 * Throws `document-deceptive` {finding, page} where programs read the file differently, so that nobody may sign it as
 * it is.
 */
export function requireOneReading(document: PdfDocument): void {
  const structure = new StructureWatch(document);
  visitReachable(document, {
    onObject: (number, value) => structure.onObject(number, value),
    onDictionary: (dict) => structure.onDictionary(dict),
  });
  const finding = blockingFinding(blocking(document, structure));
  if (finding) throw deceptive(finding);
}

function blocking(document: PdfDocument, structure: StructureWatch): FileFinding[] {
  const findings: FileFinding[] = [];
  if (isLinearizedUntruly(document))
    findings.push({ code: 'linearization-untrue', weight: 'blocks', page: null, params: {} });
  const detail = structure.result();
  if (detail)
    findings.push({ code: 'structure-ambiguous', weight: 'blocks', page: null, params: { detail } });
  return findings;
}
