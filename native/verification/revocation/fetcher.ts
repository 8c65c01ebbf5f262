/** The port through which verification asks the network; a test or an office's proxy puts its own behind it. */
export interface Fetcher {
  /** Throws FetchFailure, or anything else, where there is no usable answer: the caller then goes on without it. */
  get(url: string, limits: FetchLimits): Promise<Uint8Array>;
  post(url: string, body: Uint8Array, contentType: string, limits: FetchLimits): Promise<Uint8Array>;
}

export interface FetchLimits {
  readonly timeoutMs: number;
  /** Bytes of the answer's body. */
  readonly maxBytes: number;
  /** Ends the asking early. */
  readonly signal?: AbortSignal;
}

export const limits = {
  ocsp: { timeoutMs: 10_000, maxBytes: 100_000 },
  crl: { timeoutMs: 10_000, maxBytes: 10_000_000 },
  certificates: { timeoutMs: 10_000, maxBytes: 100_000 },
} as const;

/** No answer that may be used. Caught inside this folder, where it means "unknown"; never crosses a seam. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure';
  /** The HTTP status, where that was the reason. */
  readonly status: number | null;

  constructor(message: string, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status ?? null;
  }
}
