import type { Random } from '../../random.ts';
import { entriesOf, withData } from '../paper/dictionary.ts';
import { contentsOf, type Mutation } from './mutation.ts';

/** Pieces of a page's content that programs may read in several ways, each with words that a person would notice. */
const pieces = [
  ...[
    '(Chi tra 900) Tj',
    '/F1 14 Tf (900) Tj',
    'BT /F1 14 Tf 72 600 Td (Chi 900) Tj',
    'ET',
    'Q',
    'q',
    'Q Q',
    'q q q',
  ],
  ...[
    'BT BT',
    'ET ET',
    '3 Tr',
    '7 Tr',
    '0 Tr',
    '50 Tz',
    '-100 Tz',
    '0 Tz',
    '20 Ts',
    '30 Tw',
    '10 Tc',
    '0 Tf',
    '/Nope 12 Tf',
  ],
  ...[
    '/F1 -14 Tf',
    '1 g',
    '1 1 1 rg',
    '0 g 5 g',
    '/Nope gs',
    '/Nope Do',
    '/P BMC',
    'EMC',
    '/OC /Nope BDC',
    'BX',
    'EX',
  ],
  ...[
    'foo',
    'BX foo EX',
    '1 2 3 4 5 6 7 cm',
    '0.5 0 0 0.5 0 0 cm',
    '1 0 0 1 cm',
    '0 0 0 0 0 0 cm',
    '-1 0 0 1 595 0 cm',
  ],
  ...[
    '0 0 595 842 re W n',
    '0 0 0 0 re W n',
    '0 0 595 400 re W* n',
    'W n',
    '0 0 300 300 re f',
    'n',
    '/Cs1 cs',
    '/Pattern cs /Nope scn',
  ],
  ...[
    '[(Chi) -500 (900)] TJ',
    '[(Chi) (-500) (900)] TJ',
    "(900) '",
    '1 2 (900) "',
    "(900) ' (1",
    '(x',
    ')',
    '<3930',
    '>',
    '>>',
    '<<',
    ']',
    '[',
  ],
  ...[
    'BI /W 2 /H 2 /BPC 8 /CS /G ID \0\xff\0\xff EI',
    'BI /W 2 /H 2 /BPC 8 /CS /G ID \0 EI\xff EI',
    'BI /W 100 /H 100 /BPC 1 /IM true ID x EI',
  ],
  ...[
    'BI /W 2 /H 2 /BPC 8 /CS /G /F /AHx ID 00ff00ff> EI',
    'BI /W 1 /H 1 /L 1 /BPC 8 /CS /G ID EI Q EI',
    'BI EI',
    'ID',
    'EI',
  ],
  ...[
    '% (x\n',
    '%\r(900) Tj',
    '\0',
    'null',
    'true',
    '/Name',
    '1e5 0 Td',
    '--5 0 Td',
    '5-3 0 Td',
    '+7 0 Td',
    '.5.5 0 Td',
    '1 0 0 1 1e2 0 Tm',
  ],
  ...[
    'd0',
    '1000 0 d0',
    '0 0 0 0 0 0 d1',
    'sh',
    '/Nope sh',
    'MP',
    '/A DP',
    '0 0 m 100 100 l',
    'S',
    'B*',
    'h',
    'y',
    '0 Tj',
    'Tj',
    '(a) (b) Tj',
  ],
  ...[
    '72 500 Td',
    '0 0 Td',
    '1 0 0 -1 0 842 cm',
    '1 0 0 1 72 500 Tm',
    'T*',
    '0 -20 TD',
    '14 TL',
    '/GS0 gs',
    '0.01 Tc',
    '1 0 0 rg',
    '/a#20b Do',
  ],
] as const;

const delimiter = /[\s()<>[\]{}/%]/;

/** Places between two tokens of a content, as far as white space tells. */
function gaps(data: string): number[] {
  return [...data.matchAll(/\s+/g)].map(({ index }) => index);
}

