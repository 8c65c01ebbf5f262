import { type FormEvent, lazy, Suspense, useId, useState } from 'react';
import { useNavigate } from 'react-router';
import type { TokenState } from '../../contract/desktop.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { LocalFile } from '../../contract/local-file.ts';
import { verdictText } from '../../contract/messages/message.ts';
import type { StampPlace } from '../../contract/stamp-place.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import { useLocalPlace, useStanding, useTokens } from '../core/queries.ts';
import { FindingsNotice } from '../document/FindingsNotice.tsx';
import { PlaceNote } from '../document/PlaceNote.tsx';
import dialogStyles from '../document/SignDialog.module.css';
import { KeyEntryFields } from '../token/KeyEntryFields.tsx';
import { useKeyEntry } from '../token/use-key-entry.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { fileWords } from '../words/local-file.ts';
import { placeWords } from '../words/place.ts';
import { common } from '../words/screens.ts';
import { StampFields } from './StampFields.tsx';
import { useCalmWish, useStampWish } from './use-stamp-wish.ts';

// PDF.js comes with it.
const PlacePicker = lazy(() => import('../document/PlacePicker.tsx'));

interface SignFileDialogProps {
  file: LocalFile;
  /** What was shown when the person pressed. */
  digest: FileDigest;
  onClose(): void;
}

/** Which stamp, whose certificate, and where; the shell's own window then asks for the yes, and for the PIN. */
export function SignFileDialog(props: SignFileDialogProps) {
  const tokens = useTokens().data;
  return tokens ? <Form {...props} tokens={tokens} /> : null;
}

function Form({ file, digest, onClose, tokens }: SignFileDialogProps & { tokens: TokenState }) {
  const { act, typed, wish, choose, setTyped } = useStampWish(tokens);
  const entry = useKeyEntry(tokens, act);
  const key = entry.chosen?.key ?? null;
  const refused = useStanding(key).data?.state === 'refused';
  const place = useLocalPlace(file.id, useCalmWish(wish), key);
  const [chosen, setChosen] = useState<StampPlace | null>(null);
  const [isIncomplete, setIncomplete] = useState(false);
  const sign = useSigning(file);
  const formId = useId();
  const hintId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIncomplete(wish === null);
    const taken = refused || wish === null ? null : entry.take();
    if (!taken || wish === null) return;
    sign({ digest, stamp: wish, key: taken.key, ...(chosen && { place: chosen }) });
    onClose();
  };
  return (
    <DialogFrame
      title={fileWords.dialogTitle(file.name)}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <ActionButton onPress={onClose}>{common.cancel}</ActionButton>
          <ActionButton type="submit" form={formId} look="primary" isDisabled={!entry.usable || refused}>
            {fileWords.confirm}
          </ActionButton>
        </>
      }
    >
      <div className={dialogStyles.sides}>
        <div className={dialogStyles.fields}>
          {file.verification?.verdict === 'indeterminate' && (
            <Banner tone="doubt" title={verdictText('indeterminate').sentence} />
          )}
          <FindingsNotice findings={file.verification?.findings} />
          <form id={formId} className={dialogStyles.form} onSubmit={submit} noValidate>
            <StampFields
              act={act}
              typed={typed}
              onAct={(next) => {
                choose(next);
                setChosen(null);
              }}
              onTyped={setTyped}
            />
            {isIncomplete && wish === null && <p role="status">{fileWords.incomplete}</p>}
            <KeyEntryFields purpose={act} entry={entry} />
          </form>
          {place.data && (
            <PlaceNote planned={place.data} chosen={chosen} hintId={hintId} onReset={() => setChosen(null)} />
          )}
        </div>
        <div className={dialogStyles.place}>
          {place.data && file.file ? (
            <Suspense fallback={<p role="status">{placeWords.finding}</p>}>
              <PlacePicker
                file={file.file}
                planned={place.data}
                chosen={chosen}
                onChoose={setChosen}
                hintId={hintId}
              />
            </Suspense>
          ) : (
            key && wish && <p>{place.isError ? placeWords.unknown : placeWords.finding}</p>
          )}
        </div>
      </div>
    </DialogFrame>
  );
}

/** Starts the signature; how it goes stands on the board, and the signed file is shown. */
function useSigning({ id, name }: LocalFile) {
  const { core, acts, queries } = useDesk();
  const navigate = useNavigate();
  type Input = Omit<Parameters<Parameters<Parameters<typeof core.call>[0]>[0]['files']['sign']>[0], 'id'>;
  return (input: Input) => {
    void acts.run(id, input.stamp.act, name, async () => {
      try {
        const signed = await core.call((client) => client.files.sign({ id, ...input }), actDeadlineMs);
        queries.setQueryData(['files', 'one', signed.id], signed);
        void navigate(`/file/${signed.id}`);
        return signed.warning ?? null;
      } finally {
        // Also after a failure: tries left may have changed by it.
        for (const topic of ['files', 'tokens']) void queries.invalidateQueries({ queryKey: [topic] });
      }
    });
  };
}
