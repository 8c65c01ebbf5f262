import type { TokenState } from '../../contract/desktop.ts';
import type { Failure } from '../../contract/failure.ts';
import type { TokenInfo } from '../../contract/token.ts';

function failureText(failure: Failure | null | undefined): string {
  if (!failure) return 'ok';
  const params = Object.entries(failure.params).map(([name, value]) => `${name}=${value}`);
  return [failure.code, ...params].join(' ');
}

function tokenLines(token: TokenInfo): string[] {
  const flags = Object.entries(token.flags).flatMap(([name, on]) => (on ? [name] : []));
  const states = [token.loggedIn ? 'loggedIn' : 'closed', ...flags];
  if (token.initialised === false) states.push('notInitialised');
  return [
    `  token "${token.label}" serial=${token.serial} ${token.manufacturer} ${token.model}: ${states.join(' ')}`,
    ...(token.mechanisms ? [`    mechanisms: ${token.mechanisms.join(' ')}`] : []),
    ...token.certificates.map(
      ({ subject, serial, keyType, keyBits, notBefore, notAfter, refusal }) =>
        `    certificate "${subject}" serial=${serial} ${keyType} ${keyBits} ${notBefore} – ${notAfter}: ${failureText(refusal)}`,
    ),
  ];
}

/**
 * What was found, for whoever looks after the computer: codes and names as the contract has them, which are the same in each
 * language. There is no PIN in a token's state, so none can be in here.
 */
export function technicalReport({ modules, problem, checkedAt, steps = [], loginEnded }: TokenState): string {
  return [
    `Ấn Tín, ${checkedAt ?? '-'}, ${failureText(problem)}`,
    ...(loginEnded ? [`login ended: ${loginEnded.reason} ${loginEnded.at}`] : []),
    ...steps.map(
      ({ step, state, failure, subject }, index) =>
        `${index + 1}. ${step}: ${state}${subject ? ` "${subject}"` : ''}${failure ? ` ${failureText(failure)}` : ''}`,
    ),
    ...modules.flatMap(({ path, source, description, ok, error, readers = [], tokens }) => [
      `module ${path} (${source ?? '-'}) "${description}": ${ok ? 'ok' : failureText(error)}`,
      ...readers.map(
        (reader) =>
          `  reader ${reader.slot} "${reader.description}" ${reader.tokenPresent ? 'token' : 'empty'}: ${failureText(reader.failure)}`,
      ),
      ...tokens.flatMap(tokenLines),
    ]),
  ].join('\n');
}
