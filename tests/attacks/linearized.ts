import { stream } from '../unit/verification/sample-pdf.ts';
import { bytes, closing, object } from './bytes.ts';
import { attacks, structural } from './case.ts';
import {
  catalog,
  forgedContent,
  line,
  page,
  resources,
  trueText,
  update,
  type Victim,
  victimObjects,
} from './victim.ts';

/**
 * Files that say that they are linearized (ISO 32000-2, Annex F) and aren't: PDF.js and poppler read a file from its
 * front where /L is its length. What the front shows isn't what an update behind it, the one that is verified and
 * signed, does.
 */
export interface Front {
  /** The parameters, the first object. */
  readonly dictionary: (places: Places) => string;
  /** Between the header and the parameters. */
  readonly before?: string;
  /** Before the header. */
  readonly junk?: string;
  /** The sample's objects that are others here. */
  readonly objects: Readonly<Record<number, string>>;
}

/** What the parameters say, in ten digits each. */
interface Places {
  /** /L. */
  readonly length: string;
  /** /E, where the hints begin. */
  readonly end: string;
  /** /H without its brackets. */
  readonly hints: string;
  /** /T. */
  readonly main: string;
}

const numbers = { parameters: 50, hints: 51 } as const;
const trueContent = stream(line(trueText));
const sampleNumbers = [1, 2, 3, 4, 5, 6, 7, 8];

/** A page offset hint table for one page of eight objects (table F.3), and no shared ones. */
const hintStream = (() => {
  const table = Buffer.alloc(60);
  table.writeUInt32BE(8, 0);
  return stream(table.toString('latin1'), '/S 36');
})();

const digits = (value: number) => String(value).padStart(10, '0');

export function usualParameters(name = '/Linearized', pages = '/O 3 /N 1'): Front['dictionary'] {
  return ({ length, end, hints, main }) =>
    `<< ${name} 1 /L ${length} /H [${hints}] ${pages} /E ${end} /T ${main} >>`;
}

/** The front part of a file that is `length` bytes long by what it says of itself. */
export function front({ dictionary, before = '', junk = '', objects }: Front, length: number): Buffer {
  const shown = [...victimObjects(objects).entries()].map(([index, body]) => [index + 1, body] as const);
  const all = [...shown, [numbers.hints, hintStream] as const];
  const offsets = new Map<number, number>(all.map(([number]) => [number, 0]));
  let places: Places = {
    length: digits(length),
    end: digits(0),
    hints: `${digits(0)} ${digits(0)}`,
    main: digits(0),
  };
  const head = () =>
    `%PDF-1.7\n%\xe2\xe3\xcf\xd3\n${before}${object(numbers.parameters, dictionary(places))}`;
  const table = () => {
    const rows = [...offsets].map(([number, offset]) => `${number} 1\n${digits(offset)} 00000 n \n`).join('');
    const at = head().length;
    return `xref\n0 1\n0000000000 65535 f \n${rows}trailer\n<< /Size 1000 /Root 1 0 R >>\n${closing(at)}`;
  };
  let at = head().length + table().length;
  for (const [number, body] of all) {
    offsets.set(number, at);
    at += object(number, body).length;
  }
  const start = offsets.get(numbers.hints) ?? 0;
  const hints = `${digits(start)} ${digits(object(numbers.hints, hintStream).length)}`;
  places = { ...places, end: digits(start), hints, main: digits(head().length) };
  return bytes(junk + head() + table() + all.map(([number, body]) => object(number, body)).join(''));
}

/** Signed behind the front part, with an update before it. `length`: /L, given the length of the signed file. */
function signedBehind(
  parts: Front,
  {
    changes = { 4: trueContent },
    length = (signed: number) => signed,
  }: {
    readonly changes?: Readonly<Record<number, string>>;
    readonly length?: (signed: number) => number;
  } = {},
) {
  return ({ signAgain }: Victim): Buffer => {
    const make = (said: number) =>
      signAgain(update(front(parts, said), changes), { fields: [...sampleNumbers.slice(5), 23] });
    return make(length(make(0).length));
  };
}

const forgedFront = { objects: { 4: forgedContent } } as const;
/** The page that people see is forged; it stands beside the one in the tree. */
const otherPage = {
  9: page('6 0 R 7 0 R 8 0 R', `/Contents 10 0 R ${resources}`),
  10: forgedContent,
} as const;
const noChange = { changes: { 90: '(a)' } } as const;

function withFeeds(count: number, parts: Front) {
  const sign = signedBehind(parts, { length: (signed) => signed + count });
  return (victim: Victim) => Buffer.concat([sign(victim), Buffer.alloc(count, 0x0a)]);
}

export const linearized = [
  ...attacks({
    '/L is the length once signed': signedBehind({ ...forgedFront, dictionary: usualParameters() }),
    '/L is the length with five line feeds behind': withFeeds(5, {
      ...forgedFront,
      dictionary: usualParameters(),
    }),
    '/L is the length with one line feed behind': withFeeds(1, {
      ...forgedFront,
      dictionary: usualParameters(),
    }),
    'a name in hexadecimal': signedBehind({ ...forgedFront, dictionary: usualParameters('/Linearize#64') }),
    'a name in hexadecimal, all of it': signedBehind({
      ...forgedFront,
      dictionary: usualParameters('/#4c#69#6e#65#61#72#69#7a#65#64'),
    }),
    'a comment before the parameters': signedBehind({
      ...forgedFront,
      before: `% ${'x'.repeat(600)}\n`,
      dictionary: usualParameters(),
    }),
    'white space of all kinds before the parameters': signedBehind({
      ...forgedFront,
      before: '\f\t\r\n \0 '.repeat(40),
      dictionary: usualParameters(),
    }),
    'an older version of linearization': signedBehind({
      ...forgedFront,
      dictionary: (places) => usualParameters()(places).replace('/Linearized 1', '/Linearized 0.5'),
    }),
    '/L twice, the last one true': signedBehind({
      ...forgedFront,
      dictionary: (places) => usualParameters()(places).replace('/L ', '/L 0000001234 /L '),
    }),
    'junk before the header': signedBehind(
      { ...forgedFront, junk: 'x\n', dictionary: usualParameters() },
      { length: (signed) => signed - 2 },
    ),
    'another page in /O': signedBehind(
      { objects: otherPage, dictionary: usualParameters('/Linearized', '/O 9 /N 1') },
      noChange,
    ),
    '/N hides a page': signedBehind(
      {
        objects: { ...otherPage, 2: '<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>' },
        dictionary: usualParameters(),
      },
      noChange,
    ),
  }),
  ...structural({
    '/L twice, the first one true': signedBehind({
      ...forgedFront,
      dictionary: (places) => usualParameters()(places).replace(' /H', ' /L 0000001234 /H'),
    }),
    'the first `endobj` in a string': signedBehind({
      ...forgedFront,
      dictionary: (places) => usualParameters()(places).replace('<<', '<< /X (endobj xref)'),
    }),
    'parameters without places': signedBehind({
      ...forgedFront,
      dictionary: ({ length }) => `<< /Linearized 1 /L ${length} >>`,
    }),
    'hints that aren’t there': signedBehind({
      ...forgedFront,
      dictionary: (places) => usualParameters()({ ...places, hints: '0000000001 0000000001' }),
    }),
    'a form that isn’t in the front part': signedBehind({
      objects: { 1: catalog('', ''), 4: forgedContent },
      dictionary: usualParameters(),
    }),
  }),
];
