import { ipcRenderer, webUtils } from 'electron';
import { filesChannel, pageChannel } from './page-channel.ts';

/** The part of the browser that is used here; the shell is compiled without its types. */
interface FileDrag {
  readonly isTrusted: boolean;
  readonly dataTransfer: {
    readonly types: readonly string[];
    readonly files: Iterable<Parameters<typeof webUtils.getPathForFile>[0]>;
    dropEffect: string;
  } | null;
  preventDefault(): void;
}

declare const window: {
  location: { origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: unknown[]): void;
  addEventListener(type: 'dragover' | 'drop', listener: (event: FileDrag) => void): void;
};

// All that the page ever gets from the shell: messages of `PageMessage`, with the core's port. Nothing is exposed by
// which the page could ask for anything, so a turned page has no call to abuse but those the core itself checks.
ipcRenderer.on(pageChannel, (event, message: unknown) => {
  window.postMessage(message, window.location.origin, [...event.ports]);
});

// Where a dropped file lies is told here, past the page, which never learns it: only of what a hand has dropped (events
// that a script makes aren't trusted, and files that it makes have no path).
window.addEventListener('dragover', (event) => {
  if (!event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
});
window.addEventListener('drop', (event) => {
  event.preventDefault();
  if (!event.isTrusted || event.dataTransfer === null) return;
  const paths = [...event.dataTransfer.files].map((file) => webUtils.getPathForFile(file));
  ipcRenderer.send(
    filesChannel,
    paths.filter((path) => path !== ''),
  );
});
