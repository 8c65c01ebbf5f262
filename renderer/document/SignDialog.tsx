import { type FormEvent, lazy, Suspense, useId, useState } from 'react';
import type { DeskDocument, TokenState } from '../../contract/desktop.ts';
import { verdictText } from '../../contract/messages/message.ts';
import type { ShownFile } from '../../contract/shown.ts';
import type { StampPlace } from '../../contract/stamp-place.ts';
import type { KeyReference } from '../../contract/token.ts';
import { usePlace, useStanding, useTokens } from '../core/queries.ts';
import { KeyEntryFields } from '../token/KeyEntryFields.tsx';
import { useKeyEntry } from '../token/use-key-entry.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { placeWords } from '../words/place.ts';
import { common, dialogWords } from '../words/screens.ts';
import { checkedDocument } from './checked-file.ts';
import { DocumentName } from './DocumentName.tsx';
import { FindingsNotice } from './FindingsNotice.tsx';
import { PlaceNote } from './PlaceNote.tsx';
import styles from './SignDialog.module.css';
import { useAct } from './use-act.ts';

// PDF.js comes with it.
const PlacePicker = lazy(() => import('./PlacePicker.tsx'));

interface SignDialogProps {
  act: 'approve' | 'seal';
  document: DeskDocument;
  shown: ShownFile;
  /** The key to offer first where several would do. */
  wanted: KeyReference | null;
  onClose(): void;
}

const words = {
  approve: { title: dialogWords.approveTitle, confirm: dialogWords.approveConfirm },
  seal: { title: dialogWords.sealTitle, confirm: dialogWords.sealConfirm },
} as const;

/** Which document, whose certificate, and where; the shell's own window then asks for the yes, and for the PIN. */
export function SignDialog(props: SignDialogProps) {
  const tokens = useTokens().data;
  return tokens ? <Form {...props} tokens={tokens} /> : null;
}

function Form({ act, document, shown, wanted, onClose, tokens }: SignDialogProps & { tokens: TokenState }) {
  const entry = useKeyEntry(tokens, act, { wanted });
  // Asked while the person reads; a revoked certificate signs nothing, so nobody is asked to confirm in vain.
  const refused = useStanding(entry.chosen?.key ?? null).data?.state === 'refused';
  const place = usePlace(document, act, entry.chosen?.key ?? null);
  const [chosen, setChosen] = useState<StampPlace | null>(null);
  const run = useAct(document);
  const formId = useId();
  const hintId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const taken = refused ? null : entry.take();
    if (!taken) return;
    const how = { shown, use: { key: taken.key }, ...(chosen && { place: chosen }) };
    run(act, async () => (client, id) => client.documents[act]({ id, ...how }));
    onClose();
  };
  const doubtful = document.verification?.verdict === 'indeterminate';
  return (
    <DialogFrame
      title={words[act].title}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <ActionButton onPress={onClose}>{common.cancel}</ActionButton>
          <ActionButton type="submit" form={formId} look="primary" isDisabled={!entry.usable || refused}>
            {words[act].confirm}
          </ActionButton>
        </>
      }
    >
      <div className={styles.sides}>
        <div className={styles.fields}>
          <DocumentName of={checkedDocument(document)} />
          {doubtful && <Banner tone="doubt" title={verdictText('indeterminate').sentence} />}
          <FindingsNotice findings={document.verification?.findings} />
          <form id={formId} className={styles.form} onSubmit={submit} noValidate>
            <KeyEntryFields purpose={act} entry={entry} />
          </form>
          {place.data && (
            <PlaceNote planned={place.data} chosen={chosen} hintId={hintId} onReset={() => setChosen(null)} />
          )}
        </div>
        <div className={styles.place}>
          {place.data && document.file ? (
            <Suspense fallback={<p role="status">{placeWords.finding}</p>}>
              <PlacePicker
                file={document.file}
                planned={place.data}
                chosen={chosen}
                onChoose={setChosen}
                hintId={hintId}
              />
            </Suspense>
          ) : (
            entry.chosen && <p>{place.isFetching ? placeWords.finding : placeWords.unknown}</p>
          )}
        </div>
      </div>
    </DialogFrame>
  );
}
