/**
 * What the lab and the process that personalises a machine's tokens tell each other, in this order: `initialise` →
 * `initialised`, for each token `certify` → `certified`, then `store` → `stored`. PINs travel only here: an IPC
 * pipe shows up in no process list and no file.
 */
export interface BlankToken {
  label: string;
  pin: string;
  soPin: string;
}

export interface StoredCertificate {
  label: string;
  value: Buffer;
  subject: Buffer;
  issuer: Buffer;
  serialNumber: Buffer;
}

export type PersonalisationOrder =
  | { step: 'initialise'; modulePath: string; tokens: BlankToken[] }
  | { step: 'certify'; token: number; request: Buffer }
  | { step: 'store'; certificates: StoredCertificate[] };

/** A fresh token: its serial number and the public half of the key that was made on it (big-endian). */
export interface InitialisedToken {
  serial: string;
  /** CKA_ID of the key pair, and of the certificate once it is stored; lower-case hexadecimal. */
  id: string;
  modulus: Buffer;
  exponent: Buffer;
}

export type PersonalisationReport =
  | { step: 'initialised'; tokens: InitialisedToken[] }
  | { step: 'certified'; signature: Buffer }
  | { step: 'stored' }
  | { step: 'failed'; reason: string };
