import pkcs11 from 'pkcs11js';

/** Loads a module, says so, waits for one slot event and tells it: the slot's number, null, or an error's name. */
const module = new pkcs11.PKCS11();

process.once('message', ({ modulePath, flags }: { modulePath: string; flags: number }) => {
  module.load(modulePath);
  module.C_Initialize();
  process.send?.('ready', () => {
    let event: number | string | null;
    try {
      const slot = module.C_WaitForSlotEvent(flags);
      event = slot ? slot.readUInt32LE() : null;
    } catch (thrown) {
      event = thrown instanceof Error ? thrown.message : String(thrown);
    }
    process.send?.({ event }, () => process.disconnect());
  });
});
