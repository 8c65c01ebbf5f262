import { appendUpdate } from '../unit/verification/sample-pdf.ts';
import type { Corpus, PdfSeed } from './corpus.ts';
import { type Anatomy, anatomyOf } from './mutation/anatomy.ts';
import { byteEdit } from './mutation/bytes.ts';
import { mutatedDer } from './mutation/der.ts';
import { edited } from './mutation/edit.ts';
import { pdfEdit } from './mutation/pdf.ts';
import { Random } from './random.ts';
import type { Input } from './target.ts';

const anatomies = new WeakMap<PdfSeed, Anatomy>();

function anatomy(seed: PdfSeed): Anatomy {
  const known = anatomies.get(seed) ?? anatomyOf(seed.bytes);
  anatomies.set(seed, known);
  return known;
}

/** The input of one number: the same corpus, seed and number always give the same bytes. */
export function makeInput(corpus: Corpus, seed: number, index: number): Input {
  const random = new Random(seed, index);
  const share = random.below(100);
  if (share < 50) return pdfInput(corpus, random);
  if (share < 75) return messageInput(corpus, random);
  if (share < 84) {
    const original = random.pick([corpus.good, corpus.issuing]);
    return { target: 'certificate', bytes: mutatedDer(original, random), original };
  }
  const isRevoked = random.oneIn(2);
  if (share < 92) {
    const original = [...corpus.lists].find(([url]) => url.includes('issuing'))?.[1] ?? Buffer.alloc(0);
    return { target: 'list', bytes: mutatedDer(original, random), isRevoked };
  }
  const answer = isRevoked ? corpus.revokedAnswer : corpus.goodAnswer;
  return { target: 'answer', bytes: mutatedDer(answer, random), isRevoked };
}

function signedSeed(corpus: Corpus, random: Random) {
  const seed = random.pick(corpus.pdfs.filter(({ signatures }) => signatures.length > 0));
  return { seed, signature: random.below(seed.signatures.length) };
}

/** One of the few whose message is a time stamp. */
function stampedSeed(corpus: Corpus, random: Random) {
  const seed = random.pick(corpus.pdfs.filter(({ signatures }) => signatures.some(({ isStamp }) => isStamp)));
  return { seed, signature: seed.signatures.findIndex(({ isStamp }) => isStamp) };
}

/** What stands in a seed's gap, with what fills it up. */
function contentsOf({ bytes, signatures }: PdfSeed, index: number): Buffer {
  const { gapStart = 0, gapEnd = 0 } = signatures[index] ?? {};
  return Buffer.from(bytes.toString('latin1', gapStart + 1, gapEnd - 1), 'hex');
}

/** The message alone: a sequence of less than 64 KiB. */
function messageOf(seed: PdfSeed, index: number): Buffer {
  const contents = contentsOf(seed, index);
  return contents.subarray(0, 4 + contents.readUInt16BE(2));
}

function messageInput(corpus: Corpus, random: Random): Input {
  const { seed, signature } = random.oneIn(3) ? stampedSeed(corpus, random) : signedSeed(corpus, random);
  return { target: 'message', bytes: mutatedDer(messageOf(seed, signature), random), seed, signature };
}

function pdfInput(corpus: Corpus, random: Random): Input {
  switch (random.below(10)) {
    case 0:
      return inGap(corpus, random);
    case 1:
      return spliced(corpus, random);
    case 2:
      return inStore(corpus, random);
    case 3:
      return appended(corpus, random);
    default: {
      const seed = random.pick(corpus.pdfs);
      const knowing = !random.oneIn(6);
      const count = random.oneIn(8) ? 5 + random.below(20) : 1 + random.below(3);
      const edits = Array.from({ length: count }, () =>
        knowing ? pdfEdit(seed.bytes, anatomy(seed), random) : byteEdit(seed.bytes, random),
      );
      return { target: 'pdf', bytes: edited(seed.bytes, edits), seeds: [seed] };
    }
  }
}

