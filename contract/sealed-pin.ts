import * as z from 'zod';

/**
 * A PIN on its way from the field that a person types into to the token process, encrypted for that process alone: the
 * core, the shell and every log between see only this. ECDH on P-256 with a fresh sender key, HKDF-SHA-256, AES-256-GCM;
 * made of Web Crypto, which the sandboxed renderer and Node both have.
 */
export const sealedPin = z.object({
  /** Which start of the token process it is for; another one answers `pin-key-stale`. */
  keyId: z.uuid(),
  senderKey: z.base64(),
  nonce: z.base64(),
  ciphertext: z.base64().max(2048),
});
export type SealedPin = z.infer<typeof sealedPin>;

/** The token process' public key for PINs (raw P-256 point), new with each start. */
export const pinKey = z.object({ keyId: z.uuid(), publicKey: z.base64() });
export type PinKey = z.infer<typeof pinKey>;

/** Web Crypto's CryptoKey, by a road that exists under both the browser's and Node's types. */
type WebKey = Parameters<typeof crypto.subtle.exportKey>[1];

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;
const purpose = new TextEncoder().encode('antin sealed pin v1');

/** Base64 of bytes, without Node's Buffer: the renderer has none. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

async function sharedKey(own: WebKey, other: WebKey, keyId: string): Promise<WebKey> {
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own, 256);
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const salt = new TextEncoder().encode(keyId);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info: purpose },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** Encrypts a PIN for the token process that published `key`. The buffer of `pin` is cleared. */
export async function sealPin(pin: Uint8Array<ArrayBuffer>, key: PinKey): Promise<SealedPin> {
  try {
    const recipient = await crypto.subtle.importKey('raw', fromBase64(key.publicKey), curve, false, []);
    const sender = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const secret = await sharedKey(sender.privateKey, recipient, key.keyId);
    const ciphertext = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, secret, pin);
    const senderKey = await crypto.subtle.exportKey('raw', sender.publicKey);
    return {
      keyId: key.keyId,
      senderKey: toBase64(new Uint8Array(senderKey)),
      nonce: toBase64(nonce),
      ciphertext: toBase64(new Uint8Array(ciphertext)),
    };
  } finally {
    pin.fill(0);
  }
}

/** The receiving half: one key pair for the life of one token process. */
export class PinReceiver {
  readonly #privateKey: WebKey;
  readonly key: PinKey;

  private constructor(privateKey: WebKey, key: PinKey) {
    this.#privateKey = privateKey;
    this.key = key;
  }

  static async create(): Promise<PinReceiver> {
    const pair = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
    const publicKey = await crypto.subtle.exportKey('raw', pair.publicKey);
    return new PinReceiver(pair.privateKey, {
      keyId: crypto.randomUUID(),
      publicKey: toBase64(new Uint8Array(publicKey)),
    });
  }

  /** The PIN's bytes, for the caller to clear after use; null where it was sealed for another start or tampered with. */
  async open(sealed: SealedPin): Promise<Uint8Array<ArrayBuffer> | null> {
    if (sealed.keyId !== this.key.keyId) return null;
    try {
      const sender = await crypto.subtle.importKey('raw', fromBase64(sealed.senderKey), curve, false, []);
      const secret = await sharedKey(this.#privateKey, sender, sealed.keyId);
      const iv = fromBase64(sealed.nonce);
      return new Uint8Array(
        await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, secret, fromBase64(sealed.ciphertext)),
      );
    } catch {
      // Not a PIN for us: the same answer as for a stale key, so that nothing can be learnt from the difference.
      return null;
    }
  }
}
