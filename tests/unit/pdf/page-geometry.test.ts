import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Page, pages, pagesFromEnd } from '../../../native/pdf/page.ts';
import { shownSize, toShown, toUserSpace } from '../../../native/pdf/page-geometry.ts';
import { HandmadePdf, onePagePdf } from './handmade-pdf.ts';
import { readPdf } from './scratch.ts';

function pageWith(entries: string): Page {
  const [page] = [...pages(readPdf(onePagePdf({ page: entries })))];
  if (!page) throw new Error('no page');
  return page;
}

const mm = fc.double({ min: 0, max: 500, noNaN: true });
const length = fc.double({ min: 0.1, max: 300, noNaN: true });

describe.each([0, 90, 180, 270, -90, 450])('turned by %i', (rotation) => {
  it('a box in millimetres goes to user space and back', () => {
    fc.assert(
      fc.property(mm, mm, length, length, (x, y, width, height) => {
        const page = pageWith(
          `/MediaBox[-10 20 600 900]/CropBox[5 30 500 800]/Rotate ${rotation}/UserUnit 2`,
        );
        const box = { x, y, width, height };
        const back = toShown(page, toUserSpace(page, box));
        for (const key of ['x', 'y', 'width', 'height'] as const) expect(back[key]).toBeCloseTo(box[key], 6);
      }),
    );
  });

  it('the box at the top left corner is where a person sees it', () => {
    const page = pageWith(`/MediaBox[0 0 600 900]/Rotate ${rotation}`);
    const [x0, y0, x1, y1] = toUserSpace(page, { x: 0, y: 0, width: 10, height: 20 });
    expect([x0 < x1, y0 < y1]).toEqual([true, true]);
    // Which corner of user space is shown at the top left (ISO 32000-2, table 31: /Rotate turns clockwise).
    const corner = { 0: [0, 900], 90: [0, 0], 180: [600, 0], 270: [600, 900] }[page.rotation];
    expect([x0, x1]).toContain(corner?.[0]);
    expect([y0, y1]).toContain(corner?.[1]);
  });
});

describe('the visible box', () => {
  it.each([
    ['crop box within the media box', '/MediaBox[0 0 600 900]/CropBox[10 20 500 800]', [10, 20, 500, 800]],
    ['corners in any order', '/MediaBox[600 900 0 0]', [0, 0, 600, 900]],
    ['a crop box that reaches beyond', '/MediaBox[0 0 600 900]/CropBox[-50 -50 700 450]', [0, 0, 600, 450]],
    ['a crop box beside the media box', '/MediaBox[0 0 600 900]/CropBox[700 0 800 900]', [0, 0, 600, 900]],
    ['an empty crop box', '/MediaBox[0 0 600 900]/CropBox[5 5 5 5]', [0, 0, 600, 900]],
    ['a box of words', '/MediaBox[/a /b /c /d]', [0, 0, 595.276, 841.89]],
  ])('%s', (_, entries, box) => {
    expect(pageWith(entries).box).toEqual(box);
  });

  it('in millimetres, as shown', () => {
    const { width, height } = shownSize(pageWith('/MediaBox[0 0 595.276 841.89]/Rotate 90'));
    expect([width, height].map((value) => Math.round(value))).toEqual([297, 210]);
  });

  it('what the tree hands down counts where the page says nothing', () => {
    const pdf = new HandmadePdf()
      .object(1, '<</Type/Catalog/Pages 2 0 R>>')
      .object(2, '<</Type/Pages/Kids[3 0 R 4 0 R]/MediaBox[0 0 100 200]/Rotate 90>>')
      .object(3, '<</Type/Page/Parent 2 0 R>>')
      .object(4, '<</Type/Page/Parent 2 0 R/Rotate 0/MediaBox[0 0 1 2]>>')
      .table('/Root 1 0 R', 5);
    const [first, second] = [...pages(readPdf(pdf.bytes))];
    expect([first?.box, first?.rotation]).toEqual([[0, 0, 100, 200], 90]);
    expect([second?.box, second?.rotation]).toEqual([[0, 0, 1, 2], 0]);
  });
});

it('of a thousand pages only the last are read from the end', () => {
  const pdf = new HandmadePdf()
    .object(1, '<</Type/Catalog/Pages 2 0 R>>')
    .object(
      2,
      `<</Type/Pages/Kids[${Array.from({ length: 1000 }, (_, index) => `${index + 3} 0 R`).join(' ')}]>>`,
    );
  for (let number = 3; number < 1003; number++) pdf.object(number, '<</Type/Page/Parent 2 0 R>>');
  const document = readPdf(pdf.table('/Root 1 0 R', 1003).bytes);
  const [last] = pagesFromEnd(document);
  expect(last?.ref.number).toBe(1002);
  expect(last?.index).toBe(-1);
});
