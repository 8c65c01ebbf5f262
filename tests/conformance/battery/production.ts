import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type SignRequest, signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import type { Cell, FieldWay, Level } from './axes.ts';
import { type BaseFile, emptyField } from './base-files.ts';
import type { KeyPair, Workshop } from './workshop.ts';

const visible: Stamp = { kind: 'plain', box: { x: 20, y: 240, width: 60, height: 12 } };

/** What signs before the cell's own signature, and where that goes. */
const ways: Record<FieldWay, { stamp: Stamp; first?: Partial<SignRequest> }> = {
  'new field': { stamp: visible },
  'existing field': { stamp: { kind: 'plain', field: emptyField } },
  'after another signature': { stamp: visible, first: {} },
};

function keysOf(cell: Cell, shop: Workshop): KeyPair {
  const keys = shop.keys.get(cell.signer);
  if (!keys) throw new Error(`no keys of ${cell.signer}`);
  return keys;
}

function pathOf(
  { signer, structure, field, level }: Cell,
  shop: Workshop,
  part: Level | 'before' = level,
): string {
  const name = [signer, structure, field, part].join('-').replaceAll(/\W+/g, '-');
  return join(shop.folder, `${name}.pdf`);
}

/** Makes the cell's file from the one of the level below it, and sees to it that nothing that was signed has moved. */
export async function produce(cell: Cell, shop: Workshop): Promise<BaseFile> {
  const { password } = shop.base.plain[cell.structure];
  const opened = password === undefined ? {} : { password };
  const target = pathOf(cell, shop);
  const source = await before(cell, shop);
  await signedTo(source, target, keysOf(cell, shop).leader, ways[cell.field].stamp);
  return { path: target, ...opened };
}

async function before(cell: Cell, shop: Workshop): Promise<BaseFile> {
  const base = shop.base[cell.field === 'existing field' ? 'withField' : 'plain'][cell.structure];
  const { first } = ways[cell.field];
  if (!first) return base;
  const path = pathOf(cell, shop, 'before');
  await signedTo(base, path, keysOf(cell, shop).agency, { kind: 'plain' }, first);
  return { ...base, path };
}

async function signedTo(
  { path: source }: BaseFile,
  target: string,
  signer: Signer,
  stamp: Stamp,
  more: Partial<SignRequest> = {},
): Promise<void> {
  await signPdf({ source, target, signer, stamp, ...more });
  const original = await readFile(source);
  expect((await readFile(target)).subarray(0, original.length).equals(original)).toBe(true);
}
