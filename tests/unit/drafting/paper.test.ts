import { describe, expect, it } from 'vitest';
import { readDraft } from '../../../native/drafting/index.ts';
import { composePaper, type DocumentPart, symbolOf } from '../../../native/drafting/paper.ts';
import { type DraftInput, sampleDraft } from '../../lab/drafts.ts';

function compose(draft: DraftInput): DocumentPart {
  const { document } = composePaper(readDraft(JSON.stringify(draft)), new Date(Date.UTC(2026, 10, 22)));
  if (!document) throw new Error('no document');
  return document;
}

describe('ký hiệu', () => {
  it.each([
    ['quyet-dinh', 'QĐ-SKHCN'],
    ['to-trinh', 'TTr-SKHCN'],
    ['cong-van', 'SKHCN-VP'],
    ['thu-cong', null],
  ] as const)('%s: %s', (type, symbol) => {
    expect(symbolOf(readDraft(JSON.stringify(sampleDraft(type))))).toBe(symbol);
  });
});

describe('who signs', () => {
  const signer = { position: 'Phó Giám đốc', name: 'Nguyễn Văn A' };
  it.each([
    [{ ...signer, authority: 'KT.', over: 'Giám đốc' }, ['KT. Giám đốc', 'Phó Giám đốc']],
    [
      { ...signer, authority: 'TM.', over: 'Ủy ban nhân dân', deputyOf: 'Chủ tịch' },
      ['TM. Ủy ban nhân dân', 'KT. Chủ tịch', 'Phó Giám đốc'],
    ],
    [{ ...signer, authority: 'TL.', over: 'Giám đốc' }, ['TL. Giám đốc', 'Phó Giám đốc']],
    [{ ...signer, authority: 'TUQ.', over: 'Giám đốc' }, ['TUQ. Giám đốc', 'Phó Giám đốc']],
    [signer, ['Phó Giám đốc']],
  ] as const)('%j', (who, lines) => {
    expect(compose(sampleDraft('quyet-dinh', { signer: who })).closing.signer.lines).toEqual(lines);
  });

  it.each([
    [{ ...signer, authority: 'KT.', over: 'Giám đốc' }, 'Giám đốc Sở Khoa học và Công nghệ'],
    [{ ...signer, authority: 'TM.', over: 'Ủy ban nhân dân' }, 'Sở Khoa học và Công nghệ'],
    [{ position: 'Giám đốc Sở Khoa học và Công nghệ', name: 'A' }, 'Giám đốc Sở Khoa học và Công nghệ'],
  ] as const)('%j decides as “%s”', (who, enacting) => {
    expect(compose(sampleDraft('quyet-dinh', { signer: who })).enacting).toBe(enacting);
  });
});

describe('nơi nhận', () => {
  it.each<[Partial<DraftInput>, string[]]>([
    [{}, ['- Như trên;', '- Lãnh đạo Sở;', '- Lưu: VT, VP.']],
    [{ drafter: { mark: 'PL', copies: 300 } }, ['- Như trên;', '- Lãnh đạo Sở;', '- Lưu: VT, VP, PL.(300).']],
    [{ recipients: { list: ['- Như Điều 3;', 'Lưu: VT, TH.'] } }, ['- Như Điều 3;', '- Lưu: VT, TH.']],
  ])('%j', (more, lines) => {
    expect(compose(sampleDraft('quyet-dinh', more)).closing.recipients).toEqual(lines);
  });
});

it('grounds end in “;”, the last in “.”, whatever was typed', () => {
  const { bases } = compose(sampleDraft('quyet-dinh', { basis: ['Căn cứ A.', 'Căn cứ B', 'Căn cứ C;'] }));
  expect(bases.map((runs) => runs.map(({ text }) => text).join(''))).toEqual([
    'Căn cứ A;',
    'Căn cứ B;',
    'Căn cứ C.',
  ]);
});

it.each(['V/v triển khai', 'về việc triển khai', 'triển khai'])(
  'a letter is about “V/v triển khai”: %s',
  (subject) => {
    const { head, heading } = compose(sampleDraft('cong-van', { subject }));
    expect([head.about.map(({ text }) => text).join(''), heading]).toEqual(['V/v triển khai', null]);
  },
);
