import { expect, test } from 'vitest';
import { QuestionGate } from '../../../electron/person/question-gate.ts';

function gateAt(start: number) {
  const clock = { now: start };
  return { clock, gate: new QuestionGate({ first: 2000, longest: 60_000, now: () => clock.now }) };
}

test('one question at a time: whoever comes meanwhile is sent away, not kept waiting', async () => {
  const { gate } = gateAt(0);
  expect(await gate.enter()).toBeNull();
  expect(await gate.enter()).toEqual({ answer: 'refused', why: 'busy', seconds: 0 });
  gate.leave(true);
  expect(await gate.enter()).toBeNull();
});

test('the pause doubles with each no, up to a minute', async () => {
  const { gate, clock } = gateAt(5000);
  const pauses: number[] = [];
  for (let refusals = 0; refusals < 8; refusals += 1) {
    expect(await gate.enter()).toBeNull();
    gate.leave(false);
    const refused = await gate.enter();
    expect(refused?.why).toBe('paused');
    pauses.push(refused?.seconds ?? 0);
    clock.now += (refused?.seconds ?? 0) * 1000;
  }
  expect(pauses).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
});

test('a yes ends the pauses, and so does a while without a no', async () => {
  const { gate, clock } = gateAt(0);
  for (const agreed of [false, false, true]) {
    expect(await gate.enter()).toBeNull();
    gate.leave(agreed);
    clock.now += 60_000;
  }
  await gate.enter();
  gate.leave(false);
  expect((await gate.enter())?.seconds).toBe(2);
  clock.now += 300_000;
  await gate.enter();
  gate.leave(false);
  expect((await gate.enter())?.seconds).toBe(2);
});

test('a pause too short to be noticed is waited out', async () => {
  const gate = new QuestionGate({ first: 1 });
  expect(await gate.enter()).toBeNull();
  gate.leave(false);
  expect(await gate.enter()).toBeNull();
});
