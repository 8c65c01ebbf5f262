import { describe, expect, test } from 'vitest';
import type { DeskDocument, DocumentCard } from '../../../contract/desktop.ts';
import type { GateCode, GateFinding } from '../../../contract/gate.ts';
import { reasonAdvice } from '../../../contract/messages/message.ts';
import type { SignatureReport } from '../../../contract/verdict.ts';
import { rowName, signaturesLook } from '../../../renderer/boxes/card-state.ts';
import { checkingOf } from '../../../renderer/document/checking.ts';
import { firstReason } from '../../../renderer/document/first-reason.ts';
import { mostAtOnce, shownSignatures, signatureGroups } from '../../../renderer/document/shown-signatures.ts';
import { stampLine } from '../../../renderer/document/stamp-line.ts';
import { verdictAsText } from '../../../renderer/document/verdict-text.ts';
import { incoming, outgoing, reports, signature } from './fake-core/samples.ts';

describe('what a list says of signatures', () => {
  test('each arrival that waits to be registered shows how it stands, also before it is checked', () => {
    const looks = ([null, 'valid', 'invalid', 'indeterminate', 'unsigned', 'unreadable'] as const).map(
      (verdict) => signaturesLook({ task: 'register', verdict })?.word,
    );
    expect(looks).toEqual([
      'Chưa kiểm tra chữ ký',
      'Chữ ký hợp lệ',
      'Chữ ký không hợp lệ',
      'Không đủ thông tin xác thực',
      'Chưa ký số',
      'Không đọc được',
    ]);
  });

  test('one that must go back never looks good', () => {
    for (const verdict of ['valid', 'unsigned', 'indeterminate', 'invalid', 'unreadable'] as const) {
      expect(signaturesLook({ task: 'register', verdict, gateClosed: true })?.tone).toBe('bad');
    }
    expect(signaturesLook({ task: 'register', verdict: 'valid', gateClosed: true })?.word).toBe(
      'Thiếu chữ ký',
    );
  });

  test('a row is read out with what a glance would tell', () => {
    const arrival = incoming(1, 'Tăng cường thực hiện văn bản điện tử', 10);
    const card: DocumentCard = {
      ...{ id: arrival.id, kind: 'incoming', type: arrival.type, subject: arrival.subject, issuer: '' },
      ...{ referenceCode: '1203/UBND-VX', arrivalNumber: null, urgency: 'urgent', state: 'arrived' },
      ...{
        version: 2,
        file: null,
        task: 'register',
        updatedAt: '',
        deliveries: [],
        pending: null,
        verdict: 'invalid',
      },
    };
    expect(rowName(card)).toBe(
      'Tăng cường thực hiện văn bản điện tử, Khẩn, Số: 1203/UBND-VX, Chờ đăng ký, Chữ ký không hợp lệ',
    );
  });

  test('a draft without a signature is as it should be, and what asks for nothing says nothing', () => {
    expect(signaturesLook({ task: 'sign', verdict: 'unsigned' })).toBeNull();
    expect(signaturesLook({ task: 'sign', verdict: null })).toBeNull();
    expect(signaturesLook({ task: 'seal', verdict: 'invalid' })?.tone).toBe('bad');
    expect(signaturesLook({ task: 'none', verdict: 'invalid' })).toBeNull();
  });
});

describe('many signatures', () => {
  const many = (verdicts: readonly SignatureReport['verdict'][]) =>
    verdicts.map((verdict, index) => signature({ field: `${index + 1}`, verdict }));
  const fields = (verdicts: readonly SignatureReport['verdict'][]) =>
    shownSignatures(many(verdicts)).map(({ field }) => field);

  test('a few are all shown', () => {
    expect(fields(Array.from({ length: mostAtOnce }, () => 'valid'))).toHaveLength(mostAtOnce);
  });
  test('of more, those that aren’t valid are never left out for valid ones', () => {
    const verdicts: SignatureReport['verdict'][] = Array.from({ length: 25 }, () => 'valid');
    verdicts[24] = 'invalid';
    verdicts[9] = 'indeterminate';
    expect(fields(verdicts)).toEqual(['1', '2', '10', '25']);
  });
});

describe('the time stamp of a sealed document', () => {
  const sealed = outgoing(1, 'Văn bản', 'issue', 10);
  const failure = { code: 'timestamp-unreachable', params: {}, retryable: true } as const;
  const line = (timeStamp: DeskDocument['timeStamp'], document = sealed) =>
    stampLine({ document, timeStamp });

  test('is said to be got, and that nobody has to wait for it', () => {
    expect(line({ state: 'waiting', failure: null })).toMatchObject({
      tone: 'info',
      title: 'Đang lấy dấu thời gian cho văn bản đã đóng dấu…',
      sentences: [expect.stringMatching(/^Không cần chờ: vẫn phát hành được ngay\./)],
    });
  });
  test('that the service fails is said, and that it is tried again', () => {
    const { title, sentences } = line({ state: 'waiting', failure }) ?? {};
    expect(title).toBe('Chưa lấy được dấu thời gian, chương trình sẽ tự thử lại.');
    expect(sentences?.[0]).toMatch(/không trả lời/);
  });
  test('a document that goes without says so, and that it holds all the same', () => {
    const late = { ...failure, code: 'timestamp-too-late' } as const;
    const issued = outgoing(1, 'Văn bản', 'none', 10);
    for (const shown of [
      line({ state: 'givenUp', failure: late }),
      line({ state: 'waiting', failure }, issued),
    ]) {
      expect(shown?.title).toBe('Văn bản này không có dấu thời gian.');
      expect(shown?.sentences[0]).toMatch(/đã được gửi đi trước khi/);
    }
  });
  test('is no matter where none is wanted, or it is there', () => {
    expect([line(null), line(undefined)]).toEqual([null, null]);
  });
});

