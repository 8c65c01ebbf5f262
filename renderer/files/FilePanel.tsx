import { useState } from 'react';
import type { DocumentId, FileDigest } from '../../contract/identity.ts';
import type { LocalFile } from '../../contract/local-file.ts';
import { useActs } from '../core/desk-context.ts';
import { ActOutcome } from '../document/ActOutcome.tsx';
import { checkedLocalFile } from '../document/checked-file.ts';
import panelStyles from '../document/Panel.module.css';
import { Signatures } from '../document/Signatures.tsx';
import { ErrandBanner } from '../token-care/ErrandBanner.tsx';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { FocusPlace } from '../ui/FocusPlace.tsx';
import { reachable } from '../ui/reachable.ts';
import { fileWords } from '../words/local-file.ts';
import { signingObstacle } from './file-look.ts';
import { SignFileDialog } from './SignFileDialog.tsx';
import { useFileErrand } from './use-file-errand.ts';

interface FilePanelProps {
  file: LocalFile;
  /** The file whose pages are drawn beside it; null where none are. */
  drawn: FileDigest | null;
  /** Opens a page, from 1. */
  onGo(page: number): void;
}

/** What is known of a file, and at its foot what to do with it. */
export function FilePanel({ file, drawn, onGo }: FilePanelProps) {
  const isSigned = file.signedFrom !== null;
  return (
    <section className={panelStyles.panel} aria-label={fileWords.panel}>
      <section ref={reachable} className={panelStyles.scroll} aria-label={fileWords.panelRead} data-region>
        {isSigned && file.state === 'open' && (
          <div className={panelStyles.section}>
            <Banner tone="good" icon="save" title={fileWords.signedInto(file.name)} />
          </div>
        )}
        <Signatures checked={checkedLocalFile(file)} onGo={onGo}>
          {file.verification?.verdict === 'indeterminate' && <CheckAgain id={file.id} />}
        </Signatures>
      </section>
      <div className={panelStyles.foot}>
        <div className={panelStyles.news}>
          {file.signedFrom && <ActOutcome id={file.signedFrom} waiting={null} />}
          <ActOutcome id={file.id} waiting={null} />
          {file.state === 'unsaved' && <Unsaved file={file} />}
        </div>
        <FileActions key={file.file?.digest} file={file} drawn={drawn} />
      </div>
    </section>
  );
}

/** What nobody could say without a line may be known by now. */
function CheckAgain({ id }: { id: DocumentId }) {
  const { run, outcome } = useFileErrand();
  const again = () =>
    run(fileWords.checkFailed, async (client) => {
      await client.files.checkAgain({ id });
      return null;
    });
  return (
    <>
      <div className={panelStyles.ways}>
        <ActionButton look="quiet" icon="refresh" onPress={again}>
          {fileWords.checkAgain}
        </ActionButton>
      </div>
      <ErrandBanner outcome={outcome} />
    </>
  );
}

/** Signed, and nowhere but in the program's own store. */
function Unsaved({ file: { failure } }: { file: LocalFile }) {
  return (
    <>
      {failure ? (
        <FailureBanner failure={failure} heading={fileWords.unsavedTitle} />
      ) : (
        <Banner tone="doubt" title={fileWords.unsavedTitle} />
      )}
      <p>{fileWords.unsavedAdvice}</p>
    </>
  );
}

function FileActions({ file, drawn }: { file: LocalFile; drawn: FileDigest | null }) {
  const { id, state } = file;
  const { run, outcome } = useFileErrand();
  // What was before the person's eyes when they pressed.
  const [asking, setAsking] = useState<FileDigest | null>(null);
  const isBusy = useActs().get(id)?.kind === 'running';
  const isDrawn = drawn !== null && drawn === file.file?.digest;
  const obstacle =
    signingObstacle(file.verification?.verdict ?? null, file.verification?.findings) ??
    (isDrawn ? null : fileWords.notShown);
  const saveAs = () =>
    run(fileWords.saveFailed, async (client) => {
      const { path } = await client.files.saveAs({ id });
      return path === null ? { nothing: fileWords.notSaved } : { done: fileWords.saved(path) };
    });
  const reveal = () =>
    run(fileWords.revealFailed, async (client) => {
      await client.files.reveal({ id });
      return null;
    });
  const saves = state === 'unsaved' ? 'primary' : 'secondary';
  return (
    <>
      {outcome && (
        <FocusPlace>
          <ErrandBanner outcome={outcome} />
        </FocusPlace>
      )}
      {obstacle && state === 'open' && <p id={`${id}-obstacle`}>{obstacle}</p>}
      <div className={panelStyles.buttons}>
        {state === 'open' && (
          <ActionButton
            look="primary"
            icon="sign"
            isDisabled={obstacle !== null || isBusy}
            describedBy={obstacle ? `${id}-obstacle` : undefined}
            onPress={() => setAsking(drawn)}
          >
            {fileWords.sign}
          </ActionButton>
        )}
        <ActionButton look={saves} icon="save" onPress={saveAs}>
          {fileWords.saveAs}
        </ActionButton>
        {state === 'open' && (
          <ActionButton look="quiet" icon="inbox" onPress={reveal}>
            {fileWords.reveal}
          </ActionButton>
        )}
      </div>
      {asking && <SignFileDialog file={file} digest={asking} onClose={() => setAsking(null)} />}
    </>
  );
}
