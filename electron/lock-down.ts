import type { Session, WebContents } from 'electron';
import { isRelease } from './release.ts';

/**
 * Takes from the session of the page at `origin` all that the page doesn't need. The page shows hostile files, so it
 * counts as hostile: it gets no permission, no download and no way to the network, each by more than one bolt.
 */
export async function lockSession(session: Session, origin: string): Promise<void> {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url, origin) }));
  // Local files never pass the filter above.
  session.protocol.handle('file', () => Response.error());
  // Were the filter above ever to miss a request, it would still end at a port where nothing listens.
  await session.setProxy({ proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '<-loopback>' });
}

function isLocal(address: string, origin: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (`${url.protocol}//${url.host}` === origin) return true;
  if (url.protocol === 'doc:') return url.host === 'file';
  if (url.protocol === 'devtools:') return !isRelease;
  return url.protocol === 'blob:' || url.protocol === 'data:';
}

/** Whatever shows pages in this program stays where the shell put it, and opens nothing. */
export function lockContents(contents: WebContents): void {
  const refuse = (event: { preventDefault(): void }) => event.preventDefault();
  contents.on('will-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
