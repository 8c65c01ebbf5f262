import { describe, expect, test } from 'vitest';
import type { DocumentTask } from '../../../contract/desktop.ts';
import type { FileVerdict } from '../../../contract/verdict.ts';
import { taskAction } from '../../../renderer/document/task-action.ts';
import { actLabels, obstacles } from '../../../renderer/words/vi.ts';
import { desk, incoming, outgoing, reports } from './fake-core/samples.ts';

const draft = (task: DocumentTask, change = {}) => desk(outgoing(1, 'Về việc họp', task, 1000), task, change);
const arrival = (verdict: FileVerdict | null) =>
  desk(incoming(20, 'Về việc họp', 1000), 'register', { verification: verdict && reports[verdict] });

describe('the one primary button', () => {
  test.each([
    ['sign', 'Ký duyệt'],
    ['assignNumber', 'Lấy số và ngày'],
    ['seal', 'Đóng dấu cơ quan'],
    ['issue', 'Phát hành'],
  ] as const)('for %s is “%s”', (task, label) => {
    const action = taskAction(draft(task));
    expect(action && actLabels[action.primary]).toBe(label);
    expect(action?.obstacle).toBeNull();
  });

  test('is missing where nothing is asked', () => expect(taskAction(draft('none'))).toBeNull());

  test('only the leader gives a draft back', () => {
    expect(taskAction(draft('sign'))?.giveBack).toBe('return');
    for (const task of ['assignNumber', 'seal', 'issue'] as const) {
      expect(taskAction(draft(task))?.giveBack).toBeNull();
    }
  });

  test('waits for the file', () => {
    expect(taskAction(draft('sign', { fileHeld: false }))?.obstacle).toBe('fileOnItsWay');
    expect(taskAction(draft('seal', { fileHeld: false }))?.obstacle).toBe('fileOnItsWay');
  });

  test('does not sign on top of a broken signature', () => {
    const action = taskAction(draft('sign', { verification: reports.invalid }));
    expect(action).toMatchObject({ obstacle: 'badSignature', giveBack: 'return' });
  });

  test('issues to nobody never', () => {
    const document = draft('issue');
    if (document.document.kind === 'outgoing') document.document.recipients = [];
    expect(taskAction(document)?.obstacle).toBe('noRecipients');
  });
});

describe('registering an incoming document', () => {
  test.each([
    ['valid', null, false],
    ['indeterminate', null, true],
    ['invalid', 'badSignature', false],
    ['unreadable', 'badSignature', false],
    ['unsigned', 'noSignature', false],
  ] as const)('with the verdict %s: obstacle %s, confirmation %s', (verdict, obstacle, confirmVerdict) => {
    expect(taskAction(arrival(verdict))).toEqual({
      primary: 'register',
      obstacle,
      confirmVerdict,
      giveBack: 'refuse',
    });
    if (obstacle) expect(obstacles[obstacle]).toMatch(/\.$/);
  });

  test('waits for the verdict', () => expect(taskAction(arrival(null))?.obstacle).toBe('notVerified'));
});
