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
  const { fields, complaint, outcome } = change;
  const rulesId = useId();
  const [capsLock, setCapsLock] = useState(false);
  const plan = pinPlan(token, true);
  const tries = 'tries' in plan ? plan.tries : 'enough';
  const failed = outcome !== null;
  const { oldPin } = fields;
  // Ready to type; but a last try begins with its confirmation, and a failure with being read.
  const begins = tries !== 'last' && !failed;
  useEffect(() => {
    if (begins) oldPin.current?.focus();
  }, [begins, oldPin]);
  const complaintAt = (...what: (typeof complaint)[]) =>
    complaint && what.includes(complaint) ? complaints[complaint] : null;
  return (
    <>
      {/* What a wrong PIN has cost is said by the failure itself. */}
      {(!failed || tries === 'last') && (
        <TriesWarning
          tries={tries}
          understood={change.understood}
          onUnderstood={change.setUnderstood}
          checkRef={change.checkRef}
          complaint={complaintAt('notUnderstood')}
        />
      )}
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
            complaint={complaintAt('oldMissing')}
            onCapsLock={setCapsLock}
          />
          <PinField
            label={changePinWords.newPin}
            fieldRef={fields.newPin}
            describedBy={rulesId}
            complaint={complaintAt('newMissing', 'unmet', 'same')}
            onInput={change.look}
            onCapsLock={setCapsLock}
          />
          {/* Beside the field that they are about, so that they are in sight while it is typed. */}
          <PinRules id={rulesId} met={change.met} length={change.length} />
          <PinField
            label={changePinWords.again}
            fieldRef={fields.again}
            complaint={complaintAt('again')}
            onInput={change.look}
            onCapsLock={setCapsLock}
          />
        </>
      )}
      <p className={styles.complaint} role="status">
        {capsLock && !change.onPad ? pinWords.capsLock : ''}
      </p>
    </>
  );
}
