import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { type SigningStep, signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import { onePage, onePagePdf } from '../pdf/handmade-pdf.ts';
import { writeFile } from '../pdf/scratch.ts';
import { failure, fieldOf, openDesk } from './desk.ts';

/** What may happen while a signature is on its way: a lying token, a disk that forgets, a person who gives up. */
const { folder, signer, sign } = openDesk();
/** Too large to be copied in memory. */
const scan = onePage()
  .stream(6, Buffer.alloc(1 << 20))
  .table('/Root 1 0 R', 7).bytes;

function spoilByte(file: string, at: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, '\x00', at);
  closeSync(descriptor);
}

describe('the signer', () => {
  const withSign = (act: Signer['sign']): Signer => ({ ...signer, sign: act });

  it('whose token answers with nonsense, or with another key’s signature, is found out', async () => {
    expect(
      await failure(
        sign(
          onePagePdf(),
          { kind: 'plain' },
          withSign(async () => Buffer.from('nonsense')),
        ),
      ),
    ).toBe('signature-mismatch');
    const other = withSign(async (algorithm, data) =>
      signer.sign(algorithm, Buffer.concat([data, Buffer.of(1)])),
    );
    expect(await failure(sign(onePagePdf(), { kind: 'plain' }, other))).toBe('signature-mismatch');
  });

  it('that fails leaves no target and no leftovers', async () => {
    const before = readdirSync(folder).length;
    const failing = withSign(async () => {
      throw new AppError('token-removed');
    });
    expect(await failure(sign(onePagePdf(), { kind: 'plain' }, failing))).toBe('token-removed');
    // The one new file is the source.
    expect(readdirSync(folder)).toHaveLength(before + 1);
  });
});

describe('what happens meanwhile', () => {
  it('tells its steps in order', async () => {
    const steps: SigningStep[] = [];
    const source = writeFile(folder, 'steps.pdf', onePagePdf());
    await signPdf({
      source,
      target: `${source}.signed`,
      signer,
      stamp: { kind: 'plain' },
      onStep: (step) => steps.push(step),
    });
    expect(steps).toEqual(['reading', 'token', 'writing', 'checking']);
  });

  it('a source that changes while the token is asked for is refused before it is signed', async () => {
    const source = writeFile(folder, 'changing.pdf', onePagePdf());
    let asked = false;
    const watching: Signer = {
      ...signer,
      get chain() {
        // Asked for while the update is laid out, before the bytes are copied.
        if (!asked) appendFileSync(source, '% more\n');
        asked = true;
        return [];
      },
    };
    const target = path.join(folder, 'changed-signed.pdf');
    await expect(
      signPdf({ source, target, signer: watching, stamp: { kind: 'plain' } }),
    ).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(readdirSync(folder)).not.toContain('changed-signed.pdf');
  });

  it.each([
    ['in memory', onePagePdf()],
    ['by the system', scan],
  ])('what the disk makes of a file that was copied %s is noticed', async (_, bytes) => {
    const source = writeFile(folder, 'spoilt.pdf', bytes);
    const target = path.join(folder, 'spoilt-signed.pdf');
    const spoilings = [
      (part: string) => appendFileSync(part, 'more'),
      (part: string) => truncateSync(part, bytes.length + 10),
      (part: string) => spoilByte(part, bytes.length + 20),
    ];
    for (const spoil of spoilings) {
      const onStep = (step: SigningStep) => {
        if (step !== 'checking') return;
        for (const name of readdirSync(folder)) if (name.startsWith('.antin')) spoil(path.join(folder, name));
      };
      const call = signPdf({ source, target, signer, stamp: { kind: 'plain' }, onStep });
      expect(await failure(call)).toBe('write-failed');
    }
    expect(readdirSync(folder).filter((name) => /^(\.antin|spoilt-)/.test(name))).toEqual([]);
  });

  it.each([
    ['in memory', onePagePdf()],
    ['by the system', scan],
  ])(
    'a cancelled call whose file is copied %s leaves nothing, whenever it is cancelled',
    async (_, bytes) => {
      const source = writeFile(folder, 'cancelled.pdf', bytes);
      const target = path.join(folder, 'cancelled-signed.pdf');
      for (const step of ['reading', 'token'] as const) {
        const controller = new AbortController();
        const onStep = (reached: SigningStep) => reached === step && controller.abort();
        const call = signPdf({
          source,
          target,
          signer,
          stamp: { kind: 'plain' },
          signal: controller.signal,
          onStep,
        });
        expect([step, await failure(call)]).toEqual([step, 'cancelled']);
      }
      expect(
        readdirSync(folder).filter((name) => name.includes('cancelled-') || name.startsWith('.antin')),
      ).toEqual([]);
    },
  );

  it('source and target may not be one file', async () => {
    const source = writeFile(folder, 'one.pdf', onePagePdf());
    const dotted = path.join(folder, '.', 'sub', '..', 'one.pdf');
    expect(
      await failure(signPdf({ source, target: dotted, signer, stamp: { kind: 'plain' }, replace: true })),
    ).toBe('output-is-input');
    expect(readFileSync(source).equals(onePagePdf())).toBe(true);
  });

  it('many at once do not disturb each other', async () => {
    const source = writeFile(folder, 'many.pdf', onePagePdf());
    const targets = Array.from({ length: 8 }, (_, index) => path.join(folder, `many-${index}.pdf`));
    await Promise.all(
      targets.map((target) => signPdf({ source, target, signer, stamp: { kind: 'approval' } })),
    );
    for (const target of targets) expect(fieldOf(target, 'antin-approval')?.value).not.toBe(null);
  });
});

it('the source is left as it was, to its times', async () => {
  const source = writeFile(folder, 'untouched.pdf', onePagePdf());
  copyFileSync(source, `${source}.copy`);
  await signPdf({ source, target: `${source}.signed`, signer, stamp: { kind: 'plain' } });
  expect(readFileSync(source).equals(readFileSync(`${source}.copy`))).toBe(true);
});
