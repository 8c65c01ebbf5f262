import { readFileSync } from 'node:fs';

/**
 * The most memory that this process ever held, in MB (proc(5), VmHWM). getrusage's figure would begin with what the process
 * held that started this one.
 */
export function peakMemoryMb(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
  if (kilobytes === undefined) throw new Error('this system tells no peak of memory');
  return Number(kilobytes) / 1024;
}