function onContent(change: (data: string, random: Random) => string): Mutation {
  return (paper, random) => {
    const streams = contentsOf(paper).filter((number) => (entriesOf(paper.get(number))?.data ?? '') !== '');
    if (streams.length === 0) return;
    const number = random.pick(streams);
    const body = paper.get(number);
    paper.set(number, withData(body, change(entriesOf(body)?.data ?? '', random)));
  };
}

function tokenChanged(data: string, random: Random, expression: RegExp, by: (old: string) => string): string {
  const matches = [...data.matchAll(expression)];
  if (matches.length === 0) return data;
  const { index, 0: old } = random.pick(matches);
  return data.slice(0, index) + by(old) + data.slice(index + old.length);
}

export const contentMutations: Readonly<Record<string, Mutation>> = {
  'content: piece put in': onContent((data, random) => {
    const at = random.pick([0, data.length, ...gaps(data)]);
    return `${data.slice(0, at)} ${random.pick(pieces)} ${data.slice(at)}`;
  }),
  'content: pieces put in': onContent((data, random) => {
    const at = random.pick([0, data.length, ...gaps(data)]);
    const more = Array.from({ length: 2 + random.below(4) }, () => random.pick(pieces));
    return `${data.slice(0, at)} ${more.join(' ')} ${data.slice(at)}`;
  }),
  'content: token lost': onContent((data, random) => tokenChanged(data, random, /\S+/g, () => '')),
  'content: operator exchanged': onContent((data, random) =>
    tokenChanged(data, random, /(?<=\s)[A-Za-z*'"]+(?=\s)/g, () =>
      random.pick([
        'Tj',
        'TJ',
        'Td',
        'TD',
        'Tm',
        'q',
        'Q',
        'cm',
        'f',
        'S',
        'n',
        'W',
        'BT',
        'ET',
        'gs',
        'Do',
        'T*',
        "'",
        'tj',
      ]),
    ),
  ),
  'content: number changed': onContent((data, random) =>
    tokenChanged(data, random, /(?<![\w.#/-])-?\d+(?:\.\d+)?/g, (old) =>
      random.pick([
        `${old}.`,
        `+${old}`,
        `-${old}`,
        `--${old}`,
        `0${old}`,
        '0',
        '1',
        '-1',
        '100',
        `${old}e2`,
        `${old}-1`,
        '99999',
        `${old}.1.1`,
      ]),
    ),
  ),
  'content: string changed': onContent((data, random) =>
    tokenChanged(data, random, /\([^()\\]+\)/g, (old) => {
      const inside = old.slice(1, -1);
      const hex = Buffer.from(inside, 'latin1').toString('hex');
      return random.pick([
        `<${hex}>`,
        `<${hex}9>`,
        `<${hex.replace(/../g, '$& ')}>`,
        `(${inside.replace(/./, '$&\\\n')})`,
        `(${inside}\\`,
        `(${inside}\\400)`,
        `(\\${inside})`,
        `(${inside}\r\n)`,
        '()',
        '(900)',
        `<${inside}>`,
        `((${inside})`,
      ]);
    }),
  ),
  'content: space lost': onContent((data, random) =>
    tokenChanged(data, random, /\s(?=[/(<[])|(?<=[)\]>])\s/g, () => ''),
  ),
  'content: space of another kind': onContent((data, random) =>
    tokenChanged(data, random, /\s/g, () =>
      random.pick(['\0', '\f', '\r', '%x\n', '%x\r', '\x0b', '\xa0', '\x85', '\t']),
    ),
  ),
  'content: cut short': onContent((data, random) => data.slice(0, random.below(data.length))),
  'content: part twice': onContent((data, random) => {
    const from = random.below(data.length);
    return data.slice(0, from) + data.slice(Math.max(0, from - random.below(200)));
  }),
  'content: byte put in': onContent((data, random) => {
    const at = random.below(data.length);
    const byte = String.fromCharCode(random.below(256));
    return delimiter.test(byte) || random.oneIn(2)
      ? data.slice(0, at) + byte + data.slice(at)
      : data.slice(0, at) + byte + data.slice(at + 1);
  }),
};
