import { Banner } from '../ui/Banner.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { tokenWords } from '../words/screens.ts';
import { keyPurposeHints, keyPurposes, unfitnessWords } from '../words/vi.ts';
import { KeyPicker } from './KeyPicker.tsx';
import type { KeyPurpose, UnfitKey } from './key-choice.ts';
import { PinEntry } from './PinEntry.tsx';
import type { useKeyEntry } from './use-key-entry.ts';

function NoKey({ purpose, unfit }: { purpose: KeyPurpose; unfit: readonly UnfitKey[] }) {
  return (
    <Banner tone="doubt" title={keyPurposes[purpose].none}>
      <p>{keyPurposeHints[purpose]}</p>
      {unfit.length > 0 && (
        <ul>
          {unfit.map(({ choice, why }) => (
            <li key={`${choice.key.tokenSerial} ${choice.key.certificateId}`}>
              “{choice.certificate.subject}” {unfitnessWords[why]}.
            </li>
          ))}
        </ul>
      )}
    </Banner>
  );
}

interface KeyEntryFieldsProps {
  purpose: KeyPurpose;
  entry: ReturnType<typeof useKeyEntry>;
}

/** Certificate and PIN, or why there is none to use. */
export function KeyEntryFields({ purpose, entry }: KeyEntryFieldsProps) {
  const { situation, chosen, plan } = entry;
  switch (situation.kind) {
    case 'unusable':
      return <FailureBanner failure={situation.failure} />;
    case 'noToken':
      return (
        <Banner tone="doubt" title={tokenWords.none}>
          <p>{keyPurposeHints[purpose]}</p>
        </Banner>
      );
    case 'noKey':
      return <NoKey purpose={purpose} unfit={situation.unfit} />;
    case 'ready':
      return (
        <>
          <KeyPicker purpose={purpose} choices={situation.choices} chosen={chosen} onChoose={entry.choose} />
          {plan && (
            <PinEntry
              // A PIN begun for one token must not be sent to another.
              key={chosen?.key.tokenSerial}
              plan={plan}
              fieldRef={entry.fieldRef}
              understood={entry.understood}
              onUnderstood={entry.setUnderstood}
              complaint={entry.complaint}
            />
          )}
          {!plan && entry.complaint && <p role="status">{entry.complaint}</p>}
        </>
      );
  }
}
