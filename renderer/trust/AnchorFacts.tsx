import type { AnchorCertificate, TrustAnchor } from '../../contract/trust.ts';
import { type Fact, FactList } from '../document/FactList.tsx';
import { dayText, instantText } from '../words/format.ts';
import { trustWords } from '../words/trust.ts';
import styles from './TrustScreen.module.css';

/** What a person decides by: whose it is, until when, and the digits to compare with those that its owner publishes. */
export function AnchorFacts({ anchor }: { anchor: AnchorCertificate | TrustAnchor }) {
  const facts: Fact[] = [
    [trustWords.validity, trustWords.fromTo(dayText(anchor.notBefore), dayText(anchor.notAfter))],
    [trustWords.issuer, anchor.isRoot ? trustWords.self : anchor.issuer],
    [trustWords.serial, anchor.serial],
    [trustWords.fingerprint, <Fingerprint key="fingerprint" value={anchor.fingerprint} />],
  ];
  if ('source' in anchor) {
    const { addedBy, addedAt } = anchor;
    facts.push([
      trustWords.source,
      addedBy && addedAt ? trustWords.added(addedBy, instantText(addedAt)) : trustWords.configured,
    ]);
  }
  return <FactList facts={facts} />;
}

/** In groups of four, as people read digits to each other. */
export function Fingerprint({ value }: { value: string }) {
  return <span className={styles.fingerprint}>{value.toUpperCase().match(/.{4}/g)?.join(' ')}</span>;
}
