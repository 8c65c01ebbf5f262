import type { StampWish } from '../../contract/signing-act.ts';
import { type Fact, FactList } from '../document/FactList.tsx';
import { consentWords } from '../words/consent.ts';
import { stampFieldNames, stampFieldTexts } from '../words/local-file.ts';

/** What was typed into the stamp, read once more: the page that sent it could have sent anything. */
export function TypedStamp({ stamp }: { stamp: StampWish }) {
  const facts = stampFieldTexts(stamp).map(([field, text]): Fact => [stampFieldNames[field], text]);
  if (facts.length === 0) return null;
  return (
    <section aria-label={consentWords.typed}>
      <p>{consentWords.typed}:</p>
      <FactList facts={facts} />
    </section>
  );
}
