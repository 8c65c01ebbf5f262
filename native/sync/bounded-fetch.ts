import { AppError } from '../../contract/failure.ts';
import { exchange, type ServerPlace } from './server-line.ts';

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
 * An exchange whose answer is read whole, up to a limit, before anything looks at it. Fails with `server-nonsense`
 * where it is larger; a connection that breaks within the body fails as the network's error.
 */
export async function boundedExchange(
  place: ServerPlace,
  request: Request,
  limitBytes: number,
): Promise<Response> {
  const { method, headers, signal } = request;
  const body = request.body === null ? null : await request.blob();
  const response = await exchange(place, new URL(request.url), { method, headers, body, signal });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the body, which closes the connection.
    if (bytes > limitBytes) throw new AppError('server-nonsense', {}, { cause: 'answer too large' });
    chunks.push(chunk);
  }
  const { status, statusText } = response;
  return new Response(response.body === null ? null : Buffer.concat(chunks), {
    ...{ status, statusText, headers: response.headers },
  });
}
