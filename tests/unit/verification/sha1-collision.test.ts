import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureReport } from '../../../contract/verdict.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { CollisionDetector } from '../../../native/verification/sha1/collision-detector.ts';
import { disturbanceVectors } from '../../../native/verification/sha1/disturbance-vector.ts';
import { unavoidableConditions } from '../../../native/verification/sha1/unavoidable-conditions.ts';
import { handSign, opensslCms } from './hand-signer.ts';
import { sampleObjects, stream } from './sample-pdf.ts';
import { openWorkbench, type SoftSigner, type Workbench } from './workbench.ts';

const collision = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../lab/sha1-collisions', `${name}.bin`));
const published = ['shattered-1-first-320', 'shattered-2-first-320', 'sha-mbles-1', 'sha-mbles-2'];
const plain = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();
const look = (bytes: Uint8Array) => new CollisionDetector().update(bytes).finish();

describe('the detector', () => {
  test.each(published)('knows %s for half of a collision, whatever follows', (name) => {
    const half = collision(name);
    for (const whole of [half, Buffer.concat([half, randomBytes(1000)])]) {
      expect(look(whole)).toEqual({ bytes: plain(whole), collides: true });
    }
  });

  test('a collision in the midst of a file, at a block’s beginning alone', () => {
    const half = collision('sha-mbles-1');
    // A twin begins from the same chaining value; behind other bytes it is no twin any more.
    expect(look(Buffer.concat([randomBytes(64), half])).collides).toBe(false);
    expect(look(Buffer.concat([half.subarray(0, 640), half])).collides).toBe(true);
  });

  test('one bit off, and the blocks are as honest as any', () => {
    for (const name of published) {
      const half = Buffer.from(collision(name));
      // In the last block that differs, where the two computations meet.
      const at = half.length - 70;
      half[at] = (half[at] ?? 0) ^ 0x10;
      expect(look(half)).toEqual({ bytes: plain(half), collides: false });
    }
  });

  test('10,000 random messages have no twin, and the digest that OpenSSL says', () => {
    for (let count = 0; count < 10_000; count += 1) {
      const message = randomBytes(count % 300);
      expect(look(message)).toEqual({ bytes: plain(message), collides: false });
    }
  });

  test('pieces of any length, and forks, come to the same', () => {
    const message = Buffer.concat([collision('sha-mbles-2'), randomBytes(5000)]);
    for (const piece of [1, 63, 64, 65, 640, 4096]) {
      const detector = new CollisionDetector();
      for (let at = 0; at < 640; at += piece)
        detector.update(message.subarray(at, Math.min(at + piece, 640)));
      const fork = detector.copy();
      detector.update(randomBytes(100));
      expect(fork.update(message.subarray(640)).finish()).toEqual({ bytes: plain(message), collides: true });
    }
  });
});

describe('the vectors', () => {
  test('are 32 kinds of difference that the message expansion keeps', () => {
    expect(new Set(disturbanceVectors.map(({ name }) => name)).size).toBe(32);
    for (const { difference } of disturbanceVectors) {
      const at = (step: number) => difference[step] ?? 0;
      for (let step = 16; step < 80; step += 1) {
        const word = at(step - 3) ^ at(step - 8) ^ at(step - 14) ^ at(step - 16);
        expect(at(step)).toBe((word << 1) | (word >>> 31));
      }
    }
  });

  test('differ in both bits that a condition of theirs relates', () => {
    for (const { first, second, vectors } of unavoidableConditions) {
      for (const name of vectors) {
        const difference = disturbanceVectors.find((vector) => vector.name === name)?.difference;
        const isDisturbed = ({ word, bit }: typeof first) => ((difference?.[word] ?? 0) >>> bit) & 1;
        expect([name, first, isDisturbed(first)]).toEqual([name, first, 1]);
        expect([name, second, isDisturbed(second)]).toEqual([name, second, 1]);
      }
    }
  });
});

describe('a signed file made from a collision', () => {
  let bench: Workbench;
  let signer: SoftSigner;
  beforeAll(async () => {
    bench = await openWorkbench();
    signer = await bench.signer();
  });
  afterAll(() => bench.close());

  /**
   * The published bytes are a header and the beginning of object 1, a picture; a signed update makes that the
   * catalog.
   */
  function paper(half: Buffer): Buffer {
    const picture = '\nendstream\nendobj\n';
    const bodies = new Map(sampleObjects().map((body, index) => [index + 1, body]));
    bodies.delete(1);
    bodies.set(8, String(half.length - half.indexOf('stream\n') - 'stream\n'.length));
    bodies.set(9, stream('q Q'));
    let text = picture;
    const offsets = new Map([[1, half.indexOf('1 0 obj')]]);
    for (const [number, body] of bodies) {
      offsets.set(number, half.length + text.length);
      text += `${number} 0 obj\n${body}\nendobj\n`;
    }
    const rows = [...offsets].map(([n, at]) => `${n} 1\n${String(at).padStart(10, '0')} 00000 n \n`).join('');
    const start = half.length + text.length;
    text += `xref\n0 1\n0000000000 65535 f \n${rows}trailer\n<< /Size 10 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
    return Buffer.concat([half, Buffer.from(text, 'latin1')]);
  }

  async function verdict(bytes: Uint8Array): Promise<SignatureReport | undefined> {
    writeFileSync(bench.path('collision.pdf'), bytes);
    return (await verifyPdf(bench.path('collision.pdf'), bench.trust())).signatures[0];
  }

  const forms = [
    ['adbe.pkcs7.detached', ['-md', 'sha1'], (bytes: Uint8Array) => bytes],
    ['adbe.pkcs7.detached', ['-md', 'sha1', '-noattr'], (bytes: Uint8Array) => bytes],
    ['adbe.pkcs7.sha1', ['-nodetach'], plain],
  ] as const;
  test.each(forms)('is invalid, and so is its twin: %s %j', async (subFilter, options, signed) => {
    const cms = opensslCms(bench, signer, options);
    const [first, second] = ['shattered-1-first-320', 'shattered-2-first-320'].map(collision);
    if (!first || !second) throw new Error('no collision');
    const file = handSign(paper(first), { cms: (bytes) => cms(signed(bytes)), subFilter });
    const twin = Buffer.concat([second, file.subarray(second.length)]);
    for (const each of [file, twin]) {
      const report = await verdict(each);
      // The same signature holds over both: nothing but the detector tells.
      expect(report).toMatchObject({ verdict: 'invalid', intact: true });
      expect(report?.reasons).toContain('hash-collision');
    }
  });

  test('an honest file signed with SHA-1 is obsolete, and no forgery', async () => {
    const cms = opensslCms(bench, signer, ['-md', 'sha1']);
    const half = Buffer.from(collision('shattered-1-first-320'));
    half.fill(0x20, 192);
    const report = await verdict(handSign(paper(half), { cms, subFilter: 'adbe.pkcs7.detached' }));
    expect(report).toMatchObject({ intact: true });
    expect(report?.reasons).toContain('hash-obsolete');
    expect(report?.reasons).not.toContain('hash-collision');
  });
});
