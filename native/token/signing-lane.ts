import * as z from 'zod';
import type { Channel } from '../../contract/channel.ts';
import { AppError, failure } from '../../contract/failure.ts';
import { sealedPin } from '../../contract/sealed-pin.ts';
import { keyReference } from '../../contract/token.ts';

/**
 * Signatures on channel `token`, beside the procedures of contract.ts: a procedure's way through the call library takes as
 * long as a soft token takes to sign. So these go as plain messages with their bytes as bytes; each is validated where it
 * arrives, like any other.
 */

/** Few enough that even a slow token signs them within one call's deadline. */
export const mostTogether = 64;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= 65_536);

export const signingOrder = z.object({
  lane: z.literal('signing'),
  /** The answer bears the same one. */
  order: z.int().nonnegative(),
  key: keyReference,
  algorithm: z.enum(['sha256', 'sha384', 'sha512']),
  scheme: z.enum(['pkcs1', 'pss']),
  /**
   * What is signed, not its digest: some tokens sign only with their own hash mechanism. Several that wait for the same key come
   * together, since a message between processes takes its time, too.
   */
  data: z.array(bytes).min(1).max(mostTogether),
  /** For a key that wants it with each signature; null otherwise, and for a PIN pad. */
  pin: sealedPin.nullable(),
  lastTryConfirmed: z.boolean(),
});
export type SigningOrder = Omit<z.infer<typeof signingOrder>, 'lane' | 'order'>;

export const signingReply = z.object({
  lane: z.literal('signing'),
  order: z.int().nonnegative(),
  /** In the order of `data`, each by itself. RSA: padded as `scheme` says; EC: ECDSA as DER SEQUENCE {r, s}. */
  answers: z.array(z.union([bytes, failure])).max(mostTogether),
});

/** What is read of a message before its rest is looked at: enough to answer a broken one. */
const numbered = z.object({ order: z.int() });
const counted = z.object({ order: z.int(), data: z.array(z.unknown()).max(mostTogether) });

/** In the place of a signature: why there is none. */
export type SigningAnswer = Uint8Array | AppError;

function isOfSigning(data: unknown): boolean {
  return typeof data === 'object' && data !== null && (data as { lane?: unknown }).lane === 'signing';
}

/** The channel as the call library sees it: without these messages, which it would take for broken ones. */
export function procedureLane(channel: Channel): Channel {
  return {
    on(event: string, listener: (event?: { data: unknown }) => void) {
      channel.on(event, (message) => {
        if (event !== 'message' || !isOfSigning(message?.data)) listener(message);
      });
    },
    postMessage: (data) => channel.postMessage(data),
    close: () => channel.close(),
  };
}

/** The core's end: asks for signatures. */
export class SigningLane {
  readonly #channel: Channel;
  readonly #asked = new Map<number, PromiseWithResolvers<SigningAnswer[]>>();
  #orders = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
    channel.on('message', (message) => {
      if (isOfSigning(message?.data)) this.#take(message?.data);
    });
  }

  /**
   * As many answers as `order.data` has, in its order. Never settles where no answer comes: the caller has a deadline.
   * @throws AppError `internal` where the answer breaks the contract
   */
  ask(order: SigningOrder): Promise<SigningAnswer[]> {
    const number = this.#orders++;
    const asked = Promise.withResolvers<SigningAnswer[]>();
    this.#asked.set(number, asked);
    // Copies: a view's whole memory would cross with it, and what else lies there is nobody's business.
    const data = order.data.map((each) => new Uint8Array(each));
    this.#channel.postMessage({ ...order, data, lane: 'signing', order: number });
    return asked.promise;
  }

  #take(message: unknown): void {
    const reply = signingReply.safeParse(message);
    const number = reply.data?.order ?? numbered.safeParse(message).data?.order ?? -1;
    const asked = this.#asked.get(number);
    this.#asked.delete(number);
    if (reply.success) {
      const { answers } = reply.data;
      asked?.resolve(answers.map((each) => (each instanceof Uint8Array ? each : AppError.fromFailure(each))));
    } else asked?.reject(new AppError('internal', {}, { cause: reply.error }));
  }
}

/** The token process' end: has what arrives signed, and answers. */
export function serveSigning(
  channel: Channel,
  sign: (order: SigningOrder) => Promise<SigningAnswer[]>,
): void {
  channel.on('message', async (message) => {
    if (!isOfSigning(message?.data)) return;
    const { order, answers } = await answer(message?.data, sign);
    channel.postMessage({
      lane: 'signing',
      order,
      answers: answers.map((each) => (each instanceof AppError ? each.toFailure() : new Uint8Array(each))),
    });
  });
}

/** @throws ZodError where a message isn't even fit to be answered: no core of ours sends such, and the process ends over it */
async function answer(
  message: unknown,
  sign: (order: SigningOrder) => Promise<SigningAnswer[]>,
): Promise<{ order: number; answers: SigningAnswer[] }> {
  const parsed = signingOrder.safeParse(message);
  const { order, data } = parsed.data ?? counted.parse(message);
  const refused = (thrown: unknown) => data.map(() => AppError.from(thrown));
  if (parsed.success) return { order, answers: await sign(parsed.data).catch(refused) };
  return { order, answers: refused(new AppError('internal', {}, { cause: parsed.error })) };
}
