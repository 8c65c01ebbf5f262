import type { FailureCode } from '../../contract/failure.ts';
import { failureMessage, reasonSentence, verdictText } from '../../contract/messages/message.ts';
import type { SignatureReport, VerificationReport } from '../../contract/verdict.ts';
import { Icon } from '../ui/Icon.tsx';
import { Status } from '../ui/Status.tsx';
import { verdictLook } from '../ui/verdict-look.ts';
import { dayText, instantText } from '../words/format.ts';
import { documentWords } from '../words/screens.ts';
import { changeWords, coverageWords, levelWords, revocationWords } from '../words/vi.ts';
import { type Fact, FactList } from './FactList.tsx';
import styles from './Panel.module.css';
import { Section } from './Section.tsx';

/** The verdict on a document and on each of its signatures; the technical side only on demand. */
export function Signatures({ verification }: { verification: VerificationReport | null }) {
  return (
    <Section title={documentWords.signatures}>
      {verification ? <Report report={verification} /> : <p>{documentWords.notVerified}</p>}
    </Section>
  );
}

function Report({ report: { verdict, signatures, failure } }: { report: VerificationReport }) {
  const look = verdictLook[verdict];
  const { word, sentence } = verdictText(verdict);
  return (
    <>
      <div className={styles.item}>
        <Status tone={look.tone} icon={look.icon}>
          {word}
        </Status>
        <p>{sentence}</p>
        {failure && <FailureSentences failure={failure} />}
      </div>
      {signatures.length > 0 && (
        <ul className={styles.list}>
          {signatures.map((signature) => (
            <Signature key={signature.field} signature={signature} />
          ))}
        </ul>
      )}
    </>
  );
}

/** Why a file couldn't be checked, and what to do: above all that it needs a password. */
function FailureSentences({ failure }: { failure: FailureCode }) {
  const { happened, why, todo } = failureMessage({ code: failure, params: {} });
  return (
    <p>
      {happened} {why} {todo}
    </p>
  );
}

function Signature({ signature }: { signature: SignatureReport }) {
  const look = verdictLook[signature.verdict];
  const name =
    signature.type === 'timestamp'
      ? documentWords.timestampSignature
      : (signature.signer?.subject ?? documentWords.unknownSigner);
  return (
    <li className={`${styles.item} ${styles.card}`}>
      <p className={styles.strong}>{name}</p>
      {signature.signer?.organisation && signature.signer.organisation !== name && (
        <p>{signature.signer.organisation}</p>
      )}
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
      <details className={styles.details}>
        <summary>
          <Icon name="chevronRight" size={1} />
          {documentWords.details}
        </summary>
        <FactList facts={detailsOf(signature)} />
      </details>
    </li>
  );
}

function detailsOf(signature: SignatureReport): Fact[] {
  const { signer } = signature;
  const facts: Fact[] = [];
  if (signer) {
    facts.push(
      [documentWords.issuedBy, signer.issuer],
      [
        documentWords.certificate,
        documentWords.validFromTo(dayText(signer.notBefore), dayText(signer.notAfter)),
      ],
      [documentWords.serial, signer.serial],
    );
  }
  if (signature.timestampAt) facts.push([documentWords.timestampAt, instantText(signature.timestampAt)]);
  const changes =
    signature.changes.length > 0 ? (
      <ul>
        {signature.changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
    ) : (
      changeWords[signature.changesAfter]
    );
  facts.push(
    [documentWords.revocation, revocationWords[signature.revocation]],
    [documentWords.coverage, coverageWords[signature.coverage]],
    [documentWords.changes, changes],
    [documentWords.level, levelWords[signature.level]],
    [documentWords.algorithm, signature.algorithm],
  );
  return facts;
}
