import { createRequire } from 'node:module';
import type { PKCS11 } from 'pkcs11js';

/** CommonJS whose names an ES import can't see. Only its constants are used here. */
const pkcs11 = createRequire(import.meta.url)('pkcs11js') as typeof import('pkcs11js');

/** A function of PKCS#11 as the module's list has it. */
export type CallName = Extract<keyof PKCS11, `C_${string}`> | 'C_GetFunctionList';

/** `C_Sign`: each call. `C_Sign 3`: the third since the rules were set, in each process. `C_Sign 3+`: that one and all later ones. */
export type CallSelector = CallName | `${CallName} ${number}` | `${CallName} ${number}+`;

export type Action =
  | 'crash'
  | 'hang'
  /** The token goes out here and stays out until the rules are set anew. */
  | 'remove'
  /** A null pointer in the function list; holds for a module that is loaded afterwards. */
  | 'missing'
  /** Returns this at once: a name of the standard, or a number. */
  | `CKR_${string}`
  | { readonly returns: number }
  | { readonly slowMs: number }
  /** C_GetSlotList, C_GetMechanismList, C_FindObjects: claims so many. */
  | { readonly count: number | bigint }
  /** C_SignInit: signs with a key that no certificate speaks for. */
  | 'other-key'
  /** C_Sign: all zeros; cut or filled up to `size`; or only said to be `length` long. */
  | 'zeros'
  | { readonly size: number }
  | { readonly length: number | bigint };

/** How an attribute is given: `length` only says so, `bytes` are really so many and nonsense. */
export type AttributeLie =
  | { readonly unavailable: true }
  | { readonly length: number | bigint }
  | { readonly bytes: number }
  | { readonly value: Uint8Array };

/** Bits of CK_TOKEN_INFO.flags, which are added to the token's own. */
const flagBits = {
  pinCountLow: pkcs11.CKF_USER_PIN_COUNT_LOW,
  pinFinalTry: pkcs11.CKF_USER_PIN_FINAL_TRY,
  pinLocked: pkcs11.CKF_USER_PIN_LOCKED,
  pinToBeChanged: pkcs11.CKF_USER_PIN_TO_BE_CHANGED,
  protectedPath: pkcs11.CKF_PROTECTED_AUTHENTICATION_PATH,
} as const;

export type Flag = keyof typeof flagBits;

/** What the module is to do wrong, and how it is to look. */
export interface Rules {
  readonly calls?: { readonly [selector in CallSelector]?: Action };
  readonly removed?: boolean;
  /** A token that is put in shows only after C_Finalize and C_Initialize. */
  readonly needsRestart?: boolean;
  /** C_WaitForSlotEvent tells when the token goes out or in; otherwise SoftHSM answers. */
  readonly slotEvents?: boolean;
  readonly flags?: readonly Flag[];
  /** CKM_… numbers; the only mechanisms that the token has. */
  readonly mechanisms?: readonly number[];
  /** Keys want a context-specific login for each signature. */
  readonly alwaysAuthenticate?: boolean;
  /** A C_Sign that fails leaves its operation active, against the standard. */
  readonly leavesOperation?: boolean;
  /** Bytes of CK_TOKEN_INFO and CK_INFO, blanks behind them. */
  readonly looks?: {
    readonly [field in 'label' | 'serial' | 'manufacturer' | 'model' | 'description']?: Uint8Array;
  };
  readonly pinLength?: { readonly min: number | bigint; readonly max: number | bigint };
  /** By CKA_… number, for every object. */
  readonly attributes?: Readonly<Record<number, AttributeLie>>;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const hexNumber = (value: number) => `0x${value.toString(16)}`;

function returnValue(name: string): number {
  const value = (pkcs11 as unknown as Record<string, unknown>)[name];
  if (typeof value !== 'number') throw new Error(`${name} is no return value of PKCS#11`);
  return value;
}

function actionText(action: Action): string {
  if (typeof action === 'string') return action.startsWith('CKR_') ? hexNumber(returnValue(action)) : action;
  if ('returns' in action) return hexNumber(action.returns);
  if ('slowMs' in action) return `slow ${action.slowMs}`;
  const [entry] = Object.entries(action);
  return entry ? entry.join(' ') : '';
}

function lieText(lie: AttributeLie): string {
  if ('unavailable' in lie) return 'unavailable';
  if ('value' in lie) return `hex ${hex(lie.value)}`;
  return 'bytes' in lie ? `bytes ${lie.bytes}` : `length ${lie.length}`;
}

/** The rules as the module reads them (control.h, module.c). */
export function rulesText(rules: Rules): string {
  const { flags, mechanisms, pinLength } = rules;
  const lines: [string, string][] = [];
  for (const [selector, action] of Object.entries(rules.calls ?? {}))
    if (action !== undefined) lines.push([selector, actionText(action)]);
  if (rules.removed) lines.push(['removed', 'yes']);
  if (rules.needsRestart) lines.push(['needs-restart', 'yes']);
  if (rules.slotEvents) lines.push(['slot-events', 'yes']);
  if (rules.alwaysAuthenticate) lines.push(['always-authenticate', 'yes']);
  if (rules.leavesOperation) lines.push(['leaves-operation', 'yes']);
  if (flags) lines.push(['flags', hexNumber(flags.reduce((bits, flag) => bits | flagBits[flag], 0))]);
  if (mechanisms) lines.push(['mechanisms', mechanisms.map(hexNumber).join(' ')]);
  for (const [field, bytes] of Object.entries(rules.looks ?? {})) lines.push([field, hex(bytes)]);
  if (pinLength) lines.push(['pin-length', `${pinLength.min} ${pinLength.max}`]);
  for (const [type, lie] of Object.entries(rules.attributes ?? {}))
    lines.push([`attribute ${hexNumber(Number(type))}`, lieText(lie)]);
  return lines.map(([name, value]) => `${name}: ${value}\n`).join('');
}
