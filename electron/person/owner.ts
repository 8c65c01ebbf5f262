import { BrowserWindow } from 'electron';

/** The program's main window, to which whatever asks the person belongs; null while there is none. */
export function mainWindow(): BrowserWindow | null {
  return BrowserWindow.getAllWindows().find((window) => window.getParentWindow() === null) ?? null;
}
