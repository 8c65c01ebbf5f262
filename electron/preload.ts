import { ipcRenderer } from 'electron';
import { pageChannel } from './page-channel.ts';

/** The part of the page's window that is used here; the shell is compiled without the browser's types. */
declare const window: {
  location: { origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: unknown[]): void;
};

// All that the page ever gets from the shell: messages of `PageMessage`, with the core's port. Nothing is exposed by
// which the page could ask for anything, so a turned page has no call to abuse but those the core itself checks.
ipcRenderer.on(pageChannel, (event, message: unknown) => {
  window.postMessage(message, window.location.origin, [...event.ports]);
});
