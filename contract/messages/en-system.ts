import type { SystemFailureCode } from './families.ts';
import type { FailureText } from './text.ts';

/** The province's server and the program itself, in English. */
export const enSystemFailures: Record<SystemFailureCode, FailureText> = {
  'server-missing': {
    happened: 'No document server is set on this computer.',
    why: 'Without a server there is nothing to sign in to; files on this computer can be signed and checked.',
    todo: 'Use “Tệp trên máy”, or ask your IT officer to set the server’s address (serverUrl).',
  },
  'server-insecure': {
    happened: 'The address of the document server is not safe, so no connection is made.',
    why: 'The address[ {url}] does not use HTTPS: others on the way could read or change what is sent, or pose as the server.',
    todo: 'Ask your IT officer to set serverUrl in config.json to an address that begins with https://.',
  },
  'server-certificate': {
    happened: "It could not be confirmed that this is the province's document server.",
    why: 'The TLS certificate of the server[ {host}] cannot be used, so nothing was sent.[ {reason:reason}]',
    todo: "Look at this computer's date and time, and do not use a public Wi-Fi network. If it stays, tell your IT officer.",
  },
  'server-unreachable': {
    happened: "The province's document server cannot be reached.",
    why: 'The network is interrupted, or the server is down for now.',
    todo: 'You can go on working. Everything is kept and sent when the network is back.',
  },
  'server-timeout': {
    happened: "The province's document server answers too slowly.",
    why: 'The line is weak, or the server is busy.',
    todo: 'You can go on working. It is tried again by itself.',
  },
  'server-nonsense': {
    happened: 'The server sent something that makes no sense.',
    why: 'The answer does not follow the rules of the document system[ ({detail})], so it is not used.',
    todo: 'Tell your IT officer, also if you are on a public Wi-Fi network that asks for a login.',
  },
  'server-failed': {
    happened: "The province's document server has a problem.",
    why: 'It received the request but could not handle it[ (status {status})].',
    todo: 'It is tried again by itself. If it lasts, tell your IT officer.',
  },
  'session-missing': {
    happened: 'You are not signed in.',
    why: 'This can only be done after signing in.',
    todo: 'Sign in with your token.',
  },
  'session-expired': {
    happened: 'Your session has ended.',
    why: 'For safety the server ends sessions after a time, or when a certificate can be used no more.[ {reason:reason}]',
    todo: 'Sign in again. What waits to be sent is kept.',
  },
  'sign-in-refused': {
    happened: 'The server did not accept the sign-in.',
    why: 'The server could not open a session for this certificate.[ {reason:reason}]',
    todo: 'Check that your personal token is plugged in, then ask your system administrator.',
  },
  'clock-differs': {
    happened: "This computer's clock differs from the server's[ by {minutes} minutes].",
    why: "The time of signing is this computer's; the server's is only compared with it.[ {reason:reason}]",
    todo: "Set this computer's date and time right before you sign.",
  },
  'not-permitted': {
    happened: 'You may not do this.',
    why: 'In the system this is not among the duties of this account.[ {reason:reason}]',
    todo: 'Ask your system administrator if that is not right.',
  },
  'document-missing': {
    happened: 'The document was not found.',
    why: 'It was moved, recalled, or has not reached this computer yet.',
    todo: 'Go back to the list to see the documents that are there.',
  },
  'document-state': {
    happened: 'The document has changed its state.',
    why: 'Someone else handled it in the meantime.',
    todo: 'Look at the document as it stands now, then decide.',
  },
  'document-changed': {
    happened: 'The document is no longer what was shown, so nothing was done.',
    why: 'It was updated after it was opened.[ Version {shownVersion} was shown.][ Now it is version {version}, of {changedAt:time}.][ The file shown: {shownFile}; the file now: {file}.]',
    todo: 'Look at the document as it now stands on the screen, then decide.',
  },
  'document-secret': {
    happened: 'Secret documents are not handled in this system.',
    why: 'The law on state secrets does not allow sending or signing them over ordinary networks.',
    todo: 'Handle this document by the rules on state secrets.',
  },
  'document-unsound': {
    happened: 'This document was not signed or sealed.',
    why: 'It already carries a signature that is not valid.[ {reason:reason}]',
    todo: 'Open the document, look at its signatures, and return it to whoever submitted or signed it.',
  },
  'document-deceptive': {
    happened: 'This document cannot be signed, because people who open it may see different content.',
    why: 'Programs may read this file differently, or not show all of it.[ {finding:finding}][ It is on page {page}.]',
    todo: 'Return the document to whoever submitted it; the PDF should be exported anew from the word processor.',
  },
  'approval-missing': {
    happened: 'This document can’t be sealed yet.',
    why: 'It has no signature of the authorised person.[ {reason:reason}]',
    todo: 'Return the document, so that the authorised person signs it; then seal it.',
  },
  'approval-unregistered': {
    happened: 'This document can’t be sealed yet.',
    why: 'The signature[ of {signer:quoted}][ of {organisation:quoted}] isn’t by whoever the system knows to have approved it.',
    todo: 'Return the document. If its signer has a new certificate, tell your IT officer to have it registered.',
  },
  'approval-unsound': {
    happened: 'This document can’t be sealed yet.',
    why: 'The authorised person’s signature on the file is nothing to seal on.[ {reason:reason}]',
    todo: 'Look at the document’s signatures, then return it, so that the authorised person signs again.',
  },
  'idempotency-conflict': {
    happened: 'The server already has another act under the same key.',
    why: 'What is being sent differs from what the server recorded before.',
    todo: 'Open the document to see its state on the server and tell your IT officer. Nothing is sent twice.',
  },
  'signed-file-rejected': {
    happened: 'The server did not accept the signed file.',
    why: 'It checked the signature and found it wanting.[ {reason:reason}]',
    todo: "Look at the document's signatures and sign again with the right token. If it is refused again, tell your IT officer.",
  },
  'incoming-unsound': {
    happened: 'The document does not meet the conditions to be registered.',
    why: 'It must carry valid signatures of both the authorised person and the issuing agency.[ {reason:reason}]',
    todo: 'Return it to the sender with the reason. If it has to be registered all the same, give a reason; it is kept with the document.',
  },
  'outcome-unknown': {
    happened: 'It is not known yet whether the server received this.',
    why: 'The network broke after sending and before the answer.',
    todo: 'Do nothing. The server is asked when the network is back, and nothing is sent twice.',
  },
  'upload-limit': {
    happened: 'For now the server takes no more files from this account.',
    why: 'Each account may send only so much[, at present {limit}].[ {reason:reason}]',
    todo: "The file is kept on this computer and sent later. If you need more, ask the administrator of the province's system.",
  },
  'input-invalid': {
    happened: 'Something that was entered is not valid.',
    why: 'A value[ ({field:field})][ ({setting} in {file})] is missing or not of the right form.',
    todo: 'Check it and try again.',
  },
  'anchor-unsuitable': {
    happened: "The authority's certificate was not added.",
    why: 'The certificate[ in the file {file}] cannot be trusted as a root.[ {reason:reason}]',
    todo: "Choose the file of an authority's certificate (CRT, CER, PEM or P7B) that you have from a trustworthy place.",
  },
  'anchor-unavailable': {
    happened: "The authority's certificate could not be fetched[: {subject}].",
    why: 'The address[ {url}] did not give the certificate that is known.[ {reason:reason}]',
    todo: 'Try again when there is a network, or add it from a file that your IT officer gives you. The list of trusted authorities has not changed.',
  },
  'anchor-unconfirmed': {
    happened: 'An authority in the list is not confirmed, so nothing is trusted because of it.',
    why: 'Its row in the store lacks the seal of this program on this computer: an older version wrote it, it came from another computer, or somebody else put it there.',
    todo: 'Open the page of trusted authorities, compare the digits, then add it again from a file or take it away.',
  },
  'consent-busy': {
    happened: 'Another window is waiting for your answer.',
    why: 'One thing is asked at a time, so that nobody agrees by mistake.',
    todo: 'Answer or close that window, then try again. Nothing has been signed.',
  },
  'consent-paused': {
    happened: 'You are not asked again just yet.',
    why: 'The question was turned down several times in a row. The program pauses so that nobody is worn down.',
    todo: 'Wait[ {seconds} seconds] and try again. If it was not you who asked to sign, tell your IT officer.',
  },
  'consent-expired': {
    happened: 'The confirmation was closed. Nothing has been signed.',
    why: 'The screen was locked, or nobody answered for a long time.',
    todo: 'Try again when you are ready.',
  },
  'consent-failed': {
    happened: 'The confirmation could not be shown. Nothing has been signed.',
    why: 'The window that asks has failed. The program signs nothing without your yes.',
    todo: 'Try again. If it happens again, restart the program and tell your IT officer.',
  },
  'consent-missing': {
    happened: 'There is no window to ask anybody in.',
    why: 'This can only be done with a person who confirms it in the window of the program.',
    todo: 'Open Ấn Tín and try again.',
  },
  'store-newer': {
    happened: 'The data on this computer are of a newer version.',
    why: 'They were opened with a newer Ấn Tín than this one.',
    todo: 'Update Ấn Tín. The data are unharmed.',
  },
  'store-damaged': {
    happened: 'The data on this computer are damaged.',
    why: 'The database cannot be read; the damaged one was set aside, not deleted.[ {reason:reason}][ The backup of {copyDay:date} was restored.]',
    todo: 'Tell your IT officer.[ What was done on this computer after the backup of {copyDay:date} may have to be done again: look into the outbox.] Documents on the server are not affected.',
  },
  'store-exposed': {
    happened: 'The data on this computer were not opened, since others could read or replace them.',
    why: 'The folder or file[ “{file}”] does not belong to this account alone.[ {reason:reason}]',
    todo: "Ask your IT officer to look at the permissions of Ấn Tín's data folder. Nothing was changed.",
  },
  'audit-broken': {
    happened: 'The security log on this computer is no longer what was written into it.',
    why: 'It was changed, cut or exchanged by something other than this program[, from its entry {at} on].',
    todo: 'Ask your IT officer to find out why. Documents and signatures are not affected; you can go on working.',
  },
  'core-stopped': {
    happened: "The program's working part has stopped.",
    why: 'It failed and is being started again. All work is kept.',
    todo: 'Wait a few seconds and try again.',
  },
  cancelled: {
    happened: 'Stopped as you asked.',
    why: 'It was cancelled before it was done. Nothing has changed.',
    todo: 'You can start again at any time.',
  },
  internal: {
    happened: 'The program met an unexpected problem.',
    why: 'This is a fault of the program. We are sorry. All work is kept.',
    todo: 'Try again. If it happens again, tell your IT officer.',
  },
};
