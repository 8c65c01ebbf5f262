import pkcs11 from 'pkcs11js';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { fromReturnValue, returnValueOf } from '../../../native/token/return-value.ts';

const thrown = (name: string, code: number) => new pkcs11.Pkcs11Error(`${name}:${code}`, code, 'C_Login');

describe('a return value', () => {
  test.each([
    ['CKR_PIN_INCORRECT', 'pin-incorrect'],
    ['CKR_PIN_LOCKED', 'token-locked'],
    ['CKR_TOKEN_NOT_PRESENT', 'token-removed'],
    ['CKR_DEVICE_REMOVED', 'token-removed'],
    ['CKR_USER_NOT_LOGGED_IN', 'login-required'],
    ['CKR_MECHANISM_INVALID', 'mechanism-unsupported'],
    ['CKR_FUNCTION_CANCELED', 'cancelled'],
    ['CKR_FUNCTION_FAILED', 'token-failed'],
    ['CKR_GENERAL_ERROR', 'token-failed'],
    ['CKR_DEVICE_ERROR', 'token-failed'],
    ['CKR_SOMETHING_NEW', 'token-failed'],
  ])('%s means %s', (name, code) => {
    expect(fromReturnValue(thrown(name, 5), 'C_Login')).toMatchObject({
      code,
      params: { function: 'C_Login', returnValue: name },
    });
  });

  test('of a vendor’s own is told by its number', () => {
    expect(returnValueOf(thrown('CKR_VENDOR_DEFINED', 0x80000001))).toBe('0x80000001');
    expect(returnValueOf(new Error('CKR_VENDOR_DEFINED:2147483650'))).toBe('0x80000002');
  });

  test('is read from functions that throw bare text, too', () => {
    expect(returnValueOf(new Error('CKR_DEVICE_REMOVED:50'))).toBe('CKR_DEVICE_REMOVED');
  });

  test('is nothing that other errors have', () => {
    expect(fromReturnValue(new TypeError('1234'), 'C_Login')).toMatchObject({
      code: 'token-failed',
      params: { function: 'C_Login' },
    });
    const ours = new AppError('pin-missing');
    expect(fromReturnValue(ours, 'C_Login')).toBe(ours);
  });
});
