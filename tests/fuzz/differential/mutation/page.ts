import type { Random } from '../../random.ts';
import { get, put, withData } from '../paper/dictionary.ts';
import type { Paper } from '../paper/paper.ts';
import { contentsOf, type Mutation } from './mutation.ts';

const boxes = ['MediaBox', 'CropBox', 'TrimBox', 'BleedBox', 'ArtBox'];

function box(random: Random): string {
  const side = () => random.pick([0, 10, 72, 300, 595, 842, 1000, -50, 20_000, 0.5]);
  return random.pick([
    ...[`[${side()} ${side()} ${side()} ${side()}]`, `[${side()} ${side()} ${side()} ${side()}]`],
    ...['[0 0 595 842]', '[595 842 0 0]', '[0 842 595 0]', '[0 0 595]', '[0 0 595 842 9]', '[]', 'null'],
    ...['[0 0 (595) 842]', '[0 0 595 null]', '[100 100 100 100]', '[0 0 298 421]', '[1e2 0 595 842]'],
  ]);
}

function onPage(change: (body: string, random: Random, paper: Paper) => string): Mutation {
  return (paper, random) => {
    if (paper.pages.length === 0) return;
    const page = random.pick(paper.pages);
    paper.set(page, change(paper.get(page), random, paper));
  };
}

function onTree(change: (body: string, random: Random, paper: Paper) => string): Mutation {
  return (paper, random) => {
    const nodes = paper.having('Type', '/Pages');
    if (nodes.length === 0) return;
    const node = random.pick(nodes);
    paper.set(node, change(paper.get(node), random, paper));
  };
}

/** A page of its own, with other words. */
function otherPage(paper: Paper, parent: string): string {
  const content = 'BT /F1 20 Tf 72 400 Td (Chi tra 900 dong) Tj ET';
  const font = '/Resources <</Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>';
  const stream = paper.add(withData('<</Length 0>>\nstream\n\nendstream', content));
  return `<</Type /Page /Parent ${parent} /MediaBox [0 0 595 842] ${font} /Contents ${stream} 0 R>>`;
}

