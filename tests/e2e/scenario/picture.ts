import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from './desk.ts';

/** A picture of the window for people, where `ANTIN_PICTURES` names a folder for them. */
export async function picture({ page }: Pick<Desk, 'page'>, name: string): Promise<void> {
  const folder = process.env['ANTIN_PICTURES'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
