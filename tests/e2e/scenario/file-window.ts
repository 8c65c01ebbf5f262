import type { CDPSession, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { RunningApp } from '../launch.ts';
import { ConsentWindow } from './consent-window.ts';

/** How long something may take to be seen, in milliseconds: files are verified one after the other. */
const patienceMs = 25_000;

/** The window among the files on this computer, used as a person uses it; counts what the person does. */
export class FileWindow {
  readonly app: RunningApp;
  readonly page: Page;
  /** Presses and drops so far; typing a PIN and confirming it in the shell's window isn't counted. */
  actions = 0;

  constructor(app: RunningApp) {
    this.app = app;
    this.page = app.page;
    app.page.setDefaultTimeout(patienceMs);
  }

  /** Lets files or folders fall on the window, as the system does. */
  async drops(...paths: string[]): Promise<void> {
    this.actions += 1;
    const session: CDPSession = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data });
    }
    await session.detach();
  }

  async presses(name: string | RegExp, within: Locator | Page = this.page): Promise<void> {
    this.actions += 1;
    await within.getByRole('button', { name }).click();
  }

  row(name: string): Locator {
    return this.page.getByRole('grid', { name: 'Các tệp đã mở' }).getByRole('row', { name, exact: true });
  }

  /** The file's line says this. */
  async says(name: string, text: string | RegExp): Promise<void> {
    await this.row(name).getByText(text).first().waitFor();
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** The pages are drawn, so that what is shown can be signed. */
  async drawn(): Promise<void> {
    await this.page.locator('main canvas[data-drawn]').first().waitFor();
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }

  /** Presses the dialog's button and says yes in the shell's window, with the PIN. */
  async confirms(dialog: Locator, pin: string): Promise<void> {
    this.actions += 1;
    const consent = await ConsentWindow.after(this.app.app, () =>
      dialog.getByRole('button', { name: 'Xem lại và ký…' }).click(),
    );
    await consent.confirms(pin);
    await consent.closed();
    expect(consent.consoleErrors).toEqual([]);
  }
}
