import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../contract/failure.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import type { Outcome } from '../target.ts';
import { differencesOf } from './compare.ts';
import type { Base } from './corpus.ts';
import { explanationOf } from './explanation.ts';
import type { DifferentialInput } from './input.ts';
import { Verifier } from './judgement.ts';
import { Readers } from './readers/readers.ts';
import type { Readings } from './reading.ts';

/** Judges inputs one after the other: our verdict first, and where it is good, what each program shows. */
export class InputJudge {
  readonly #folder: string;
  readonly #signer: Signer;
  readonly #readers: Readers;
  readonly #verifier = new Verifier();
  readonly #before = new Map<string, Readings>();

  /** @param folder of this judge's own, where files lie for a moment */
  constructor(folder: string, signer: Signer) {
    this.#folder = folder;
    this.#signer = signer;
    this.#readers = new Readers(folder);
  }

  async judge(input: DifferentialInput): Promise<Outcome> {
    const before = await this.#readingsOf(input.base);
    const drafted = join(this.#folder, 'input.pdf');
    await writeFile(drafted, input.bytes);
    const path = input.isToBeSigned ? await this.#signed(drafted) : drafted;
    if (path === null) return { outcome: 'not signable' };
    const { isAccepted, outcome } = await this.#verifier.judge(path);
    if (!isAccepted) return { outcome };
    const now = await this.#readers.read(path, before);
    const differences = differencesOf(now, before);
    const [first] = differences;
    if (!first) return { outcome: `${outcome}, alike` };
    const explanation = explanationOf({ differences, input });
    if (explanation !== null) return { outcome: `${outcome}, ${explanation}` };
    const told = differences
      .slice(0, 4)
      .map(
        ({ kind, readers, page, detail }) =>
          `${kind} of ${readers.join(' and ')}${page === null ? '' : ` on page ${page + 1}`}: ${detail}`,
      );
    return {
      outcome: `${outcome}, unexplained`,
      finding: `${outcome}; ${input.base.name}; ${input.changes.join(', ')}; ${told.join('; ')}`,
    };
  }

  async close(): Promise<void> {
    this.#readers.close();
    await this.#verifier.close();
  }

  async #readingsOf({ name, bytes }: Base): Promise<Readings> {
    const known = this.#before.get(name);
    if (known) return known;
    const path = join(this.#folder, 'base.pdf');
    await writeFile(path, bytes);
    const readings = await this.#readers.read(path, null);
    this.#before.set(name, readings);
    return readings;
  }

  /** Signed by an honest person, who was told of nothing that blocks; null where we refuse. */
  async #signed(source: string): Promise<string | null> {
    if (!(await this.#verifier.judge(source)).isAccepted) return null;
    const target = join(this.#folder, 'signed.pdf');
    await rm(target, { force: true });
    try {
      await signPdf({ source, target, signer: this.#signer, stamp: { kind: 'plain' } });
      return target;
    } catch (error) {
      if (error instanceof AppError && error.code.startsWith('pdf-')) return null;
      throw error;
    }
  }
}
