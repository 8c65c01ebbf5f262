import { describe, expect, test } from 'vitest';
import { deliveryState, outgoingState, role } from '../../../contract/document.ts';
import { AppError } from '../../../contract/failure.ts';
import { boxesOf } from '../../../native/workflow/box.ts';
import { fileAtDesk, pendingAct } from '../../../native/workflow/desk-facts.ts';
import { assertPermitted, type DeskAct } from '../../../native/workflow/permission.ts';
import { taskOf } from '../../../native/workflow/task.ts';
import { approvedHere, incoming, nothing, openAct, outgoing, sealedHere } from './sample.ts';

const acts: readonly DeskAct[] = ['approve', 'return', 'assignNumber', 'seal', 'issue', 'register', 'refuse'];

/**
 * What each role is asked for in each state; every combination stands here, so that a new state fails until it is
 * decided.
 */
const outgoingTasks: Record<string, Record<string, [task: string, sealed: string]>> = {
  awaitingSignature: { leader: ['sign', 'sign'], clerk: ['none', 'none'], specialist: ['none', 'none'] },
  awaitingNumber: {
    leader: ['none', 'none'],
    clerk: ['assignNumber', 'assignNumber'],
    specialist: ['none', 'none'],
  },
  awaitingSeal: { leader: ['none', 'none'], clerk: ['seal', 'issue'], specialist: ['none', 'none'] },
  issued: { leader: ['none', 'none'], clerk: ['none', 'none'], specialist: ['none', 'none'] },
  returned: { leader: ['none', 'none'], clerk: ['none', 'none'], specialist: ['none', 'none'] },
};

const incomingTasks: Record<string, Record<string, string>> = {
  sent: { leader: 'none', clerk: 'none', specialist: 'none' },
  arrived: { leader: 'none', clerk: 'register', specialist: 'none' },
  registered: { leader: 'none', clerk: 'none', specialist: 'none' },
  refused: { leader: 'none', clerk: 'none', specialist: 'none' },
};

/** Everything that is permitted; what isn't here must be refused. */
const permitted = new Set([
  'leader outgoing awaitingSignature approve',
  'leader outgoing awaitingSignature return',
  'clerk outgoing awaitingNumber assignNumber',
  'clerk outgoing awaitingNumber return',
  'clerk outgoing awaitingSeal seal',
  'clerk outgoing awaitingSeal return',
  'clerk outgoing awaitingSeal+sealed issue',
  'clerk incoming arrived register',
  'clerk incoming arrived refuse',
]);

function isPermitted(...call: Parameters<typeof assertPermitted>): boolean {
  try {
    assertPermitted(...call);
    return true;
  } catch (error) {
    if (error instanceof AppError && ['not-permitted', 'document-state'].includes(error.code)) return false;
    throw error;
  }
}

describe.each(role.options)('%s', (who) => {
  test.each(outgoingState.options)('outgoing, %s', (state) => {
    const document = outgoing(state);
    const [task, sealedTask] = outgoingTasks[state]?.[who] ?? [];
    expect(taskOf(document, who, nothing)).toBe(task);
    expect(taskOf(document, who, sealedHere(document))).toBe(sealedTask);
    for (const act of acts) {
      expect(isPermitted(act, document, who, nothing)).toBe(permitted.has(`${who} outgoing ${state} ${act}`));
      const sealed = permitted.has(`${who} outgoing ${state}+sealed ${act}`);
      const otherwise = act !== 'seal' && permitted.has(`${who} outgoing ${state} ${act}`);
      expect(isPermitted(act, document, who, sealedHere(document))).toBe(sealed || otherwise);
    }
  });

  test.each(deliveryState.options)('incoming, %s', (state) => {
    const document = incoming(state);
    expect(taskOf(document, who, nothing)).toBe(incomingTasks[state]?.[who]);
    expect(boxesOf(document, who, nothing)).toEqual(['incoming']);
    for (const act of acts) {
      expect(isPermitted(act, document, who, nothing)).toBe(permitted.has(`${who} incoming ${state} ${act}`));
    }
  });

  test.each(['waiting', 'sending', 'outcomeUnknown'] as const)(
    'nothing is asked while an act is %s',
    (state) => {
      for (const each of outgoingState.options) {
        const facts = { ...nothing, open: [openAct('approve', state)] };
        expect(taskOf(outgoing(each), who, facts)).toBe('none');
        for (const act of acts) expect(isPermitted(act, outgoing(each), who, facts)).toBe(false);
      }
    },
  );
});

