import { type RefObject, useRef, useState } from 'react';
import type { Failure } from '../../contract/failure.ts';
import type { TokenInfo, TokenReference } from '../../contract/token.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import {
  type PinComplaint,
  type PinRule,
  pinComplaint,
  rulesMet,
  usualPinLength,
} from '../token/pin-rules.ts';
import { sealPinFields } from '../token/seal-pin-field.ts';
import { mayHaveHappened } from '../token/token-failure.ts';

export type PinChangeOutcome =
  | { kind: 'done'; at: Date }
  /** `unclear`: the token may have taken the new PIN all the same. */
  | { kind: 'failed'; failure: Failure; unclear: boolean };

type Field = RefObject<HTMLInputElement | null>;
type Complaint = PinComplaint | 'notUnderstood';

/**
 * Changing a token's PIN: three fields, of which only yes and no come into React's state, one call, and how it ended. One
 * press is one try; the fields are empty from the moment that it is made.
 */
export function usePinChange(reference: TokenReference, token: TokenInfo | null) {
  const { core, queries } = useDesk();
  const fields: Record<'oldPin' | 'newPin' | 'again', Field> = {
    oldPin: useRef(null),
    newPin: useRef(null),
    again: useRef(null),
  };
  const checkRef: Field = useRef(null);
  const [met, setMet] = useState<ReadonlySet<PinRule>>(new Set());
  const [understood, setUnderstood] = useState(false);
  const [complaint, setComplaint] = useState<Complaint | null>(null);
  const [underWay, setUnderWay] = useState(false);
  const [outcome, setOutcome] = useState<PinChangeOutcome | null>(null);
  const length = token?.pinLength ?? usualPinLength;
  const onPad = token?.flags.protectedPath === true;
  const isLastTry = token?.flags.pinFinalTry === true;

  const look = () => {
    setMet(rulesMet(fields.newPin.current?.value ?? '', fields.again.current?.value ?? '', length));
  };

  const complain = (what: Complaint | null): boolean => {
    setComplaint(what);
    const wrong = {
      oldMissing: fields.oldPin,
      newMissing: fields.newPin,
      unmet: fields.newPin,
      same: fields.newPin,
      again: fields.again,
      notUnderstood: checkRef,
    };
    if (what) wrong[what].current?.focus();
    return what !== null;
  };

  const missing = (): Complaint | null => {
    const [oldPin, newPin, again] = [fields.oldPin, fields.newPin, fields.again].map(
      (field) => field.current?.value ?? '',
    );
    const typed = onPad
      ? null
      : pinComplaint({ oldPin: oldPin ?? '', newPin: newPin ?? '', again: again ?? '' }, length);
    return typed ?? (isLastTry && !understood ? 'notUnderstood' : null);
  };

  const submit = async () => {
    if (underWay || complain(missing())) return;
    setUnderWay(true);
    setOutcome(null);
    let asked = false;
    try {
      const typed = [fields.oldPin.current, fields.newPin.current].filter((field) => field !== null);
      const sealing = onPad ? Promise.resolve([]) : sealPinFields(typed, core);
      // The repetition has served: it is never sent.
      if (fields.again.current) fields.again.current.value = '';
      look();
      setUnderstood(false);
      const [oldPin = null, newPin = null] = await sealing;
      asked = true;
      const state = await core.call(
        (client, options) =>
          client.tokens.changePin({ token: reference, oldPin, newPin, lastTryConfirmed: isLastTry }, options),
        actDeadlineMs,
      );
      queries.setQueryData(['tokens'], state);
      setOutcome({ kind: 'done', at: new Date() });
    } catch (thrown) {
      const failure = failureOf(thrown);
      setOutcome({ kind: 'failed', failure, unclear: asked && mayHaveHappened(failure) });
      // The tries left may have changed with this one.
      void queries.invalidateQueries({ queryKey: ['tokens'] });
    } finally {
      setUnderWay(false);
    }
  };

  return {
    fields,
    checkRef,
    met,
    look,
    length,
    onPad,
    understood,
    setUnderstood,
    complaint,
    underWay,
    outcome,
    submit,
  };
}
