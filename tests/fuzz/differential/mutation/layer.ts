import type { Random } from '../../random.ts';
import { entriesOf, get, put, withData } from '../paper/dictionary.ts';
import type { Paper } from '../paper/paper.ts';
import { contentsOf, type Mutation } from './mutation.ts';

/** A layer of the file, on or off in one of the ways that there are. */
function layer(paper: Paper, random: Random): string {
  const group = `${paper.add(`<</Type /OCG /Name (Lop) ${random.pick(['', '/Intent /Design', '/Usage <</Print <</PrintState /OFF>> /View <</ViewState /OFF>>>>'])}>>`)} 0 R`;
  const configuration = random.pick([
    ...[
      `/OFF [${group}]`,
      `/ON [${group}] /BaseState /OFF`,
      '/BaseState /OFF',
      `/ON [${group}] /OFF [${group}]`,
      '',
      '/BaseState /Unchanged',
    ],
    ...[
      `/AS [<</Event /View /Category [/View] /OCGs [${group}]>>]`,
      `/AS [<</Event /Print /Category [/Print] /OCGs [${group}]>>]`,
      `/OFF ${group}`,
    ],
  ]);
  const known = random.oneIn(5) ? '' : group;
  paper.set(
    paper.root,
    put(paper.get(paper.root), 'OCProperties', `<</OCGs [${known}] /D <<${configuration}>>>>`),
  );
  const policy = random.pick(['/AllOn', '/AnyOff', '/AllOff', '/AnyOn']);
  const membership = () => `${paper.add(`<</Type /OCMD /OCGs [${group}] /P ${policy}>>`)} 0 R`;
  const expression = () =>
    `${paper.add(`<</Type /OCMD /OCGs [] /VE [${random.pick(['/Not', '/And', '/Or'])} ${group}]>>`)} 0 R`;
  return random.pick([() => group, membership, expression])();
}

export const layerMutations: Readonly<Record<string, Mutation>> = {
  'layer: around content': (paper, random) => {
    const [page, stream] = [paper.pages[0], contentsOf(paper)[0]];
    if (page === undefined || stream === undefined) return;
    const resources = get(paper.get(page), 'Resources') ?? '<<>>';
    if (!resources.startsWith('<<')) return;
    const name = random.pick(['L', 'L', 'Nope']);
    paper.set(
      page,
      put(paper.get(page), 'Resources', put(resources, 'Properties', `<</L ${layer(paper, random)}>>`)),
    );
    const [open, close] = random.pick([
      ['/OC /L BDC', 'EMC'],
      ['/OC /L BDC', ''],
      ['/OC /L BDC /P BMC', 'EMC'],
      ['/OC <</Type /OCG>> BDC', 'EMC'],
      [`/OC /${name} BDC`, 'EMC EMC'],
      ['q /OC /L BDC Q', 'EMC'],
    ] as const);
    const data = entriesOf(paper.get(stream))?.data ?? '';
    const words = '\nBT /F1 20 Tf 72 300 Td (Chi tra 900 dong) Tj ET\n';
    paper.set(
      stream,
      withData(
        paper.get(stream),
        random.oneIn(2) ? `${open} ${data} ${close}` : `${data} ${open} ${words} ${close}`,
      ),
    );
  },
  'layer: of a form': (paper, random) => {
    const forms = paper.having('Subtype', '/Form');
    const form = forms.length > 0 ? random.pick(forms) : undefined;
    if (form !== undefined) paper.set(form, put(paper.get(form), 'OC', layer(paper, random)));
  },
};
