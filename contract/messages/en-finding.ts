import type { ActiveKind, FileFindingCode, HiddenKind } from '../file-finding.ts';

/** What could deceive whoever looks at a file, in one sentence; templates as in `text.ts`. */
export const enFindings: Record<FileFindingCode, string> = {
  'reading-differs': 'Programs show different content for this file[ on page {page}].',
  'structure-ambiguous': 'The structure of the file can be read in more than one way.',
  'linearization-untrue':
    'The file has untrue hints for fast viewing, so some programs show something else than it says.',
  'picture-not-shown': 'A picture is too large to be shown[ on page {page}].',
  'page-not-shown': 'The program cannot show everything[ on page {page}].',
  'active-content':
    'The file contains something that runs by itself or at a click[: {kind:kind}][ (page {page})].',
  'embedded-file': 'There is another file inside the document[: {name:quoted}].',
  'hidden-content':
    'There is content that not everybody is shown[: {kind:kind}][ {name:quoted}][ (page {page})].',
  'reading-unfinished': 'The comparison of how the file is shown is not finished[ ({pages} of {all} pages)].',
};

/** What runs, and what is hidden, inside such a sentence. */
export const enFindingKinds: Record<ActiveKind | HiddenKind, string> = {
  script: 'JavaScript',
  launch: 'an action that starts a program on the computer',
  'other-file': 'an action that opens another file',
  submit: 'an action that sends data out',
  import: 'an action that takes data in',
  reset: 'an action that empties what was filled in',
  media: 'film, sound or a 3D model',
  xfa: 'a dynamic form (XFA)',
  visibility: 'an action that hides or shows content',
  web: 'an action that opens a web page by itself',
  'unknown-action': 'an action of an unknown kind',
  'layer-off': 'a layer that is switched off',
  'layer-print': 'a layer that differs between screen and paper',
  'layer-depends': 'a layer that depends on magnification, language or person',
  'screen-only': 'something shown on the screen alone, not in print',
  'paper-only': 'something that is printed and not shown',
  'hidden-annotation': 'something that is set to be hidden',
  'on-pointing': 'something that shows only under the pointer',
  'other-picture': 'another picture is used in print',
  'other-extent': 'another part of the page is printed than is shown',
  'outside-content': 'content that is taken from another file',
};
