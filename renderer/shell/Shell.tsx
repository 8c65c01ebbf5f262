import { Navigate, Route, Routes } from 'react-router';
import type { SessionState } from '../../contract/desktop.ts';
import { BatchScreen } from '../batch/BatchScreen.tsx';
import { BoxScreen } from '../boxes/BoxScreen.tsx';
import { DocumentScreen } from '../document/DocumentScreen.tsx';
import { FileScreen } from '../files/FileScreen.tsx';
import { FilesScreen } from '../files/FilesScreen.tsx';
import { OutboxScreen } from '../outbox/OutboxScreen.tsx';
import { TrustScreen } from '../trust/TrustScreen.tsx';
import { boxesOf } from './boxes-of.ts';
import { Navigation } from './Navigation.tsx';
import { Notices } from './Notices.tsx';
import { ShellFrame } from './ShellFrame.tsx';
import { TopBar } from './TopBar.tsx';

type SignedIn = Extract<SessionState, { status: 'signedIn' }>;

/** Everything after the sign-in: navigation, the person's bar, and one screen at a time. */
export function Shell({ session }: { session: SignedIn }) {
  const boxes = boxesOf(session.person.role);
  return (
    <ShellFrame
      topBar={<TopBar session={session} />}
      navigation={<Navigation boxes={boxes} />}
      notices={<Notices session={session} />}
    >
      <Routes>
        <Route path="/" element={<Navigate to={`/box/${boxes[0]}`} replace />} />
        <Route path="/box/:box" element={<BoxScreen session={session} />} />
        <Route path="/batch" element={<BatchScreen home={`/box/${boxes[0]}`} />} />
        <Route path="/document/:id" element={<DocumentScreen session={session} />} />
        <Route path="/files" element={<FilesScreen />} />
        <Route path="/file/:id" element={<FileScreen />} />
        <Route path="/outbox" element={<OutboxScreen />} />
        <Route path="/trust" element={<TrustScreen />} />
      </Routes>
    </ShellFrame>
  );
}
