import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'fast-png';
import { beforeAll, describe, expect, it } from 'vitest';
import { pages, type Rectangle } from '../../native/pdf/page.ts';
import { type BoxMm, shownSize, toShown } from '../../native/pdf/page-geometry.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import type { Stamp } from '../../native/signing/stamp.ts';
import { HandmadePdf } from '../unit/pdf/handmade-pdf.ts';
import { readPdf, scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority } from '../unit/signing/software-key.ts';

/** On pages of every build a stamp stands where a person was told, and upright: told by where two renderers put its ink. */

const folder = scratchFolder();
let signer: Signer;

beforeAll(() => {
  signer = createAuthority(path.join(folder, 'pki')).signer('P-256', 'Nguyễn Văn Thử').signer;
});

/** Twice as wide as high: black at the top left, grey elsewhere. No turn and no mirror leaves it as it is. */
function picture(): Uint8Array {
  const [width, height] = [40, 20];
  const data = Uint8Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return x < width / 2 && y < height / 2 ? 0 : 160;
  });
  return encode({ width, height, data, channels: 1, depth: 8 });
}

interface Build {
  /** Entries of the page tree's root, a node between, and the page itself. */
  readonly root?: string;
  readonly node?: string;
  readonly page?: string;
  readonly objects?: Readonly<Record<number, string>>;
}

const a4 = '/MediaBox[0 0 595 842]';
const builds: Readonly<Record<string, Build>> = {
  plain: { page: a4 },
  'turned by 90': { page: `${a4}/Rotate 90` },
  'turned by 180': { page: `${a4}/Rotate 180` },
  'turned by 270': { page: `${a4}/Rotate 270` },
  'turned backwards': { page: `${a4}/Rotate -90` },
  'turned more than once': { page: `${a4}/Rotate 450` },
  landscape: { page: '/MediaBox[0 0 842 595]' },
  cropped: { page: `${a4}/CropBox[50 100 500 800]` },
  'cropped and turned': { page: `${a4}/CropBox[50 100 500 800]/Rotate 90` },
  'cropped to more than there is': { page: `${a4}/CropBox[-100 -100 700 900]/Rotate 180` },
  'with an origin of its own': { page: '/MediaBox[-300 -400 295 442]/Rotate 270' },
  'with its corners in another order': { page: '/MediaBox[595 842 0 0]/Rotate 90' },
  'in units of two points': { page: '/MediaBox[0 0 297.5 421]/UserUnit 2' },
  'in units of two points, turned': { page: '/MediaBox[0 0 297.5 421]/UserUnit 2/Rotate 90' },
  'with everything inherited from the root': { root: `${a4}/Rotate 90/CropBox[50 100 500 800]` },
  'with a turn from the node between, against the root’s': {
    root: `${a4}/Rotate 90`,
    node: '/Rotate 180',
  },
  'with a turn of its own, against the node’s': { root: a4, node: '/Rotate 180', page: '/Rotate 0' },
  'with its box and turn as other objects': {
    page: '/MediaBox 10 0 R/Rotate 11 0 R',
    objects: { 10: '[0 0 12 0 R 842]', 11: '90', 12: '595' },
  },
};

/** One empty page below a node below the root. */
function pdfOf({ root = '', node = '', page = '', objects = {} }: Build, form = ''): Buffer {
  const pdf = new HandmadePdf()
    .object(1, `<</Type/Catalog/Pages 2 0 R${form}>>`)
    .object(2, `<</Type/Pages/Kids[3 0 R]/Count 1${root}>>`)
    .object(3, `<</Type/Pages/Parent 2 0 R/Kids[4 0 R]/Count 1${node}>>`)
    .object(4, `<</Type/Page/Parent 3 0 R/Resources<<>>${page}>>`);
  for (const [number, body] of Object.entries(objects)) pdf.object(Number(number), body);
  return pdf.table('/Root 1 0 R', 20).bytes;
}

