import { fillSignature, type HandSignature, handSign } from '../unit/verification/hand-signer.ts';
import { appendUpdate, samplePdf, stream } from '../unit/verification/sample-pdf.ts';

export const trueText = 'Chi tra 100 dong';
export const forgedText = 'Chi tra 900 dong';
export const resources = '/Resources << /Font << /F1 5 0 R >> >>';
export const usualPage = `/Contents 4 0 R ${resources}`;
export const usualRefs = '6 0 R 7 0 R 8 0 R 21 0 R';

/** A page's words at the place where the victim's stand. */
export function line(text: string): string {
  return `BT /F1 14 Tf 72 720 Td (${text}) Tj ET`;
}

/** What an attacker wants people to read. */
export const forgedContent = stream(line(forgedText));

/** A white box over the victim's words with others on it, as an appearance whose box is `width` × 20. */
export function coverStream(width = 160, entries = ''): string {
  const content = `1 g 0 0 ${width} 20 re f 0 g BT /F1 14 Tf 2 5 Td (${forgedText}) Tj ET`;
  return stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 ${width} 20] ${resources} ${entries}`);
}

/** Where the victim's words stand on the page. */
export const wordsRect = '[70 715 230 735]';

/** The catalog of the signed revision, with room for other lists of fields. */
export function catalog(more = '', refs = usualRefs, form = ''): string {
  return `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${refs}] /SigFlags 3 /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 5 0 R >> >> ${form} >> ${more} >>`;
}

export function page(refs = usualRefs, rest = usualPage): string {
  return `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${rest} /Annots [${refs}] >>`;
}

export function textField(entries = '', rect = '[72 600 200 620]'): string {
  return `<< /Type /Annot /Subtype /Widget /FT /Tx /T (so) /Rect ${rect} /P 3 0 R /F 4 /DA (/F1 12 Tf 0 g) ${entries} >>`;
}

export function checkBox(entries = '/AS /Off', rect = '[72 560 92 580]'): string {
  return `<< /Type /Annot /Subtype /Widget /FT /Btn /T (dong-y) /Rect ${rect} /P 3 0 R /F 4 ${entries} >>`;
}

export function choice(entries = '', rect = '[72 520 200 540]'): string {
  return `<< /Type /Annot /Subtype /Widget /FT /Ch /Ff 131072 /T (don-vi) /Opt [(So) (Huyen)] /Rect ${rect} /P 3 0 R /F 4 /DA (/F1 12 Tf 0 g) ${entries} >>`;
}

/** The victim's objects before anybody signs; an attacker may have a hand in them (shadow attacks). */
export function victimObjects(changes: Readonly<Record<number, string>> = {}): string[] {
  const objects: Record<number, string> = {
    1: catalog('', '6 0 R 7 0 R 8 0 R'),
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: page('6 0 R 7 0 R 8 0 R'),
    4: stream(line(trueText)),
    5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    6: textField(),
    7: checkBox(),
    8: choice(),
    ...changes,
  };
  const last = Math.max(...Object.keys(objects).map(Number));
  return Array.from({ length: last }, (_, index) => objects[index + 1] ?? 'null');
}

export type Permission = 1 | 2 | 3;

/** Entries of a certifying signature's dictionary (ISO 32000-2, 12.8.2.2). */
export function docMdp(level: Permission): string {
  return `/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P ${level} /V /1.2 >> >>]`;
}

export interface SignOptions extends Partial<HandSignature> {
  /** Certifies instead of approving. */
  readonly certify?: Permission;
}

/** Files that somebody honest signed, and the means to have more of them signed. */
export interface Victim {
  /** Approval signature, field 21, value 20, over page, form and all. */
  readonly signed: Buffer;
  readonly certified: Readonly<Record<Permission, Buffer>>;
  /** Has the victim sign what an attacker prepared. */
  sign(objects: Readonly<Record<number, string>>, options?: SignOptions): Buffer;
  /** Has the victim sign a file that waits for nothing but the value. */
  seal(prepared: Uint8Array): Buffer;
  /** The next signature on a signed file, by a certificate that the victim's readers trust, too. */
  signAgain(file: Uint8Array, options?: SignOptions): Buffer;
  /** As `signAgain`, by somebody whom nobody trusts. */
  signByStranger(file: Uint8Array, options?: SignOptions): Buffer;
}

type Cms = (bytes: Uint8Array) => Uint8Array;

export function makeVictim(cms: Cms, other: Cms, stranger: Cms): Victim {
  const sign = (file: Uint8Array, by: Cms, { certify, ...options }: SignOptions) =>
    handSign(file, {
      cms: by,
      fields: [6, 7, 8, 21],
      ...(certify ? { dictEntries: docMdp(certify), catalogEntries: '/Perms << /DocMDP 20 0 R >>' } : {}),
      ...options,
    });
  const next = { numbers: [22, 23], fields: [6, 7, 8, 21, 23], name: 'ky-sau' } as const;
  const original = samplePdf(victimObjects());
  return {
    signed: sign(original, cms, {}),
    certified: {
      1: sign(original, cms, { certify: 1 }),
      2: sign(original, cms, { certify: 2 }),
      3: sign(original, cms, { certify: 3 }),
    },
    sign: (changes, options = {}) => sign(samplePdf(victimObjects(changes)), cms, options),
    seal: (prepared) => fillSignature(prepared, cms),
    signAgain: (file, options = {}) => sign(file, other, { ...next, ...options }),
    signByStranger: (file, options = {}) => sign(file, stranger, { ...next, ...options }),
  };
}

/** The same as an update behind a signed file. */
export function update(
  file: Uint8Array,
  objects: Readonly<Record<number, string>>,
  options: { root?: string; extra?: string } = {},
): Buffer {
  return appendUpdate(file, objects, options);
}
