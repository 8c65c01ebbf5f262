import type { Random } from '../../random.ts';
import { get, put, withData } from '../paper/dictionary.ts';
import type { Paper } from '../paper/paper.ts';
import { contentsOf, type Mutation } from './mutation.ts';

/** A picture of 8 × 8 that is half black, half white. */
const half = `${'\0'.repeat(32)}${'\xff'.repeat(32)}`;

function draw(paper: Paper, random: Random, picture: string): void {
  const [page, stream] = [paper.pages[0], contentsOf(paper)[0]];
  if (page === undefined || stream === undefined) return;
  const resources = get(paper.get(page), 'Resources') ?? '<<>>';
  if (!resources.startsWith('<<')) return;
  const drawn = put(resources, 'XObject', `<</Hinh ${paper.add(picture)} 0 R>>`);
  paper.set(page, put(paper.get(page), 'Resources', drawn));
  const data = /stream\n([\s\S]*?)\n?endstream/.exec(paper.get(stream))?.[1] ?? '';
  const matrix = random.pick([
    '100 0 0 100 72 300',
    '100 0 0 -100 72 400',
    '0 100 100 0 72 300',
    '0 0 0 0 0 0',
  ]);
  paper.set(stream, withData(paper.get(stream), `${data}\nq ${matrix} cm /Hinh Do Q`));
}

function picture(entries: string, data = half): string {
  return withData(
    `<</Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 ${entries}>>\nstream\n\nendstream`,
    data,
  );
}

export const imageMutations: Readonly<Record<string, Mutation>> = {
  'image: drawn': (paper, random) => {
    const entries = random.pick([
      ...[
        '/ColorSpace /DeviceGray',
        '/ColorSpace /DeviceGray /Decode [1 0]',
        '/ColorSpace /DeviceGray /Decode [0 0]',
        '/ColorSpace /DeviceRGB',
        '',
      ],
      ...[
        '/ColorSpace /G',
        '/ColorSpace [/Indexed /DeviceRGB 1 <000000ff0000>]',
        '/ColorSpace [/Indexed /DeviceRGB 255 <00>]',
        '/ColorSpace /Nope',
      ],
      ...[
        '/ColorSpace [/CalGray <</WhitePoint [1 1 1]>>]',
        '/ColorSpace [/ICCBased 77777 0 R]',
        '/ColorSpace /DeviceCMYK',
        '/ColorSpace /Pattern',
      ],
      ...[
        '/ColorSpace [/Separation /X /DeviceGray <</FunctionType 2 /Domain [0 1] /N 1>>]',
        '/ColorSpace /DeviceGray /ImageMask true',
        '/ImageMask true',
      ],
      ...[
        '/ColorSpace /DeviceGray /Mask [0 0]',
        '/ColorSpace /DeviceGray /Mask [0 255]',
        '/ColorSpace /DeviceGray /Interpolate true',
        '/ColorSpace /DeviceGray /BitsPerComponent 1',
      ],
      ...[
        '/ColorSpace /DeviceGray /Width 9',
        '/ColorSpace /DeviceGray /Height 1000',
        '/ColorSpace /DeviceGray /Height -8',
        '/ColorSpace /DeviceGray /Width 0',
      ],
      ...[
        '/ColorSpace /DeviceGray /Filter /DCTDecode',
        '/ColorSpace /DeviceGray /Filter /JPXDecode',
        '/ColorSpace /DeviceGray /Filter /CCITTFaxDecode',
        '/W 4 /H 4 /CS /G',
      ],
    ]);
    draw(paper, random, picture(entries));
  },
  'image: masked': (paper, random) => {
    const mask = paper.add(
      picture(
        random.pick([
          '/ColorSpace /DeviceGray',
          '/ImageMask true /BitsPerComponent 1',
          '/ColorSpace /DeviceGray /Matte [1]',
          '/ColorSpace /DeviceRGB',
        ]),
      ),
    );
    const key = random.pick(['SMask', 'Mask', 'SMaskInData']);
    draw(
      paper,
      random,
      picture(`/ColorSpace /DeviceGray /${key} ${key === 'SMaskInData' ? '1' : `${mask} 0 R`}`),
    );
  },
  'image: with another for print': (paper, random) => {
    const other = paper.add(picture('/ColorSpace /DeviceGray /Decode [1 0]'));
    draw(
      paper,
      random,
      picture(`/ColorSpace /DeviceGray /Alternates [<</Image ${other} 0 R /DefaultForPrinting true>>]`),
    );
  },
  'image: a form': (paper, random) => {
    const entries = random.pick([
      '/BBox [0 0 1 1]',
      '/BBox [0 0 1 1] /Matrix [2 0 0 2 0 0]',
      '',
      '/BBox [1 1 0 0]',
      '/BBox [0 0 0 0]',
      '/BBox [0 0 1 1] /Group <</S /Transparency /I true /K true>>',
      '/BBox [0 0 1 1] /Ref <<>>',
      '/Subtype2 /PS /BBox [0 0 1 1]',
    ]);
    draw(
      paper,
      random,
      withData(`<</Type /XObject /Subtype /Form ${entries}>>\nstream\n\nendstream`, '0 0 0.5 0.5 re f'),
    );
  },
};
