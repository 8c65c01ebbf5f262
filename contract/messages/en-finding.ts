import type { FileFindingCode } from '../file-finding.ts';

/** What could deceive whoever looks at a file, in one sentence; templates as in `text.ts`. */
export const enFindings: Record<FileFindingCode, string> = {
  'reading-differs': 'Programs show different content for this file[ on page {page}].',
  'structure-ambiguous': 'The structure of the file can be read in more than one way.',
  'linearization-untrue':
    'The file has untrue hints for fast viewing, so some programs show only its first part.',
  'picture-not-shown': 'A picture is too large to be shown[ on page {page}].',
  'page-not-shown': 'The program cannot show everything[ on page {page}].',
  'active-content': 'The file contains content that runs by itself (scripts or automatic actions).',
  'embedded-file': 'There is another file inside the document[: {name}].',
  'hidden-content': 'There is hidden content that shows only in print or when switched on[: {name}].',
  'reading-unfinished': 'The comparison of how the file is shown is not finished[ ({pages} of {all} pages)].',
};