describe('the reason to give a document back with', () => {
  const gate = (...codes: GateCode[]): GateFinding[] => codes.map((code) => ({ code, params: {} }));
  test('names whose signature doesn’t hold and why', () => {
    const found = { gate: gate('signature-invalid', 'agency-signature-missing', 'page-unread') };
    expect(firstReason('refuse', { ...found, verification: reports.invalid })).toBe(
      'Chữ ký không hợp lệ: Phó Chủ tịch Ủy ban nhân dân tỉnh – Nội dung văn bản đã bị thay đổi so với lúc ký. Văn bản thiếu chữ ký số của cơ quan ban hành.',
    );
  });
  test('says what keeps a file from being read, where that is known', () => {
    const locked = { verdict: 'unreadable', failure: 'pdf-encrypted', signatures: [] } as const;
    expect(
      firstReason('refuse', { gate: gate('file-unreadable'), verification: { ...locked, signatures: [] } }),
    ).toMatch(/có đặt mật khẩu/);
    expect(
      firstReason('refuse', { gate: gate('file-unreadable'), verification: reports.unreadable }),
    ).toMatch(/^Không mở được tệp/);
  });
  test('is one’s own where a document is registered all the same, or only mended', () => {
    const fine = { gate: [], verification: reports.valid };
    expect([firstReason('register', fine), firstReason('return', fine)]).toEqual(['', '']);
  });
});

test('without a verdict it is said why', () => {
  const [file = null] = incoming(1, 'Văn bản', 10).files;
  expect(checkingOf({ file: null, fileHeld: false })).toBe('noFile');
  expect(checkingOf({ file, fileHeld: false })).toBe('onItsWay');
  expect(checkingOf({ file, fileHeld: true })).toBe('underWay');
  expect(checkingOf({ file, fileHeld: true, checkFailed: true })).toBe('failed');
});

describe('the verdict as text', () => {
  const document = {
    subject: 'Tăng cường thực hiện văn bản điện tử',
    origin: '1203/UBND-VX – Ủy ban nhân dân tỉnh Lào Cai',
  };

  test('says what, why and what to do, each signature by its number', () => {
    const text = verdictAsText(document, { ...reports.invalid, checkedAt: '2026-11-22T02:00:00Z' });
    expect(text.split('\n')).toEqual([
      'Tăng cường thực hiện văn bản điện tử',
      '1203/UBND-VX – Ủy ban nhân dân tỉnh Lào Cai',
      '',
      'Chữ ký không hợp lệ: Phó Chủ tịch Ủy ban nhân dân tỉnh – Nội dung văn bản đã bị thay đổi so với lúc ký.',
      reasonAdvice('digest-mismatch'),
      expect.stringMatching(/^Chữ ký 1, “Phó Chủ tịch Ủy ban nhân dân tỉnh”: Chữ ký không hợp lệ\. Nội dung/),
      'Chữ ký 2, “Ủy ban nhân dân tỉnh Lào Cai”: Chữ ký hợp lệ.',
      'Kiểm tra lúc 09:00:00 22/11/2026.',
    ]);
  });

  test('a signer’s name begins no line of its own', () => {
    const one = signature({ trusted: false, verdict: 'indeterminate', reasons: ['chain-untrusted'] });
    const signer = one.signer && { ...one.signer, subject: 'A”\nChữ ký hợp lệ: Chủ tịch đã ký.' };
    const text = verdictAsText(document, { verdict: 'indeterminate', signatures: [{ ...one, signer }] });
    expect(text).not.toMatch(/^Chữ ký hợp lệ/m);
  });
});

describe('number and date as signatures of their own', () => {
  const agency = (field: string, role: SignatureReport['role'], change: Partial<SignatureReport> = {}) => {
    const one = signature({ verdict: 'indeterminate', reasons: ['hash-obsolete'], ...change });
    const signer = one.signer && { ...one.signer, certificateDigest: 'a'.repeat(64) };
    return { ...one, signer, field, role };
  };
  const leader = { ...signature({}), field: 'leader', role: 'person' } as const;
  const [seal, number, date] = [agency('seal', 'agency'), agency('number', 'number'), agency('date', 'date')];
  const fields = (signatures: readonly SignatureReport[]) =>
    signatureGroups(signatures).map((group) => [
      group.signature.field,
      ...group.alike.map(({ field }) => field),
    ]);

  test('stand on the seal’s card, in whatever order they were made', () => {
    expect(fields([leader, seal, number, date])).toEqual([['leader'], ['seal', 'number', 'date']]);
    expect(fields([number, date, leader, seal])).toEqual([['leader'], ['seal', 'number', 'date']]);
  });

  test('keep their own where there are two of a kind', () => {
    const another = { ...number, field: 'another' };
    expect(fields([leader, seal, number, another, date])).toEqual([
      ...[['leader'], ['seal', 'date'], ['number'], ['another']],
    ]);
  });

  test('keep their own where they differ in anything that matters, or nobody knows by whom they are', () => {
    const differences: Partial<SignatureReport>[] = [
      { verdict: 'invalid' },
      { reasons: ['hash-obsolete', 'changed-after-signing'] },
      { intact: false },
      { trusted: false },
      { revocation: 'revoked' },
      { signer: null },
    ];
    for (const change of differences) {
      const other = { ...number, ...change };
      expect(fields([leader, seal, other])).toEqual([['leader'], ['seal'], ['number']]);
    }
    const stranger = number.signer && { ...number.signer, certificateDigest: 'b'.repeat(64) };
    expect(fields([seal, { ...number, signer: stranger }])).toEqual([['seal'], ['number']]);
    expect(fields([leader, number])).toEqual([['leader'], ['number']]);
  });
});
