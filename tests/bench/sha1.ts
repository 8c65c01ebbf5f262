import { createHash, randomBytes } from 'node:crypto';
import { CollisionDetector } from '../../native/verification/sha1/collision-detector.ts';
import { plainSha1 } from './sha1/plain-sha1.ts';
import { median } from './sign/median.ts';
import type { Row } from './table.ts';

const goal = 3;
const megabytes = 32;
const rounds = 7;

/** Looking for collisions against plain SHA-1 in the same language, in turns over the same bytes. */
export async function measure(): Promise<{ rows: Row[] }> {
  const data = randomBytes(megabytes << 20);
  const expected = createHash('sha1').update(data).digest();
  const times = { plain: [] as number[], detector: [] as number[] };
  const take = (kind: keyof typeof times, hash: () => Uint8Array) => {
    const begun = performance.now();
    if (!expected.equals(hash())) throw new Error(`${kind}: another digest`);
    times[kind].push(performance.now() - begun);
  };
  for (let round = 0; round < rounds; round += 1) {
    take('plain', () => plainSha1(data));
    take('detector', () => new CollisionDetector().update(data).finish().bytes);
  }
  // The first round compiles both.
  const [plain, detector] = [median(times.plain.slice(1)), median(times.detector.slice(1))];
  const ratio = detector / plain;
  return {
    rows: [
      {
        what: 'SHA-1 that looks for collisions',
        goal: `<= ${goal} times`,
        reached: `${ratio.toFixed(2)} times, ${((1000 * megabytes) / detector).toFixed(0)} MB a second`,
        ok: ratio <= goal,
        beside: `plain ${((1000 * megabytes) / plain).toFixed(0)} MB a second`,
      },
    ],
  };
}
