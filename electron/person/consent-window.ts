import path from 'node:path';
import {
  BrowserWindow,
  session as electronSession,
  MessageChannelMain,
  type MessageEvent,
  type MessagePortMain,
  type Session,
  screen,
} from 'electron';
import { type ConsentQuestion, consentReply } from '../../contract/consent.ts';
import { consentUrl } from '../page-channel.ts';
import { nextZoom, zoomOfKey } from '../zoom.ts';
import { consentChannel } from './consent-channel.ts';
import type { ConsentListener, ConsentView } from './consent-desk.ts';
import { mainWindow } from './owner.ts';

/**
 * At a zoom of 1, in device-independent pixels: a page can be read beside what is asked, and all of it fits a small
 * screen.
 */
const size = { width: 1120, height: 760 };

/** Apart from the main page's in memory and on disk: neither finds anything of the other's. */
export function consentSession(): Session {
  return electronSession.fromPartition('consent');
}

/** The main window's zoom is this person's size of print. */
function place(owner: BrowserWindow | null, zoom: number) {
  const display = owner ? screen.getDisplayMatching(owner.getBounds()) : screen.getPrimaryDisplay();
  const { workArea } = display;
  const width = Math.min(Math.round(size.width * zoom), workArea.width);
  const height = Math.min(Math.round(size.height * zoom), workArea.height);
  const around = owner?.getBounds() ?? workArea;
  const between = (value: number, low: number, high: number) =>
    Math.round(Math.min(Math.max(value, low), high));
  return {
    width,
    height,
    x: between(around.x + (around.width - width) / 2, workArea.x, workArea.x + workArea.width - width),
    y: between(around.y + (around.height - height) / 2, workArea.y, workArea.y + workArea.height - height),
  };
}

/**
 * The window in which a person agrees to signatures: the shell's own, above the main one, which can't be used
 * meanwhile. It shares with the main page neither session nor script nor channel; what it shows comes from the core,
 * what it answers goes to the shell.
 */
export function openConsentWindow(
  question: ConsentQuestion,
  listener: ConsentListener,
  note: (text: string) => void,
): ConsentView {
  const owner = mainWindow();
  const zoom = owner?.webContents.getZoomFactor() ?? 1;
  const window = new BrowserWindow({
    ...place(owner, zoom),
    ...(owner && { parent: owner, modal: true }),
    minWidth: 480,
    minHeight: 360,
    show: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    title: 'Ấn Tín',
    backgroundColor: '#ffffff',
    webPreferences: {
      session: consentSession(),
      preload: path.join(import.meta.dirname, 'consent-preload.cjs'),
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
      devTools: false,
    },
  });
  let asked = question;
  let port: MessagePortMain | null = null;
  const contents = window.webContents;
  const failed = (why: string) => {
    note(`consent window: ${why}`);
    listener.onFailed();
  };

  contents.on('dom-ready', () => {
    if (port) return failed('loaded again');
    contents.setZoomFactor(zoom);
    const { port1, port2 } = new MessageChannelMain();
    port = port1;
    port1.on('message', ({ data }: MessageEvent) => {
      const reply = consentReply.safeParse(data);
      if (reply.success) listener.onReply(reply.data);
      else failed('a reply that is none');
    });
    port1.start();
    port1.postMessage(asked);
    contents.postMessage(consentChannel, null, [port2]);
  });
  contents.on('render-process-gone', (_event, { reason }) => failed(`page ended (${reason})`));
  contents.on('unresponsive', () => note('consent window: does not answer'));
  contents.on('before-input-event', (event, input) => {
    const change = input.type === 'keyDown' ? zoomOfKey(input) : null;
    if (!change) return;
    contents.setZoomFactor(nextZoom(contents.getZoomFactor(), change));
    event.preventDefault();
  });
  window.once('ready-to-show', () => {
    // Whoever asked for a signature waits for this one; behind other windows nobody would find it.
    if (owner?.isMinimized()) owner.restore();
    window.show();
    window.moveTop();
    window.focus();
  });
  // `close` comes before a page that is still being loaded is given up, which would look like a fault.
  window.once('close', () => listener.onClosed());
  window.once('closed', () => listener.onClosed());
  window.loadURL(consentUrl).catch((error: unknown) => failed(`load: ${String(error)}`));

  return {
    ask(again) {
      asked = again;
      port?.postMessage(asked);
      if (!window.isDestroyed()) window.focus();
    },
    close() {
      port?.close();
      if (!window.isDestroyed()) window.destroy();
    },
  };
}
