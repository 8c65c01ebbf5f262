import { expect, test } from 'vitest';
import type { BatchItem, BatchState } from '../../../contract/batch.ts';
import type { DocumentTask } from '../../../contract/desktop.ts';
import { headlineOf, inOrder, progressOf } from '../../../renderer/batch/batch-progress.ts';
import { batchChoice } from '../../../renderer/boxes/batch-choice.ts';
import { idOf } from './fake-core/samples.ts';

const item = (number: number, state: BatchItem['state']): BatchItem => ({
  ...{ id: idOf(number), subject: `Văn bản ${number}`, state, step: null, failure: null },
});

const batch = (phase: BatchState['phase'], ...states: BatchItem['state'][]): BatchState => ({
  act: 'approve',
  of: 'documents',
  key: { modulePath: '/m.so', tokenSerial: 'A', certificateId: '01' },
  ...{ phase, failure: null, warning: null, startedAt: '2026-11-22T01:00:00Z' },
  items: states.map((state, index) => item(index, state)),
});

test('what failed counts as settled, but never as signed', () => {
  const state = batch('running', 'signed', 'failed', 'running', 'waiting');
  expect(progressOf(state)).toEqual({ all: 4, signed: 1, settled: 2 });
  expect(headlineOf(state).title).toBe('Đang ký: xong 2 trên 4 văn bản.');
});

test('only when all are signed does it end well', () => {
  expect(headlineOf(batch('ended', 'signed', 'signed'))).toMatchObject({
    tone: 'good',
    title: 'Đã ký xong cả 2 văn bản.',
  });
  expect(headlineOf(batch('ended', 'signed', 'untouched'))).toMatchObject({
    tone: 'doubt',
    title: 'Đã ký 1 trên 2 văn bản.',
  });
});

test('what failed stands first, each kind in the order of the batch', () => {
  const { items } = batch('running', 'signed', 'waiting', 'failed', 'running', 'failed');
  expect(inOrder(items).map(({ subject }) => subject)).toEqual(
    [2, 4, 3, 1, 0].map((number) => `Văn bản ${number}`),
  );
});

test('two or more of the same task can be chosen together; others stay as they are', () => {
  const card = (number: number, task: DocumentTask) => ({ id: idOf(number), task }) as never;
  const cards = [card(1, 'assignNumber'), card(2, 'seal'), card(3, 'issue'), card(4, 'seal')];
  expect(batchChoice(cards)).toMatchObject({ act: 'seal', cards: [cards[1], cards[3]] });
  expect(batchChoice(cards.slice(0, 3))).toBeNull();
  expect(batchChoice([card(1, 'none'), card(2, 'register')])).toBeNull();
});
