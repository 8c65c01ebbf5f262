import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { ConsentQuestion, ConsentReply } from '../../contract/consent.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Icon } from '../ui/Icon.tsx';
import { markReady } from '../ui/ready.ts';
import { consentConfirms, consentTitles, consentWords } from '../words/consent.ts';
import { common } from '../words/screens.ts';
import { ConsentForm } from './ConsentForm.tsx';
import styles from './ConsentScreen.module.css';
import { DocumentList } from './DocumentList.tsx';
import { DocumentPages } from './DocumentPages.tsx';
import { Notes } from './Notes.tsx';
import { SignerCard } from './SignerCard.tsx';
import { TypedStamp } from './TypedStamp.tsx';
import { useSettled } from './use-settled.ts';

interface ConsentScreenProps {
  question: ConsentQuestion;
  onReply(reply: ConsentReply): void;
}

/** What is about to be signed, by whom, and the one yes that it takes. */
export function ConsentScreen({ question, onReply }: ConsentScreenProps) {
  const { act, stamp, documents, resumed, certificate } = question;
  const [shown, setShown] = useState(0);
  const [drawn, setDrawn] = useState(false);
  // The question that was answered: asked again, it is another one.
  const [answered, setAnswered] = useState<ConsentQuestion | null>(null);
  const working = answered === question;
  const settled = useSettled(drawn && !working);
  const heading = useRef<HTMLHeadingElement>(null);
  const formId = useId();
  const settlingId = useId();
  const count = documents.length;
  const title = count === 1 ? consentTitles[act].one : consentTitles[act].many(count);
  const document_ = documents[shown] ?? documents[0];

  useEffect(() => {
    document.title = title;
    markReady();
    // Read out first where nothing is to be typed; else the field has the focus.
    if (!document.hasFocus() || document.activeElement === document.body) heading.current?.focus();
  }, [title]);

  const cancel = useCallback(() => {
    if (!working) onReply({ say: 'cancel' });
  }, [working, onReply]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') cancel();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [cancel]);

  return (
    <main className={styles.screen} aria-labelledby="title">
      <header className={styles.header}>
        <Icon name={act === 'seal' || act === 'incoming' ? 'seal' : 'sign'} size={1.8} />
        <div>
          <h1 id="title" ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <p className={styles.advice}>{resumed ? consentWords.resumed : consentWords.advice}</p>
        </div>
      </header>
      <div className={styles.body}>
        {document_ && <DocumentPages key={shown} document={document_} onDrawn={setDrawn} />}
        <div className={styles.facts}>
          <div className={styles.about}>
            {count === 1 ? (
              <section aria-label={consentWords.document} className={styles.subject}>
                {document_?.subject}
              </section>
            ) : (
              <DocumentList documents={documents} shown={shown} onShow={setShown} />
            )}
            {stamp && <TypedStamp stamp={stamp} />}
            {document_ && <Notes document={document_} warning={certificate.warning} />}
            <SignerCard question={question} />
          </div>
          <div className={styles.ask}>
            <ConsentForm
              id={formId}
              question={question}
              settled={settled}
              working={working}
              onConfirm={(pin, lastTryConfirmed) => {
                setAnswered(question);
                void pin.then(
                  (sealed) => onReply({ say: 'confirm', pin: sealed, lastTryConfirmed }),
                  cancelled,
                );
              }}
            />
          </div>
        </div>
      </div>
      <footer className={styles.actions}>
        <p id={settlingId} className="visually-hidden">
          {settled ? '' : consentWords.settling}
        </p>
        <ActionButton onPress={cancel} isDisabled={working}>
          {common.cancel}
        </ActionButton>
        <ActionButton
          type="submit"
          form={formId}
          look="primary"
          describedBy={settlingId}
          isDisabled={!settled || working}
        >
          {count === 1 ? consentConfirms[act].one : consentConfirms[act].many(count)}
        </ActionButton>
      </footer>
    </main>
  );

  /** A PIN that can't be sealed is no yes. */
  function cancelled(): void {
    onReply({ say: 'cancel' });
  }
}
