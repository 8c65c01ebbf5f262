import { lazy, type ReactNode, Suspense, useState } from 'react';
import { blockingFinding } from '../../contract/file-finding.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { documentWords } from '../words/screens.ts';
import { verdictWords } from '../words/verdict.ts';
import type { CheckedFile } from './checked-file.ts';
import { checkingOf } from './checking.ts';
import { FindingsNotice } from './FindingsNotice.tsx';
import { FlatCopy } from './FlatCopy.tsx';
import { KeptEvidence } from './KeptEvidence.tsx';
import styles from './Panel.module.css';
import { Section } from './Section.tsx';
import { SignatureCard } from './SignatureCard.tsx';
import { mostAtOnce, shownSignatures, signatureGroups } from './shown-signatures.ts';
import { VerdictCard } from './VerdictCard.tsx';
import { VerdictReport } from './VerdictReport.tsx';

// Draws pages, which takes PDF.js.
const SignaturePlaces = lazy(() => import('./SignaturePlaces.tsx'));

interface SignaturesProps {
  checked: CheckedFile;
  /** Opens a page, from 1. */
  onGo(page: number): void;
  /** What else there is to say right below the verdict. */
  children?: ReactNode;
}

/**
 * The verdict on a document in one sentence, where its signatures are, and each of them; the technical side only on
 * demand.
 */
export function Signatures({ checked, onGo, children }: SignaturesProps) {
  const { id, verification, isOwn, fileHeld } = checked;
  const mayHelp = isOwn && fileHeld && blockingFinding(verification?.findings) !== null;
  return (
    <Section title={documentWords.signatures}>
      {/* What is said first is read out when it changes: a verdict comes while somebody reads on. */}
      <div aria-live="polite" className={styles.spoken}>
        {verification ? <VerdictCard report={verification} /> : <NotYet checked={checked} />}
        <FindingsNotice findings={verification?.findings} />
      </div>
      {mayHelp && <FlatCopy id={id} />}
      {children}
      {verification && <Report report={verification} checked={checked} onGo={onGo} />}
    </Section>
  );
}

/** Why there is no verdict: most often it is being worked out, which a large file takes minutes for. */
function NotYet({ checked }: { checked: CheckedFile }) {
  const checking = checkingOf(checked);
  const { title, hint } = verdictWords.notYet[checking];
  return (
    <Banner tone={checking === 'failed' ? 'doubt' : 'info'} title={title}>
      <p>{hint}</p>
    </Banner>
  );
}

function Report({ report, checked, onGo }: SignaturesProps & { report: VerificationReport }) {
  const { signatures } = report;
  // Nobody files that a draft of one's own hasn't been signed yet.
  const isWorthReporting = report.verdict !== 'unsigned' || !checked.isOwn;
  const { file } = checked;
  const arePlaced = file !== null && signatures.some(({ place }) => place);
  return (
    <>
      {arePlaced && (
        <Suspense>
          <SignaturePlaces file={file} signatures={signatures} onGo={onGo} />
        </Suspense>
      )}
      {isWorthReporting && <VerdictReport checked={checked} report={report} />}
      <SignatureList checked={checked} report={report} />
      <KeptEvidence checked={checked} />
    </>
  );
}

/** Of many signatures a few, those first that make the verdict what it is; the others on demand. */
function SignatureList({ checked, report }: { checked: CheckedFile; report: VerificationReport }) {
  const [isWhole, setWhole] = useState(false);
  const { signatures } = report;
  if (signatures.length === 0) return null;
  const groups = signatureGroups(signatures);
  const chosen = new Set(shownSignatures(groups.map(({ signature }) => signature)));
  const shown = isWhole ? groups : groups.filter(({ signature }) => chosen.has(signature));
  return (
    <>
      <ol className={styles.list} aria-label={verdictWords.list}>
        {shown.map(({ signature, alike }) => (
          <SignatureCard
            key={`${signature.field} ${signature.signer?.serial ?? ''}`}
            signature={signature}
            alike={alike}
            number={signatures.indexOf(signature) + 1}
            checked={checked}
          />
        ))}
      </ol>
      {groups.length > mostAtOnce && (
        <ActionButton look="quiet" onPress={() => setWhole(!isWhole)}>
          {isWhole ? verdictWords.fewer : verdictWords.all(signatures.length)}
        </ActionButton>
      )}
    </>
  );
}
