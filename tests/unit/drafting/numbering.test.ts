import { describe, expect, it } from 'vitest';
import type { DraftBlock } from '../../../contract/draft.ts';
import { numbered, roman } from '../../../native/drafting/numbering.ts';

const point = (id?: string): DraftBlock => ({ kind: 'point', text: 'x', id });
const clause = (children: DraftBlock[], id?: string): DraftBlock => ({ kind: 'clause', children, id });
const article = (children: DraftBlock[], id?: string): DraftBlock => ({ kind: 'article', children, id });

function labels(body: readonly DraftBlock[]): string[] {
  return numbered(body, ['body']).map((block) => ('label' in block ? block.label : block.kind));
}

describe('units number themselves', () => {
  it('articles through all chapters, clauses and points anew', () => {
    const chapter = (...children: DraftBlock[]): DraftBlock => ({ kind: 'chapter', children });
    const body = [
      chapter(article([clause([point(), point()]), clause([point()])])),
      chapter(article([clause([])]), article([])),
    ];
    expect(labels(body)).toEqual([
      ...['Chương I', 'Điều 1.', '1.', 'a)', 'b)', '2.', 'a)'],
      ...['Chương II', 'Điều 2.', '1.', 'Điều 3.'],
    ]);
  });

  it('points by the Vietnamese alphabet', () => {
    const all = labels([clause(Array.from({ length: 22 }, () => point()))]).slice(1);
    expect(all.join('')).toBe('a)b)c)d)đ)e)g)h)i)k)l)m)n)o)p)q)r)s)t)u)v)x)');
  });

  it.each([
    [1, 'I'],
    [4, 'IV'],
    [9, 'IX'],
    [14, 'XIV'],
    [40, 'XL'],
    [99, 'XCIX'],
  ])('%i is %s', (count, text) => {
    expect(roman(count)).toBe(text);
  });
});

describe('references', () => {
  it.each([
    ['diem', 'điểm b khoản 1 Điều 2'],
    ['khoan', 'khoản 1 Điều 2'],
    ['dieu', 'Điều 2'],
  ])('%s, also from before', (id, words) => {
    const body: DraftBlock[] = [
      article([{ kind: 'paragraph', text: `theo [ref:${id}].` }]),
      article([clause([point(), point('diem')], 'khoan')], 'dieu'),
    ];
    const [, paragraph] = numbered(body, ['body']);
    expect(paragraph).toEqual({
      kind: 'paragraph',
      text: [
        { text: 'theo ', bold: false, italic: false },
        { text: words, bold: false, italic: false },
        { text: '.', bold: false, italic: false },
      ],
    });
  });
});
