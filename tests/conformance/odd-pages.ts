import { onePage } from '../unit/pdf/handmade-pdf.ts';
import type { OddFile } from './odd-files.ts';

/** Pages, page trees and forms as no standard wants them, in files that are well laid out otherwise. */

/** With other objects in place of the sound ones, well laid out. */
function laidOut(objects: Record<number, string>, trailer = '/Root 1 0 R'): Buffer {
  const pdf = onePage();
  for (const [number, body] of Object.entries(objects)) pdf.object(Number(number), body);
  return pdf.table(trailer, 20).bytes;
}

const pageEntries = '/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>';
const page = (entries: string) => laidOut({ 3: `<</Type/Page/Parent 2 0 R${pageEntries}${entries}>>` });
const tree = (objects: Record<number, string>) => laidOut(objects);
const box = '/MediaBox[0 0 595 842]';

export const oddPages: Record<string, OddFile> = {
  'nodes without /Type': {
    bytes: tree({ 1: '<</Pages 2 0 R>>', 2: '<</Kids[3 0 R]>>', 3: `<</Parent 2 0 R${pageEntries}${box}>>` }),
  },
  'an inner node that calls itself a page': { bytes: tree({ 2: '<</Type/Page/Kids[3 0 R]/Count 1>>' }) },
  'a /Count of 99': { bytes: tree({ 2: '<</Type/Pages/Kids[3 0 R]/Count 99>>' }) },
  'a page without /Parent': { bytes: tree({ 3: `<</Type/Page${pageEntries}${box}>>` }) },
  'a page alone in place of the tree': { bytes: tree({ 2: `<</Type/Page${pageEntries}${box}>>` }) },
  'the tree inside the catalog': {
    bytes: tree({ 1: '<</Type/Catalog/Pages<</Type/Pages/Kids[3 0 R]/Count 1>>>>' }),
  },
  'kids that are one reference': { bytes: tree({ 2: '<</Type/Pages/Kids 3 0 R/Count 1>>' }) },
  'kids in an array of their own': { bytes: tree({ 2: '<</Type/Pages/Kids 6 0 R/Count 1>>', 6: '[3 0 R]' }) },
  'kids that are not there, or nothing of the kind': {
    bytes: tree({ 2: '<</Type/Pages/Kids[3 0 R null 17 (x) 19 0 R]/Count 1>>' }),
  },
  'a node that is its own kid, behind the page': {
    bytes: tree({ 2: '<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>' }),
  },
  'boxes from above': {
    bytes: tree({
      2: `<</Type/Pages/Kids[3 0 R]/Count 1${box}/Rotate 90>>`,
      3: `<</Type/Page/Parent 2 0 R${pageEntries}>>`,
    }),
  },
  'no box': { bytes: page('') },
  'a box from right to left': { bytes: page('/MediaBox[595 842 0 0]') },
  'a box of references': {
    bytes: laidOut({
      3: `<</Type/Page/Parent 2 0 R${pageEntries}/MediaBox 6 0 R>>`,
      6: '[0 0 7 0 R 8 0 R]',
      7: '595',
      8: '842.0',
    }),
  },
  'a box of two numbers': { bytes: page('/MediaBox[595 842]') },
  'a box without size': { bytes: page('/MediaBox[0 0 0 0]') },
  'a box far from the origin': { bytes: page('/MediaBox[-1000 -2000 -405 -1158]') },
  'a crop box outside': { bytes: page(`${box}/CropBox[1000 1000 2000 2000]`) },
  'a crop box without size': { bytes: page(`${box}/CropBox[0 0 0 0]`) },
  'a crop box of names': { bytes: page(`${box}/CropBox[/a/b/c/d]`) },
  'a turn of -90': { bytes: page(`${box}/Rotate -90`) },
  'a turn of 450': { bytes: page(`${box}/Rotate 450`) },
  'a turn of 45': { bytes: page(`${box}/Rotate 45`) },
  'a turn of 90.0': { bytes: page(`${box}/Rotate 90.0`) },
  'a turn of nothing': { bytes: page(`${box}/Rotate null`) },
  'a turn without end': { bytes: page(`${box}/Rotate 99999999999`) },
  'an entry with a name of 200 letters': { bytes: page(`${box}/${'n'.repeat(200)} 1`) },
  'a unit of 0': { bytes: page(`${box}/UserUnit 0`) },
  'a unit of 2.5': { bytes: page(`${box}/UserUnit 2.5`) },
  'annotations that are null': { bytes: page(`${box}/Annots null`) },
  'annotations that are not there': { bytes: page(`${box}/Annots 19 0 R`) },
  'annotations that are a dictionary': { bytes: page(`${box}/Annots<<>>`) },
  'annotations of nothing': { bytes: page(`${box}/Annots[null 19 0 R 7]`) },
  'contents that are not there': {
    bytes: laidOut({ 3: `<</Type/Page/Parent 2 0 R/Contents 19 0 R${box}>>` }),
  },
  'contents in pieces, one missing': {
    bytes: laidOut({
      3: `<</Type/Page/Parent 2 0 R/Contents[4 0 R 19 0 R]/Resources<</Font<</F1 5 0 R>>>>${box}>>`,
    }),
  },
  'a form that is null': { bytes: laidOut({ 1: '<</Type/Catalog/Pages 2 0 R/AcroForm null>>' }) },
  'a form that is not there': { bytes: laidOut({ 1: '<</Type/Catalog/Pages 2 0 R/AcroForm 19 0 R>>' }) },
  'a form without fields': {
    bytes: laidOut({ 1: '<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R>>', 6: '<<>>' }),
  },
  'a form whose fields are not there': {
    bytes: laidOut({ 1: '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields 19 0 R>>>>' }),
  },
  'a form whose fields are nothing of the kind': {
    bytes: laidOut({ 1: '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[null 7 19 0 R (x)]>>>>' }),
  },
  'permissions that are null': { bytes: laidOut({ 1: '<</Type/Catalog/Pages 2 0 R/Perms null>>' }) },
  'a catalog without /Type': { bytes: laidOut({ 1: '<</Pages 2 0 R>>' }) },
  'a catalog with stray words': { bytes: laidOut({ 1: '<</Type/Catalog garbage/Pages 2 0 R 17>>' }) },
};
