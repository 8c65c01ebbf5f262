import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/base.css';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import { ConsentScreen } from './ConsentScreen.tsx';
import { listenToShell } from './shell-port.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
const shown = createRoot(root);

listenToShell((question, shell) =>
  shown.render(
    <StrictMode>
      <I18nProvider locale="vi-VN">
        <ConsentScreen question={question} onReply={shell.reply} />
      </I18nProvider>
    </StrictMode>,
  ),
);
