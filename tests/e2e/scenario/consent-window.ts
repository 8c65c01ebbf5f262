import type { ElectronApplication, Locator, Page } from 'playwright-core';

/** How long the shell may take to put its question, and a person's window to be drawn, in milliseconds. */
const patienceMs = 40_000;

/** The window in which the shell asks before anything is signed; seen and used by the words on it. */
export class ConsentWindow {
  readonly page: Page;
  readonly consoleErrors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(patienceMs);
    page.on('console', (message) => {
      if (message.type() === 'error') this.consoleErrors.push(message.text());
    });
    page.on('pageerror', (error) => this.consoleErrors.push(String(error)));
  }

  /** The one that comes up over what `act` does. */
  static async after(app: ElectronApplication, act: () => Promise<unknown>): Promise<ConsentWindow> {
    const [page] = await Promise.all([app.waitForEvent('window', { timeout: patienceMs }), act()]);
    const consent = new ConsentWindow(page);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    return consent;
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor({ state: 'visible' });
  }

  /** The picture of the page is there, and a yes counts. */
  async settled(): Promise<void> {
    await this.page.locator('canvas[data-drawn]').waitFor();
    await this.page.locator('button[type=submit]:not([disabled])').waitFor();
  }

  /** Types the PIN, where one is asked for, and says yes. */
  async confirms(pin: string | null): Promise<void> {
    await this.settled();
    if (pin !== null) await this.page.getByLabel('Mã PIN của thiết bị').fill(pin);
    await this.#presses(this.page.locator('button[type=submit]'));
  }

  async cancels(): Promise<void> {
    const closed = this.closed();
    await this.#presses(this.page.getByRole('button', { name: 'Không, quay lại' }));
    await closed;
  }

  /** The window may be gone before the press is told to have been made. */
  async #presses(button: Locator): Promise<void> {
    await button.click().catch((error: unknown) => {
      if (!this.page.isClosed()) throw error;
    });
  }

  async closed(): Promise<void> {
    if (!this.page.isClosed()) await this.page.waitForEvent('close');
  }
}
