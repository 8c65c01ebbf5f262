import type { ModuleInfo, TokenInfo } from '../../contract/token.ts';
import { isForSigning } from '../token/key-choice.ts';
import { driverName } from '../token/module-name.ts';
import { standingLook, tokenStanding } from '../token/token-standing.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Status } from '../ui/Status.tsx';
import { pinWords } from '../words/screens.ts';
import { careWords, tokenStandings } from '../words/token.ts';
import { CertificateItem } from './CertificateItem.tsx';
import { type Fact, TechnicalFacts } from './TechnicalFacts.tsx';
import styles from './TokenPanel.module.css';

interface TokenCardProps {
  module: ModuleInfo;
  token: TokenInfo;
  onChangePin(): void;
}

/** One token: what state it is in, in words, whose certificates it holds, and which driver shows it. */
export function TokenCard({ module, token, onChangePin }: TokenCardProps) {
  const name = token.label || careWords.unnamed;
  const standing = tokenStanding(token);
  const forSigning = token.certificates.filter(isForSigning);
  const others = token.certificates.filter((certificate) => !isForSigning(certificate));
  const seenBy = token.alsoSeenBy ?? [];
  const facts: Fact[] = [
    [careWords.driver, driverName(module)],
    [careWords.driverFile, module.path],
    [careWords.serial, token.serial],
    [careWords.maker, [token.manufacturer, token.model].filter(Boolean).join(', ')],
  ];
  if (seenBy.length > 0) facts.push([careWords.alsoSeenBy, seenBy.join('; ')]);
  return (
    <li className={styles.token} aria-label={name}>
      <div className={styles.head}>
        <Icon name="token" size={1.8} />
        <h3 className={styles.name}>{name}</h3>
        <Status {...standingLook[standing]}>{tokenStandings[standing]}</Status>
      </div>
      {standing === 'locked' && <p>{pinWords.locked}</p>}
      {token.certificates.length === 0 && standing !== 'blank' && <p>{careWords.noCertificates}</p>}
      {forSigning.length > 0 && (
        <ul className={styles.list} aria-label={careWords.certificates(name)}>
          {forSigning.map((certificate) => (
            <CertificateItem
              key={`${certificate.id} ${certificate.serial}`}
              certificate={certificate}
              token={token}
              modulePath={module.path}
            />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <details className={styles.details}>
          <summary>
            <Icon name="chevronRight" size={1} />
            {careWords.otherCertificates(others.length)}
          </summary>
          <ul>
            {others.map(({ id, serial, subject }) => (
              <li key={`${id} ${serial}`}>{subject}</li>
            ))}
          </ul>
        </details>
      )}
      {standing !== 'locked' && standing !== 'blank' && (
        <div className={styles.buttons}>
          <ActionButton icon="key" onPress={onChangePin}>
            {careWords.changePin}
          </ActionButton>
        </div>
      )}
      <TechnicalFacts facts={facts} />
    </li>
  );
}
