import * as asn1js from 'asn1js';

/**
 * Whom a test certificate names. No person's name: the common name of a personal certificate is a position, that of an
 * agency's certificate the agency.
 */
export interface Subject {
  commonName: string;
  organisation: string;
  unit?: string;
  locality?: string;
  /** UID: "CBCC:…" for a person, "MDD:…" (mã định danh) for an agency. */
  uid?: string;
}

const oids = {
  commonName: '2.5.4.3',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
  uid: '0.9.2342.19200300.100.1.1',
} as const;

function attribute(name: keyof typeof oids, value: string): asn1js.Set {
  const text = name === 'country' ? new asn1js.PrintableString({ value }) : new asn1js.Utf8String({ value });
  return new asn1js.Set({
    value: [new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: oids[name] }), text] })],
  });
}

/** The X.501 name, from the country downwards. */
export function encodeSubject(subject: Subject): asn1js.Sequence {
  const parts: [keyof typeof oids, string | undefined][] = [
    ['country', 'VN'],
    ['locality', subject.locality],
    ['organisation', subject.organisation],
    ['unit', subject.unit],
    ['commonName', subject.commonName],
    ['uid', subject.uid],
  ];
  return new asn1js.Sequence({
    value: parts.flatMap(([name, value]) => (value === undefined ? [] : [attribute(name, value)])),
  });
}
