import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import type { PageMessage } from '../contract/shell.ts';
import { App } from './App.tsx';
import { createDesk, type Desk } from './core/desk.ts';
import { DeskContext } from './core/desk-context.ts';

/** Takes ports and news of the core from the preload script; from any other window nothing is taken. */
function listenToShell({ core }: Desk): void {
  window.addEventListener('message', ({ source, data, ports: [port] }: MessageEvent<PageMessage | null>) => {
    if (source !== window || typeof data !== 'object' || data === null) return;
    if (data.antin === 'desktop' && port) core.attach(port);
    else if (data.antin === 'coreStopped') core.lost();
  });
}

/** Shows the program in the page. `fileUrl` says where a file's bytes are served. */
export function start(fileUrl: Desk['fileUrl']): void {
  const desk = createDesk(fileUrl);
  listenToShell(desk);
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no root');
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale="vi-VN">
        <DeskContext value={desk}>
          <QueryClientProvider client={desk.queries}>
            <App />
          </QueryClientProvider>
        </DeskContext>
      </I18nProvider>
    </StrictMode>,
  );
}
