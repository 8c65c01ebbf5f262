/**
 * RC4, which OpenSSL 3 no longer offers. Broken as a cipher; here only because a third of the protected files in
 * circulation still use it (ISO 32000-2, 7.6.3.1 keeps it for reading them). Enciphering and deciphering are the same.
 */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (let i = 0, j = 0; i < 256; i++) {
    const own = state[i] as number;
    j = (j + own + (key[i % key.length] as number)) & 0xff;
    state[i] = state[j] as number;
    state[j] = own;
  }
  const output = new Uint8Array(data.length);
  let i = 0;
  let j = 0;
  for (let index = 0; index < data.length; index++) {
    i = (i + 1) & 0xff;
    const a = state[i] as number;
    j = (j + a) & 0xff;
    const b = state[j] as number;
    state[i] = b;
    state[j] = a;
    output[index] = (data[index] as number) ^ (state[(a + b) & 0xff] as number);
  }
  return output;
}