/** Another message, or other digits, where a signature's own stands; the file's length stays. */
function inGap(corpus: Corpus, random: Random): Input {
  const { seed, signature } = signedSeed(corpus, random);
  const { gapStart = 0, gapEnd = 0 } = seed.signatures[signature] ?? {};
  const room = gapEnd - gapStart - 2;
  const bytes = Buffer.from(seed.bytes);
  if (random.oneIn(4)) {
    const place = gapStart + random.below(random.oneIn(2) ? 64 : gapEnd - gapStart);
    bytes.write(random.pick(['>', '<', ' ', 'g', '0', 'F', '\0', '>>', '%', '(', '#']), place, 'latin1');
  } else {
    const other = signedSeed(corpus, random);
    const message = random.oneIn(5)
      ? contentsOf(other.seed, other.signature)
      : mutatedDer(messageOf(seed, signature), random);
    bytes.write(message.toString('hex').slice(0, room).padEnd(room, '0'), gapStart + 1, 'latin1');
    // Some seeds are others with a time stamp put into their gap: such a message is at home in both.
    return { target: 'pdf', bytes, seeds: [seed, other.seed] };
  }
  return { target: 'pdf', bytes, seeds: [seed] };
}

/** One file's beginning and another's end, or one behind the other. */
function spliced(corpus: Corpus, random: Random): Input {
  const [first, second] = [random.pick(corpus.pdfs), random.pick(corpus.pdfs)];
  const ends = (seed: PdfSeed) => seed.signatures.map(({ end }) => end);
  const cut = (seed: PdfSeed) =>
    random.pick([
      0,
      seed.bytes.length,
      random.below(seed.bytes.length),
      ...ends(seed),
      ...ends(seed).map((end) => end - 7),
    ]);
  const bytes = Buffer.concat([first.bytes.subarray(0, cut(first)), second.bytes.subarray(cut(second))]);
  return { target: 'pdf', bytes, seeds: [first, second] };
}

function rootOf(text: string): string {
  return [...text.matchAll(/\/Root\s+(\d+ \d+ R)/g)].at(-1)?.[1] ?? '1 0 R';
}

/** Certificates, lists or answers that a file carries (its /DSS), changed by an update as whoever extends it may write one. */
function inStore(corpus: Corpus, random: Random): Input {
  const seed = random.pick(corpus.pdfs.filter(({ name }) => name === 'lt' || name === 'lta'));
  const text = seed.bytes.toString('latin1');
  const carried = [...text.matchAll(/(\d+) 0 obj\s*<<\s*\/Length (\d+)>>\s*stream\r?\n(?=0\x82)/g)];
  const changed: Record<number, string> = {};
  for (let times = 1 + random.below(3); times > 0; times--) {
    const found = random.pick(carried);
    const start = found.index + found[0].length;
    const data = mutatedDer(seed.bytes.subarray(start, start + Number(found[2])), random).toString('latin1');
    changed[Number(found[1])] = `<< /Length ${data.length} >>\nstream\n${data}\nendstream`;
  }
  const root = rootOf(text);
  return { target: 'pdf', bytes: appendUpdate(seed.bytes, changed, { root }), seeds: [seed] };
}

/** An update behind a file whose objects are its own ones changed. */
function appended(corpus: Corpus, random: Random): Input {
  const seed = random.pick(corpus.pdfs);
  const text = seed.bytes.toString('latin1');
  const { objects } = anatomy(seed);
  const changed: Record<number, string> = {};
  for (let times = 1 + random.below(3); times > 0; times--) {
    const { start, end } = random.pick(objects);
    const object = seed.bytes.subarray(start, end);
    // Its own number mostly, else another one's place or a new one.
    const place = random.oneIn(4) ? random.pick(objects).start : start;
    const number = Number.parseInt(text.slice(place, place + 10), 10);
    const edits = Array.from({ length: random.below(3) }, () => pdfEdit(object, anatomyOf(object), random));
    const body = edited(object, edits).toString('latin1');
    changed[random.oneIn(6) ? random.below(60) : number] = body
      .replace(/^[^j]*obj\s*/, '')
      .replace(/\s*endobj$/, '');
  }
  const root = rootOf(text);
  return { target: 'pdf', bytes: appendUpdate(seed.bytes, changed, { root }), seeds: [seed] };
}
