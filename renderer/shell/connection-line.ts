import type { ConnectionState } from '../../contract/desktop.ts';
import { timeText } from '../words/format.ts';
import { connectionWords } from '../words/screens.ts';

/** "Mất kết nối", and under it "2 việc đang chờ gửi · Lần cuối: 08:31". */
export function connectionLine({
  status,
  waiting,
  lastContactAt,
}: Pick<ConnectionState, 'status' | 'waiting' | 'lastContactAt'>): { title: string; detail: string | null } {
  const details = [
    ...(waiting > 0 ? [connectionWords.waiting(waiting)] : []),
    ...(status === 'offline' && lastContactAt ? [connectionWords.lastContact(timeText(lastContactAt))] : []),
  ];
  return { title: connectionWords[status], detail: details.join(' · ') || null };
}

/** Minutes by which this computer's clock is off, where people should know; null where it is near enough. */
export function clockWarning({ clockOffsetMs }: Pick<ConnectionState, 'clockOffsetMs'>): number | null {
  const minutes = Math.round(Math.abs(clockOffsetMs ?? 0) / 60_000);
  return minutes >= 5 ? minutes : null;
}
