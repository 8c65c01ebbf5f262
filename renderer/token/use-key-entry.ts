import { type RefObject, useRef, useState } from 'react';
import type { KeyUse, TokenState } from '../../contract/desktop.ts';
import type { KeyReference } from '../../contract/token.ts';
import { useDesk } from '../core/desk-context.ts';
import { pinWords, signInWords } from '../words/screens.ts';
import {
  type KeyChoice,
  type KeyPurpose,
  type KeySituation,
  keySituation,
  preferredKey,
} from './key-choice.ts';
import { type PinPlan, pinPlan, signingPlan } from './pin-plan.ts';
import { sealPinField } from './seal-pin-field.ts';
import { loginEndSentence } from './token-standing.ts';
import { stuckSentence } from './token-steps.ts';

interface KeyEntry {
  situation: KeySituation;
  chosen: KeyChoice | null;
  choose(key: KeyReference): void;
  plan: PinPlan | null;
  /** Why the PIN is asked for again, where a login has ended by itself. */
  ended: string | null;
  /** Which step to a signature fails, in one sentence; null where none does. */
  stuck: string | null;
  fieldRef: RefObject<HTMLInputElement | null>;
  understood: boolean;
  setUnderstood(understood: boolean): void;
  complaint: string | null;
  /** Whether there is anything to confirm with; false where no key serves or the token is locked. */
  usable: boolean;
  /**
   * Checks that all is given and hands over what to use the key with, or complains beside the field. The PIN leaves
   * its field at once; sealing it goes on in the promise inside. To sign, the key alone is named: the shell asks for
   * the PIN.
   */
  take(): { key: KeyReference; use: Promise<KeyUse> } | null;
}

/** Choosing a key and giving its PIN: the same for signing in, approving and sealing. */
export function useKeyEntry(
  tokens: TokenState,
  purpose: KeyPurpose,
  options: { wanted?: KeyReference | null } = {},
): KeyEntry {
  const { core } = useDesk();
  const fieldRef = useRef<HTMLInputElement>(null);
  const [picked, setPicked] = useState<KeyReference | null>(null);
  const [understood, setUnderstood] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  const situation = keySituation(tokens, purpose, new Date());
  const choices = situation.kind === 'ready' ? situation.choices : [];
  const chosen = preferredKey(choices, picked ?? options.wanted ?? null);
  const plan =
    chosen &&
    (purpose === 'signIn'
      ? pinPlan(chosen.token, chosen.certificate.pinEachSignature)
      : signingPlan(chosen.token));

  const take = () => {
    const field = fieldRef.current;
    const asksTries = plan !== null && (plan.asks === 'field' || plan.asks === 'pad') ? plan.tries : 'enough';
    const missing = !chosen
      ? signInWords.choosePlease
      : plan?.asks === 'field' && !field?.value
        ? pinWords.missing
        : asksTries === 'last' && !understood
          ? pinWords.understoodMissing
          : null;
    setComplaint(missing);
    if (missing || !chosen || !plan || plan.asks === 'locked') {
      if (missing === pinWords.missing) field?.focus();
      return null;
    }
    setUnderstood(false);
    const { key } = chosen;
    const use: KeyUse = { key, lastTryConfirmed: asksTries === 'last' };
    if (plan.asks !== 'field' || !field) return { key, use: Promise.resolve(use) };
    return { key, use: sealPinField(field, core).then((pin) => ({ ...use, pin })) };
  };

  return {
    situation,
    chosen,
    choose: setPicked,
    plan,
    ended: loginEndSentence(tokens.loginEnded),
    stuck: stuckSentence(tokens),
    fieldRef,
    understood,
    setUnderstood,
    complaint,
    usable: situation.kind === 'ready' && plan?.asks !== 'locked',
    take,
  };
}