test('an act that the server has refused holds nothing up', () => {
  const facts = { ...nothing, open: [openAct('approve', 'needsAttention')] };
  expect(taskOf(outgoing('awaitingSignature'), 'leader', facts)).toBe('sign');
  expect(isPermitted('approve', outgoing('awaitingSignature'), 'leader', facts)).toBe(true);
});

test('boxes let go of a document when the deciding act is on its way, and take it back when it is refused', () => {
  const draft = outgoing('awaitingSignature');
  expect(boxesOf(draft, 'leader', nothing)).toEqual(['toSign', 'outgoing']);
  expect(boxesOf(draft, 'clerk', nothing)).toEqual(['outgoing']);
  expect(boxesOf(draft, 'leader', { ...nothing, open: [openAct('approve', 'waiting')] })).toEqual([
    'outgoing',
  ]);
  expect(boxesOf(draft, 'leader', { ...nothing, open: [openAct('return', 'sending')] })).toEqual([
    'outgoing',
  ]);
  const refused = { ...nothing, open: [openAct('approve', 'needsAttention')] };
  expect(boxesOf(draft, 'leader', refused)).toEqual(['toSign', 'outgoing']);
  const numbered = outgoing('awaitingSeal');
  expect(boxesOf(numbered, 'clerk', { ...nothing, open: [openAct('assignNumber', 'waiting')] })).toEqual([
    'toIssue',
    'outgoing',
  ]);
  expect(boxesOf(numbered, 'clerk', { ...nothing, open: [openAct('issue', 'waiting')] })).toEqual([
    'outgoing',
  ]);
  expect(boxesOf(numbered, 'clerk', { ...nothing, open: [openAct('return', 'waiting')] })).toEqual([
    'outgoing',
  ]);
  for (const state of ['issued', 'returned'] as const) {
    for (const who of role.options) expect(boxesOf(outgoing(state), who, nothing)).toEqual(['outgoing']);
  }
});

test('the file at the desk is the newest one signed here, as long as it continues what the server has', () => {
  const document = outgoing('awaitingSeal');
  expect(fileAtDesk(document, nothing)?.digest).toBe(document.files[0]?.digest);
  expect(fileAtDesk(document, approvedHere(document))?.name).toBe('approved.pdf');
  const both = { open: [], signed: [...approvedHere(document).signed, ...sealedHere(document).signed] };
  expect(fileAtDesk(document, both)?.name).toBe('sealed.pdf');
  const returned = outgoing('returned');
  expect(fileAtDesk(returned, sealedHere(returned))?.digest).toBe(returned.files[0]?.digest);
  const other = outgoing('awaitingSeal', 'b');
  expect(fileAtDesk(other, both)?.digest).toBe(other.files[0]?.digest);
});

test('a refusal on an older version is history, one on this version is shown', () => {
  const document = { ...outgoing('awaitingSignature'), version: 3 };
  expect(pendingAct(document, [{ ...openAct('approve', 'needsAttention'), documentVersion: 2 }])).toBeNull();
  expect(
    pendingAct(document, [{ ...openAct('approve', 'needsAttention'), documentVersion: 3 }]),
  ).not.toBeNull();
  const newest = { ...openAct('return', 'waiting'), documentVersion: 3 };
  expect(pendingAct(document, [openAct('approve', 'needsAttention'), newest])).toBe(newest);
});
