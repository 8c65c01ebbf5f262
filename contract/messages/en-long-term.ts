import type { LongTermFailureCode } from './families.ts';
import type { FailureText } from './text.ts';

/** Time stamps and the data that keeps signatures checkable, in English. */
export const enLongTermFailures: Record<LongTermFailureCode, FailureText> = {
  'timestamp-unreachable': {
    happened: 'No time stamp could be had yet.',
    why: 'The time-stamp service[ ({url})] does not answer, or too slowly.',
    todo: 'The signature keeps its worth. Try again when the network is back.',
  },
  'timestamp-refused': {
    happened: 'The time-stamp service refused the request.',
    why: 'It gives no time stamp for this document[ ({detail})].',
    todo: 'Try again later. If it is refused again, tell the technical staff.',
  },
  'timestamp-invalid': {
    happened: 'The time stamp received cannot be used.',
    why: 'It was checked and not accepted.[ {reason:reason}]',
    todo: 'Have the technical staff check the address of the time-stamp service[ ({url})].',
  },
  'timestamp-too-late': {
    happened: 'A time stamp can no longer be put into this signature.',
    why: 'Something was added to the document after the signature[ “{field}”]; putting a stamp in now would break it.',
    todo: 'For long keeping, add archive data (level LTA) to the whole document.',
  },
  'validation-data-missing': {
    happened: 'The data for checking the signature in years to come is not complete.',
    why: 'The signature[ “{field}”] could not be checked fully.[ {reason:reason}] The document is as it was.',
    todo: 'Check the network and the list of trusted certificates, then try again.',
  },
  'signature-unsound': {
    happened: 'A signature in the document is not intact.',
    why: 'Nothing can be added to the signature[ “{field}”].[ {reason:reason}]',
    todo: 'Look at the result of the signature check, and ask the sender for the right file.',
  },
  'signature-missing': {
    happened: 'The document has no digital signature.',
    why: 'Time stamps and archive data can only be added to a signed document[ (file “{file}”)].',
    todo: 'Sign the document first, then add them.',
  },
};
