import { ProtectedPdf } from '../unit/pdf/protected-pdf.ts';
import { samplePdf } from '../unit/verification/sample-pdf.ts';
import { catalog, page, update, usualRefs, type Victim, victimObjects } from './victim.ts';

/** The victim's document protected for the empty password, which everybody has who reads it, and so everybody who forges it. */

export type Cipher = 'rc4' | 'aes';

const filter = { rc4: 'V2', aes: 'AESV2' } as const;
const pdf = new ProtectedPdf();
const blank = '[0 0000000000 0000000000 0000000000]';
const streamed = /^(<<[\s\S]*)\/Length \d+ >>\nstream\n([\s\S]*)\nendstream$/;

function trailer(cipher: Cipher): string {
  const crypt = `/CF<</StdCF<</Type/CryptFilter/CFM/${filter[cipher]}/AuthEvent/DocOpen/Length 16>>>>`;
  return pdf.trailer(`${crypt}/StmF/StdCF/StrF/StdCF`);
}

/** An object as it stands in the file. Strings are literal ones without escapes. */
export function enciphered(cipher: Cipher, number: number, body: string): string {
  const sealed = (data: string) => Buffer.from(pdf[cipher](number, data));
  const strings = (text: string) =>
    text.replace(/\(([^()]*)\)/g, (_, words: string) => `<${sealed(words).toString('hex')}>`);
  const [, entries, content] = streamed.exec(body) ?? [];
  if (entries === undefined || content === undefined) return strings(body);
  return rawStream(strings(entries), sealed(content));
}

/** A stream whose data stand in the file as they are. `entries`: its dictionary up to /Length. */
export function rawStream(entries: string, data: Uint8Array): string {
  return `${entries} /Length ${data.length} >>\nstream\n${Buffer.from(data).toString('latin1')}\nendstream`;
}

/** What stands in the file for a stream's plain blocks, whose padding is the attacker's matter. */
export function bareBlocks(number: number, content: string): Uint8Array {
  // The vector, and as many blocks as there are; the padding behind them is another one.
  return pdf.aes(number, content).subarray(0, 16 + content.length);
}

/** The protected document, signed. */
export function protectedVictim(victim: Victim, cipher: Cipher): Buffer {
  const seal = (number: number, body: string) => enciphered(cipher, number, body);
  const objects = victimObjects().map((body, index) => seal(index + 1, body));
  const prepared = update(
    samplePdf(objects, trailer(cipher)),
    {
      1: seal(1, catalog()),
      3: seal(3, page(usualRefs)),
      20: `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange ${blank} /Contents <${'0'.repeat(16_384)}> >>`,
      21: seal(
        21,
        '<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky) /V 20 0 R /Rect [0 0 0 0] /P 3 0 R /F 132 >>',
      ),
    },
    { extra: trailer(cipher).replace('/Root 1 0 R', '') },
  );
  return victim.seal(prepared);
}

/** An update of the protected document; the objects stand in it as they are given. */
export function protectedUpdate(
  file: Uint8Array,
  cipher: Cipher,
  objects: Readonly<Record<number, string>>,
): Buffer {
  return update(file, objects, { extra: trailer(cipher).replace('/Root 1 0 R', '') });
}
