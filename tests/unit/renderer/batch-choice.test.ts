import { describe, expect, test } from 'vitest';
import type { DocumentCard } from '../../../contract/desktop.ts';
import type { FileFinding } from '../../../contract/file-finding.ts';
import { fileDigest } from '../../../contract/identity.ts';
import { cardOf } from '../../../native/workflow/card.ts';
import { batchAct, batchChoice, batchItems } from '../../../renderer/boxes/batch-choice.ts';
import { outgoing } from './fake-core/samples.ts';

const file = fileDigest.parse('a'.repeat(64));
const card = (number: number, task: DocumentCard['task'], verdict: DocumentCard['verdict'] = null) =>
  cardOf(outgoing(number, `Văn bản ${number}`, task, 1000), file, task, null, verdict);

describe('what can be chosen to be signed together', () => {
  test.each([
    ['sign', null, 'approve'],
    ['sign', 'unsigned', 'approve'],
    ['sign', 'invalid', null],
    ['sign', 'unreadable', null],
    ['seal', 'valid', 'seal'],
    ['seal', 'indeterminate', 'seal'],
    ['seal', 'invalid', null],
    ['issue', 'valid', null],
  ] as const)('%s with the verdict %s: %s', (task, verdict, act) => {
    expect(batchAct(card(1, task, verdict))).toBe(act);
  });

  test('leaves out what people may be shown differently, not what is only to be known', () => {
    const told = (weight: FileFinding['weight']): DocumentCard => ({
      ...card(1, 'sign', 'unsigned'),
      findings: [{ code: 'structure-ambiguous', weight, page: null, params: {} }],
    });
    expect([batchAct(told('blocks')), batchAct(told('warns'))]).toEqual([null, 'approve']);
  });

  test('leaves out what has to go back, and offers nothing for less than two', () => {
    const [first, bad, second] = [card(1, 'seal'), card(2, 'seal', 'invalid'), card(3, 'seal', 'valid')];
    expect(batchChoice([first, bad, second])).toEqual({ act: 'seal', cards: [first, second] });
    expect(batchChoice([first, bad])).toBeNull();
  });

  test('what was chosen names what the list showed; one without a file is not among it', () => {
    const [shown, without] = [card(1, 'sign'), { ...card(2, 'sign'), file: null }];
    expect(batchItems([shown, without])).toEqual([
      { id: shown.id, shown: { version: shown.version, digest: file } },
    ]);
  });
});
