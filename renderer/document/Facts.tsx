import type { OfficialDocument } from '../../contract/document.ts';
import { sizeText } from '../../contract/messages/message.ts';
import { stateLook } from '../boxes/card-state.ts';
import { Urgency } from '../boxes/Urgency.tsx';
import { Status } from '../ui/Status.tsx';
import { instantText, writtenDate } from '../words/format.ts';
import { documentWords } from '../words/screens.ts';
import { typeName } from '../words/type-name.ts';
import { urgencyNames } from '../words/vi.ts';
import { type Fact, FactList } from './FactList.tsx';
import styles from './Panel.module.css';
import { Section } from './Section.tsx';

function factsOf(document: OfficialDocument): Fact[] {
  const { reference, urgency } = document;
  const state = stateLook(document);
  const facts: Fact[] = [
    [
      documentWords.reference,
      reference ? (
        <span key="reference" className={styles.strong}>
          {reference.code}
        </span>
      ) : (
        documentWords.noNumber
      ),
    ],
  ];
  if (document.kind === 'outgoing' && !reference) {
    facts.push([
      documentWords.symbol,
      <span key="symbol" className={styles.symbol}>
        {document.symbol}
      </span>,
    ]);
  }
  if (reference) facts.push([documentWords.date, writtenDate(reference.date)]);
  facts.push(
    [
      documentWords.state,
      <Status key="state" tone={state.tone} icon={state.icon}>
        {state.word}
      </Status>,
    ],
    [documentWords.type, typeName(document.type)],
    [documentWords.issuer, document.issuer.name],
    [documentWords.signer, document.signerPosition],
    [
      documentWords.urgency,
      urgency === 'normal' ? urgencyNames.normal : <Urgency key="urgency" word={urgencyNames[urgency]} />,
    ],
  );
  if (document.kind === 'incoming') {
    if (document.arrivalNumber !== null) {
      facts.push([
        documentWords.arrivalNumber,
        <span key="arrival" className={styles.strong}>
          {document.arrivalNumber}
        </span>,
      ]);
    }
    if (document.registeredAt) facts.push([documentWords.registeredAt, instantText(document.registeredAt)]);
    if (document.reason) facts.push([documentWords.reason, document.reason]);
  }
  const appendices = document.files.filter(({ part }) => part === 'appendix');
  if (appendices.length > 0) {
    facts.push([
      documentWords.appendices,
      <ul key="appendices">
        {appendices.map(({ digest, name, bytes }) => (
          <li key={digest}>
            {name} ({sizeText(bytes)})
          </li>
        ))}
      </ul>,
    ]);
  }
  return facts;
}

/** Number, date, issuer and the rest of a document's data (NĐ 30/2020 PL VI). */
export function Facts({ document }: { document: OfficialDocument }) {
  return (
    <Section title={documentWords.facts}>
      <FactList facts={factsOf(document)} />
    </Section>
  );
}
