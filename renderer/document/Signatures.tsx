import { lazy, Suspense, useState } from 'react';
import type { DeskDocument } from '../../contract/desktop.ts';
import type { FailureCode } from '../../contract/failure.ts';
import { failureMessage, reasonSentence, verdictText } from '../../contract/messages/message.ts';
import { signatureFacts, signatureTitle, verdictSentence } from '../../contract/messages/verdict-report.ts';
import { plainLine } from '../../contract/plain-text.ts';
import type { SignatureReport, VerificationReport } from '../../contract/verdict.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Status } from '../ui/Status.tsx';
import { verdictLook } from '../ui/verdict-look.ts';
import { instantText } from '../words/format.ts';
import { documentWords } from '../words/screens.ts';
import { verdictWords } from '../words/verdict.ts';
import { type Fact, FactList } from './FactList.tsx';
import styles from './Panel.module.css';
import { Section } from './Section.tsx';
import { SignedVersionDialog } from './SignedVersionDialog.tsx';
import { VerdictReport } from './VerdictReport.tsx';

// Draws pages, which takes PDF.js.
const SignaturePlaces = lazy(() => import('./SignaturePlaces.tsx'));

interface SignaturesProps {
  document: DeskDocument;
  /** Opens a page, from 1. */
  onGo(page: number): void;
}

/** The verdict on a document in one sentence, where its signatures are, and each of them; the technical side only on demand. */
export function Signatures({ document, onGo }: SignaturesProps) {
  const { verification } = document;
  return (
    <Section title={documentWords.signatures}>
      {verification ? (
        <Report report={verification} document={document} onGo={onGo} />
      ) : (
        <p>{documentWords.notVerified}</p>
      )}
    </Section>
  );
}

function Report({ report, document, onGo }: SignaturesProps & { report: VerificationReport }) {
  const { verdict, signatures, failure, checkedAt } = report;
  const look = verdictLook[verdict];
  const arePlaced = document.file !== null && signatures.some(({ place }) => place);
  return (
    <>
      <div className={styles.item}>
        <Status tone={look.tone} icon={look.icon}>
          {verdictSentence(report)}
        </Status>
        {failure && <FailureSentences failure={failure} />}
        {checkedAt && <p className={styles.quiet}>{verdictWords.checkedAt(instantText(checkedAt))}</p>}
      </div>
      {arePlaced && document.file && (
        <Suspense>
          <SignaturePlaces file={document.file} signatures={signatures} onGo={onGo} />
        </Suspense>
      )}
      {signatures.length > 0 && (
        <ol className={styles.list}>
          {signatures.map((signature, index) => (
            <Signature
              key={`${signature.field} ${signature.signer?.serial ?? ''}`}
              signature={signature}
              number={index + 1}
              document={document}
            />
          ))}
        </ol>
      )}
      <VerdictReport document={document} />
    </>
  );
}

/** Why a file couldn't be checked, beside the sentence that says so, and what to do: above all that it needs a password. */
function FailureSentences({ failure }: { failure: FailureCode }) {
  const { why, todo } = failureMessage({ code: failure, params: {} });
  return (
    <p>
      {why} {todo}
    </p>
  );
}

/** Whole names stand in the details: here the verdict must stay in sight. */
const longestName = 120;

interface SignatureProps {
  signature: SignatureReport;
  number: number;
  document: DeskDocument;
}

function Signature({ signature, number, document }: SignatureProps) {
  const [isComparing, setComparing] = useState(false);
  const look = verdictLook[signature.verdict];
  const isStamp = signature.type === 'timestamp';
  const name = isStamp
    ? documentWords.timestampSignature
    : plainLine(signature.signer?.subject || documentWords.unknownSigner, longestName);
  const organisation = plainLine(signature.signer?.organisation ?? '', longestName);
  return (
    <li className={`${styles.item} ${styles.card}`}>
      <p className={styles.quiet}>{signatureTitle(signature, number)}</p>
      <p className={styles.strong}>{name}</p>
      {signature.signer && !signature.trusted && <p className={styles.quiet}>{verdictWords.claimed}</p>}
      {organisation && organisation !== name && <p>{organisation}</p>}
      {signature.signedAt && (
        <p className={styles.quiet}>
          {documentWords.signedAt}: {instantText(signature.signedAt)}
        </p>
      )}
      <Status tone={look.tone} icon={look.icon}>
        {verdictText(signature.verdict).word}
      </Status>
      {signature.reasons.map((reason) => (
        <p key={reason}>{reasonSentence(reason)}</p>
      ))}
      {signature.coverage !== 'partial' && (
        <ActionButton look="quiet" icon="document" onPress={() => setComparing(true)}>
          {verdictWords.asSigned}
        </ActionButton>
      )}
      <details className={styles.details}>
        <summary>
          <Icon name="chevronRight" size={1} />
          {documentWords.details}
        </summary>
        <FactList facts={factsOf(signature)} />
      </details>
      {isComparing && (
        <SignedVersionDialog
          document={document}
          signature={signature}
          name={name}
          onClose={() => setComparing(false)}
        />
      )}
    </li>
  );
}

/** At least what TT 15/2025 Đ6 K3 asks for. */
function factsOf(signature: SignatureReport): Fact[] {
  return signatureFacts(signature).map(({ name, values }) => [
    name,
    values.length === 1 ? (
      values[0]
    ) : (
      <ul key={name}>
        {values.map((value) => (
          <li key={value}>{value}</li>
        ))}
      </ul>
    ),
  ]);
}
