import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { Keyword, Lexer, type Token } from '../../../native/pdf/lexer.ts';
import { PdfName, PdfString } from '../../../native/pdf/object.ts';
import { failureOf } from './scratch.ts';

function tokens(text: string): Token[] {
  const lexer = new Lexer(new MemorySource(Buffer.from(text, 'latin1')));
  const found: Token[] = [];
  for (;;) {
    const token = lexer.next();
    if (typeof token === 'object' && 'end' in token) return found;
    found.push(token);
  }
}

function one(text: string): Token | undefined {
  return tokens(text)[0];
}

function stringOf(text: string): string {
  const token = one(text);
  return token instanceof PdfString ? Buffer.from(token.bytes).toString('latin1') : 'no string';
}

describe('numbers', () => {
  it.each([
    ['0', 0],
    ['+17', 17],
    ['-98', -98],
    ['34.5', 34.5],
    ['-3.62', -3.62],
    ['4.', 4],
    ['-.002', -0.002],
    ['00000012', 12],
  ])('%s', (text, value) => {
    expect(tokens(text)).toEqual([value]);
  });

  it.each([
    ['--5', -5],
    ['+-5', -5],
    ['1.2.3', 1.2],
    ['12-34', 12],
    ['-', 0],
    ['.', 0],
    ['1e-5', 0.00001],
    ['1.5E3', 1500],
  ])('as writers in the wild leave them: %s', (text, value) => {
    expect(tokens(text)).toEqual([value]);
  });

  it('is no number where there is a letter, or more digits than any number has', () => {
    expect(one('12a')).toEqual(new Keyword('12a'));
    expect(one('9'.repeat(400))).toBeInstanceOf(Keyword);
  });
});

describe('names', () => {
  it.each([
    ['/Name', 'Name'],
    ['/A#20B', 'A B'],
    ['/#23', '#'],
    ['/A#zz', 'A#zz'],
    ['/A#4', 'A#4'],
    ['/', ''],
    ['/L\xe0m', 'L\xe0m'],
  ])('%s', (text, name) => {
    expect(tokens(text)).toEqual([new PdfName(name)]);
  });

  it('end at delimiters', () => {
    expect(tokens('/A/B(x)')).toHaveLength(3);
  });
});

describe('strings', () => {
  it.each([
    ['(plain)', 'plain'],
    ['(a(b)c)', 'a(b)c'],
    ['(a\\)b)', 'a)b'],
    ['(\\n\\r\\t\\b\\f\\\\)', '\n\r\t\b\f\\'],
    ['(\\101\\7\\53x)', 'A\x07+x'],
    ['(\\0533)', '+3'],
    ['(\\400)', '\x00'],
    ['(a\\\r\nb)', 'ab'],
    ['(a\r\nb\rc)', 'a\nb\nc'],
    ['(\\q)', 'q'],
    ['<48 65 6C6c 6F>', 'Hello'],
    ['<ABC>', '\xab\xc0'],
    ['<>', ''],
  ])('%s', (text, value) => {
    expect(stringOf(text)).toBe(value);
  });

  it.each(['(open', '(a\\', '<48', '(((('])('unfinished: %s', (text) => {
    expect(failureOf(() => tokens(text))).toBe('pdf-damaged');
  });
});

it('passes over white space of six kinds and comments', () => {
  expect(tokens('\x00\t\x0c 1 % a ( comment >>\r2%\n3')).toEqual([1, 2, 3]);
});

it('finds a word across the pieces in which it reads', () => {
  const lexer = new Lexer(new MemorySource(Buffer.from(`${'x'.repeat((1 << 16) - 4)}endstream`)));
  expect(lexer.find('endstream')).toBe(true);
  expect(lexer.position).toBe((1 << 16) - 4);
  expect(lexer.find('missing')).toBe(false);
});

it('never hangs: every token takes at least a byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const lexer = new Lexer(new MemorySource(bytes));
      for (let count = 0; count <= bytes.length; count++) {
        const before = lexer.position;
        const token = readOrStop(lexer);
        if (token === null || (typeof token === 'object' && 'end' in token)) return;
        expect(lexer.position).toBeGreaterThan(before);
      }
    }),
  );
});

function readOrStop(lexer: Lexer): Token | null {
  try {
    return lexer.next();
  } catch (error) {
    expect(error).toMatchObject({ code: 'pdf-damaged' });
    return null;
  }
}

it('any bytes in any hexadecimal writing are those bytes again', () => {
  const filler = fc.constantFrom('', '', '', '', ' ', '\n', 'x', '\r\n\t');
  const bytes = fc.uint8Array({ minLength: 0, maxLength: 9000, size: 'max' });
  fc.assert(
    fc.property(
      bytes,
      fc.array(fc.tuple(fc.nat(), filler), { maxLength: 8 }),
      fc.boolean(),
      (data, breaks, upper) => {
        let hex = Buffer.from(data).toString('hex');
        if (upper) hex = hex.toUpperCase();
        for (const [place, text] of breaks) {
          const at = place % (hex.length + 1);
          hex = hex.slice(0, at) + text + hex.slice(at);
        }
        expect(stringOf(`${' '.repeat(breaks.length * 700)}<${hex}> 1`)).toBe(
          Buffer.from(data).toString('latin1'),
        );
      },
    ),
    { numRuns: 200 },
  );
});
