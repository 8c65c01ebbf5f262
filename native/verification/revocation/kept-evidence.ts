/**
 * The port behind which answers about status outlive the program: without a line, what was fetched yesterday and hasn't run out
 * still tells. What comes from it is checked like anything from the network, so that whoever can write there gains nothing.
 */
export interface KeptEvidence {
  /** The bytes last kept under that key, if they haven't run out. */
  find(key: string): Uint8Array | null;
  /** May drop it, or older ones: it is a convenience, with a bound. */
  put(key: string, bytes: Uint8Array, until: Date): void;
}
