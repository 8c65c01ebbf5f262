import { describe, expect, test } from 'vitest';
import type { DeskDocument, DocumentTask } from '../../../contract/desktop.ts';
import type { GateCode } from '../../../contract/gate.ts';
import { fileDigest } from '../../../contract/identity.ts';
import type { FileVerdict } from '../../../contract/verdict.ts';
import { taskAction } from '../../../renderer/document/task-action.ts';
import { actLabels, obstacles } from '../../../renderer/words/vi.ts';
import { desk, incoming, outgoing, reports } from './fake-core/samples.ts';

const draft = (task: DocumentTask, change = {}) => desk(outgoing(1, 'Về việc họp', task, 1000), task, change);
const arrival = (verdict: FileVerdict | null, gate: GateCode[] = []) =>
  desk(incoming(20, 'Về việc họp', 1000), 'register', {
    verification: verdict && reports[verdict],
    gate: verdict && gate.map((code) => ({ code, params: {} })),
  });

/** With the document's pages on the screen. */
const shownAction = (document: DeskDocument) => taskAction(document, document.file?.digest ?? null);

describe('the one primary button', () => {
  test.each([
    ['sign', 'Ký duyệt'],
    ['assignNumber', 'Lấy số và ngày'],
    ['seal', 'Đóng dấu cơ quan'],
    ['issue', 'Phát hành'],
  ] as const)('for %s is “%s”', (task, label) => {
    const action = shownAction(draft(task));
    expect(action && actLabels[action.primary]).toBe(label);
    expect(action?.obstacle).toBeNull();
  });

  test('is missing where nothing is asked', () => expect(shownAction(draft('none'))).toBeNull());

  test('has the way to give the document back beside it, until it is issued', () => {
    for (const task of ['sign', 'assignNumber', 'seal', 'issue'] as const) {
      expect(shownAction(draft(task))?.giveBack).toBe('return');
    }
  });

  test('waits for the file', () => {
    expect(shownAction(draft('sign', { fileHeld: false }))?.obstacle).toBe('fileOnItsWay');
    expect(shownAction(draft('seal', { fileHeld: false }))?.obstacle).toBe('fileOnItsWay');
  });

  test('waits until the pages of that very file are on the screen, but for a number', () => {
    const other = fileDigest.parse('f'.repeat(64));
    for (const task of ['sign', 'seal', 'issue'] as const) {
      expect(taskAction(draft(task), null)?.obstacle).toBe('notShown');
      expect(taskAction(draft(task), other)?.obstacle).toBe('notShown');
    }
    expect(taskAction(draft('assignNumber'), null)?.obstacle).toBeNull();
  });

  test.each(['sign', 'assignNumber', 'seal', 'issue'] as const)(
    'gives the document back instead of %s beside a broken signature',
    (task) => {
      for (const verdict of ['invalid', 'unreadable'] as const) {
        expect(shownAction(draft(task, { verification: reports[verdict] }))).toEqual({
          primary: 'return',
          obstacle: null,
          confirmVerdict: false,
          giveBack: null,
          stop: 'badSignature',
        });
      }
    },
  );

  test('issues to nobody never', () => {
    const document = draft('issue');
    if (document.document.kind === 'outgoing') document.document.recipients = [];
    expect(shownAction(document)?.obstacle).toBe('noRecipients');
    for (const sentence of Object.values(obstacles)) expect(sentence).toMatch(/\.$/);
  });
});

describe('registering an incoming document', () => {
  test.each([
    ['valid', false],
    ['indeterminate', true],
  ] as const)('with the verdict %s and nothing missing: confirmation %s', (verdict, confirmVerdict) => {
    expect(shownAction(arrival(verdict))).toEqual({
      primary: 'register',
      obstacle: null,
      confirmVerdict,
      giveBack: 'refuse',
      stop: null,
    });
  });

  test.each([
    ['invalid', 'signature-invalid'],
    ['unreadable', 'file-unreadable'],
    ['unsigned', 'approval-signature-missing'],
    ['valid', 'agency-signature-missing'],
    ['indeterminate', 'signer-untrusted'],
    ['valid', 'seal-of-another-body'],
  ] as const)(
    'with the verdict %s and %s: goes back first, in spite of it only on purpose',
    (verdict, finding) => {
      expect(shownAction(arrival(verdict, [finding]))).toEqual({
        primary: 'refuse',
        obstacle: null,
        confirmVerdict: false,
        giveBack: null,
        stop: 'gate',
      });
    },
  );

  test('is asked about where page and data differ, and not where nothing could be compared', () => {
    expect(shownAction(arrival('valid', ['subject-differs']))).toMatchObject({
      ...{ primary: 'register', confirmVerdict: true, stop: null },
    });
    expect(shownAction(arrival('valid', ['page-unread']))?.confirmVerdict).toBe(false);
    expect(shownAction(arrival('valid', ['subject-differs', 'seal-of-another-body']))?.stop).toBe('gate');
  });

  test('waits for the verdict, and doesn’t promise one that won’t come', () => {
    expect(shownAction(arrival(null))?.obstacle).toBe('notVerified');
    const failed = shownAction({ ...arrival(null), checkFailed: true });
    expect(failed).toMatchObject({ obstacle: 'checkFailed', giveBack: 'refuse' });
  });
});
