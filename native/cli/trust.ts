import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;
const byteLimit = 10 * 1024 * 1024;

/** Certificates of `--trust` files: PEM (one or more) or DER. Throws `file-missing`, or `input-invalid` for other content. */
export function readTrust(paths: readonly string[]): X509Certificate[] {
  return paths.flatMap((path) => {
    const file = basename(path);
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      throw new AppError('file-missing', { file }, { cause: error });
    }
    if (bytes.length > byteLimit) throw new AppError('file-too-large', { file });
    const blocks = bytes.toString('latin1').match(pemBlock);
    try {
      return (blocks ?? [bytes]).map((block) => new X509Certificate(block));
    } catch (error) {
      throw new AppError('input-invalid', { field: '--trust', file }, { cause: error });
    }
  });
}

export function isRoot(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate);
}
