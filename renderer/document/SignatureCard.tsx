import { useId, useState } from 'react';
import { reasonSentences, verdictText } from '../../contract/messages/message.ts';
import { alikeText, signatureFacts, signatureTitle } from '../../contract/messages/verdict-report.ts';
import { plainLine, quoted } from '../../contract/plain-text.ts';
import type { SignatureReport } from '../../contract/verdict.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Status } from '../ui/Status.tsx';
import { verdictLook } from '../ui/verdict-look.ts';
import { instantText } from '../words/format.ts';
import { documentWords } from '../words/screens.ts';
import { verdictWords } from '../words/verdict.ts';
import type { CheckedFile } from './checked-file.ts';
import { type Fact, FactList } from './FactList.tsx';
import styles from './Panel.module.css';
import { SignedVersionDialog } from './SignedVersionDialog.tsx';

/** Whole names stand in the details: here the verdict must stay in sight. */
const longestName = 120;

interface SignatureCardProps {
  signature: SignatureReport;
  /** The number's and the date's, by the same certificate and with the same verdict. */
  alike: readonly SignatureReport[];
  number: number;
  checked: CheckedFile;
}

/** One signature: whose, when, whether it holds and why not; everything else on demand. */
export function SignatureCard({ signature, alike, number, checked }: SignatureCardProps) {
  const [isComparing, setComparing] = useState(false);
  const id = useId();
  const look = verdictLook[signature.verdict];
  const { signer, trusted, signedAt, timestampAt } = signature;
  const name = nameOf(signature);
  const organisation = plainLine(signer?.organisation ?? '', longestName);
  return (
    <li className={`${styles.item} ${styles.card}`} aria-labelledby={`${id}-title ${id}-name`}>
      <p id={`${id}-title`} className={styles.quiet}>
        {signatureTitle(signature, number)}
      </p>
      <p id={`${id}-name`} className={styles.strong}>
        {name}
      </p>
      {signer && !trusted && <p className={styles.quiet}>{verdictWords.claimed}</p>}
      {organisation && organisation !== signer?.subject && <p>{organisation}</p>}
      <Status tone={look.tone} icon={look.icon}>
        {verdictText(signature.verdict).word}
      </Status>
      {reasonSentences(signature.reasons).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {alike.length > 0 && <p>{verdictWords.alike(alikeText(alike))}</p>}
      {signature.rewrittenBy && (
        <p className={styles.quiet}>
          {verdictWords.rewrittenBy}: {plainLine(signature.rewrittenBy, longestName)}
        </p>
      )}
      {signedAt && (
        <p className={styles.quiet}>
          {documentWords.signedAt}: {instantText(signedAt)}{' '}
          {timestampAt ? verdictWords.timeProven : verdictWords.timeClaimed}
        </p>
      )}
      <div className={styles.ways}>
        {signature.coverage !== 'partial' && (
          <ActionButton
            look="quiet"
            icon="document"
            describedBy={`${id}-title`}
            onPress={() => setComparing(true)}
          >
            {verdictWords.asSigned}
          </ActionButton>
        )}
        <details className={styles.details}>
          <summary aria-describedby={`${id}-title`}>
            <Icon name="chevronRight" size={1} />
            {documentWords.details}
          </summary>
          <FactList facts={factsOf(signature)} />
        </details>
      </div>
      {isComparing && (
        <SignedVersionDialog
          checked={checked}
          signature={signature}
          name={name}
          onClose={() => setComparing(false)}
        />
      )}
    </li>
  );
}

/** Whom nobody vouches for could have any sentence for a name: it stands in quotation marks. */
function nameOf({ type, signer, trusted }: SignatureReport): string {
  if (type === 'timestamp') return documentWords.timestampSignature;
  if (!signer?.subject) return documentWords.unknownSigner;
  return trusted ? plainLine(signer.subject, longestName) : quoted(signer.subject);
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
