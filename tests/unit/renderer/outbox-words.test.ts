import { describe, expect, test } from 'vitest';
import { outboxState } from '../../../contract/desktop.ts';
import { entryText } from '../../../renderer/outbox/entry-text.ts';
import { clockWarning, connectionLine } from '../../../renderer/shell/connection-line.ts';
import { outboxEntry } from './fake-core/samples.ts';

describe('an act on its way', () => {
  test.each(outboxState.options)('says where it stands: %s', (state) => {
    const text = entryText(outboxEntry(1, { state }));
    expect(text.state).not.toBe('');
    expect(text.sentences.length).toBeGreaterThan(0);
    for (const sentence of text.sentences) expect(sentence).toMatch(/\.$/);
  });

  test('names the reason while it waits, and that it is sent by itself', () => {
    const failure = { code: 'server-unreachable', params: {}, retryable: true } as const;
    expect(entryText(outboxEntry(1, { state: 'waiting', failure })).sentences).toEqual([
      'Không kết nối được với máy chủ văn bản của tỉnh.',
      'Sẽ tự gửi khi có mạng. Việc này đã được lưu trên máy.',
    ]);
  });

  test('says what to do where it needs attention', () => {
    const failure = { code: 'not-permitted', params: {}, retryable: false } as const;
    expect(entryText(outboxEntry(1, { state: 'needsAttention', failure })).sentences).toHaveLength(3);
  });

  test('does not call an unknown outcome a failure', () => {
    const failure = { code: 'server-timeout', params: {}, retryable: true } as const;
    const { sentences } = entryText(outboxEntry(1, { state: 'outcomeUnknown', failure }));
    expect(sentences).toEqual([
      'Mạng ngắt khi chưa có trả lời. Chương trình sẽ hỏi lại máy chủ, không gửi trùng.',
    ]);
  });

  test('tells when the server received it, in Viet Nam’s time', () => {
    const entry = outboxEntry(1, { state: 'confirmed', confirmedAt: '2026-11-22T18:24:00Z' });
    expect(entryText(entry).sentences).toEqual(['Máy chủ nhận lúc 01:24 ngày 23/11/2026.']);
  });
});

describe('the connection', () => {
  test('says what waits', () => {
    const lastContactAt = '2026-11-22T01:31:00Z';
    expect(connectionLine({ status: 'online', waiting: 0, lastContactAt })).toEqual({
      title: 'Đã kết nối',
      detail: null,
    });
    expect(connectionLine({ status: 'offline', waiting: 2, lastContactAt })).toEqual({
      title: 'Mất kết nối',
      detail: '2 việc đang chờ gửi',
    });
    expect(connectionLine({ status: 'offline', waiting: 0, lastContactAt }).detail).toBe('Lần cuối: 08:31');
  });

  test('warns of a clock that is far off, either way', () => {
    expect(clockWarning({ clockOffsetMs: 60_000 })).toBeNull();
    expect(clockWarning({ clockOffsetMs: -900_000 })).toBe(15);
    expect(clockWarning({ clockOffsetMs: null })).toBeNull();
  });
});
