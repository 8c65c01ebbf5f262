import { type ReactNode, useState } from 'react';
import type { TokenReference } from '../../contract/token.ts';
import { ChangePinDialog } from '../token-care/ChangePinDialog.tsx';
import { HelpButton } from '../token-care/HelpButton.tsx';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { tokenWords } from '../words/screens.ts';
import { careWords } from '../words/token.ts';
import { keyPurposeHints, keyPurposes, unfitnessWords } from '../words/vi.ts';
import { CertificateStanding } from './CertificateStanding.tsx';
import { KeyPicker } from './KeyPicker.tsx';
import type { KeyPurpose, UnfitKey } from './key-choice.ts';
import { PinEntry } from './PinEntry.tsx';
import type { useKeyEntry } from './use-key-entry.ts';

interface NoKeyProps {
  purpose: KeyPurpose;
  unfit: readonly UnfitKey[];
  stuck: string | null;
}

function NoKey({ purpose, unfit, stuck }: NoKeyProps) {
  const isOtherToken = unfit.some(({ why }) => why === 'agencyKey' || why === 'personalKey');
  return (
    <Banner tone="doubt" title={keyPurposes[purpose].none}>
      {stuck && <p>{stuck}</p>}
      {(!stuck || isOtherToken) && <p>{keyPurposeHints[purpose]}</p>}
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
  /** What stands here while no token is plugged in, instead of the usual sentence. */
  noToken?: ReactNode;
  /** Off where the screen has its own way to the help. */
  offersHelp?: boolean;
}

/** Certificate and PIN, or why there is none to use, and the way to the help. */
export function KeyEntryFields({ purpose, entry, noToken, offersHelp = true }: KeyEntryFieldsProps) {
  const [changing, setChanging] = useState<TokenReference | null>(null);
  const { situation, chosen } = entry;
  return (
    <>
      {situation.kind === 'noToken' && noToken ? noToken : <Situation purpose={purpose} entry={entry} />}
      {chosen?.token.flags.pinToBeChanged && (
        <Banner
          tone="doubt"
          title={careWords.pinMustChange}
          actions={
            <ActionButton icon="key" onPress={() => setChanging(chosen.key)}>
              {careWords.changePin}
            </ActionButton>
          }
        />
      )}
      {offersHelp && (
        <div>
          {/* Always in its place: the help stays open when the token that was missing is plugged in. */}
          <HelpButton look={situation.kind === 'ready' ? 'quiet' : 'secondary'} />
        </div>
      )}
      {changing && <ChangePinDialog token={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

function Situation({ purpose, entry }: Pick<KeyEntryFieldsProps, 'purpose' | 'entry'>) {
  const { situation, chosen, plan, stuck, ended } = entry;
  switch (situation.kind) {
    case 'unusable':
      return <FailureBanner failure={situation.failure} />;
    case 'noToken':
      return (
        <Banner tone="doubt" title={tokenWords.none}>
          {stuck && <p>{stuck}</p>}
          <p>{keyPurposeHints[purpose]}</p>
        </Banner>
      );
    case 'noKey':
      return <NoKey purpose={purpose} unfit={situation.unfit} stuck={stuck} />;
    case 'ready':
      return (
        <>
          <KeyPicker purpose={purpose} choices={situation.choices} chosen={chosen} onChoose={entry.choose} />
          {chosen && purpose !== 'signIn' && <CertificateStanding certificate={chosen.key} />}
          {ended && plan && (plan.asks === 'field' || plan.asks === 'pad') && (
            <Banner tone="info" title={ended} />
          )}
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
