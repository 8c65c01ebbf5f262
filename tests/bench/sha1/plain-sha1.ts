/**
 * SHA-1 as FIPS 180-4, 6.1.2 has it, in our language and without a look for collisions: what the detector is measured
 * against.
 */
export function plainSha1(data: Uint8Array): Buffer {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(80);
  const rest = data.length % 64;
  const padding = Buffer.alloc((rest < 56 ? 64 : 128) - rest);
  padding[0] = 0x80;
  padding.writeBigUInt64BE(BigInt(data.length) * 8n, padding.length - 8);
  for (let at = 0; at + 64 <= data.length; at += 64) block(state, words, data, at);
  const tail = Buffer.concat([data.subarray(data.length - rest), padding]);
  for (let at = 0; at < tail.length; at += 64) block(state, words, tail, at);
  const digest = Buffer.alloc(20);
  for (const [index, word] of state.entries()) digest.writeInt32BE(word, 4 * index);
  return digest;
}

function block(state: Int32Array, words: Int32Array, data: Uint8Array, offset: number): void {
  for (let step = 0; step < 16; step += 1) {
    const at = offset + 4 * step;
    words[step] =
      (Number(data[at]) << 24) |
      (Number(data[at + 1]) << 16) |
      (Number(data[at + 2]) << 8) |
      Number(data[at + 3]);
  }
  for (let step = 16; step < 80; step += 1) {
    const mixed =
      Number(words[step - 3]) ^ Number(words[step - 8]) ^ Number(words[step - 14]) ^ Number(words[step - 16]);
    words[step] = (mixed << 1) | (mixed >>> 31);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let step = 0; step < 80; step += 1) {
    const sum = (((a << 5) | (a >>> 27)) + mix(step, b, c, d) + e + Number(words[step])) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = sum;
  }
  for (const [index, add] of [a, b, c, d, e].entries()) state[index] = (state[index] ?? 0) + add;
}

function mix(step: number, b: number, c: number, d: number): number {
  if (step < 20) return ((d ^ (b & (c ^ d))) + 0x5a827999) | 0;
  if (step < 40) return ((b ^ c ^ d) + 0x6ed9eba1) | 0;
  if (step < 60) return (((b & c) | (d & (b | c))) + 0x8f1bbcdc) | 0;
  return ((b ^ c ^ d) + 0xca62c1d6) | 0;
}
