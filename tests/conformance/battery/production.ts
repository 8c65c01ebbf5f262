import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ExtendedLevel, extendPdf } from '../../../native/signing/long-term/extend-pdf.ts';
import { type SignRequest, signPdf } from '../../../native/signing/sign-pdf.ts';
import type { CertificationLevel } from '../../../native/signing/signature-terms.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import { type Cell, type FieldWay, type Level, levels } from './axes.ts';
import { type BaseFile, emptyField } from './base-files.ts';
import type { Workshop } from './workshop.ts';

const visible: Stamp = { kind: 'plain', box: { x: 20, y: 240, width: 60, height: 12 } };

/** A signature that is there before the cell's own. */
interface FirstSignature {
  readonly certification?: CertificationLevel;
  /** Has its time stamp before anything else is added; otherwise only one around the whole file can come later. */
  readonly isStamped: boolean;
}

const ways: Record<FieldWay, { readonly stamp: Stamp; readonly first?: FirstSignature }> = {
  'new field': { stamp: visible },
  'existing field': { stamp: { kind: 'plain', field: emptyField } },
  'after another signature': { stamp: visible, first: { isStamped: false } },
  'certified P=2': { stamp: visible, first: { certification: 2, isStamped: true } },
};

function leaderOf({ signer }: Cell, { leaders }: Workshop): Signer {
  const leader = leaders.get(signer);
  if (!leader) throw new Error(`no key of ${signer}`);
  return leader;
}

function pathOf(
  { signer, structure, field, level }: Cell,
  shop: Workshop,
  part: Level | 'first' | 'first-stamped' = level,
): string {
  const name = [signer, structure, field, part].join('-').replaceAll(/\W+/g, '-');
  return join(shop.folder, `${name}.pdf`);
}

/** Makes the cell's file from the one of the level below it; below the lowest lies the file that is to be signed. */
export async function produce(cell: Cell, shop: Workshop): Promise<BaseFile> {
  const { password } = shop.base.plain[cell.structure];
  const made = { path: pathOf(cell, shop), password };
  const below = levels[levels.indexOf(cell.level) - 1];
  if (cell.level === 'b' || !below) {
    const source = await before(cell, shop);
    await signedTo(source, made.path, leaderOf(cell, shop), { stamp: ways[cell.field].stamp });
  } else {
    const source = { ...made, path: pathOf({ ...cell, level: below }, shop) };
    await extendedTo(source, made.path, cell.level, shop);
  }
  return made;
}

async function before(cell: Cell, shop: Workshop): Promise<BaseFile> {
  const base = shop.base[cell.field === 'existing field' ? 'withField' : 'plain'][cell.structure];
  const { first } = ways[cell.field];
  if (!first) return base;
  const [signed, stamped] = [pathOf(cell, shop, 'first'), pathOf(cell, shop, 'first-stamped')];
  const certification = first.certification ? { certification: first.certification } : {};
  await signedTo(base, signed, shop.agency, { stamp: { kind: 'plain' }, ...certification });
  if (!first.isStamped) return { ...base, path: signed };
  await extendedTo({ ...base, path: signed }, stamped, 't', shop);
  return { ...base, path: stamped };
}

async function signedTo(
  { path: source, password }: BaseFile,
  target: string,
  signer: Signer,
  wishes: Pick<SignRequest, 'stamp' | 'certification'>,
): Promise<void> {
  await signPdf({ source, target, signer, password, ...wishes });
  const original = await readFile(source);
  expect((await readFile(target)).subarray(0, original.length).equals(original)).toBe(true);
}

async function extendedTo(
  { path: source, password }: BaseFile,
  target: string,
  level: ExtendedLevel,
  { authority, trust }: Workshop,
): Promise<void> {
  await extendPdf({ source, target, level, authority, trust, password });
}
