/**
 * How long the core waits for each answer of the token process, in milliseconds, before it kills it. Generous, since a slow
 * driver is common and a killed one costs the person a PIN; finite, since drivers do hang.
 */
export interface TokenDeadlines {
  /** Until the process answers at all: a cold disk and a virus scanner take their time. */
  readonly start: number;
  /** Trying out a module for the first time, in a process of its own. */
  readonly probe: number;
  readonly list: number;
  readonly login: number;
  /** The person types on the token's own keys meanwhile. */
  readonly pinPadLogin: number;
  readonly logout: number;
  readonly certificate: number;
  readonly sign: number;
  readonly changePin: number;
}

export const tokenDeadlines: TokenDeadlines = {
  start: 30_000,
  probe: 15_000,
  list: 15_000,
  login: 30_000,
  pinPadLogin: 90_000,
  logout: 10_000,
  certificate: 15_000,
  sign: 30_000,
  changePin: 60_000,
};
