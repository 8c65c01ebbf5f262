import type { Locator, Page } from 'playwright-core';
import type { LabPerson } from '../../lab/lab.ts';
import type { RunningApp } from '../launch.ts';
import { ConsentWindow } from './consent-window.ts';

/** How long a person would wait before they called somebody. */
const patienceMs = 30_000;

export type BoxWord = 'Chờ ký' | 'Chờ phát hành' | 'Văn bản đến' | 'Văn bản đi' | 'Hộp gửi';

/** A person in front of the window: does and sees what they do and see, by the words on the screen. */
export class Desk {
  readonly app: RunningApp;
  readonly profile: string;
  readonly #person: LabPerson;

  constructor(app: RunningApp, profile: string, person: LabPerson) {
    this.app = app;
    this.profile = profile;
    this.#person = person;
    this.page.setDefaultTimeout(patienceMs);
  }

  get page(): Page {
    return this.app.page;
  }

  /** Waits until the window says this, anywhere. */
  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor({ state: 'visible' });
  }

  async presses(name: string | RegExp, within: Locator | Page = this.page): Promise<void> {
    await within.getByRole('button', { name }).click();
  }

  async #entersPin(within: Locator | Page, pin: string): Promise<void> {
    await within.getByLabel('Mã PIN của thiết bị').fill(pin);
  }

  async signsIn(): Promise<void> {
    const { pin } = this.#person.token;
    // With several tokens plugged in, the personal one has already been chosen: the other only seals.
    await this.#entersPin(this.page, pin);
    await this.presses('Đăng nhập');
    await this.page.getByRole('navigation').waitFor();
  }

  async goesTo(box: BoxWord): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: box }).click();
    await this.page.getByRole('heading', { name: box, level: 1 }).waitFor();
  }

  row(subject: string): Locator {
    return this.page.getByRole('row', { name: subject });
  }

  /** Opens a document from a box and waits until its first page is drawn. */
  async opens(box: BoxWord, subject: string): Promise<void> {
    await this.goesTo(box);
    await this.row(subject).click();
    await this.page.getByRole('heading', { name: subject }).waitFor();
    await this.pageDrawn();
  }

  async pageDrawn(): Promise<void> {
    await this.page.locator('canvas[data-drawn]').first().waitFor({ state: 'visible' });
  }

  /** Asks for a signature; leaves the dialog open so that it can be looked at. */
  async asksToSign(button: 'Ký duyệt' | 'Đóng dấu cơ quan'): Promise<Locator> {
    await this.presses(button);
    const dialog = this.page.getByRole('dialog');
    await dialog.waitFor();
    return dialog;
  }

  /** Leaves the open dialog for the shell's own window. */
  asksForConsent(dialog: Locator): Promise<ConsentWindow> {
    return ConsentWindow.after(this.app.app, () => this.presses(/^Xem lại và (ký|đóng dấu)/, dialog));
  }

  /**
   * Goes on from the open dialog to the shell's window, and confirms there with the PIN; by default the person's own
   * token's.
   */
  async confirmsSigning(dialog: Locator, pin = this.#person.token.pin): Promise<void> {
    const consent = await this.asksForConsent(dialog);
    const closed = consent.closed();
    await consent.confirms(pin);
    await closed;
  }

  async approves(): Promise<void> {
    await this.confirmsSigning(await this.asksToSign('Ký duyệt'));
    await this.sees(/^Đã ký duyệt lúc/);
  }

  async takesNumber(): Promise<void> {
    await this.presses('Lấy số và ngày');
    await this.presses('Lấy số và ngày', this.page.getByRole('dialog'));
    await this.page.getByRole('button', { name: 'Đóng dấu cơ quan' }).waitFor();
  }

  async seals(): Promise<void> {
    const { seal } = this.#person;
    if (!seal) throw new Error('this person keeps no seal');
    await this.confirmsSigning(await this.asksToSign('Đóng dấu cơ quan'), seal.pin);
    await this.sees(/^Đã đóng dấu cơ quan lúc/);
  }

  async issues(): Promise<void> {
    await this.presses('Phát hành');
    await this.presses(/^Phát hành tới/, this.page.getByRole('dialog'));
    await this.page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  async registers(): Promise<void> {
    await this.presses('Tiếp nhận và đăng ký');
    await this.presses(
      /^(Tiếp nhận và đăng ký|Tôi đã xem xét, vẫn tiếp nhận)$/,
      this.page.getByRole('dialog'),
    );
    await this.sees(/^Đã đăng ký lúc/);
  }

  /**
   * What the person answers from now on where the shell asks in a dialog of the system's, which no test can press;
   * the questions are kept for `asked`.
   */
  async answersQuestions(yes: boolean): Promise<void> {
    await this.app.app.evaluate(({ dialog }, response) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBox = async (...given: unknown[]) => {
        const { message, detail } = given.at(-1) as Electron.MessageBoxOptions;
        asked.push(`${message}\n${detail}`);
        return { response, checkboxChecked: false };
      };
    }, Number(yes));
  }

  /** What has been asked since, as the person reads it. */
  asked(): Promise<string[]> {
    return this.app.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  }

  /** The entry of the outbox for an act, such as "Phát hành". */
  outboxEntry(act: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: `${act}: ` });
  }
}
