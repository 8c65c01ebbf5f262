import { implement } from '@orpc/server';
import { desktopContract } from '../../../../contract/desktop.ts';
import { AppError } from '../../../../contract/failure.ts';
import type { LocalFile, LocalFileCard, LocalFiles } from '../../../../contract/local-file.ts';

/** What is on the list of files on this computer; nothing of it is ever signed here. */
export function fakeFiles(state: { localFiles: readonly LocalFile[]; savedAs: string | null }) {
  const { files } = implement(desktopContract);
  const list = (): LocalFiles => ({
    files: state.localFiles.map(cardOf),
    recent: [],
    arrival: { number: 0, ids: [] },
  });
  const byId = (id: string) => {
    const found = state.localFiles.find((file) => file.id === id);
    if (!found) throw new AppError('file-missing');
    return found;
  };
  const place = {
    ...{ page: 1, box: { x: 120, y: 220, width: 50, height: 25 }, isFixed: false },
    pageSize: { width: 210, height: 297 },
  };
  const nothing = () => {
    throw new AppError('cancelled');
  };
  return {
    list: files.list.handler(list),
    get: files.get.handler(({ input }) => byId(input.id)),
    pick: files.pick.handler(() => ({ picked: false })),
    reopen: files.reopen.handler(({ input }) => ({ id: byId(input.id).id })),
    close: files.close.handler(list),
    forget: files.forget.handler(list),
    checkAgain: files.checkAgain.handler(({ input }) => byId(input.id)),
    place: files.place.handler(() => place),
    sign: files.sign.handler(nothing),
    signAll: files.signAll.handler(nothing),
    saveAs: files.saveAs.handler(() => ({ path: state.savedAs })),
    reveal: files.reveal.handler(() => ({})),
  };
}

function cardOf(file: LocalFile): LocalFileCard {
  const { id, name, folder, state, failure, openedAt, signedFrom, verification } = file;
  return {
    ...{ id, name, folder, state, failure, openedAt, signedFrom },
    ...{ digest: file.file?.digest ?? null, verdict: verification?.verdict ?? null },
  };
}
