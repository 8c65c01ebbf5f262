import { stream } from '../unit/verification/sample-pdf.ts';
import { attacks } from './case.ts';
import {
  catalog,
  coverStream,
  forgedText,
  page,
  update,
  usualRefs,
  type Victim,
  wordsRect,
} from './victim.ts';

/**
 * Evil annotations ("Breaking the Specification", S&P 2021): a certification that allows annotations (P=3) lets anyone lay other
 * words over the certified ones.
 */
const refs = `${usualRefs} 30 0 R`;

/** One annotation more on the page of a file certified with P=3. */
function annotated(victim: Victim, annotation: string, more: Readonly<Record<number, string>> = {}): Buffer {
  return update(victim.certified[3], { 3: page(refs), 30: `<< /Type /Annot ${annotation} >>`, ...more });
}

const withCover =
  (subtype: string, entries = '') =>
  (victim: Victim) =>
    annotated(victim, `/Subtype /${subtype} /Rect ${wordsRect} /F 4 /AP << /N 31 0 R >> ${entries}`, {
      31: coverStream(),
    });

const quad = '/QuadPoints [70 735 230 735 70 715 230 715]';

export const evilAnnotation = attacks({
  'free text': withCover('FreeText', `/DA (/Helv 14 Tf 0 g) /Contents (${forgedText})`),
  'free text that viewers draw themselves': (victim) =>
    annotated(
      victim,
      `/Subtype /FreeText /Rect ${wordsRect} /F 4 /DA (/Helv 14 Tf 0 g) /C [1 1 1] /Contents (${forgedText})`,
    ),
  'a stamp': withCover('Stamp'),
  'a redaction': withCover('Redact', `${quad} /IC [1 1 1] /OverlayText (${forgedText})`),
  'a square': (victim) =>
    annotated(victim, `/Subtype /Square /Rect ${wordsRect} /F 4 /C [0 0 0] /IC [0 0 0]`),
  'a square with a picture of words': withCover('Square', '/IC [1 1 1]'),
  'a circle with a picture of words': withCover('Circle', '/IC [1 1 1]'),
  'a polygon': (victim) =>
    annotated(
      victim,
      `/Subtype /Polygon /Rect ${wordsRect} /F 4 /C [0 0 0] /IC [0 0 0] /Vertices [70 715 230 715 230 735 70 735]`,
    ),
  'a thick line': (victim) =>
    annotated(
      victim,
      `/Subtype /Line /Rect ${wordsRect} /F 4 /L [70 725 230 725] /C [1 1 1] /BS << /W 20 >>`,
    ),
  'thick ink': (victim) =>
    annotated(
      victim,
      `/Subtype /Ink /Rect ${wordsRect} /F 4 /C [1 1 1] /BS << /W 20 >> /InkList [[70 725 230 725]]`,
    ),
  'a highlight with a picture of words': withCover('Highlight', `/C [1 1 0] ${quad}`),
  'a highlight as dark as the words': (victim) =>
    annotated(victim, `/Subtype /Highlight /Rect ${wordsRect} /F 4 /C [0 0 0] ${quad}`),
  'a highlight as dark as the words, in inks': (victim) =>
    annotated(victim, `/Subtype /Highlight /Rect ${wordsRect} /F 4 /C [0 1 1 0.4] ${quad}`),
  'a wavy line in the colour of paper': (victim) =>
    annotated(victim, `/Subtype /Squiggly /Rect ${wordsRect} /F 4 /C [1 1 1] ${quad}`),
  'a wavy line as thick as words': (victim) =>
    annotated(
      victim,
      '/Subtype /Squiggly /Rect [60 700 300 1100] /F 4 /C [0 0.5 0] /QuadPoints [60 1100 300 1100 60 722 300 722]',
    ),
  'a note’s icon over a number': (victim) =>
    annotated(victim, '/Subtype /Text /Name /Comment /Rect [118 712 142 736] /F 4 /Contents (x)'),
  'an underlining with a picture of words': withCover('Underline', `/C [0 0 0] ${quad}`),
  'words struck out': (victim) =>
    annotated(victim, `/Subtype /StrikeOut /Rect ${wordsRect} /F 4 /C [0 0 0] ${quad}`),
  'a note as large as the words': withCover('Text', '/Contents (x) /Name /Note'),
  'a caret with a picture of words': withCover('Caret'),
  'an attached file with a picture of words': withCover('FileAttachment'),
  'a watermark': withCover('Watermark'),
  'a screen': withCover('Screen'),
  'a field beside the form': withCover('Widget', `/FT /Tx /T (la) /V (${forgedText})`),
  'a kind that nobody knows': withCover('Forgery'),
  'no kind at all': (victim) =>
    annotated(victim, `/Rect ${wordsRect} /F 4 /AP << /N 31 0 R >>  /Subtype /Stamp`, { 31: coverStream() }),
  'a stamp in place of an annotation that was signed': (victim) => {
    const note = `<< /Type /Annot /Subtype /Text /Rect [500 800 520 820] /F 4 /Contents (x) >>`;
    const signed = victim.sign({ 31: note }, { certify: 3, fields: [6, 7, 8, 31, 21] });
    return update(signed, {
      31: `<< /Type /Annot /Subtype /Stamp /Rect ${wordsRect} /F 4 /AP << /N 32 0 R >> >>`,
      32: coverStream(),
    });
  },
  'a stamp on a file certified with P=2': (victim) =>
    update(victim.certified[2], {
      3: page(refs),
      30: `<< /Type /Annot /Subtype /Stamp /Rect ${wordsRect} /F 4 /AP << /N 31 0 R >> >>`,
      31: coverStream(),
    }),
  'a stamp on a file that is signed, not certified': (victim) =>
    update(victim.signed, {
      3: page(refs),
      30: `<< /Type /Annot /Subtype /Stamp /Rect ${wordsRect} /F 4 /AP << /N 31 0 R >> >>`,
      31: coverStream(),
    }),
  'a stamp beside a certification that the catalog no longer names': (victim) =>
    update(victim.certified[2], {
      1: catalog(),
      3: page(refs),
      30: `<< /Type /Annot /Subtype /Stamp /Rect ${wordsRect} /F 4 /AP << /N 31 0 R >> >>`,
      31: coverStream(),
    }),
  'a certification whose level an update raises': (victim) =>
    update(victim.certified[1], {
      1: catalog('/Perms << /DocMDP 20 0 R >>'),
      3: page(refs),
      20: stream('').replace('stream', 'stream'),
      30: `<< /Type /Annot /Subtype /Stamp /Rect ${wordsRect} /F 4 /AP << /N 31 0 R >> >>`,
      31: coverStream(),
    }),
});
