import type { Random } from '../../random.ts';
import { bodyOf, entriesOf } from '../paper/dictionary.ts';
import type { Mutation } from './mutation.ts';

/** The same said in another way, or something that programs read in several ways. */
const numbers = (old: string, random: Random): string =>
  random.pick([
    ...[
      `+${old}`,
      `${old}.`,
      `${old}.0`,
      `0${old}`,
      `-${old}`,
      `--${old}`,
      `${old}-`,
      `${old}e1`,
      `${old}.5.5`,
    ],
    ...[`.${old}`, `${old}-5`, '.', '-', '1e3', '0x10', '16#FF', '99999999999', '-0', 'null', 'true'],
  ]);

function spelled(name: string, random: Random): string {
  const at = 1 + random.below(name.length - 1);
  const hex = name.charCodeAt(at).toString(16).padStart(2, '0');
  const spelling = random.pick([`#${hex}`, `#${hex.toUpperCase()}`, `#${hex} `, `#0${hex}`, `#`, '#00']);
  return name.slice(0, at) + spelling + name.slice(at + 1);
}

function otherString(old: string, random: Random): string {
  const inside = old.slice(1, -1);
  const octal = [...inside].map((letter) => `\\${letter.charCodeAt(0).toString(8)}`);
  return random.pick([
    ...[
      `<${Buffer.from(inside, 'latin1').toString('hex')}>`,
      `<${Buffer.from(inside, 'latin1').toString('hex')}5>`,
    ],
    ...[
      `(${octal.join('')})`,
      `(${inside.replace(/(.)/, '$1\\\n')})`,
      `(${inside.replace(/(.)/, '$1\r\n')})`,
    ],
    ...[
      `(${inside}\\)`,
      `(${inside}()\\8)`,
      `<${inside}>`,
      `(${inside.replace(/1/, '\\0611')})`,
      `(${inside} )`,
    ],
  ]);
}

function anyObject(change: (body: string, random: Random) => string): Mutation {
  return (paper, random) => {
    const number = random.pick([...paper.objects.keys()]);
    paper.set(number, change(paper.get(number), random));
  };
}

/** Changes one match of an expression in what isn't data. */
function oneOf(body: string, expression: RegExp, random: Random, by: (old: string) => string): string {
  const end = body.indexOf('stream\n');
  const matches = [...(end < 0 ? body : body.slice(0, end)).matchAll(expression)];
  if (matches.length === 0) return body;
  const { index, 0: old } = random.pick(matches);
  return body.slice(0, index) + by(old) + body.slice(index + old.length);
}

export const tokenMutations: Readonly<Record<string, Mutation>> = {
  'number spelled otherwise': anyObject((body, random) =>
    oneOf(body, /(?<![\w.#/-])\d+(?:\.\d+)?(?!\w)(?! \d+ R)/g, random, (old) => numbers(old, random)),
  ),
  'name spelled otherwise': anyObject((body, random) =>
    oneOf(body, /\/[A-Za-z]\w+/g, random, (old) => spelled(old, random)),
  ),
  'string spelled otherwise': anyObject((body, random) =>
    oneOf(body, /\([^()\\]+\)/g, random, (old) => otherString(old, random)),
  ),
  'key twice': anyObject((body, random) => {
    const entries = entriesOf(body);
    if (!entries || entries.list.length === 0) return body;
    const [key] = random.pick(entries.list);
    const other = random.pick(entries.list)[1];
    entries.list.splice(random.below(entries.list.length + 1), 0, [key, random.oneIn(3) ? 'null' : other]);
    return bodyOf(entries);
  }),
  'key lost': anyObject((body, random) => {
    const entries = entriesOf(body);
    entries?.list.splice(random.below(entries.list.length), 1);
    return entries ? bodyOf(entries) : body;
  }),
  'value of another key': anyObject((body, random) => {
    const entries = entriesOf(body);
    if (!entries || entries.list.length === 0) return body;
    random.pick(entries.list)[1] = random.pick(entries.list)[1];
    return bodyOf(entries);
  }),
  'comment between': anyObject((body, random) =>
    oneOf(body, / /g, random, () => random.pick(['%x\n', '%x\r', ' %(\n', '\0', '\f', '%\r\n'])),
  ),
  'space lost': anyObject((body, random) => oneOf(body, / (?=[/[(<])|(?<=[\])>]) /g, random, () => '')),
  'stray token': anyObject((body, random) =>
    oneOf(
      body,
      / /g,
      random,
      () => ` ${random.pick(['}', '{', ')', 'R', 'obj', 'foo', '>', '/', '0 0 R', '[ ]'])} `,
    ),
  ),
  'reference to another': anyObject((body, random) =>
    oneOf(body, /\d+ 0 R/g, random, () => `${1 + random.below(30)} 0 R`),
  ),
  'reference spelled otherwise': anyObject((body, random) =>
    oneOf(body, /\d+ 0 R/g, random, (old) =>
      random.pick([
        old.replace(' 0', ' 1'),
        old.replace(' 0', ' 00'),
        `0${old}`,
        `+${old}`,
        old.replace(' 0', ' %x\n0'),
        `[${old}]`,
        old.replace(' R', ' r'),
      ]),
    ),
  ),
  'value by reference': (paper, random) => {
    const number = random.pick([...paper.objects.keys()]);
    const entries = entriesOf(paper.get(number));
    if (!entries || entries.list.length === 0) return;
    const chosen = random.pick(entries.list);
    let value = chosen[1];
    // A chain of references is allowed, though no program writes one.
    for (let steps = 1 + random.below(3); steps > 0; steps--) value = `${paper.add(value)} 0 R`;
    chosen[1] = value;
    paper.set(number, bodyOf(entries));
  },
  'value in place of a reference': (paper, random) => {
    const number = random.pick([...paper.objects.keys()]);
    const body = oneOf(paper.get(number), /\d+ 0 R/g, random, (old) => {
      const other = paper.get(Number.parseInt(old, 10));
      return other.includes('endstream') ? old : other;
    });
    paper.set(number, body);
  },
};
