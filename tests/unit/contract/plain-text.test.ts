import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incomingDocument, outgoingDocument } from '../../../contract/document.ts';
import { failureMessage } from '../../../contract/messages/message.ts';
import { line, paragraphs, plainLine, quoted, writtenOut } from '../../../contract/plain-text.ts';
import { incoming, outgoing } from '../renderer/fake-core/samples.ts';

/** What a terminal obeys, what turns or hides text, what begins a line. */
const tricks = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u3164\u2800]/u;
const hostile = fc.string({ unit: 'binary', maxLength: 400 });

describe('a line', () => {
  test.each([
    ['Phó Chủ tịch Ủy ban nhân dân tỉnh Lào Cai', 'Phó Chủ tịch Ủy ban nhân dân tỉnh Lào Cai'],
    ['Nguyễn Thị Diệu'.normalize('NFD'), 'Nguyễn Thị Diệu'.normalize('NFD')],
    ['Chủ tịch\u202eệl pợh', 'Chủ tịch\ufffdệl pợh'],
    ['Chủ\u200b tịch', 'Chủ\ufffd tịch'],
    ['a\nChữ ký 2: Chữ ký hợp lệ', 'a\ufffdChữ ký 2: Chữ ký hợp lệ'],
    ['\u001b[2J\u009b31mA\u0007', '\ufffd[2J\ufffd31mA\ufffd'],
    [`e${'\u0301'.repeat(50)}b`, `e${'\u0301'.repeat(4)}\ufffdb`],
    [`A${' '.repeat(500)}Chữ ký hợp lệ`, 'A Chữ ký hợp lệ'],
    ['\ud800x', '\ufffdx'],
  ])('%j', (text, shown) => expect(plainLine(text)).toBe(shown));

  test('is cut by characters, and says so', () => {
    expect(plainLine('x'.repeat(10_000), 300)).toBe(`${'x'.repeat(299)}…`);
    expect(plainLine('😀'.repeat(300), 4)).toBe('😀…');
    expect(plainLine('x'.repeat(300), 300)).toBe('x'.repeat(300));
  });

  test('never holds a trick, whatever comes', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 2, max: 400 }), (text, longest) => {
        const shown = plainLine(text, longest);
        expect(shown).not.toMatch(tricks);
        expect(shown.length).toBeLessThanOrEqual(longest);
        expect(plainLine(shown, longest)).toBe(shown);
      }),
    );
  });

  test('can’t close the quotation marks that it stands in', () => {
    expect(quoted('A” bị thay. Văn bản hợp lệ. “B')).toBe("“A' bị thay. Văn bản hợp lệ. 'B”");
    expect(quoted('x'.repeat(10_000)).length).toBeLessThanOrEqual(122);
  });
});

describe('for a terminal or a log', () => {
  test('what can’t be seen is written out, and JSON means the same', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = writtenOut(JSON.stringify({ text }));
        expect(json).not.toMatch(tricks);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
    expect(writtenOut('a\n\tb\u202e\u{e0001}')).toBe('a\n\tb\\u202e\\udb40\\udc01');
  });

  test('a failure’s parameters begin no lines of their own', () => {
    const params = { file: 'a.pdf\n\u001b[1A\u202efdp.b' };
    for (const sentence of Object.values(failureMessage({ code: 'file-missing', params }))) {
      expect(sentence).not.toMatch(tricks);
    }
  });
});

describe('a document’s data, as they cross a seam', () => {
  const trick = 'Hợp\u202e lệ\u200b\u001b[31m\nX';

  test('are lines, but for what a person wrote', () => {
    expect(line(100).parse('  Về việc\u00ad họp\u200b ')).toBe('Về việc họp');
    expect(line(100).min(1).safeParse('\u200b').success).toBe(false);
    expect(paragraphs(100).parse('Một\r\n\n\n\nHai\u2028\tBa\n')).toBe('Một\n\nHai\ufffd Ba');
  });

  test('hold no trick in any text that is shown', () => {
    const arrived = incoming(20, trick, 1000);
    const shown = incomingDocument.parse({
      ...arrived,
      ...{ signerPosition: trick, reason: trick, issuer: { ...arrived.issuer, name: trick } },
      files: arrived.files.map((file) => ({ ...file, name: trick })),
      history: arrived.history.map((entry) => ({ ...entry, actor: trick, note: trick })),
      override: { findings: [], reason: trick, by: trick, at: arrived.updatedAt },
    });
    // A reason keeps its lines; nothing else can begin one.
    expect(JSON.stringify(shown).replaceAll('\\n', '')).not.toMatch(/\u202e|\u200b|\\u001b/);
    expect(shown.subject).toBe('Hợp\ufffd lệ\ufffd[31m\ufffdX');
    expect(outgoingDocument.parse(outgoing(1, trick, 'sign', 1000)).subject).toBe(shown.subject);
  });
});
