import { useEffect, useId, useState } from 'react';
import type { TokenInfo } from '../../contract/token.ts';
import { PinField } from '../token/PinField.tsx';
import { pinPlan } from '../token/pin-plan.ts';
import { TriesWarning } from '../token/TriesWarning.tsx';
import { Icon } from '../ui/Icon.tsx';
import { pinWords } from '../words/screens.ts';
import { changePinWords } from '../words/token.ts';
import styles from './ChangePinDialog.module.css';
import { PinRules } from './PinRules.tsx';
import type { usePinChange } from './use-pin-change.ts';

interface ChangePinFieldsProps {
  token: TokenInfo;
  change: ReturnType<typeof usePinChange>;
}

const complaints = {
  oldMissing: changePinWords.oldMissing,
  newMissing: changePinWords.newMissing,
  unmet: changePinWords.unmetComplaint,
  same: changePinWords.sameComplaint,
  again: changePinWords.againComplaint,
  notUnderstood: pinWords.understoodMissing,
} as const;

/** Old PIN, new PIN twice, what the new one has to be, and what a wrong old one would cost. */
export function ChangePinFields({ token, change }: ChangePinFieldsProps) {
  const { fields, complaint, outcome, underWay } = change;
  const rulesId = useId();
  const [capsLock, setCapsLock] = useState(false);
  const plan = pinPlan(token, true);
  const tries = 'tries' in plan ? plan.tries : 'enough';
  const failed = outcome?.kind === 'failed';
  const { oldPin } = fields;
  // Ready to type, also after a failure; but a last try begins with its confirmation.
  useEffect(() => {
    if (tries !== 'last' && !underWay) oldPin.current?.focus();
  }, [tries, underWay, oldPin]);
  const note = complaint ? complaints[complaint] : capsLock ? pinWords.capsLock : '';
  return (
    <>
      {!failed || tries !== 'low' ? (
        <TriesWarning tries={tries} understood={change.understood} onUnderstood={change.setUnderstood} />
      ) : null}
      {change.onPad ? (
        <p className={styles.pad}>
          <Icon name="token" size={1.6} />
          {changePinWords.pad}
        </p>
      ) : (
        <>
          <PinField
            label={changePinWords.oldPin}
            fieldRef={fields.oldPin}
            hint={changePinWords.hint}
            invalid={complaint === 'oldMissing'}
            onCapsLock={setCapsLock}
          />
          <PinField
            label={changePinWords.newPin}
            fieldRef={fields.newPin}
            describedBy={rulesId}
            invalid={complaint === 'newMissing' || complaint === 'unmet' || complaint === 'same'}
            onInput={change.look}
            onCapsLock={setCapsLock}
          />
          <PinField
            label={changePinWords.again}
            fieldRef={fields.again}
            invalid={complaint === 'again'}
            onInput={change.look}
            onCapsLock={setCapsLock}
          />
          <PinRules id={rulesId} met={change.met} length={change.length} />
        </>
      )}
      <p className={styles.complaint} role="status">
        {note}
      </p>
    </>
  );
}
