import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { reportWords, signatureFacts } from '../../contract/messages/verdict-report.ts';
import type { SignatureReport } from '../../contract/verdict.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { instantText } from '../words/format.ts';
import { common } from '../words/screens.ts';
import { verdictWords } from '../words/verdict.ts';
import type { CheckedFile } from './checked-file.ts';
import styles from './SignedVersionDialog.module.css';

const PdfView = lazy(() => import('../pdf/PdfView.tsx'));

interface SignedVersionDialogProps {
  checked: CheckedFile;
  signature: SignatureReport;
  name: string;
  onClose(): void;
}

/** The document as the signer saw it beside what it is today, with what changed in between by name. */
export function SignedVersionDialog({ checked, signature, name, onClose }: SignedVersionDialogProps) {
  const { core } = useDesk();
  const { id, file } = checked;
  const { field, signedAt } = signature;
  const signed = useQuery({
    queryKey: ['documents', 'signed', id, file?.digest, field],
    queryFn: () => core.call((client, options) => client.documents.signedVersion({ id, field }, options)),
  });
  const facts = signatureFacts(signature).find(({ name: fact }) => fact === reportWords('vi').changes);
  const [level, ...changes] = facts?.values ?? [];
  return (
    <DialogFrame
      title={verdictWords.asSignedTitle(name)}
      onClose={onClose}
      size="full"
      actions={<ActionButton onPress={onClose}>{common.close}</ActionButton>}
    >
      <section className={styles.changes} aria-label={verdictWords.changed}>
        <h3>{verdictWords.changedBy(level ?? '')}</h3>
        <ul>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </section>
      {signed.isError && <FailureBanner failure={failureOf(signed.error)} heading={verdictWords.notShown} />}
      <Suspense fallback={<p role="status">{common.loading}</p>}>
        <div className={styles.sides}>
          <section
            className={styles.side}
            aria-label={signedAt ? verdictWords.whenSigned(instantText(signedAt)) : verdictWords.whenUnknown}
          >
            <h3>{signedAt ? verdictWords.whenSigned(instantText(signedAt)) : verdictWords.whenUnknown}</h3>
            <div className={styles.view}>
              {signed.isPending && <p role="status">{common.loading}</p>}
              {signed.data && <PdfView file={signed.data.file} />}
            </div>
          </section>
          <section className={styles.side} aria-label={verdictWords.now}>
            <h3>{verdictWords.now}</h3>
            <div className={styles.view}>{file && <PdfView file={file} />}</div>
          </section>
        </div>
      </Suspense>
    </DialogFrame>
  );
}
