import type { Random } from '../../random.ts';
import { get, put, withData } from '../paper/dictionary.ts';
import type { Paper } from '../paper/paper.ts';
import type { Mutation } from './mutation.ts';

function onFont(change: (body: string, random: Random, paper: Paper) => string): Mutation {
  return (paper, random) => {
    const fonts = paper.having('Type', '/Font');
    if (fonts.length === 0) return;
    const font = random.pick(fonts);
    paper.set(font, change(paper.get(font), random, paper));
  };
}

const stream = (data: string, entries = '') => withData(`<<${entries}>>\nstream\n\nendstream`, data);

const differences = [
  ...[
    '[49 /nine]',
    '[49 /eight 48 /five]',
    '[32 /A]',
    '[49 /uni0039]',
    '[49 /g9]',
    '[49 /nine /eight 49 /one]',
    '[49 /Nope]',
  ],
  ...[
    '[49 (nine)]',
    '[/nine]',
    '[49 /.notdef]',
    '[-1 /a 49 /nine]',
    '[49.5 /nine]',
    '[305 /nine]',
    '[49 /nine#20]',
    '[49 50 /nine]',
  ],
];

const encodings = [
  ...[
    '/WinAnsiEncoding',
    '/MacRomanEncoding',
    '/StandardEncoding',
    '/MacExpertEncoding',
    '/PDFDocEncoding',
    '/Nope',
  ],
  ...[
    '/Identity-H',
    '/Identity-V',
    '/UniGB-UCS2-H',
    '/UniJIS-UTF16-H',
    '/90ms-RKSJ-H',
    'null',
    '<<>>',
    '[/WinAnsiEncoding]',
  ],
];

const cmap = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <00> <ff> endcodespacerange
1 beginbfchar <31> <0039> endbfchar
endcmap`;

const cidMap = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def /CMapName /X def /CMapType 1 def
1 begincodespacerange <0000> <ffff> endcodespacerange
1 begincidrange <0000> <ffff> 1 endcidrange
endcmap`;

