import { lstatSync, type Stats } from 'node:fs';

/** What a name stands for, links not followed; null where nothing is there, or nobody may look. */
export function lookAt(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch {
    return null;
  }
}
