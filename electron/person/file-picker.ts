import path from 'node:path';
import { app, dialog } from 'electron';
import type { TargetKind } from '../../contract/shell.ts';
import { mainWindow } from './owner.ts';

/** What a driver's file is called, by system. */
const extensions: Partial<Record<NodeJS.Platform, string[]>> = {
  win32: ['dll'],
  darwin: ['dylib', 'so', 'bundle'],
  // Names carry a version behind the extension (libx.so.3), which no filter can say.
  linux: ['*'],
};

interface Words {
  readonly driver: { readonly title: string; readonly filter: string };
  readonly certificate: { readonly title: string; readonly filter: string };
  readonly documents: { readonly files: string; readonly folder: string; readonly filter: string };
  readonly target: Record<TargetKind, { readonly title: string; readonly filter: string }>;
  readonly all: string;
}

const vietnamese: Words = {
  driver: { title: 'Chọn tệp điều khiển của thiết bị ký số', filter: 'Tệp điều khiển PKCS#11' },
  certificate: { title: 'Chọn chứng thư số của tổ chức chứng thực', filter: 'Chứng thư số' },
  documents: { files: 'Chọn tệp PDF trên máy', folder: 'Chọn thư mục có tệp PDF', filter: 'Tệp PDF' },
  target: {
    document: { title: 'Lưu văn bản thành', filter: 'Tệp PDF' },
    diagnosis: { title: 'Lưu kết quả kiểm tra thiết bị ký số', filter: 'Tệp nén ZIP' },
    'flat-copy': { title: 'Lưu bản sao phẳng của văn bản', filter: 'Tệp PDF' },
    report: { title: 'Lưu báo cáo kiểm tra chữ ký số', filter: 'Tệp PDF' },
  },
  all: 'Mọi tệp',
};

const english: Words = {
  driver: { title: "Choose the signing token's driver file", filter: 'PKCS#11 driver' },
  certificate: { title: "Choose the authority's certificate", filter: 'Certificate' },
  documents: { files: 'Choose PDF files', folder: 'Choose a folder of PDF files', filter: 'PDF' },
  target: {
    document: { title: 'Save the document as', filter: 'PDF' },
    diagnosis: { title: "Save what was found about this computer's tokens", filter: 'ZIP archive' },
    'flat-copy': { title: 'Save a flat copy of the document', filter: 'PDF' },
    report: { title: 'Save the verification report', filter: 'PDF' },
  },
  all: 'All files',
};

function words(): Words {
  return app.getLocale().startsWith('en') ? english : vietnamese;
}

const targetExtensions: Record<TargetKind, string> = {
  ...{ diagnosis: 'zip', document: 'pdf', 'flat-copy': 'pdf', report: 'pdf' },
};

/**
 * Asks the person for a driver's file; null where they cancel. Which library a program loads is decided here, by a
 * person's hand, and never by the page.
 */
export async function pickModule(): Promise<string | null> {
  return pickFile(words().driver, extensions[process.platform] ?? ['*']);
}

/**
 * Asks the person for the certificate of an authority that is to be trusted; null where they cancel. Never the page's
 * choice.
 */
export async function pickCertificate(): Promise<string | null> {
  return pickFile(words().certificate, ['crt', 'cer', 'pem', 'der', 'p7b', 'p7c']);
}

/** Asks the person for documents, or for a folder of them; none where they cancel. */
export async function pickDocuments(what: 'files' | 'folder'): Promise<string[]> {
  const { documents, all } = words();
  const options: Electron.OpenDialogOptions = {
    title: documents[what],
    properties: what === 'files' ? ['openFile', 'multiSelections'] : ['openDirectory'],
    filters: [
      { name: documents.filter, extensions: ['pdf'] },
      { name: all, extensions: ['*'] },
    ],
  };
  const window = mainWindow();
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? [] : filePaths;
}

async function pickFile(
  { title, filter }: { readonly title: string; readonly filter: string },
  extensions: string[],
): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    title,
    filters: [
      { name: filter, extensions },
      { name: words().all, extensions: ['*'] },
    ],
    properties: ['openFile'],
  };
  // Dialogs belong to the window, so that they can't open behind it.
  const window = mainWindow();
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths[0] ?? null;
}

/**
 * Asks the person where to save a file; null where they cancel. The system asks before another file's place is taken,
 * on Linux only where it is told to.
 */
export async function pickTarget(
  kind: TargetKind,
  name: string,
  folder = app.getPath('documents'),
): Promise<string | null> {
  const { title, filter } = words().target[kind];
  const options: Electron.SaveDialogOptions = {
    title,
    // The name alone: whoever asks must not reach into another folder with it.
    defaultPath: path.join(folder, path.basename(name)),
    filters: [{ name: filter, extensions: [targetExtensions[kind]] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  };
  // Dialogs belong to the window, so that they can't open behind it.
  const window = mainWindow();
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}
