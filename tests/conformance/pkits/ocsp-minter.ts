import { createHash, sign } from 'node:crypto';
import { encode, objectIdentifier } from '../../../native/asn1/der.ts';
import { readCertificate } from '../../../native/verification/certificate/certificate.ts';
import { type Extension, extensionDer, type Key, nameDer, type Party, seq, timeDer } from './minter.ts';

/** Answers of responders (RFC 6960) in DER, whatever they say. */

export interface SingleAnswer {
  readonly status: 'good' | 'unknown' | { readonly revokedAt: string; readonly reason?: number };
  readonly thisUpdate?: string;
  readonly nextUpdate?: string | null;
  readonly extensions?: readonly Extension[];
}

export interface AnswerFacts {
  readonly certificate: Uint8Array;
  readonly issuer: Uint8Array;
  readonly singles: readonly SingleAnswer[];
  readonly responder: Party;
  readonly by?: 'name' | 'key';
  readonly hash?: 'sha1' | 'sha256';
  readonly embedded?: readonly Uint8Array[];
  readonly extensions?: readonly Extension[];
  /** By default when the newest of what it says was known. */
  readonly producedAt?: string;
}

const usualTime = '2026-10-20T00:00:00';
const latestOf = (singles: readonly SingleAnswer[]) =>
  [usualTime, ...singles.map(({ thisUpdate = usualTime }) => thisUpdate)].toSorted().at(-1) ?? usualTime;

const hashOids = { sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' } as const;
const generalTime = (iso: string) => timeDer(iso, true);
const responderKeyHash = ({ id }: Key) => encode(0xa2, encode(0x04, id));

export function mintAnswer(facts: AnswerFacts): Uint8Array {
  const { responder } = facts;
  const id = facts.by === 'key' ? responderKeyHash(responder.key) : encode(0xa1, nameDer(responder.name));
  const data = seq(
    id,
    generalTime(facts.producedAt ?? latestOf(facts.singles)),
    seq(...facts.singles.map((single) => singleDer(single, facts))),
    ...(facts.extensions ? [encode(0xa1, seq(...facts.extensions.map(extensionDer)))] : []),
  );
  const basic = seq(
    data,
    seq(objectIdentifier('1.2.840.10045.4.3.2')),
    encode(0x03, Uint8Array.of(0), sign('sha256', data, responder.key.privateKey)),
    ...(facts.embedded ? [encode(0xa0, seq(...facts.embedded))] : []),
  );
  const response = seq(objectIdentifier('1.3.6.1.5.5.7.48.1.1'), encode(0x04, basic));
  return seq(encode(0x0a, Uint8Array.of(0)), encode(0xa0, response));
}

function singleDer(single: SingleAnswer, { certificate, issuer, hash = 'sha1' }: AnswerFacts): Uint8Array {
  const [judged, authority] = [readCertificate(certificate), readCertificate(issuer)];
  const digest = (bytes: Uint8Array) => encode(0x04, createHash(hash).update(bytes).digest());
  const certId = seq(
    seq(objectIdentifier(hashOids[hash]), encode(0x05)),
    digest(authority.subject.bytes),
    digest(authority.publicKeyOctets),
    encode(0x02, judged.serialOctets),
  );
  const { nextUpdate = '2026-11-20T00:00:00' } = single;
  return seq(
    certId,
    statusDer(single.status),
    generalTime(single.thisUpdate ?? usualTime),
    ...(nextUpdate ? [encode(0xa0, generalTime(nextUpdate))] : []),
    ...(single.extensions ? [encode(0xa1, seq(...single.extensions.map(extensionDer)))] : []),
  );
}

function statusDer(status: SingleAnswer['status']): Uint8Array {
  if (status === 'good') return encode(0x80);
  if (status === 'unknown') return encode(0x82);
  const reason =
    status.reason === undefined ? [] : [encode(0xa0, encode(0x0a, Uint8Array.of(status.reason)))];
  return encode(0xa1, generalTime(status.revokedAt), ...reason);
}
