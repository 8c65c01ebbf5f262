import { readCertificate, readCertificates } from '../../../native/verification/certificate/certificate.ts';
import {
  type CertificateJudgement,
  judgeCertificate,
  type Trust,
} from '../../../native/verification/certificate/trust.ts';
import { Effort } from '../../../native/verification/effort.ts';
import type { Fetcher } from '../../../native/verification/index.ts';
import { keyOf, type Party, responders, timeDer } from '../../conformance/pkits/minter.ts';
import { type AnswerFacts, mintAnswer, type SingleAnswer } from '../../conformance/pkits/ocsp-minter.ts';
import {
  authority,
  authorityName,
  build,
  end,
  type ListSpec,
  at as usualAt,
  valid,
} from '../../conformance/pkits/world.ts';

/** A certificate whose status is asked for, in a small world of authorities of which each test says what is told of it. */

export const issuer: Party = { name: authorityName(1), key: keyOf('key 1') };

export interface Circumstances {
  readonly lists?: readonly (ListSpec | number)[];
  readonly answers?: readonly Uint8Array[];
  readonly at?: Date;
  readonly proven?: boolean;
  readonly until?: string;
  /** It is a time-stamp authority's, of which a stamp of that time is judged. */
  readonly stampedAt?: Date;
  /** What the responder says when it is asked; offline without. */
  readonly online?: Uint8Array;
}

const more = [responders('http://ocsp.example/')];
export const worldOf = ({ lists = [], until }: Circumstances) =>
  build(valid('status', [authority(), end({ more, ...(until && { to: timeDer(until) }) })], { lists }));
export const world = worldOf({});
export const [issuerCertificate = world.root] = world.others;

type World = ReturnType<typeof build>;

/** Judges a world's last certificate by what its other parts tell. */
export function judgeEnd(
  { root, end: judged, others, lists }: World,
  { answers = [], at = usualAt, proven = false, stampedAt }: Circumstances = {},
  trust: Partial<Trust> = {},
): Promise<CertificateJudgement> {
  return judgeCertificate(
    {
      certificate: readCertificate(judged),
      ...{ purpose: stampedAt ? 'timeStamping' : 'signing', at, proven, stampedAt },
      certificates: readCertificates(others),
      revocation: { crls: [...lists], ocsps: [...answers] },
    },
    {
      anchors: readCertificates([root]),
      ...{ intermediates: [], time: at, now: usualAt, fetcher: null, policies: {}, effort: new Effort() },
      ...trust,
    },
  );
}

/** The status of the certificate by what the document carries, and by what its responder says where there is one. */
export async function status(circumstances: Circumstances) {
  const { online } = circumstances;
  const fetcher: Fetcher | null = online
    ? { get: () => Promise.reject(new Error('no list')), post: async () => online }
    : null;
  return (await judgeEnd(worldOf(circumstances), circumstances, { fetcher })).revocation;
}

export function answer(singles: readonly SingleAnswer[], rest: Partial<AnswerFacts> = {}): Uint8Array {
  return mintAnswer({
    ...{ certificate: world.end, issuer: issuerCertificate, responder: issuer, singles },
    ...rest,
  });
}
