import type { Random } from '../../random.ts';
import { get, put, withData } from '../paper/dictionary.ts';
import type { Paper } from '../paper/paper.ts';
import type { Mutation } from './mutation.ts';

const helvetica = '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>';

/** An appearance that says something, with boxes and matrices as programs may compute them differently. */
function appearance(paper: Paper, random: Random): string {
  const box = random.pick([
    '[0 0 200 40]',
    '[0 0 200 40]',
    '[200 40 0 0]',
    '[0 0 0 0]',
    '[50 10 100 30]',
    '[0 0 200]',
    'null',
    '[-100 -100 300 300]',
  ]);
  const matrix = random.pick([
    '',
    '',
    '/Matrix [1 0 0 1 50 50]',
    '/Matrix [0 1 -1 0 0 0]',
    '/Matrix [0 0 0 0 0 0]',
    '/Matrix [-1 0 0 1 0 0]',
    '/Matrix [1 0 0]',
  ]);
  const resources = random.pick([
    `/Resources <</Font <</H ${helvetica}>>>>`,
    `/Resources <</Font <</H ${helvetica}>>>>`,
    '',
    '/Resources null',
  ]);
  const entries = `/Type /XObject /Subtype /Form /BBox ${box} ${matrix} ${resources}`;
  const content = random.pick([
    '1 1 0 rg 0 0 200 40 re f 0 g BT /H 18 Tf 5 10 Td (Chi 900) Tj ET',
    'BT /H 18 Tf 5 10 Td (Chi 900) Tj ET',
    '0 0 200 40 re f',
  ]);
  return `${paper.add(withData(`<<${entries}>>\nstream\n\nendstream`, content))} 0 R`;
}

const kinds = [
  'Stamp',
  'FreeText',
  'Text',
  'Square',
  'Line',
  'Ink',
  'Highlight',
  'Link',
  'Popup',
  'Watermark',
  'Redact',
  'Widget',
  'Nope',
  'Circle',
  'Polygon',
  'PrinterMark',
  'FileAttachment',
];
const flags = [
  '',
  '/F 4',
  '/F 0',
  '/F 1',
  '/F 2',
  '/F 32',
  '/F 36',
  '/F 6',
  '/F 8',
  '/F 16',
  '/F 256',
  '/F 4.0',
  '/F (4)',
];

function add(paper: Paper, annotation: string): void {
  const page = paper.pages[0];
  if (page === undefined) return;
  const number = paper.add(annotation);
  const body = paper.get(page);
  const listed = get(body, 'Annots');
  const reference = /^(\d+) 0 R$/.exec(listed ?? '');
  const bare = (reference ? paper.get(Number(reference[1])) : (listed ?? '[]')).replace(/^\[|\]$/g, '');
  paper.set(page, put(body, 'Annots', `[${bare} ${number} 0 R]`));
}

function annotation(random: Random, entries: string): string {
  const rect = random.pick([
    '[72 500 272 540]',
    '[72 500 272 540]',
    '[272 540 72 500]',
    '[72 500 72 500]',
    '[72 500 272]',
    '[0 0 595 842]',
    '[72. +500 272 540]',
  ]);
  return `<</Type /Annot /Subtype /${random.pick(kinds)} /Rect ${rect} ${random.pick(flags)} ${entries}>>`;
}

export const annotationMutations: Readonly<Record<string, Mutation>> = {
  'annotation: appearance': (paper, random) => {
    add(paper, annotation(random, `/AP <</N ${appearance(paper, random)}>>`));
  },
  'annotation: states': (paper, random) => {
    const states = `<</On ${appearance(paper, random)} /Off ${appearance(paper, random)}>>`;
    const state = random.pick(['/AS /On', '/AS /Off', '/AS /Nope', '', '/AS (On)']);
    add(paper, annotation(random, `/AP <</N ${states}>> ${state}`));
  },
  'annotation: faces': (paper, random) => {
    const faces = random.pick([
      ...[
        `/D ${appearance(paper, random)}`,
        `/R ${appearance(paper, random)}`,
        `/N null /D ${appearance(paper, random)}`,
      ],
      ...[
        `/N ${appearance(paper, random)} /R ${appearance(paper, random)}`,
        `/N [${appearance(paper, random)}]`,
        '/N 77777 0 R',
      ],
    ]);
    add(paper, annotation(random, `/AP <<${faces}>>`));
  },
  'annotation: drawn by programs': (paper, random) => {
    const more = random.pick([
      ...[
        '/Contents (Chi 900) /DA (/Helv 14 Tf 1 0 0 rg)',
        '/C [1 0 0] /IC [1 0 0] /BS <</W 10>>',
        '/C [1 0 0] /Border [0 0 9]',
      ],
      ...[
        '/L [72 500 272 540] /C [1 0 0]',
        '/InkList [[72 500 272 540]] /C [0 0 1] /BS <</W 5>>',
        '/QuadPoints [72 540 272 540 72 500 272 500] /C [0 0 0]',
      ],
      ...[
        '/Name /Note /Contents (x)',
        '/MK <</BG [1 0 0] /CA (Chi 900)>> /FT /Btn /T (b)',
        '/Vertices [72 500 272 540 100 600] /C [1 0 0]',
      ],
    ]);
    add(paper, annotation(random, more));
  },
  'annotation: of a layer': (paper, random) => {
    const layer = paper.add('<</Type /OCG /Name (Lop)>>');
    const usage = random.pick([
      `/OFF [${layer} 0 R]`,
      `/ON [${layer} 0 R] /BaseState /OFF`,
      '/BaseState /OFF',
      '',
    ]);
    paper.set(
      paper.root,
      put(paper.get(paper.root), 'OCProperties', `<</OCGs [${layer} 0 R] /D <<${usage}>>>>`),
    );
    add(paper, annotation(random, `/OC ${layer} 0 R /AP <</N ${appearance(paper, random)}>>`));
  },
  'annotation: list': (paper, random) => {
    const page = paper.pages[0];
    if (page === undefined) return;
    const number = paper.add(annotation(random, `/AP <</N ${appearance(paper, random)}>>`));
    const list = `${paper.add(`[${number} 0 R]`)} 0 R`;
    const value = random.pick([
      list,
      `[${list}]`,
      `${number} 0 R`,
      `[null ${number} 0 R]`,
      `[${number} 0 R ${number} 0 R]`,
      `[5 (x) ${number} 0 R]`,
      `[${paper.get(number)}]`,
    ]);
    paper.set(page, put(paper.get(page), 'Annots', value));
  },
};
