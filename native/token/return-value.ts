import { AppError, type FailureCode, type FailureParams } from '../../contract/failure.ts';

/**
 * What PKCS#11 return values mean to the person at the desk (PKCS#11 v2.40, 5.1). What isn't listed is `token-failed`.
 * CKR_FUNCTION_FAILED, CKR_GENERAL_ERROR and CKR_DEVICE_ERROR are absent on purpose: drivers return them for a loose
 * plug or a fault of their own, and calling that "wrong PIN" makes people burn the tries that are left.
 */
const meanings: Readonly<Record<string, FailureCode>> = {
  CKR_PIN_INCORRECT: 'pin-incorrect',
  CKR_PIN_INVALID: 'pin-incorrect',
  CKR_PIN_LEN_RANGE: 'pin-incorrect',
  CKR_PIN_EXPIRED: 'pin-must-change',
  CKR_PIN_LOCKED: 'token-locked',
  CKR_TOKEN_NOT_PRESENT: 'token-removed',
  CKR_TOKEN_NOT_RECOGNIZED: 'token-removed',
  CKR_DEVICE_REMOVED: 'token-removed',
  CKR_SLOT_ID_INVALID: 'token-removed',
  CKR_USER_NOT_LOGGED_IN: 'login-required',
  CKR_SESSION_HANDLE_INVALID: 'login-required',
  CKR_SESSION_CLOSED: 'login-required',
  CKR_KEY_HANDLE_INVALID: 'key-missing',
  CKR_OBJECT_HANDLE_INVALID: 'key-missing',
  CKR_MECHANISM_INVALID: 'mechanism-unsupported',
  CKR_MECHANISM_PARAM_INVALID: 'mechanism-unsupported',
  CKR_KEY_TYPE_INCONSISTENT: 'mechanism-unsupported',
  CKR_KEY_FUNCTION_NOT_PERMITTED: 'mechanism-unsupported',
  CKR_KEY_SIZE_RANGE: 'mechanism-unsupported',
  CKR_DATA_LEN_RANGE: 'mechanism-unsupported',
  CKR_CANCEL: 'cancelled',
  CKR_FUNCTION_CANCELED: 'cancelled',
};

/** A call's return value, where a driver gave one: its name, or its number in hexadecimal if it is the vendor's own. */
export function returnValueOf(thrown: unknown): string | null {
  if (!(thrown instanceof Error)) return null;
  // Most functions throw {message: name, code: number}; a few throw the bare text "NAME:number".
  const [, name, text] = /^(CKR_\w+)(?::(\d+))?/.exec(thrown.message) ?? [];
  if (name === undefined) return null;
  if (name !== 'CKR_VENDOR_DEFINED') return name;
  const number = text === undefined ? (thrown as { code?: unknown }).code : Number(text);
  return typeof number === 'number' ? `0x${number.toString(16)}` : name;
}

/**
 * A driver's failure as ours, with the function and return value for support staff. Nothing but these two is taken from
 * what was thrown: a message of a driver's own could hold anything.
 */
export function fromReturnValue(thrown: unknown, functionName: string, params: FailureParams = {}): AppError {
  if (thrown instanceof AppError) return thrown;
  const returnValue = returnValueOf(thrown);
  // Thrown by the binding itself, over a number that no memory could hold: the driver's fault all the same.
  if (returnValue === null)
    return new AppError('token-failed', { function: functionName }, { cause: thrown });
  return new AppError(meanings[returnValue] ?? 'token-failed', {
    function: functionName,
    returnValue,
    ...params,
  });
}
