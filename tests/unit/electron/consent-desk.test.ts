import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { ConsentQuestion } from '../../../contract/consent.ts';
import { fileDigest } from '../../../contract/identity.ts';
import { ConsentDesk, type ConsentListener } from '../../../electron/person/consent-desk.ts';
import { QuestionGate } from '../../../electron/person/question-gate.ts';

const asked = fileDigest.parse('a'.repeat(64));
const foreign = fileDigest.parse('b'.repeat(64));

function question(): ConsentQuestion {
  return {
    ...{ id: randomUUID(), act: 'approve', stamp: null, resumed: false, failure: null },
    documents: [
      { subject: 'Về việc', file: { digest: asked, bytes: 9 }, place: null, findings: [], doubtful: false },
    ],
    certificate: {
      ...{ subject: 'Nguyễn Văn A', organisation: '', issuer: '', warning: null },
      notAfter: '2030-01-01T00:00:00Z',
    },
    token: { label: 'Thiết bị', serial: '01' },
    pin: { asks: 'pad', tries: 'enough' },
  };
}

function openDesk(patienceMs = 60_000) {
  const windows: { listener: ConsentListener; asked: ConsentQuestion[]; closed: boolean }[] = [];
  const desk = new ConsentDesk({
    gate: new QuestionGate({ first: 1 }),
    patienceMs,
    open: (first, listener) => {
      const window = { listener, asked: [first], closed: false };
      windows.push(window);
      return {
        ask: (again) => void window.asked.push(again),
        close: () => {
          window.closed = true;
        },
      };
    },
  });
  const window = async (index = 0) => {
    await vi.waitFor(() => expect(windows.length).toBeGreaterThan(index));
    return windows[index] ?? expect.fail('no window');
  };
  return { desk, windows, window };
}

const yes = { say: 'confirm', pin: null, lastTryConfirmed: false } as const;
const refused = (why: string) => ({ answer: 'refused', why, seconds: 0 });

test('a yes is answered, and the window stays until the core is done with it', async () => {
  const { desk, window } = openDesk();
  const one = question();
  const answer = desk.ask(one);
  const opened = await window();
  opened.listener.onReply(yes);
  expect(await answer).toEqual({ answer: 'confirmed', pin: null, lastTryConfirmed: false });
  expect(opened.closed).toBe(false);
  // Pressed twice, it counts once.
  opened.listener.onReply(yes);
  desk.end(one.id);
  expect(opened.closed).toBe(true);
});

test('asked again, the same window asks; a second question is turned away meanwhile', async () => {
  const { desk, windows, window } = openDesk();
  const one = question();
  const first = desk.ask(one);
  const opened = await window();
  expect(await desk.ask(question())).toEqual(refused('busy'));
  opened.listener.onReply(yes);
  await first;
  expect(await desk.ask(question())).toEqual(refused('busy'));
  const again = desk.ask(one);
  expect(windows).toHaveLength(1);
  expect(opened.asked).toHaveLength(2);
  opened.listener.onReply({ say: 'cancel' });
  expect(await again).toEqual(refused('cancelled'));
  expect(opened.closed).toBe(true);
});

test.each([
  ['closing it', 'cancelled', (listener: ConsentListener) => listener.onClosed()],
  ['a crash', 'failed', (listener: ConsentListener) => listener.onFailed()],
  ['the person’s no', 'cancelled', (listener: ConsentListener) => listener.onReply({ say: 'cancel' })],
])('%s is no yes', async (_, why, act) => {
  const { desk, window } = openDesk();
  const answer = desk.ask(question());
  const opened = await window();
  act(opened.listener);
  expect(await answer).toEqual(refused(why));
  // What comes late from it concerns nobody.
  opened.listener.onReply(yes);
  expect(opened.closed).toBe(true);
});

test('a core that is gone, or a locked screen, ends the question, also one that is only about to be put', async () => {
  const { desk, windows, window } = openDesk();
  const answer = desk.ask(question());
  await window();
  desk.abandon();
  expect(await answer).toEqual(refused('expired'));
  const early = desk.ask(question());
  desk.abandon();
  expect(await early).toEqual(refused('expired'));
  expect(windows).toHaveLength(1);
});

test('nobody is waited for without end', async () => {
  const { desk, window } = openDesk(1);
  const answer = desk.ask(question());
  const opened = await window();
  expect(await answer).toEqual(refused('expired'));
  expect(opened.closed).toBe(true);
});

test('its window is shown the files that are asked about, while they are', async () => {
  const { desk, window } = openDesk();
  expect(desk.concerns(asked)).toBe(false);
  const one = question();
  const answer = desk.ask(one);
  await window();
  expect([desk.concerns(asked), desk.concerns(foreign)]).toEqual([true, false]);
  desk.end(one.id);
  expect(await answer).toEqual(refused('cancelled'));
  expect(desk.concerns(asked)).toBe(false);
});
