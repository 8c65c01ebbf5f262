import { createHash } from 'node:crypto';
import pkcs11 from 'pkcs11js';
import { digestInfo } from '../../native/token/signature-encoding.ts';

/** What to sign with, and how often; comes by IPC, so that the PIN shows in no list of processes. */
export interface BareOrder {
  modulePath: string;
  serial: string;
  pin: string;
  keyId: string;
  rounds: number;
}

/** The plain thing to compare with: the addon in a loop, with nothing around it. Answers each order with its milliseconds. */
const library = new pkcs11.PKCS11();
let ready: { session: Buffer; key: Buffer } | null = null;

function open({ modulePath, serial, pin, keyId }: BareOrder) {
  library.load(modulePath);
  library.C_Initialize();
  const slot = library
    .C_GetSlotList(true)
    .find((handle) => library.C_GetTokenInfo(handle).serialNumber.trim() === serial);
  if (!slot) throw new Error('no such token');
  const session = library.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION);
  library.C_Login(session, pkcs11.CKU_USER, pin);
  library.C_FindObjectsInit(session, [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
    { type: pkcs11.CKA_ID, value: Buffer.from(keyId, 'hex') },
  ]);
  const [key] = library.C_FindObjects(session, 1);
  library.C_FindObjectsFinal(session);
  if (!key) throw new Error('no such key');
  return { session, key };
}

process.on('message', (order: BareOrder) => {
  ready ??= open(order);
  const { session, key } = ready;
  const begun = performance.now();
  for (let round = 0; round < order.rounds; round++) {
    const digest = createHash('sha256').update(`document ${round}`).digest();
    library.C_SignInit(session, { mechanism: pkcs11.CKM_RSA_PKCS }, key);
    library.C_Sign(session, digestInfo('sha256', digest), Buffer.alloc(256));
  }
  process.send?.(performance.now() - begun);
});
