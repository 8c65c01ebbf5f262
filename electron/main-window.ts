import path from 'node:path';
import { BrowserWindow, session as electronSession, type Session, screen } from 'electron';
import type { PageMessage } from '../contract/shell.ts';
import { BackOff } from './back-off.ts';
import { droppedFiles } from './handed-files.ts';
import { filesChannel, pageChannel, pageUrl } from './page-channel.ts';
import type { Port } from './program.ts';
import { isRelease } from './release.ts';
import { placeOnScreens, type WindowMemory } from './window-memory.ts';
import { nextZoom, type ZoomChange, zoomOfKey } from './zoom.ts';

/** Held in memory only, so that no page of a document is left in a cache on disk. */
export function pageSession(): Session {
  return electronSession.fromPartition('page');
}

export interface MainWindowOptions {
  memory: WindowMemory;
  remember(memory: WindowMemory): void;
  /** The page has loaded (again) and waits for its port. */
  onPageReady(): void;
  /** A person has dropped these files or folders on the window. */
  onFiles(paths: string[]): void;
  note(text: string): void;
}

/** The program's one window. */
export class MainWindow {
  readonly #window: BrowserWindow;
  readonly #options: MainWindowOptions;
  readonly #crashes = new BackOff({ first: 50, longest: 10_000 });
  #memory: WindowMemory;
  #pageReady = false;

  constructor(options: MainWindowOptions) {
    this.#options = options;
    this.#memory = options.memory;
    const screens = screen.getAllDisplays().map((display) => display.workArea);
    this.#window = new BrowserWindow({
      width: 1280,
      height: 800,
      ...placeOnScreens(this.#memory.bounds, screens),
      minWidth: 640,
      minHeight: 480,
      show: false,
      title: 'Ấn Tín',
      backgroundColor: '#ffffff',
      webPreferences: {
        session: pageSession(),
        preload: path.join(import.meta.dirname, 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webgl: false,
        plugins: false,
        webviewTag: false,
        spellcheck: false,
        disableDialogs: true,
        navigateOnDragDrop: false,
        devTools: !isRelease,
      },
    });
    this.#keepPlace();
    this.#keepZoom();
    this.#watchPage();
  }

  /** Whether a page has loaded and listens. */
  get pageReady(): boolean {
    return this.#pageReady && !this.#window.isDestroyed();
  }

  load(recovered = false): void {
    this.#pageReady = false;
    // A failed load is told by did-fail-load, too; unhandled it would end the program.
    this.#window.loadURL(pageUrl(recovered)).catch((error) => this.#options.note(`load: ${String(error)}`));
  }

  focus(): void {
    if (this.#window.isDestroyed()) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** Gives a message, and with `desktop` its port, to the page's main frame. */
  tell(message: PageMessage, ports: Port[] = []): void {
    if (!this.pageReady) return;
    this.#window.webContents.postMessage(
      pageChannel,
      message,
      ports as unknown as Electron.MessagePortMain[],
    );
  }

  #watchPage(): void {
    const contents = this.#window.webContents;
    this.#window.once('ready-to-show', () => {
      if (this.#memory.maximized) this.#window.maximize();
      this.#window.show();
    });
    contents.on('dom-ready', () => {
      // The page's module scripts have run by now, so its listener for the port is in place.
      this.#pageReady = true;
      contents.setZoomFactor(this.#memory.zoom);
      this.#options.onPageReady();
    });
    contents.ipc.on(filesChannel, (event, said: unknown) => {
      // No other frame is ever loaded; one that were all the same has nothing to hand over.
      const paths = event.senderFrame === contents.mainFrame ? droppedFiles(said) : [];
      if (paths.length > 0) this.#options.onFiles(paths);
    });
    contents.on('did-start-loading', () => this.#crashes.started());
    contents.on('render-process-gone', (_event, { reason }) => {
      this.#pageReady = false;
      if (reason === 'clean-exit' || this.#window.isDestroyed()) return;
      const pause = this.#crashes.next();
      this.#options.note(`page ended (${reason}), loading again in ${pause} ms`);
      setTimeout(() => {
        if (!this.#window.isDestroyed()) this.load(true);
      }, pause);
    });
    contents.on('before-input-event', (event, input) => {
      if (input.type !== 'keyDown') return;
      const zoom = zoomOfKey(input);
      if (zoom) this.#zoom(zoom);
      else if (input.key === 'F11') this.#window.setFullScreen(!this.#window.isFullScreen());
      else if (input.key === 'F12' && !isRelease) contents.toggleDevTools();
      else return;
      event.preventDefault();
    });
  }

  #keepPlace(): void {
    // Saved when the person has let go (resized, moved) and on closing: a crash then loses nothing worth keeping.
    const keep = () => {
      if (this.#window.isDestroyed() || this.#window.isMinimized() || this.#window.isFullScreen()) return;
      const maximized = this.#window.isMaximized();
      this.#remember({ maximized, bounds: this.#window.getNormalBounds() });
    };
    this.#window.on('close', keep);
    this.#window.on('maximize', keep);
    this.#window.on('unmaximize', keep);
    // Emitted on Windows and macOS when the movement has ended; elsewhere `close` has to do.
    this.#window.on('resized', keep);
    this.#window.on('moved', keep);
  }

  #keepZoom(): void {
    // Electron's zoom-changed tells of the mouse wheel only; the keyboard's zoom comes in before-input-event.
    this.#window.webContents.on('zoom-changed', (_event, direction) => this.#zoom(direction));
  }

  #zoom(change: ZoomChange): void {
    const zoom = nextZoom(this.#memory.zoom, change);
    this.#window.webContents.setZoomFactor(zoom);
    this.#remember({ zoom });
  }

  #remember(change: Partial<WindowMemory>): void {
    this.#memory = { ...this.#memory, ...change };
    this.#options.remember(this.#memory);
  }
}
