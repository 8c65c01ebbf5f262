import type { TokenFailureCode } from './families.ts';
import type { FailureText } from './text.ts';

/** Token, PIN and certificates, in English. */
export const enTokenFailures: Record<TokenFailureCode, FailureText> = {
  'module-missing': {
    happened: "The signing token's software is not on this computer.",
    why: "The vendor's driver file was not found[: {path}].",
    todo: 'Ask your IT officer to install the software that came with the token, then check again.',
  },
  'module-unusable': {
    happened: "The signing token's software does not run.",
    why: 'The driver file[ {path}] is damaged or made for another kind of computer.',
    todo: "Ask your IT officer to install the token's 64-bit software again.",
  },
  'module-wrong-architecture': {
    happened: "The signing token's software is for another kind of computer.",
    why: 'The driver file[ {path}] was made for a different machine[ ({architecture})].',
    todo: "Ask your IT officer to install the 64-bit edition of the token's software.",
  },
  'module-dependency-missing': {
    happened: "A part of the signing token's software is missing.",
    why: 'The driver file[ {path}] needs a component that is not on this computer[: {library}].',
    todo: "Ask your IT officer to install the token's software again, completely.",
  },
  'module-not-pkcs11': {
    happened: "This file is not a signing token's software.",
    why: 'The file[ {path}] lacks the functions that are needed to work with a token.',
    todo: "Choose the vendor's PKCS#11 driver file, or ask your IT officer to choose it.",
  },
  'module-crashed': {
    happened: "The signing token's software stopped when it was tried out.",
    why: 'The driver file[ {path}] failed and is left alone. Other tokens can still be used.',
    todo: "Ask your IT officer to reinstall or update the token's software.",
  },
  'module-hung': {
    happened: "The signing token's software did not answer when it was tried out.",
    why: 'The driver file[ {path}] gave no result in the time allowed and is left alone. Other tokens can still be used.',
    todo: "Take the token out, plug it in again, and check again. If nothing changes, ask your IT officer to update the token's software.",
  },
  'reader-missing': {
    happened: 'No reader for a signing token was found.',
    why: "The token's software runs, but the computer has not recognised any token.",
    todo: "Try another USB socket and wait a few seconds. If nothing changes, ask your IT officer to check the computer's smart card service.",
  },
  'token-missing': {
    happened: 'No signing token was found.',
    why: 'The token[ “{token}”] is not plugged in, or the socket is loose.',
    todo: 'Plug the token in, wait for its light, and try again.',
  },
  'token-ambiguous': {
    happened: 'Several signing tokens are plugged in.',
    why: 'It is not clear which one to use[: {tokens}].',
    todo: 'Choose one token, or leave only one plugged in.',
  },
  'token-uninitialised': {
    happened: 'The signing token has not been set up.',
    why: 'The token[ “{token}”] is blank or has no PIN yet.',
    todo: 'Ask your certificate officer to have it set up.',
  },
  'token-empty': {
    happened: 'There is no certificate on the signing token.',
    why: 'The token[ “{token}”] could be read, but holds no certificate.',
    todo: 'Check that the right token is plugged in. If it is, ask your certificate officer to have a certificate loaded.',
  },
  'token-removed': {
    happened: 'The signing token was taken out.',
    why: 'It left the computer before the work was done. No document is left half signed.[{pinChange?} Whether it took the new PIN is not known.]',
    todo: 'Plug the token in again and repeat what you did.[{pinChange?} Try the new PIN once; if it is wrong, use the old one.]',
  },
  'token-locked': {
    happened: 'The signing token is locked.',
    why: 'A wrong PIN was entered too many times, so the token locked itself to protect the signature.',
    todo: 'Ask your certificate officer to have it unlocked. Do not enter the PIN again.',
  },
  'token-timeout': {
    happened: 'The signing token does not answer.',
    why: 'It gave no result in the time allowed. No document is left half signed.[{pinChange?} Whether it took the new PIN is not known.]',
    todo: 'Take the token out, plug it in again, wait a few seconds, and try again.[{pinChange?} Try the new PIN once; if it is wrong, use the old one.]',
  },
  'token-stopped': {
    happened: "The signing token's software stopped suddenly.",
    why: 'Its driver failed. Documents and work in progress are not affected.[{pinChange?} Whether it took the new PIN is not known.]',
    todo: 'Take the token out, plug it in again, and try again.[{pinChange?} Try the new PIN once; if it is wrong, use the old one.] If it happens again, tell your IT officer.',
  },
  'token-failed': {
    happened: 'The signing token reported an error.',
    why: 'It could not do what was asked[ (error code {returnValue})]. This is not because of a wrong PIN.',
    todo: 'Take the token out, plug it in again, and try again. If it happens again, tell your IT officer.',
  },
  'pin-incorrect': {
    happened: 'The PIN is not correct.[ Tries left: {triesLeft}.][{finalTry?} Only one try is left.]',
    why: 'The token did not accept the PIN.[ It has {min} to {max} characters; this one was not sent to the token and does not count.][{triesLow?} After too many wrong tries the token locks itself.]',
    todo: 'Check Caps Lock and the keyboard layout, then enter it again slowly. If you do not remember the PIN, stop and ask your certificate officer.',
  },
  'pin-last-try': {
    happened: 'Only one try for the PIN is left.',
    why: 'A wrong PIN was entered several times. If this try is wrong, too, the token locks.',
    todo: 'If you are sure of the PIN, confirm that this is the last try and enter it. If not, stop and ask your certificate officer.',
  },
  'pin-key-stale': {
    happened: 'The PIN has to be entered again.',
    why: "The token's software has just restarted, so the PIN was discarded for safety.",
    todo: 'Enter the PIN again. The last entry was not counted as a wrong one.',
  },
  'pin-missing': {
    happened: 'No PIN was entered.',
    why: 'The token needs its PIN for this.',
    todo: 'Enter the PIN of the token.',
  },
  'pin-must-change': {
    happened: 'The PIN has to be changed before signing.',
    why: 'The token asks for its first PIN, or one used for too long, to be replaced.',
    todo: 'Open the page for changing the PIN, enter the present one and choose a new one.',
  },
  'pin-too-weak': {
    happened: 'The new PIN does not meet the rules.',
    why: 'It needs capital and small letters and digits[, {min} to {max} characters in all], without accents.',
    todo: 'Choose another PIN. The present one still stands.',
  },
  'pin-unchanged': {
    happened: 'The new PIN is the same as the present one.',
    why: 'A PIN can only be changed to a different one.',
    todo: 'Choose another PIN. The present one still stands.',
  },
  'pin-change-unsupported': {
    happened: 'The PIN cannot be changed from this program.',
    why: "The token's software does not let other programs change it.",
    todo: 'Change it with the management program that came with the token. The present PIN still stands.',
  },
  'pin-pad-unsupported': {
    happened: "This token's own PIN keys cannot be used yet.",
    why: 'Its software does not accept being asked to take the PIN on the device[ (error code {returnValue})].',
    todo: "Use a token whose PIN is typed on the computer, and tell your IT officer this token's name.",
  },
  'login-required': {
    happened: 'The signing token has to be opened with its PIN.',
    why: 'The login on the token has ended.',
    todo: 'Start again and enter the PIN when asked.',
  },
  'certificate-missing': {
    happened: 'No suitable certificate was found on the token.',
    why: 'No plugged-in token has a certificate that can be used for this[: {subject}].',
    todo: "Check that the right token is plugged in: the personal one to sign, the agency's to seal.",
  },
  'certificate-expired': {
    happened: 'The certificate has expired.',
    why: 'The certificate[ of {subject}] is past its period of validity[ (until {notAfter:date})].',
    todo: 'Ask your certificate officer to renew it.',
  },
  'certificate-not-yet-valid': {
    happened: 'The certificate is not valid yet.',
    why: "The certificate[ of {subject}] cannot be used yet[ before {notBefore:date}], or this computer's clock is wrong.",
    todo: "Check the computer's date and time. If they are right, ask your certificate officer.",
  },
  'certificate-revoked': {
    happened: 'The certificate has been revoked.',
    why: 'Its issuer has ended the validity of the certificate[ of {subject}][ on {revokedAt:date}].',
    todo: 'Do not sign with this token any more. Ask your certificate officer for a new one.',
  },
  'certificate-untrusted': {
    happened: 'The certificate does not belong to a recognised system.',
    why: 'The certificate[ of {subject}] does not lead to an authority that your agency trusts.',
    todo: 'Use the token issued by the Government Cipher Committee. If you do, tell your IT officer.',
  },
  'certificate-not-for-signing': {
    happened: 'This certificate is not for signing documents.',
    why: 'The certificate[ of {subject}] was issued for another purpose, such as encryption.',
    todo: 'Choose the certificate for signing. If there is none, ask your certificate officer.',
  },
  'certificate-unchecked': {
    happened: 'It could not be checked whether the certificate has been revoked.',
    why: 'Its issuer gave no answer[ about the certificate of {subject}].',
    todo: 'The signature was made all the same. Check the document again when the network is back; if it happens again, tell your IT officer.',
  },
  'key-missing': {
    happened: 'The signing key was not found on the token.',
    why: 'The token holds a certificate without the key that belongs to it[: {subject}].',
    todo: 'Take the token out and plug it in again. If nothing changes, ask your certificate officer.',
  },
  'mechanism-unsupported': {
    happened: 'The token does not support this kind of signature.',
    why: 'It lacks the algorithm that is needed[ ({mechanism})].[ It has only: {offered}.]',
    todo: 'Ask your IT officer to update its software or to replace the token.',
  },
  'signature-mismatch': {
    happened: 'The signature made by the token does not match its certificate.',
    why: 'It was checked and not used. The original document is unharmed.',
    todo: 'Take the token out, plug it in again, and try again. If it happens again, tell your IT officer.',
  },
};
