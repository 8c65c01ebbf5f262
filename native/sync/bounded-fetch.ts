import { AppError } from '../../contract/failure.ts';

/** What is told of each exchange with the server. */
export interface ContactObserver {
  /** An answer came. `date` is the server's clock (HTTP Date, whole seconds), null where it sent none. */
  answered(date: Date | null): void;
  failed(error: AppError): void;
}

/** The largest answer to a call: 200 documents with long histories fit many times over. */
export const answerLimitBytes = 32 * 1024 * 1024;

/** The instant in an answer's Date header; null where there is none or it is no date. */
export function answerDate(headers: Headers): Date | null {
  const instant = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(instant) ? null : new Date(instant);
}

/**
 * `fetch` that reads an answer whole, up to a limit, before anything looks at it. Fails with `server-nonsense` where
 * it is larger; a connection that breaks within the body fails as the network's error.
 */
export async function boundedFetch(
  request: Request,
  init: RequestInit,
  limitBytes: number,
): Promise<Response> {
  const response = await fetch(request, init);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the body, which closes the connection.
    if (bytes > limitBytes) throw new AppError('server-nonsense', {}, { cause: 'answer too large' });
    chunks.push(chunk);
  }
  const { status, statusText, headers } = response;
  const bodiless = status === 204 || status === 205 || status === 304;
  // The body is decoded by now; its old length and encoding must not describe the new one.
  const plain = new Headers(headers);
  plain.delete('content-encoding');
  plain.delete('content-length');
  return new Response(bodiless ? null : Buffer.concat(chunks), { status, statusText, headers: plain });
}
