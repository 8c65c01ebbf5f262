import type { ConnectionState } from '../../contract/connection.ts';
import { timeText } from '../words/format.ts';
import { connectionWords } from '../words/screens.ts';

/** "Mất kết nối", and under it what matters most of it: "2 việc đang chờ gửi", else "Lần cuối: 08:31". */
export function connectionLine({
  status,
  waiting,
  lastContactAt,
}: Pick<ConnectionState, 'status' | 'waiting' | 'lastContactAt'>): { title: string; detail: string | null } {
  const title = connectionWords[status];
  if (waiting > 0) return { title, detail: connectionWords.waiting(waiting) };
  const isGone = status === 'offline' && lastContactAt !== null;
  return { title, detail: isGone ? connectionWords.lastContact(timeText(lastContactAt)) : null };
}

/** Minutes by which this computer's clock is off, where people should know; null where it is near enough. */
export function clockWarning({ clockOffsetMs }: Pick<ConnectionState, 'clockOffsetMs'>): number | null {
  const offset = Math.abs(clockOffsetMs ?? 0);
  return offset > 60_000 ? Math.round(offset / 60_000) : null;
}
