import type { Language } from '../../contract/messages/message.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnosisText } from './diagnosis-text.ts';
import { storedZip } from './zip.ts';

/** A diagnosis as one file to send: for people (`diagnose.txt`) and for programs (`diagnose.json`). */
export function diagnosisZip(diagnosis: Diagnosis, language: Language): Buffer {
  const files = {
    'diagnose.txt': `${diagnosisText(diagnosis, language)}\n`,
    'diagnose.json': JSON.stringify(diagnosis, null, 2),
  };
  return storedZip(files, new Date(diagnosis.checkedAt));
}
