import { AppError } from '../../contract/failure.ts';
import { returnValueOf } from './return-value.ts';
import { cleanText, shownPath } from './token-text.ts';

/**
 * What the system's loader says where a library needs another that isn't there: glibc and musl, macOS, and Windows' error 126,
 * which doesn't name it.
 */
const missingLibrary = [
  /^([^\s:]+\.so[^\s:]*): cannot open shared object file/,
  /Error loading shared library ([^\s:]+):/,
  /Library not loaded: (\S+)/,
];
const missingUnnamed = /\b126\b|specified module could not be found/i;
const notPkcs11 = /C_GetFunctionList|\b127\b|specified procedure could not be found/i;

/**
 * Why a library couldn't be loaded, from what the loader said. Only the name of a missing library is taken from it: a loader's
 * text is the file's to choose.
 */
export function fromLoadFailure(thrown: unknown, path: string): AppError {
  const params = { path: shownPath(path) };
  const cause = { cause: thrown };
  const returnValue = returnValueOf(thrown);
  if (returnValue !== null) return new AppError('module-unusable', { ...params, reason: returnValue }, cause);
  const said = thrown instanceof Error ? thrown.message : '';
  for (const pattern of missingLibrary) {
    const [, library] = pattern.exec(said) ?? [];
    // The library's own name there means that it vanished under way.
    if (library === undefined || library === path) continue;
    const base = cleanText(library.split('/').at(-1) ?? '');
    return new AppError('module-dependency-missing', { ...params, library: base }, cause);
  }
  if (missingUnnamed.test(said)) return new AppError('module-dependency-missing', params, cause);
  if (notPkcs11.test(said)) return new AppError('module-not-pkcs11', params, cause);
  return new AppError('module-unusable', { ...params, reason: 'load' }, cause);
}
