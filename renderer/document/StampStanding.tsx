import type { DeskDocument } from '../../contract/desktop.ts';
import { Banner } from '../ui/Banner.tsx';
import { stampLine } from './stamp-line.ts';

/** What becomes of a sealed document's time stamp, for as long as that isn't settled. */
export function StampStanding({ document }: { document: DeskDocument }) {
  const line = stampLine(document);
  if (!line) return null;
  return (
    <Banner tone={line.tone} icon="clock" title={line.title} announce>
      {line.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Banner>
  );
}