export const fontMutations: Readonly<Record<string, Mutation>> = {
  'font: differences': onFont((body, random) => {
    const base = random.pick([
      '',
      '/BaseEncoding /WinAnsiEncoding',
      '/BaseEncoding /Nope',
      '/Type /Encoding',
    ]);
    return put(body, 'Encoding', `<<${base} /Differences ${random.pick(differences)}>>`);
  }),
  'font: encoding': onFont((body, random) => put(body, 'Encoding', random.pick(encodings))),
  'font: map to text': onFont((body, random, paper) =>
    put(
      body,
      'ToUnicode',
      random.pick([null, '/Identity-H', `${paper.add(stream(cmap))} 0 R`, '77777 0 R', '/Identity']),
    ),
  ),
  'font: map of characters': onFont((body, random, paper) => {
    const usesOther = random.oneIn(3) ? '/UseCMap /UniGB-UCS2-H' : '';
    const entries = `/Type /CMap /CMapName /X /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> ${usesOther}`;
    return put(body, 'Encoding', `${paper.add(stream(cidMap, entries))} 0 R`);
  }),
  'font: widths': onFont((body, random) => {
    const [first, width] = [
      random.pick(['0', '32', '49', '-1', '255', 'null']),
      random.pick(['0', '-500', '500', '2000', '1']),
    ];
    const widths = random.pick([
      `[${`${width} `.repeat(random.below(224))}]`,
      '[]',
      'null',
      '77777 0 R',
      `${width}`,
    ]);
    return put(put(body, 'FirstChar', first), 'Widths', widths);
  }),
  'font: widths of glyphs': onFont((body, random) => {
    const value = random.pick(['-1000', '0', '3000', 'null', '[1000]', '500.5']);
    const list = random.pick([
      '[0 [-1000]]',
      '[0 65535 0]',
      '[0 99 -500]',
      '[0 [500 500] 1]',
      '[]',
      '[19 [0 0 0]]',
      '[0 -1 5]',
    ]);
    return random.oneIn(2) ? put(body, 'DW', value) : put(body, 'W', list);
  }),
  'font: vertical': onFont((body, random) =>
    put(put(body, 'DW2', random.pick(['[880 -1000]', '[0 0]', '[880 1000]'])), 'W2', '[0 [-500 250 700]]'),
  ),
  'font: glyphs by another map': onFont((body, random, paper) => {
    const map = Array.from({ length: 400 }, (_, glyph) => String.fromCharCode(0, (glyph + 1) % 256)).join('');
    return put(
      body,
      'CIDToGIDMap',
      random.pick(['/Identity', '/Nope', 'null', `${paper.add(stream(map))} 0 R`, '77777 0 R']),
    );
  }),
  'font: kind': onFont((body, random) =>
    put(
      body,
      'Subtype',
      random.pick([
        '/Type1',
        '/TrueType',
        '/Type3',
        '/Type0',
        '/MMType1',
        '/CIDFontType2',
        '/CIDFontType0',
        '/Nope',
        null,
      ]),
    ),
  ),
  'font: name': onFont((body, random) =>
    put(
      body,
      'BaseFont',
      random.pick([
        '/Helvetica',
        '/Symbol',
        '/ZapfDingbats',
        '/Courier',
        '/Times-Bold',
        '/Nope',
        '/ABCDEF+Arial',
        null,
        '(Helvetica)',
        '/Arial,Bold',
      ]),
    ),
  ),
  'font: descriptor': (paper, random) => {
    const descriptors = paper.having('Type', '/FontDescriptor');
    if (descriptors.length === 0) return;
    const number = random.pick(descriptors);
    const body = paper.get(number);
    const file =
      ['FontFile', 'FontFile2', 'FontFile3'].find((key) => get(body, key) !== undefined) ?? 'FontFile2';
    const [key, value] = random.pick([
      ...[
        ['Flags', '4'],
        ['Flags', '32'],
        ['Flags', '6'],
        ['Flags', '0'],
        ['MissingWidth', '900'],
        ['MissingWidth', '-900'],
      ],
      ...[
        [file, null],
        [file, '77777 0 R'],
        ['FontName', '/Nope'],
        ['FontBBox', '[0 0 0 0]'],
        ['ItalicAngle', '80'],
        ['Ascent', '-900'],
      ],
    ] as const);
    const other = random.pick(['FontFile', 'FontFile2', 'FontFile3']);
    const moved = get(body, file);
    paper.set(
      number,
      random.oneIn(4) && moved
        ? put(put(body, file, null), other, moved)
        : put(body, key as string, value as string | null),
    );
  },
  'font: program damaged': (paper, random) => {
    const programs = [...paper.objects].filter(
      ([, body]) => /\/Length1 /.test(body) || /\/Subtype \/(CIDFontType0C|Type1C|OpenType)/.test(body),
    );
    if (programs.length === 0) return;
    const [number, body] = random.pick(programs);
    const data = /stream\n([\s\S]*?)\n?endstream/.exec(body)?.[1] ?? '';
    const at = random.below(Math.min(data.length, random.oneIn(2) ? 300 : data.length));
    paper.set(
      number,
      withData(body, data.slice(0, at) + String.fromCharCode(random.below(256)) + data.slice(at + 1)),
    );
  },
  'font: replaced': (paper, random) => {
    const fonts = paper.having('Type', '/Font');
    if (fonts.length === 0) return;
    paper.set(
      random.pick(fonts),
      random.pick([
        'null',
        '[]',
        '/Helvetica',
        '<<>>',
        '<</Type /Font>>',
        '<</Type /Font /Subtype /Type1>>',
        stream(''),
      ]),
    );
  },
  'font: drawn by content': onFont((_, random, paper) => {
    const glyph = random.pick([
      '1000 0 0 0 750 750 d1 0 0 750 750 re f',
      '1000 0 d0 1 0 0 rg 0 0 750 750 re f',
      '0 0 750 750 re f',
      '-1000 0 d0 0 0 500 500 re f',
    ]);
    const matrix = random.pick([
      '[0.001 0 0 0.001 0 0]',
      '[-0.001 0 0 0.001 0 0]',
      '[0 0 0 0 0 0]',
      '[1 0 0 1 0 0]',
      '[0.001 0 0 0.001]',
    ]);
    return `<</Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix ${matrix} /CharProcs <</a ${paper.add(stream(glyph))} 0 R>> /Encoding <</Differences [49 /a]>> /FirstChar 48 /LastChar 50 /Widths [1000 1000 1000]>>`;
  }),
};