export const pageMutations: Readonly<Record<string, Mutation>> = {
  box: onPage((body, random) => put(body, random.pick(boxes), box(random))),
  'box inherited': (paper, random) => {
    const key = random.pick(boxes.slice(0, 2));
    for (const page of paper.pages) paper.set(page, put(paper.get(page), key, null));
    for (const node of paper.having('Type', '/Pages'))
      paper.set(node, put(paper.get(node), key, box(random)));
  },
  rotation: onPage((body, random) =>
    put(
      body,
      'Rotate',
      random.pick(['90', '180', '270', '-90', '450', '45', '90.0', '[90]', '89', '360', '(90)']),
    ),
  ),
  'rotation inherited': onTree((body, random) =>
    put(body, 'Rotate', random.pick(['90', '180', '-90', '91', 'null'])),
  ),
  unit: onPage((body, random) => put(body, 'UserUnit', random.pick(['2', '0.5', '0', '-1', '1.0', '100']))),
  kids: onTree((body, random, paper) => {
    const kids = (get(body, 'Kids') ?? '[]').slice(1, -1);
    const first = /\d+ 0 R/.exec(kids)?.[0] ?? 'null';
    const own = otherPage(paper, first);
    const another = `${paper.add(own)} 0 R`;
    return put(
      body,
      'Kids',
      random.pick([
        ...[`[${kids} ${another}]`, `[${another} ${kids}]`, `[${own}]`, `[${own} ${kids}]`, `[null ${kids}]`],
        ...[`[${kids} ${first}]`, `[[${kids}]]`, kids, `[77777 0 R ${kids}]`, `[${another} ${kids}`, '[]'],
      ]),
    );
  }),
  count: onTree((body, random) =>
    put(body, 'Count', random.pick(['0', '1', '2', '-1', '3', '1.5', 'null', '99999'])),
  ),
  'tree within the tree': onTree((body, random, paper) => {
    const parent = `${paper.having('Type', '/Pages')[0] ?? 1} 0 R`;
    const [one, other] = [paper.add(otherPage(paper, parent)), paper.add(otherPage(paper, parent))];
    const type = random.pick(['/Type /Pages', '', '/Type /Page', '/Type /Catalog', '/Type /pages']);
    const count = random.pick(['/Count 2', '/Count 1', '', '/Count 0', '/Count -2']);
    const node = paper.add(`<<${type} ${count} /Parent ${parent} /Kids [${one} 0 R ${other} 0 R]>>`);
    const kids = (get(body, 'Kids') ?? '[]').slice(1, -1);
    const isFirst = random.oneIn(2);
    const grown = put(body, 'Kids', isFirst ? `[${node} 0 R ${kids}]` : `[${kids} ${node} 0 R]`);
    return put(grown, 'Count', random.pick(['1', '2', '3', '4']));
  }),
  'page with kids': onPage((body, _, paper) =>
    put(body, 'Kids', `[${paper.add(otherPage(paper, '2 0 R'))} 0 R]`),
  ),
  'page of another type': onPage((body, random) =>
    put(body, 'Type', random.pick([null, '/Pages', '/page', '/Template', '(Page)', '/Page#20'])),
  ),
  parent: onPage((body, random, paper) =>
    put(body, 'Parent', random.pick([null, '77777 0 R', `${paper.root} 0 R`, '3 0 R'])),
  ),
  contents: onPage((body, random, paper) => {
    const old = get(body, 'Contents') ?? '[]';
    const bare = old.replace(/^\[|\]$/g, '');
    const words = 'BT /F1 20 Tf 72 300 Td (Chi tra 900 dong) Tj ET';
    const more = `${paper.add(withData('<</Length 0>>\nstream\n\nendstream', words))} 0 R`;
    const list = `${paper.add(`[${bare}]`)} 0 R`;
    return put(
      body,
      'Contents',
      random.pick([
        ...[
          `[${bare} ${more}]`,
          `[${more} ${bare}]`,
          `[null ${bare}]`,
          `[77777 0 R ${bare}]`,
          `[[${bare}]]`,
          list,
        ],
        ...[
          `[${bare} [${more}]]`,
          `[${bare} ${list}]`,
          `[${bare} 5 (x) ${more}]`,
          '[]',
          `[${list}]`,
          `[${bare} ${bare}]`,
        ],
        ...[`[${bare} ${random.pick([...paper.objects.keys()])} 0 R ${more}]`, `<</A ${more}>>`],
      ]),
    );
  }),
  'content cut in two': (paper, random) => {
    const streams = contentsOf(paper);
    const page = paper.pages[0];
    if (page === undefined || streams.length === 0) return;
    const number = random.pick(streams);
    const data = /stream\n([\s\S]*?)\n?endstream/.exec(paper.get(number))?.[1] ?? '';
    const at = random.below(data.length);
    const second = paper.add(withData('<</Length 0>>\nstream\n\nendstream', data.slice(at)));
    paper.set(number, withData(paper.get(number), data.slice(0, at)));
    const old = get(paper.get(page), 'Contents') ?? '';
    const named = old.replace(/^\[|\]$/g, '').replace(`${number} 0 R`, `${number} 0 R ${second} 0 R`);
    paper.set(page, put(paper.get(page), 'Contents', `[${named}]`));
  },
  'resources inherited': (paper) => {
    const page = paper.pages[0];
    const resources = page === undefined ? undefined : get(paper.get(page), 'Resources');
    if (page === undefined || resources === undefined) return;
    paper.set(page, put(paper.get(page), 'Resources', null));
    for (const node of paper.having('Type', '/Pages'))
      paper.set(node, put(paper.get(node), 'Resources', resources));
  },
  'resources lost': onPage((body, random) =>
    put(body, 'Resources', random.pick([null, 'null', '<<>>', '[]', '/None'])),
  ),
  'resources of form and page': onPage((body, random, paper) => {
    const form = paper.having('Subtype', '/Form')[0];
    const own = get(body, 'Resources');
    if (form === undefined || own === undefined) return body;
    paper.set(form, put(paper.get(form), 'Resources', random.pick([null, '<<>>', 'null', own])));
    return body;
  }),
  catalog: (paper, random) => {
    const entries: readonly (readonly [string, string])[] = [
      ['Version', random.pick(['/1.3', '/2.0', '1.7'])],
      ['PageLayout', '/TwoColumnLeft'],
      ['PageMode', '/UseOC'],
      ['PageLabels', '<</Nums [0 <</S /r>>]>>'],
      ['Pages', `${random.pick([...paper.objects.keys()])} 0 R`],
      ['Pages', paper.get(paper.having('Type', '/Pages')[0] ?? 0)],
      ['NeedsRendering', 'true'],
      ['Collection', '<</Type /Collection /View /H>>'],
      ['Threads', '[]'],
    ];
    const [key, value] = random.pick(entries);
    paper.set(paper.root, put(paper.get(paper.root), key, value));
  },
};
