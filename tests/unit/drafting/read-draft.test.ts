import { describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { readDraft } from '../../../native/drafting/index.ts';
import { composePaper } from '../../../native/drafting/paper.ts';
import { sampleDraft } from '../../lab/drafts.ts';

function faultOf(json: string): unknown {
  try {
    return composePaper(readDraft(json), new Date(0));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [error.code, error.params['reason'], error.params['place']];
  }
}

const changed = (change: object) => JSON.stringify({ ...sampleDraft('quyet-dinh'), ...change });
const withBody = (...body: object[]) => changed({ body });

describe('a draft that can’t be taken names the place', () => {
  it.each<[string, string, string, string | undefined]>([
    ['no JSON', '{"type": ', 'draft-not-json', undefined],
    ['nothing', 'null', 'draft-value-wrong', undefined],
    ['nested without end', `${'['.repeat(5000)}${']'.repeat(5000)}`, 'draft-too-deep', undefined],
    ['an unknown type', changed({ type: 'sac-lenh' }), 'draft-value-wrong', 'type'],
    ['no subject', changed({ subject: undefined }), 'draft-value-missing', 'subject'],
    ['an empty subject', changed({ subject: '' }), 'draft-value-empty', 'subject'],
    ['a subject of blanks', changed({ subject: '   ' }), 'draft-value-empty', 'subject'],
    ['a subject that is a number', changed({ subject: 7 }), 'draft-value-wrong', 'subject'],
    ['an endless subject', changed({ subject: 'x'.repeat(1001) }), 'draft-value-too-long', 'subject'],
    ['a turned name', changed({ subject: 'a\u202eb' }), 'draft-control-character', 'subject'],
    ['two lines', changed({ subject: 'a\nb' }), 'draft-control-character', 'subject'],
    ['what Tinos can’t print', changed({ subject: 'Kế hoạch 😀' }), 'draft-character-unprintable', 'subject'],
    ['a classification', changed({ classification: 'mat' }), 'draft-value-unknown', 'classification'],
    [
      'an authority for nobody',
      changed({ signer: { authority: 'KT.', position: 'Phó Giám đốc', name: 'Nguyễn Văn A' } }),
      'draft-value-missing',
      'signer.over',
    ],
    ['no body', changed({ body: [] }), 'draft-value-empty', 'body'],
    ['an unknown block', withBody({ kind: 'picture' }), 'draft-value-wrong', 'body[0].kind'],
    [
      'a fault deep inside',
      withBody({ kind: 'article', children: [{ kind: 'clause', children: [{ kind: 'point', text: '' }] }] }),
      'draft-value-empty',
      'body[0].children[0].children[0].text',
    ],
    [
      'a chapter in an article',
      withBody({ kind: 'article', children: [{ kind: 'clause' }, { kind: 'article' }] }),
      'draft-unit-misplaced',
      'body[0].children[1].kind',
    ],
    [
      'a reference to nothing',
      withBody({ kind: 'paragraph', text: 'xem [ref:khong]' }),
      'draft-reference-missing',
      'body[0].text',
    ],
    [
      'an id given twice',
      withBody({ kind: 'article', id: 'a' }, { kind: 'article', id: 'a' }),
      'draft-id-twice',
      'body[1].id',
    ],
    [
      'an uneven table',
      withBody({ kind: 'table', rows: [['a', 'b'], ['c']] }),
      'draft-table-uneven',
      'body[0].rows[1]',
    ],
    [
      'more points than letters',
      withBody({
        kind: 'clause',
        children: Array.from({ length: 24 }, () => ({ kind: 'point', text: 'x' })),
      }),
      'draft-points-too-many',
      'body[0].children[23]',
    ],
  ])('%s', (_, json, fault, place) => {
    expect(faultOf(json)).toEqual(['draft-invalid', fault, place]);
  });
});

it('takes what Windows editors put before the first brace', () => {
  expect(readDraft(`\ufeff${changed({})}`).type).toBe('quyet-dinh');
});

it('composes letters and their marks', () => {
  expect(readDraft(changed({ subject: 'Kế hoạch'.normalize('NFD') })).subject).toBe('Kế hoạch');
});
