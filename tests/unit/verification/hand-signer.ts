import { spawnSync } from 'node:child_process';
import { constants, createHash, type KeyObject, privateEncrypt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectIdentifier, octetString, sequence } from '../../../native/asn1/der.ts';
import { readWhole } from '../../../native/asn1/element.ts';
import { signedForms } from '../../../native/verification/cms/signed-attributes.ts';
import { readSignedData } from '../../../native/verification/cms/signed-data.ts';
import { appendUpdate } from './sample-pdf.ts';
import type { SoftSigner, Workbench } from './workbench.ts';

/** Runs openssl to its end; another program than ours, so that our own idea of CMS isn't judged by itself. */
export function openssl(args: readonly string[], input?: Uint8Array): Buffer {
  const result = spawnSync('openssl', args, { input, maxBuffer: 1 << 26 });
  if (result.status !== 0)
    throw new Error(`openssl ${args[0]}: ${result.stderr?.toString() ?? result.error}`);
  return result.stdout;
}

/** A detached CMS made by openssl over bytes; `options` are openssl's own (`-cades`, `-md`, `-noattr`, …). */
export function opensslCms(
  bench: Pick<Workbench, 'folder'>,
  signer: SoftSigner,
  options: readonly string[] = ['-cades', '-md', 'sha256'],
  withChain = true,
): (bytes: Uint8Array) => Buffer {
  const certificate = join(bench.folder, `${signer.certificate.serialNumber}.pem`);
  const key = join(bench.folder, `${signer.certificate.serialNumber}.key`);
  const chain = join(bench.folder, `${signer.certificate.serialNumber}-chain.pem`);
  writeFileSync(certificate, signer.certificate.toString());
  writeFileSync(key, signer.key.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(chain, signer.chain.map(String).join(''));
  const bag = withChain ? ['-certfile', chain] : [];
  return (bytes) =>
    openssl(
      [
        'cms',
        '-sign',
        '-binary',
        '-outform',
        'DER',
        '-signer',
        certificate,
        '-inkey',
        key,
        ...bag,
        ...options,
      ],
      bytes,
    );
}

export interface HandSignature {
  readonly cms: (bytes: Uint8Array) => Uint8Array;
  readonly subFilter?: string;
  /** Object numbers of the signature and of its field. */
  readonly numbers?: readonly [signature: number, field: number];
  readonly name?: string;
  readonly dictEntries?: string;
  readonly fieldEntries?: string;
  readonly rect?: string;
  /** Numbers of all fields, and of the page's annotations, the new one included. */
  readonly fields?: readonly number[];
  readonly catalogEntries?: string;
  /** /DR of the form. */
  readonly formResources?: string;
  /** What the page says besides its size and annotations. */
  readonly pageEntries?: string;
  readonly room?: number;
  /** Bytes that /Contents is filled up with behind the message. */
  readonly padding?: number;
}

const blank = '[0 0000000000 0000000000 0000000000]';

/** Signs the sample PDF by a classic update written by hand. */
export function handSign(file: Uint8Array, signature: HandSignature): Buffer {
  const [number, field] = signature.numbers ?? [20, 21];
  const fields = signature.fields ?? [6, field];
  const refs = fields.map((one) => `${one} 0 R`).join(' ');
  const room = signature.room ?? 8192;
  const page = signature.pageEntries ?? '/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>';
  const subFilter = signature.subFilter ?? 'ETSI.CAdES.detached';
  const prepared = appendUpdate(file, {
    1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${refs}] /SigFlags 3 /DA (/F1 12 Tf 0 g) /DR ${signature.formResources ?? '<< /Font << /F1 5 0 R >> >>'} >> ${signature.catalogEntries ?? ''} >>`,
    3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${page} /Annots [${refs}] >>`,
    [number]: `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${subFilter} /ByteRange ${blank} /Contents <${'0'.repeat(room * 2)}> ${signature.dictEntries ?? ''} >>`,
    [field]: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${signature.name ?? `ky-${field}`}) /V ${number} 0 R /Rect ${signature.rect ?? '[0 0 0 0]'} /P 3 0 R /F 132 ${signature.fieldEntries ?? ''} >>`,
  });
  return fillSignature(prepared, signature.cms, signature.padding);
}

/** Fills the last blank /ByteRange and its /Contents. */
export function fillSignature(
  prepared: Uint8Array,
  cms: (bytes: Uint8Array) => Uint8Array,
  padding = 0,
): Buffer {
  const file = Buffer.from(prepared);
  const rangeAt = file.lastIndexOf(blank);
  const start = file.indexOf('/Contents <', rangeAt) + '/Contents '.length;
  const end = file.indexOf('>', start) + 1;
  const range = `[0 ${start} ${end} ${file.length - end}]`.padEnd(blank.length);
  file.write(range, rangeAt, 'latin1');
  const message = Buffer.from(cms(Buffer.concat([file.subarray(0, start), file.subarray(end)])));
  const room = (end - start - 2) / 2;
  if (message.length > room) throw new Error(`${message.length} bytes don't fit`);
  const filled = Buffer.alloc(room, padding);
  message.copy(filled);
  file.write(filled.toString('hex'), start + 1, 'latin1');
  return file;
}

/**
 * A message of SHA-256 by a plain RSA key, signed again in place with a DigestInfo that leaves the NULL out
 * (`302f300b…`), as smart-card services behind iText 5 write it.
 */
export function withoutNull(message: Uint8Array, key: KeyObject): Buffer {
  const { signer } = readSignedData(readWhole(message));
  const [form] = signer.signedAttributes ? signedForms(signer.signedAttributes) : [];
  if (!form) throw new Error('no signed attributes');
  const digest = createHash('sha256').update(form).digest();
  const info = sequence(sequence(objectIdentifier('2.16.840.1.101.3.4.2.1')), octetString(digest));
  const padding = Buffer.alloc(signer.signature.length - 3 - info.length, 0xff);
  const block = Buffer.concat([Buffer.of(0, 1), padding, Buffer.of(0), info]);
  const signed = Buffer.from(message);
  const at = signed.lastIndexOf(signer.signature);
  privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block).copy(signed, at);
  return signed;
}
