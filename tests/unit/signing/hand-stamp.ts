import { createHash, type KeyObject, randomBytes, sign, type X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as asn1 from 'asn1js';
import {
  encode,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
} from '../../../native/asn1/der.ts';
import { readWhole } from '../../../native/asn1/element.ts';

/** A time-stamp authority whose every word can be made a lie: openssl's own refuses to tell most of them. */

const oid = {
  signedData: '1.2.840.113549.1.7.2',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha256: '2.16.840.1.101.3.4.2.1',
};

export interface Asked {
  readonly digest: Uint8Array;
  /** Hexadecimal. */
  readonly nonce: string;
}

export interface Stamper {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
}

export interface Lies {
  readonly digest?: Uint8Array;
  readonly nonce?: string | null;
  readonly time?: Date;
  /** What the signed attributes name; null: nothing. */
  readonly named?: X509Certificate | null;
  readonly certificates?: readonly X509Certificate[];
  readonly brokenSignature?: boolean;
  /** Bytes of a private extension, to make the token large. */
  readonly ballast?: number;
}

/** What a request asks for, read by asn1js. */
export function readAsked(request: Uint8Array): Asked {
  const tree = asn1.fromBER(new Uint8Array(request)).result as asn1.Sequence;
  const [, imprint, nonce] = tree.valueBlock.value as [asn1.Integer, asn1.Sequence, asn1.Integer];
  const digest = imprint.valueBlock.value[1] as asn1.OctetString;
  return {
    digest: new Uint8Array(digest.valueBlock.valueHexView),
    nonce: Buffer.from(nonce.valueBlock.valueHexView).toString('hex'),
  };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const algorithm = () => sequence(objectIdentifier(oid.sha256));
const attribute = (type: string, value: Uint8Array) => sequence(objectIdentifier(type), setOf(value));

/** A TimeStampToken on `asked`, with `lies` in the places of the truth. */
export function handToken(stamper: Stamper, asked: Asked, lies: Lies = {}): Uint8Array {
  const time = (lies.time ?? new Date()).toISOString().replace(/[-:T]|\.\d+/g, '');
  const nonce = lies.nonce === undefined ? asked.nonce : lies.nonce;
  const info = sequence(
    integer(1),
    objectIdentifier('2.999.1'),
    sequence(algorithm(), octetString(lies.digest ?? asked.digest)),
    integer(7),
    encode(0x18, Buffer.from(time)),
    ...(nonce === null ? [] : [encode(0x02, Buffer.from(nonce, 'hex'))]),
    ...(lies.ballast
      ? [tagged(1, sequence(objectIdentifier('2.999.2'), octetString(randomBytes(lies.ballast))))]
      : []),
  );
  const named = lies.named === undefined ? stamper.certificate : lies.named;
  const attributes = setOf(
    attribute(oid.contentType, objectIdentifier(oid.timeStampInfo)),
    attribute(oid.messageDigest, octetString(sha256(info))),
    ...(named
      ? [attribute(oid.signingCertificateV2, sequence(sequence(sequence(octetString(sha256(named.raw))))))]
      : []),
  );
  const signature = sign('sha256', attributes, stamper.key);
  if (lies.brokenSignature) signature[9] = (signature[9] ?? 0) ^ 1;
  const fields = readWhole(stamper.certificate.raw).sequence()[0]?.sequence() ?? [];
  const [, serial, , issuer] = fields;
  const signer = sequence(
    integer(1),
    sequence(issuer?.bytes ?? info, serial?.bytes ?? info),
    algorithm(),
    encode(0xa0, readWhole(attributes).content),
    sequence(objectIdentifier(oid.rsaEncryption), nullValue()),
    octetString(signature),
  );
  const certificates = (lies.certificates ?? [stamper.certificate]).map(({ raw }) => raw);
  const signedData = sequence(
    integer(3),
    setOf(algorithm()),
    sequence(objectIdentifier(oid.timeStampInfo), tagged(0, octetString(info))),
    ...(certificates.length === 0 ? [] : [encode(0xa0, readWhole(setOf(...certificates)).content)]),
    setOf(signer),
  );
  return sequence(objectIdentifier(oid.signedData), tagged(0, signedData));
}

/** An answer that grants a token. */
export function granted(token: Uint8Array): Uint8Array {
  return sequence(sequence(integer(0)), token);
}

/** An answer that refuses, with PKIFailureInfo's bit and a sentence. */
export function refused(bit: number, sentence: string): Uint8Array {
  const bits = Buffer.alloc(1 + Math.floor(bit / 8) + 1);
  bits[0] = 7 - (bit % 8);
  bits[1 + (bit >> 3)] = 0x80 >> (bit & 7);
  const text = sequence(encode(0x0c, Buffer.from(sentence)));
  return sequence(sequence(integer(2), text, encode(0x03, bits)));
}

export type Reply = { readonly status?: number; readonly body?: Uint8Array | string } | 'never';

/** A server on 127.0.0.1 that answers as it is told and counts what it is asked. */
export class StampServer {
  reply: (request: Buffer) => Reply = () => ({ status: 404 });
  requests = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<StampServer> {
    const server = createServer();
    const stamps = new StampServer(server);
    server.on('request', async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
      stamps.requests++;
      const reply = stamps.reply(Buffer.concat(pieces));
      if (reply === 'never') return;
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/timestamp-reply' });
      response.end(reply.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stamps;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/tsa`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
