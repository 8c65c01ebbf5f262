import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() });
export type Rectangle = z.infer<typeof rectangle>;

const windowMemory = z.object({
  /** Where the window stood when it wasn't maximised, in device-independent pixels; null: never moved. */
  bounds: rectangle.nullable().catch(null),
  maximized: z.boolean().catch(true),
  /** Zoom factor; 1 is 100 %. */
  zoom: z.number().min(0.5).max(4).catch(1),
  /** Off after the graphics process has crashed: old drivers do, and software drawing is better than a black window. */
  hardwareAcceleration: z.boolean().catch(true),
});
export type WindowMemory = z.infer<typeof windowMemory>;

/** What the window remembers from run to run; what can't be read counts as never written. */
export function readWindowMemory(file: string): WindowMemory {
  let stored: unknown;
  try {
    stored = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    stored = {};
  }
  const read = windowMemory.safeParse(stored);
  return read.success ? read.data : windowMemory.parse({});
}

/** Written beside its target and renamed, so that a power cut leaves the old one or the new one. */
export function writeWindowMemory(file: string, memory: WindowMemory): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Made anew, never written through what stands there.
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, JSON.stringify(memory), { flag: 'wx', mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * The remembered place, moved and shrunk to lie within one of today's screens: a window that was last seen on a second
 * screen must not come up where there is none any more. Null where nothing usable is remembered.
 */
export function placeOnScreens(bounds: Rectangle | null, screens: readonly Rectangle[]): Rectangle | null {
  if (!bounds) return null;
  const [best] = screens
    .map((screen) => ({ screen, shared: sharedArea(bounds, screen) }))
    .sort((a, b) => b.shared - a.shared);
  if (!best) return null;
  const { screen } = best;
  const width = Math.min(bounds.width, screen.width);
  const height = Math.min(bounds.height, screen.height);
  return {
    x: clamp(bounds.x, screen.x, screen.x + screen.width - width),
    y: clamp(bounds.y, screen.y, screen.y + screen.height - height),
    width,
    height,
  };
}

function sharedArea(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
