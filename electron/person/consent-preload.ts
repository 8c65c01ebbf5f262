import { ipcRenderer } from 'electron';
import { consentChannel } from './consent-channel.ts';

/** The part of the page's window that is used here; the shell is compiled without the browser's types. */
declare const window: {
  location: { origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: unknown[]): void;
};

// One port, for one question. Nothing else is exposed, and no other page has this script.
ipcRenderer.on(consentChannel, (event) => {
  window.postMessage({ antin: 'consent' }, window.location.origin, [...event.ports]);
});