interface Ink {
  /** As shares of the page's width and height from its top left corner. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where a picture of the page is at least that dark. */
function inkOf(pgm: Buffer, darkest: number): Ink {
  const head = /^P5\s(?:#.*\n)?(\d+)\s(\d+)\s(\d+)\s/.exec(pgm.toString('latin1', 0, 100));
  if (!head) throw new Error('no picture of grey levels');
  const [width, height] = [Number(head[1]), Number(head[2])];
  const pixels = pgm.subarray(head[0].length);
  const found = { left: width, top: height, right: 0, bottom: 0 };
  pixels.forEach((level, index) => {
    if (level > darkest) return;
    const [x, y] = [index % width, Math.floor(index / width)];
    found.left = Math.min(found.left, x);
    found.right = Math.max(found.right, x + 1);
    found.top = Math.min(found.top, y);
    found.bottom = Math.max(found.bottom, y + 1);
  });
  return {
    left: found.left / width,
    right: found.right / width,
    top: found.top / height,
    bottom: found.bottom / height,
  };
}

const renderers: Readonly<Record<string, (file: string) => Buffer>> = {
  pdftoppm: (file) => execFileSync('pdftoppm', ['-r', '50', '-gray', '-cropbox', '-singlefile', file]),
  mutool: (file) => {
    const out = `${file}.pgm`;
    execFileSync('mutool', ['draw', '-q', '-r', '50', '-c', 'gray', '-F', 'pgm', '-o', out, file, '1'], {
      stdio: 'pipe',
    });
    return readFileSync(out);
  },
};

const black = 80;
const grey = 200;

/** Each renderer sees the picture in the box, and its black quarter at the top left. */
function expectUpright(file: string, box: BoxMm, shown: { width: number; height: number }): void {
  const share = ({ x, y, width, height }: BoxMm): Ink => ({
    left: x / shown.width,
    top: y / shown.height,
    right: (x + width) / shown.width,
    bottom: (y + height) / shown.height,
  });
  const quarter = { ...box, width: box.width / 2, height: box.height / 2 };
  for (const [name, render] of Object.entries(renderers)) {
    const picture = render(file);
    for (const [level, area] of [
      [grey, box],
      [black, quarter],
    ] as const) {
      const seen = inkOf(picture, level);
      const expected = share(area);
      // Two pixels of four hundred: renderers blur edges.
      for (const side of ['left', 'top', 'right', 'bottom'] as const)
        expect(Math.abs(seen[side] - expected[side]), `${name}: ${side} ${seen[side]}`).toBeLessThan(0.006);
    }
  }
}

async function sign(bytes: Buffer, name: string, stamp: Stamp): Promise<string> {
  const source = writeFile(folder, `${name}.pdf`, bytes);
  const target = path.join(folder, `${name}-signed.pdf`);
  await signPdf({ source, target, signer, stamp });
  return target;
}

function pageOf(bytes: Buffer) {
  const [page] = [...pages(readPdf(bytes))];
  if (!page) throw new Error('no page');
  return page;
}

describe.each(Object.entries(builds))('a page %s', (name, build) => {
  const file = name.replaceAll(/\W+/g, '-');

  it('shows a stamp in its box, upright', async () => {
    const bytes = pdfOf(build);
    const box = { x: 30, y: 50, width: 80, height: 40 };
    const signed = await sign(bytes, file, { kind: 'plain', box, image: picture() });
    expectUpright(signed, box, shownSize(pageOf(bytes)));
  });
});

describe.each([
  'turned by 90',
  'turned by 180',
  'turned by 270',
  'cropped and turned',
  'in units of two points, turned',
])('a page %s', (name) => {
  it('shows a stamp in the field that a template has there, upright', async () => {
    const build = builds[name] ?? {};
    const page = pageOf(pdfOf(build));
    // In user space, which turns with the page and has its units: twice as wide as high to a person.
    const [long, short] = [120 / page.userUnit, 60 / page.userUnit];
    const [width, height] = page.rotation % 180 === 0 ? [long, short] : [short, long];
    const rect: Rectangle = [100, 150, 100 + width, 150 + height];
    const field = `<</Type/Annot/Subtype/Widget/FT/Sig/T(x)/F 4/Rect[${rect.join(' ')}]/P 4 0 R>>`;
    const bytes = pdfOf(
      { ...build, page: `${build.page ?? ''}/Annots[15 0 R]`, objects: { 15: field } },
      '/AcroForm<</Fields[15 0 R]>>',
    );
    const signed = await sign(bytes, `${name.replaceAll(/\W+/g, '-')}-field`, {
      kind: 'plain',
      image: picture(),
    });
    expectUpright(signed, toShown(page, rect), shownSize(page));
  });
});
