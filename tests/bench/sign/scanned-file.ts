import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';

const pageBytes = 1_000_000;

/** A JPEG for every page to begin with, where its pages are to be looked at; what follows it is noise. */
export interface ScannedPicture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly space: 'DeviceGray' | 'DeviceRGB';
}

const noPicture: ScannedPicture = { bytes: Buffer.of(), width: 2480, height: 3508, space: 'DeviceGray' };

/**
 * Writes a PDF of about `size` bytes as a scanner makes them: pages that are nothing but an image each. The data is
 * noise, which nothing can shrink and no file system can share.
 */
export async function writeScannedFile(
  path: string,
  size: number,
  { bytes: picture, width, height, space }: ScannedPicture = noPicture,
): Promise<void> {
  const noise = randomBytes(Math.min(pageBytes, size));
  noise.set(picture);
  const pages = Math.max(1, Math.round(size / noise.length));
  const file = await open(path, 'w');
  const offsets: number[] = [];
  let at = 0;
  const write = async (part: Uint8Array | string) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    await file.write(bytes, 0, bytes.length, at);
    at += bytes.length;
  };
  const object = async (number: number, ...parts: (Uint8Array | string)[]) => {
    offsets[number] = at;
    for (const part of [`${number} 0 obj\n`, ...parts, '\nendobj\n']) await write(part);
  };
  try {
    await write('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
    const page = (index: number) => 3 + index * 3;
    for (let index = 0; index < pages; index++) {
      const number = page(index);
      // Every page's data differs, or a copy on a file system that shares equal blocks would be cheap.
      noise.writeUInt32BE(index, picture.length);
      const image = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /${space} /BitsPerComponent 8`;
      await object(
        number + 2,
        `<< ${image} /Filter /DCTDecode /Length ${noise.length} >>\nstream\n`,
        noise,
        '\nendstream',
      );
      const content = 'q 595 0 0 842 0 0 cm /Im Do Q';
      await object(number + 1, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
      const resources = `/Resources << /XObject << /Im ${number + 2} 0 R >> >>`;
      await object(
        number,
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${number + 1} 0 R >>`,
      );
    }
    const kids = Array.from({ length: pages }, (_, index) => `${page(index)} 0 R`).join(' ');
    await object(2, `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`);
    await object(1, '<< /Type /Catalog /Pages 2 0 R >>');
    const xrefAt = at;
    const lines = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
    await write(`xref\n0 ${offsets.length}\n0000000000 65535 f \n${lines.join('')}`);
    await write(`trailer\n<< /Size ${offsets.length} /Root 1 0 R >>\nstartxref\n${xrefAt}\n%%EOF\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
