import { app, BrowserWindow, dialog } from 'electron';

/** What a driver's file is called, by system. */
const extensions: Partial<Record<NodeJS.Platform, string[]>> = {
  win32: ['dll'],
  darwin: ['dylib', 'so', 'bundle'],
  // Names carry a version behind the extension (libx.so.3), which no filter can say.
  linux: ['*'],
};

const words = {
  vi: { title: 'Chọn tệp điều khiển của thiết bị ký số', driver: 'Tệp điều khiển PKCS#11', all: 'Mọi tệp' },
  en: { title: "Choose the signing token's driver file", driver: 'PKCS#11 driver', all: 'All files' },
};

/**
 * Asks the person for a driver's file; null where they cancel. The dialog belongs to the window, so that it can't open behind
 * it. Which library a program loads is decided here, by a person's hand, and never by the page.
 */
export async function pickModule(): Promise<string | null> {
  const { title, driver, all } = app.getLocale().startsWith('en') ? words.en : words.vi;
  const filters = [
    { name: driver, extensions: extensions[process.platform] ?? ['*'] },
    { name: all, extensions: ['*'] },
  ];
  const [window] = BrowserWindow.getAllWindows();
  const options: Electron.OpenDialogOptions = { title, filters, properties: ['openFile'] };
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths[0] ?? null;
}
