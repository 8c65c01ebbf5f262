import { useEffect, useState } from 'react';
import { GridList, type Key, type Selection } from 'react-aria-components/GridList';
import { useNavigate } from 'react-router';
import { type LocalFileCard, mostFiles } from '../../contract/local-file.ts';
import boxStyles from '../boxes/BoxScreen.module.css';
import { failureOf } from '../core/failure-of.ts';
import { useLocalFiles } from '../core/queries.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { markReady } from '../ui/ready.ts';
import { ScreenHeading } from '../ui/ScreenHeading.tsx';
import { fileWords } from '../words/local-file.ts';
import { common } from '../words/screens.ts';
import { FileRow } from './FileRow.tsx';
import { isSignable } from './file-look.ts';
import { RecentFiles } from './RecentFiles.tsx';
import { SignFilesDialog } from './SignFilesDialog.tsx';
import { useOpening, useOpenKey } from './use-files.ts';

/** The files on this computer that were opened, how the signatures of each stand, and the way to more. */
export function FilesScreen() {
  const list = useLocalFiles();
  const navigate = useNavigate();
  const { pick, run, failure } = useOpening();
  useOpenKey(pick);
  const settled = !list.isPending;
  useEffect(() => {
    if (settled) markReady();
  }, [settled]);
  const [selected, setSelected] = useState<ReadonlySet<Key>>(new Set());
  const [asking, setAsking] = useState<readonly LocalFileCard[] | null>(null);
  const files = list.data?.files ?? [];
  const signable = files.filter(isSignable);
  const chosen = signable.filter(({ id }) => selected.has(id));
  const select = (keys: Selection) =>
    setSelected(new Set(keys === 'all' ? signable.map(({ id }) => id) : keys));
  const clear = () =>
    void run((client) => client.files.close({ ids: files.slice(0, mostFiles).map(({ id }) => id) }));
  const isChoosable = signable.length > 1;
  return (
    <div className={boxStyles.screen}>
      <header className={boxStyles.header}>
        <ScreenHeading>{fileWords.title}</ScreenHeading>
        {files.length > 0 && <p className={boxStyles.count}>{fileWords.count(files.length)}</p>}
        <div className={boxStyles.chooser}>
          {isChoosable && chosen.length < signable.length && (
            <ActionButton look="quiet" icon="check" onPress={() => select('all')}>
              {fileWords.all(signable.length)}
            </ActionButton>
          )}
          {chosen.length > 0 && (
            <ActionButton look="quiet" onPress={() => setSelected(new Set())}>
              {fileWords.none}
            </ActionButton>
          )}
          {files.length > 0 && chosen.length === 0 && (
            <ActionButton look="quiet" icon="minus" onPress={clear}>
              {fileWords.clear}
            </ActionButton>
          )}
          <ActionButton icon="inbox" onPress={() => pick('folder')}>
            {fileWords.openFolder}
          </ActionButton>
          <ActionButton
            icon="document"
            look={chosen.length > 0 ? 'secondary' : 'primary'}
            onPress={() => pick('files')}
          >
            {fileWords.openFiles}
          </ActionButton>
          {chosen.length > 0 && (
            <ActionButton look="primary" icon="sign" onPress={() => setAsking(chosen)}>
              {fileWords.signMany(chosen.length)}
            </ActionButton>
          )}
        </div>
      </header>
      <p className={boxStyles.count}>
        {fileWords.intro} {fileWords.dropHint} {fileWords.keys}.
      </p>
      {failure && <FailureBanner failure={failure} heading={fileWords.openFailed} />}
      {list.error && <FailureBanner failure={failureOf(list.error)} />}
      {list.isPending && <p role="status">{common.loading}</p>}
      {list.data && (
        <GridList
          className={boxStyles.list ?? ''}
          aria-label={fileWords.list}
          items={files}
          selectionMode={isChoosable ? 'multiple' : 'none'}
          selectedKeys={selected}
          onSelectionChange={select}
          disabledKeys={isChoosable ? files.filter((file) => !isSignable(file)).map(({ id }) => id) : []}
          disabledBehavior="selection"
          dependencies={[isChoosable]}
          onAction={(id) => void navigate(`/file/${id}`)}
          renderEmptyState={() => (
            <EmptyState icon="document" title={fileWords.empty}>
              <p>{fileWords.dropHint}</p>
            </EmptyState>
          )}
        >
          {(file) => <FileRow file={file} isChoosable={isChoosable} />}
        </GridList>
      )}
      {list.data && (
        <RecentFiles
          recent={list.data.recent.filter(({ name, folder }) => !isListed(files, name, folder))}
          onOpen={(id) => void run((client) => client.files.reopen({ id }))}
          onForget={(id) => void run((client) => client.files.forget({ id }))}
        />
      )}
      {asking && (
        <SignFilesDialog
          files={asking}
          onStarted={() => {
            setSelected(new Set());
            void navigate('/batch');
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

/** What stands in the list above needn't be offered again. */
function isListed(files: readonly LocalFileCard[], name: string, folder: string): boolean {
  return files.some((file) => file.name === name && file.folder === folder);
}
