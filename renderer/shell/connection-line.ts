import type { ConnectionState } from '../../contract/desktop.ts';
import { connectionWords } from '../words/screens.ts';

/** "Mất kết nối – 2 việc đang chờ gửi" */
export function connectionLine({ status, waiting }: Pick<ConnectionState, 'status' | 'waiting'>): string {
  const state = connectionWords[status];
  return waiting > 0 ? `${state} – ${connectionWords.waiting(waiting)}` : state;
}

/** Minutes by which this computer's clock is off, where people should know; null where it is near enough. */
export function clockWarning({ clockOffsetMs }: Pick<ConnectionState, 'clockOffsetMs'>): number | null {
  const minutes = Math.round(Math.abs(clockOffsetMs ?? 0) / 60_000);
  return minutes >= 5 ? minutes : null;
}
