import { dialog } from 'electron';
import type { Confirmation } from '../../contract/consent.ts';
import { confirmationText } from '../../contract/messages/confirmation.ts';
import { mainWindow } from './owner.ts';

/**
 * Has the person agree to a step, in a dialog of the system's above the main window. "No" is what Enter and Esc
 * press: keys that were meant for something else agree to nothing.
 */
export async function confirmStep(confirmation: Confirmation): Promise<boolean> {
  const { question, detail, yes, no } = confirmationText(confirmation);
  const options: Electron.MessageBoxOptions = {
    type: 'warning',
    title: 'Ấn Tín',
    message: question,
    detail,
    buttons: [no, yes],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const owner = mainWindow();
  const { response } = await (owner ? dialog.showMessageBox(owner, options) : dialog.showMessageBox(options));
  return response === 1;
}
