import type { AppError } from '../../contract/failure.ts';

/**
 * Tells a fault of our own on standard error, so that it can be mended: where it happened, but not its message, which
 * could quote what was being handled. What a driver or a person got wrong isn't one.
 */
export function reportFault(failed: AppError): void {
  if (failed.code !== 'internal') return;
  const { cause } = failed;
  const frames = cause instanceof Error ? (cause.stack?.match(/^ {4}at .*$/gm) ?? []) : [];
  process.stderr.write(`token process: internal fault\n${frames.join('\n')}\n`);
}
