import { useEffect, useState } from 'react';
import type { AnchorCertificate, TrustState } from '../../contract/trust.ts';
import { failureOf } from '../core/failure-of.ts';
import { useTrust } from '../core/queries.ts';
import { ErrandBanner } from '../token-care/ErrandBanner.tsx';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { FocusPlace } from '../ui/FocusPlace.tsx';
import { reachable } from '../ui/reachable.ts';
import { markReady } from '../ui/ready.ts';
import { ScreenHeading } from '../ui/ScreenHeading.tsx';
import { common } from '../words/screens.ts';
import { trustWords } from '../words/trust.ts';
import { AnchorFacts, Fingerprint } from './AnchorFacts.tsx';
import { TrustDialog } from './TrustDialog.tsx';
import styles from './TrustScreen.module.css';
import { useTrustChange } from './use-trust-change.ts';

/** Whom this office trusts, since when and by whose word; others can be added from a file, and taken away again. */
export function TrustScreen() {
  const trust = useTrust();
  const { ask, change, outcome, setOutcome, isGoing } = useTrustChange();
  const [adding, setAdding] = useState<readonly AnchorCertificate[]>([]);
  const [removing, setRemoving] = useState<AnchorCertificate | null>(null);
  useEffect(() => {
    if (!trust.isPending) markReady();
  }, [trust.isPending]);
  const pick = async () => {
    const picked = await ask((client) => client.trust.pick({}));
    if (picked?.candidates) setAdding(picked.candidates);
    else if (picked) setOutcome({ kind: 'nothing', note: trustWords.nothing });
  };
  const [next, ...others] = adding;
  const add = (anchor: AnchorCertificate) => {
    setAdding(others);
    const { fingerprint, subject } = anchor;
    void change(trustWords.doneAdd(subject), (client) => client.trust.add({ fingerprint }));
  };
  const remove = (anchor: AnchorCertificate) => {
    setRemoving(null);
    const { fingerprint, subject } = anchor;
    void change(trustWords.doneRemove(subject), (client) => client.trust.remove({ fingerprint }));
  };
  return (
    <div ref={reachable} className={styles.screen}>
      <div className={styles.column}>
        <header className={styles.header}>
          <ScreenHeading>{trustWords.title}</ScreenHeading>
          <ActionButton look="primary" icon="plus" isPending={isGoing} onPress={() => void pick()}>
            {isGoing ? trustWords.working : trustWords.addFromFile}
          </ActionButton>
        </header>
        <p className={styles.quiet}>{trustWords.intro}</p>
        {outcome && (
          <FocusPlace>
            <ErrandBanner outcome={outcome} />
          </FocusPlace>
        )}
        {trust.isPending && <p role="status">{common.loading}</p>}
        {trust.error && !trust.data && <FailureBanner failure={failureOf(trust.error)} />}
        {trust.data && (
          <Lists
            state={trust.data}
            isBusy={isGoing}
            onRemove={setRemoving}
            onAdd={(fingerprint, name) =>
              void change(trustWords.doneAdd(name), (client) => client.trust.add({ fingerprint }))
            }
          />
        )}
        {next && (
          <TrustDialog
            key={next.fingerprint}
            change="add"
            anchor={next}
            onConfirm={() => add(next)}
            onClose={() => setAdding(others)}
          />
        )}
        {removing && (
          <TrustDialog
            change="remove"
            anchor={removing}
            onConfirm={() => remove(removing)}
            onClose={() => setRemoving(null)}
          />
        )}
      </div>
    </div>
  );
}

interface ListsProps {
  state: TrustState;
  isBusy: boolean;
  onRemove(anchor: AnchorCertificate): void;
  onAdd(fingerprint: string, name: string): void;
}

function Lists({ state: { anchors, known, unconfirmed = [] }, isBusy, onRemove, onAdd }: ListsProps) {
  return (
    <>
      {unconfirmed.length > 0 && (
        <>
          <h2>{trustWords.unconfirmed}</h2>
          <Banner tone="doubt" title={trustWords.unconfirmedHint} />
          <ul className={styles.list} aria-label={trustWords.unconfirmed}>
            {unconfirmed.map((anchor) => (
              <li key={anchor.fingerprint} className={styles.card} aria-label={anchor.subject}>
                <p className={styles.name}>{anchor.subject}</p>
                <AnchorFacts anchor={anchor} />
                <ActionButton look="danger" isDisabled={isBusy} onPress={() => onRemove(anchor)}>
                  {trustWords.remove(anchor.subject)}
                </ActionButton>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{trustWords.list}</h2>
      {anchors.length === 0 && <p>{trustWords.empty}</p>}
      <ul className={styles.list} aria-label={trustWords.list}>
        {anchors.map((anchor) => (
          <li key={anchor.fingerprint} className={styles.card} aria-label={anchor.subject}>
            <p className={styles.name}>{anchor.subject}</p>
            {anchor.organisation !== anchor.subject && <p>{anchor.organisation}</p>}
            <AnchorFacts anchor={anchor} />
            {anchor.source === 'added' && (
              <ActionButton look="danger" isDisabled={isBusy} onPress={() => onRemove(anchor)}>
                {trustWords.remove(anchor.subject)}
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
      {known.length > 0 && (
        <>
          <h2>{trustWords.known}</h2>
          <p className={styles.quiet}>{trustWords.knownHint}</p>
          <ul className={styles.list} aria-label={trustWords.known}>
            {known.map(({ fingerprint, name, url }) => (
              <li key={fingerprint} className={styles.card} aria-label={name}>
                <p className={styles.name}>{name}</p>
                <p className={styles.quiet}>
                  {trustWords.address}: {url}
                </p>
                <Fingerprint value={fingerprint} />
                <ActionButton isDisabled={isBusy} onPress={() => onAdd(fingerprint, name)}>
                  {trustWords.add(name)}
                </ActionButton>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
