import { Navigate, Route, Routes } from 'react-router';
import { BatchScreen } from '../batch/BatchScreen.tsx';
import { FileScreen } from '../files/FileScreen.tsx';
import { FilesScreen } from '../files/FilesScreen.tsx';
import { TrustScreen } from '../trust/TrustScreen.tsx';
import { LocalNavigation } from './Navigation.tsx';
import { Notices } from './Notices.tsx';
import { ShellFrame } from './ShellFrame.tsx';
import { LocalTopBar } from './TopBar.tsx';

interface LocalShellProps {
  /** Null where there is no server to sign in to. */
  onSignIn: (() => void) | null;
}

/** Files on this computer, for whoever sits here: nobody is signed in. */
export function LocalShell({ onSignIn }: LocalShellProps) {
  return (
    <ShellFrame
      topBar={<LocalTopBar onSignIn={onSignIn} />}
      navigation={<LocalNavigation decidesTrust={onSignIn === null} />}
      notices={<Notices session={null} />}
    >
      <Routes>
        <Route path="/" element={<Navigate to="/files" replace />} />
        <Route path="/files" element={<FilesScreen />} />
        <Route path="/file/:id" element={<FileScreen />} />
        <Route path="/batch" element={<BatchScreen home="/files" />} />
        <Route path="/trust" element={<TrustScreen />} />
      </Routes>
    </ShellFrame>
  );
}
