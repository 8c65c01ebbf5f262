import type { FileFailureCode } from './families.ts';
import type { FailureText } from './text.ts';

/** PDFs and files, in English. */
export const enFileFailures: Record<FileFailureCode, FailureText> = {
  'pdf-not-a-pdf': {
    happened: 'This file is not a PDF.',
    why: 'The content of the file[ “{file}”] is not PDF, whatever its name says.',
    todo: 'Ask the sender to save the document as PDF.',
  },
  'pdf-encrypted': {
    happened: 'The PDF opens with a password only.',
    why: 'The file[ “{file}”] cannot be read, checked or signed without its password.',
    todo: 'Ask for a copy without a password.',
  },
  'pdf-password-wrong': {
    happened: 'The password of the PDF is wrong.',
    why: 'The password that was given does not open the file[ “{file}”].',
    todo: 'Check capital letters and accents, or ask the drafter for the password.',
  },
  'pdf-encryption-unsupported': {
    happened: 'The way in which this PDF is protected is not supported.',
    why: 'The file[ “{file}”] is protected not by an ordinary password but in another way[ ({handler})], for example for the certificates of its readers.',
    todo: 'Ask for a copy that is not encrypted.',
  },
  'pdf-damaged': {
    happened: 'The PDF is damaged.',
    why: 'A part of the file[ “{file}”] cannot be read; the transfer may have been cut short.',
    todo: 'Ask the sender to send it again.',
  },
  'pdf-too-complex': {
    happened: 'The PDF is too complex.',
    why: 'The file[ “{file}”] exceeds the limits within which it is safe to read.',
    todo: 'Ask the drafter to export the PDF again.',
  },
  'pdf-unsupported': {
    happened: 'This kind of PDF is not supported yet.',
    why: 'The file[ “{file}”] uses a feature of PDF[ ({feature})] that is not supported.',
    todo: 'Ask the drafter to export the PDF again.',
  },
  'pdf-signing-forbidden': {
    happened: 'This document allows no further signature.',
    why: 'A signature on the file[ “{file}”] permits no more changes, not even another signature.',
    todo: 'Return the document so that a new one can be made.',
  },
  'pdf-field-missing': {
    happened: 'The signature field was not found.',
    why: 'The document has no signature field[ “{field}”].',
    todo: 'Check that this is the right document, or return it to the drafter.',
  },
  'pdf-field-signed': {
    happened: 'This signature field is already signed.',
    why: 'There is a signature in the field[ “{field}”] already.',
    todo: 'It need not be signed again. Look at the signatures to see who signed.',
  },
  'pdf-field-locked': {
    happened: 'This field is locked.',
    why: 'An earlier signer locked the field[ “{field}”]: to fill or sign it now would make that signature invalid.',
    todo: 'Return the document to the earlier signer or to the drafter.',
  },
  'pdf-field-ambiguous': {
    happened: 'This document can’t be signed yet.',
    why: 'Two fields of the form go by one name that is meant for number, date or seal[: “{field}”], so that nobody knows which will be filled.',
    todo: 'Return the document, so that its drafter takes the surplus field away and submits it again.',
  },
  'pdf-seed-value': {
    happened: 'This signature is not what the signature field asks for.',
    why: 'The author of the form sets conditions for the field[ “{field}”].[ {reason:reason}][ The form says: {wanted}.]',
    todo: 'Sign with a certificate or in a way that the form asks for, or tell its author.',
  },
  'pdf-certification-refused': {
    happened: 'This document cannot be certified.',
    why: 'A certification says what may be changed after it.[ {reason:reason}]',
    todo: 'Sign without certifying, or certify a copy that bears no signature yet.',
  },
  'pdf-page-missing': {
    happened: 'The document has no such page.',
    why: 'The page asked for[ ({page})] lies outside the document[ ({pages} pages)].',
    todo: 'Choose another page for the signature.',
  },
  'pdf-revision-missing': {
    happened: 'The document as it was signed could not be had.',
    why: 'The file[ “{file}”] has not exactly one signature[ named “{field}”], or that signature covers no whole version of the file.',
    todo: 'Check the signatures of the file to see their names and which of them cannot be trusted.',
  },
  'signature-room-too-small': {
    happened: 'The room for the signature is too small.',
    why: 'The signature[ ({needed:size})] is larger than the room kept for it[ ({room:size})]. The original is unharmed.',
    todo: 'Try again. If it happens again, tell your IT officer.',
  },
  'file-missing': {
    happened: 'The file was not found.',
    why: 'The file[ “{file}”] is not where it should be.',
    todo: 'Check its name and folder, or wait until it has been fetched from the server.',
  },
  'file-is-link': {
    happened: 'This is a link to another file, not a file.',
    why: 'The link[ “{file}”] may lead to another file than the one you have in mind.',
    todo: 'Open the folder that holds the file itself, and choose that file.',
  },
  'file-is-folder': {
    happened: 'This is a folder, not a file.',
    why: 'A folder has the name[ “{file}”].',
    todo: 'Open that folder and choose the PDF inside.',
  },
  'file-unreadable': {
    happened: 'The file cannot be read.',
    why: 'The computer does not allow reading the file[ “{file}”], or the disk has a fault.[ {reason:reason}]',
    todo: 'Close other programs that use the file and try again. If it still fails, tell your IT officer.',
  },
  'file-exists': {
    happened: 'There is a file of that name already.',
    why: 'The file[ “{file}”] exists and is not overwritten.',
    todo: 'Choose another name or folder (or --force).',
  },
  'output-is-input': {
    happened: 'The result would take the place of an input.',
    why: 'The file[ “{file}”] is itself an input of this call. Inputs are never changed, so nothing was written to it.',
    todo: 'Save the result under another name or in another folder.',
  },
  'draft-invalid': {
    happened: 'The draft is not of the right form, so its pages could not be made.',
    why: 'Something[ ({place})] is not as it should be.[ {reason:reason}]',
    todo: 'Correct that place in the draft and try again.',
  },
  'file-too-large': {
    happened: 'The file is too large.',
    why: 'The file[ “{file}”][ of {bytes:size}] is above the limit[ ({limit:size})].',
    todo: 'Make it smaller (for example scan at a lower resolution), or put appendices into files of their own.',
  },
  'file-digest-mismatch': {
    happened: 'The file received is not the original file.',
    why: 'The content of the file[ “{file}”] changed on its way, so it is not used.',
    todo: 'It will be fetched again. If it happens again, tell your IT officer.',
  },
  'disk-full': {
    happened: 'The disk is full.',
    why: 'There is no room left to save. What was saved before is unharmed.',
    todo: 'Remove files that are not needed, then try again.',
  },
  'signature-harmed': {
    happened: 'Another signature would spoil those that are there.',
    why: 'With it, the signature[ “{field}”] on this file would no longer be accepted.[ {reason:reason}] The original is unharmed; nothing was written.',
    todo: 'Return the document to whoever drafts it for a new copy, and have it signed from the start.',
  },
  'write-failed': {
    happened: 'The file could not be saved.',
    why: 'The computer does not allow writing[ to “{file}”], or the disk has a fault.[ {reason:reason}]',
    todo: 'Try again. If it still fails, tell your IT officer.',
  },
  'image-unusable': {
    happened: 'The picture of the signature or seal cannot be used.',
    why: 'The picture file[ “{file}”] cannot be used.[ {reason:reason}]',
    todo: 'Choose a PNG with a transparent background and try again.',
  },
  'stamp-room-missing': {
    happened: 'The page has no room left for the stamp.',
    why: 'The page[ {page}] is full of text or pictures; a stamp must not cover what stands there.',
    todo: 'Choose a place or another page yourself, or use fewer words in a comment.',
  },
  'printed-date-differs': {
    happened: 'The date of issue does not agree with the document.',
    why: 'The document has[ “{printed}”] printed as its month or year[, the date given has “{wanted}”].',
    todo: 'Return the document so that its month and year are corrected or left blank, then have it signed again.',
  },
};
