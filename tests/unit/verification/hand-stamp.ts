import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { encode, integer, objectIdentifier, octetString, sequence } from '../../../native/asn1/der.ts';
import { openssl } from './hand-signer.ts';
import type { Workbench } from './workbench.ts';

const types = { md5: '1.2.840.113549.2.5', sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' };

/** A token of the same authority that bears whatever time it is told to; openssl signs it. */
export function stampDated(
  bench: Pick<Workbench, 'pki'>,
  date: Date,
  { imprintHash = 'sha256', hash = 'sha256' }: { imprintHash?: keyof typeof types; hash?: string } = {},
): (bytes: Uint8Array) => Buffer {
  return (bytes) => {
    const digest = createHash(imprintHash).update(bytes).digest();
    const imprint = sequence(sequence(objectIdentifier(types[imprintHash])), octetString(digest));
    const digits = `${date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
    const info = sequence(
      ...[integer(1), objectIdentifier('2.999.1'), imprint, integer(7)],
      encode(0x18, Buffer.from(digits)),
    );
    const { folder } = bench.pki;
    const own = ['-signer', `${folder}/timeStamper.pem`, '-inkey', `${folder}/timeStamper.key`];
    const kind = ['-econtent_type', '1.2.840.113549.1.9.16.1.4', '-nodetach', '-binary', '-cades'];
    const usual = ['-md', hash, '-certfile', `${folder}/issuing.pem`, '-outform', 'DER'];
    return openssl(['cms', '-sign', ...kind, ...own, ...usual], info);
  };
}

/** The message with a token among its unsigned attributes; pkijs, which verification doesn't use, puts it there. */
export function withToken(cms: Uint8Array, tokenOver: (signature: Uint8Array) => Uint8Array): Uint8Array {
  const contentInfo = pkijs.ContentInfo.fromBER(cms);
  const signedData = new pkijs.SignedData({ schema: contentInfo.content });
  const [info] = signedData.signerInfos;
  if (!info) throw new Error('no signer');
  const token = tokenOver(new Uint8Array(info.signature.valueBlock.valueHexView));
  info.unsignedAttrs = new pkijs.SignedAndUnsignedAttributes({
    type: 1,
    attributes: [
      new pkijs.Attribute({
        type: '1.2.840.113549.1.9.16.2.14',
        values: [asn1js.fromBER(new Uint8Array(token)).result],
      }),
    ],
  });
  contentInfo.content = signedData.toSchema(true);
  return new Uint8Array(contentInfo.toSchema().toBER());
}
