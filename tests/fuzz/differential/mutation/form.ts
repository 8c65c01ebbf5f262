import type { Random } from '../../random.ts';
import { get, put, withData } from '../paper/dictionary.ts';
import type { Paper } from '../paper/paper.ts';
import type { Mutation } from './mutation.ts';

const helvetica = '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>';

function onField(change: (body: string, random: Random, paper: Paper) => string): Mutation {
  return (paper, random) => {
    const fields = paper.having('Subtype', '/Widget');
    if (fields.length === 0) return;
    const field = random.pick(fields);
    paper.set(field, change(paper.get(field), random, paper));
  };
}

function onForm(change: (form: string, random: Random, paper: Paper) => string): Mutation {
  return (paper, random) => {
    const catalog = paper.get(paper.root);
    const named = get(catalog, 'AcroForm') ?? '<</Fields []>>';
    const reference = /^(\d+) 0 R$/.exec(named);
    if (reference) paper.set(Number(reference[1]), change(paper.get(Number(reference[1])), random, paper));
    else paper.set(paper.root, put(catalog, 'AcroForm', change(named, random, paper)));
  };
}

/** A field's appearance as programs write it; what it shows may be something else than the value. */
function filled(paper: Paper, shown: string, random: Random): string {
  const content = `/Tx BMC q BT /F1 12 Tf 0 g 2 5 Td (${shown}) Tj ET Q EMC`;
  const resources = random.pick([
    `/Resources <</Font <</F1 ${helvetica}>>>>`,
    '',
    '/Resources <</Font <</F1 5 0 R>>>>',
  ]);
  return `${paper.add(withData(`<</Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}>>\nstream\n\nendstream`, content))} 0 R`;
}

const values = [
  '(05)',
  '(05/QD)',
  '<3035>',
  '<FEFF00300035>',
  '(\\376\\377\\0000\\0005)',
  '(0\\0655)',
  '/05',
  '5',
  '[(05)]',
  '()',
  '(05)',
];

export const formMutations: Readonly<Record<string, Mutation>> = {
  'form: filled': onField((body, random, paper) =>
    put(
      put(body, 'V', random.pick(values)),
      'AP',
      `<</N ${filled(paper, random.pick(['05', '05', '05', '98', '5']), random)}>>`,
    ),
  ),
  'form: value without appearance': onField((body, random) =>
    put(put(body, 'V', random.pick(values)), 'AP', null),
  ),
  'form: appearances asked for': onForm((form, random) =>
    put(form, 'NeedAppearances', random.pick(['true', 'false', '1', 'null', '/true'])),
  ),
  'form: default appearance': onForm((form, random) =>
    put(
      form,
      'DA',
      random.pick([
        '(/F1 0 Tf 0 g)',
        '(/Nope 12 Tf)',
        '(/F1 12 Tf 1 g)',
        '()',
        '(/F1 -12 Tf)',
        '(/F1 12 Tf 1 0 0 rg 3 Tr)',
        'null',
      ]),
    ),
  ),
  'form: entries of a field': onField((body, random) => {
    const [key, value] = random.pick([
      ...[
        ['MaxLen', '1'],
        ['Q', '2'],
        ['Ff', '4096'],
        ['Ff', '8192'],
        ['Ff', '16777216'],
        ['DV', '(98)'],
        ['MK', '<</R 90>>'],
        ['MK', '<</BG [0 0 0]>>'],
      ],
      ...[
        ['F', '2'],
        ['F', '0'],
        ['F', '32'],
        ['Rect', '[72 600 300 700]'],
        ['FT', '/Btn'],
        ['FT', '/Sig'],
        ['AS', '/Off'],
        ['DA', '(/F1 30 Tf 1 0 0 rg)'],
        ['RV', '(<p>98</p>)'],
      ],
    ] as const);
    return put(body, key, value);
  }),
  'form: kids': onField((body, _, paper) => {
    const kid = paper.add('<</Type /Annot /Subtype /Widget /Rect [72 640 200 660] /F 4>>');
    return put(put(body, 'Kids', `[${kid} 0 R]`), 'V', '(98)');
  }),
  'form: fields': onForm((form, random, paper) =>
    put(
      form,
      'Fields',
      random.pick([
        '[]',
        'null',
        `[${random.pick([...paper.objects.keys()])} 0 R]`,
        get(form, 'Fields')?.replace(']', ' null]') ?? '[]',
      ]),
    ),
  ),
  'form: XFA': onForm((form, random, paper) => {
    const xml =
      '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.0/"/></xdp:xdp>';
    const stream = `${paper.add(withData('<<>>\nstream\n\nendstream', xml))} 0 R`;
    return put(form, 'XFA', random.pick([stream, `[(xdp:xdp) ${stream}]`]));
  }),
};
