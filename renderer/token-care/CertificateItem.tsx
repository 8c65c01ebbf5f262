import type { CertificateInfo, TokenInfo } from '../../contract/token.ts';
import { CertificateStanding } from '../token/CertificateStanding.tsx';
import { expiryLook, expiryOf, isReplaced } from '../token/expiry.ts';
import { refusalOf } from '../token/key-choice.ts';
import { Icon } from '../ui/Icon.tsx';
import { Status } from '../ui/Status.tsx';
import { dayText } from '../words/format.ts';
import { documentWords, tokenWords } from '../words/screens.ts';
import { careWords, expiryWords } from '../words/token.ts';
import { unfitnessWords } from '../words/vi.ts';
import styles from './TokenPanel.module.css';

interface CertificateItemProps {
  certificate: CertificateInfo;
  token: TokenInfo;
  modulePath: string;
}

/** One certificate: whose, by whom, from when until when, and how long that still is. */
export function CertificateItem({ certificate, token, modulePath }: CertificateItemProps) {
  const { subject, holder, organisation, issuer, notBefore, notAfter } = certificate;
  const now = new Date();
  const expiry = expiryOf(certificate, now);
  const replaced = isReplaced(certificate, token.certificates, now);
  const warning = expiryLook(expiry);
  const refusal = refusalOf({ certificate, token }, now);
  return (
    <li className={styles.certificate} aria-label={subject}>
      <p className={styles.subject}>
        <Icon name={holder === 'agency' ? 'seal' : 'person'} />
        {subject}
      </p>
      <p>
        {tokenWords.holder[holder]}
        {organisation && organisation !== subject && ` – ${organisation}`}
      </p>
      <p className={styles.quiet}>{tokenWords.issuer(issuer)}</p>
      <p className={styles.quiet}>
        {documentWords.validFromTo(dayText(notBefore), dayText(notAfter))}
        {expiry.kind === 'fine' && ` (${expiryWords.left(expiry.days)})`}
      </p>
      {warning && (
        <>
          <Status tone={warning.tone} icon={warning.icon}>
            {warning.word}
          </Status>
          <p>{replaced ? expiryWords.replaced : warning.advice}</p>
        </>
      )}
      {refusal && refusal !== 'expired' && (
        <Status tone="bad" icon="cross">
          {careWords.unfit(unfitnessWords[refusal])}
        </Status>
      )}
      {!refusal && !warning && (
        <Status tone="good" icon="check">
          {careWords.fit}
        </Status>
      )}
      {!refusal && (
        <CertificateStanding
          certificate={{ modulePath, tokenSerial: token.serial, certificateId: certificate.id }}
          brief
        />
      )}
    </li>
  );
}
